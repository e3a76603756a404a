// SPDX-License-Identifier: Apache-2.0
#include "renderer/events/event_types.h"

#include <algorithm>

namespace studio::renderer {

namespace {

constexpr std::array<std::string_view, event_type_count> type_names{
    "page_view",   "photo_click", "pricing_view", "form_start",        "form_submit",
    "email_click", "phone_click", "social_click", "hero_photo_viewed", "ab_test_assigned"};

constexpr std::int64_t a_day_ms = 86'400'000, ten_minutes_ms = 600'000;

constexpr std::array<DataRule, data_key_count> data_rules{{{"url", DataKind::Path, 255},
                                                           {"referrer", DataKind::Address, 2000},
                                                           {"utmSource", DataKind::Text, 100},
                                                           {"utmMedium", DataKind::Text, 100},
                                                           {"utmCampaign", DataKind::Text, 100},
                                                           {"utmTerm", DataKind::Text, 100},
                                                           {"utmContent", DataKind::Text, 100},
                                                           {"photoId", DataKind::Text, 100},
                                                           {"position", DataKind::Number, 9999},
                                                           {"durationMs", DataKind::Number, a_day_ms},
                                                           {"field", DataKind::Text, 50},
                                                           {"serviceType", DataKind::Text, 100},
                                                           {"platform", DataKind::Text, 50},
                                                           {"testId", DataKind::Uuid, 36},
                                                           {"variantId", DataKind::Text, 50},
                                                           {"loadMs", DataKind::Number, ten_minutes_ms}}};

constexpr DataKeys utm = bit(DataKey::UtmSource) | bit(DataKey::UtmMedium) | bit(DataKey::UtmCampaign) |
                         bit(DataKey::UtmTerm) | bit(DataKey::UtmContent);

constexpr std::array<DataKeys, event_type_count> type_keys{bit(DataKey::Url) | bit(DataKey::Referrer) | utm |
                                                               bit(DataKey::LoadMs),
                                                           bit(DataKey::PhotoId) | bit(DataKey::Position),
                                                           bit(DataKey::DurationMs),
                                                           bit(DataKey::Field),
                                                           bit(DataKey::ServiceType),
                                                           0,
                                                           0,
                                                           bit(DataKey::Platform),
                                                           bit(DataKey::VariantId),
                                                           bit(DataKey::TestId) | bit(DataKey::VariantId)};

} // namespace

std::string_view to_string(EventType type) {
    return type_names[static_cast<std::size_t>(type)];
}

std::optional<EventType> event_type(std::string_view name) {
    const auto found = std::find(type_names.begin(), type_names.end(), name);
    if (found == type_names.end()) {
        return std::nullopt;
    }
    return static_cast<EventType>(found - type_names.begin());
}

const DataRule &rule_of(DataKey key) {
    return data_rules[static_cast<std::size_t>(key)];
}

std::optional<DataKey> data_key(std::string_view name) {
    const auto found = std::find_if(data_rules.begin(), data_rules.end(),
                                    [name](const DataRule &rule) { return rule.name == name; });
    if (found == data_rules.end()) {
        return std::nullopt;
    }
    return static_cast<DataKey>(found - data_rules.begin());
}

DataKeys keys_of(EventType type) {
    return type_keys[static_cast<std::size_t>(type)];
}

} // namespace studio::renderer
