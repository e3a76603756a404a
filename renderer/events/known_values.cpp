// SPDX-License-Identifier: Apache-2.0
#include "renderer/events/known_values.h"

#include "models/analytics/traffic_source.h"
#include "site/booking_form.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace studio::renderer {

namespace {

constexpr std::size_t max_tag_length = 32;
constexpr int max_digits_in_a_row = 8; // a date has eight digits, a telephone number more
constexpr int max_photo_position = 9999;
constexpr std::array<std::string_view, 5> tenant_pages{"/", "/book", "/book/sent", "/privacy",
                                                       "/privacy/forget"};

std::string lower_case(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return result;
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// Whether it is a name such as "photo-3", which the page's script gives to a photo without an id.
bool is_numbered_photo(std::string_view text) {
    constexpr std::string_view prefix = "photo-";
    if (!text.starts_with(prefix)) {
        return false;
    }
    text.remove_prefix(prefix.size());
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() && number > 0 &&
           number <= max_photo_position;
}

} // namespace

KnownValues::KnownValues(const site::TenantPage &page, const std::vector<models::Experiment> &experiments) {
    const models::Photos &photos = page.photos;
    m_photos.insert(photos.hero.control.id);
    for (const models::HeroVariant &variant : photos.hero.variants) {
        m_photos.insert(variant.photo.id);
        m_variants.insert(variant.id);
    }
    for (const auto *list : {&photos.gallery, &photos.testimonials}) {
        for (const models::Photo &photo : *list) {
            m_photos.insert(photo.id);
        }
    }
    m_variants.insert("control");
    for (const models::Experiment &experiment : experiments) {
        m_tests.insert(experiment.id);
        for (const models::Variant &arm : experiment.variants) {
            m_variants.insert(arm.id);
        }
    }
    for (const models::SocialLink &link : page.content.social_media) {
        m_platforms.insert(link.platform);
    }
    for (const models::Service &service : page.content.services) {
        const std::string &name = service.name.empty() ? service.id : service.name;
        m_services.emplace(lower_case(service.name), name);
        m_services.emplace(lower_case(service.id), name);
    }
    m_services.erase("");
    m_photos.erase("");
}

std::string KnownValues::stored(DataKey key, std::string_view text) const {
    const auto if_known = [text](bool known) { return known ? std::string(text) : std::string(); };
    switch (key) {
    case DataKey::UtmSource:
    case DataKey::UtmMedium:
    case DataKey::UtmCampaign:
        return shared_tag(text);
    case DataKey::PhotoId:
        return if_known(m_photos.contains(text) || is_numbered_photo(text));
    case DataKey::ServiceType: {
        std::string name = service(text);
        return name.empty() ? std::string(other_value) : name;
    }
    case DataKey::Platform:
        return m_platforms.contains(text) ? std::string(text) : std::string(other_value);
    case DataKey::TestId:
        return if_known(m_tests.contains(text));
    case DataKey::VariantId:
        return if_known(m_variants.contains(text));
    case DataKey::Field: {
        const auto &fields = site::booking_field_names();
        return if_known(std::find(fields.begin(), fields.end(), text) != fields.end());
    }
    default: // the page is stored beside the data, the referrer and the other tags with the visit
        return {};
    }
}

std::string KnownValues::service(std::string_view text) const {
    const auto found = m_services.find(lower_case(text));
    return found == m_services.end() ? std::string() : found->second;
}

std::string known_page(std::string_view path) {
    if (path.empty()) {
        return {};
    }
    const bool known = std::find(tenant_pages.begin(), tenant_pages.end(), path) != tenant_pages.end();
    return std::string(known ? path : other_value);
}

std::string shared_tag(std::string_view text) {
    std::string tag = lower_case(text);
    std::replace_if(
        tag.begin(), tag.end(), [](char c) { return c == ' ' || c == '+'; }, '-');
    int digits = 0;
    for (const char c : tag) {
        digits = is_digit(c) ? digits + 1 : 0;
        const bool allowed = (c >= 'a' && c <= 'z') || is_digit(c) || c == '.' || c == '_' || c == '-';
        if (!allowed || digits > max_digits_in_a_row) {
            return std::string(other_value);
        }
    }
    return tag.size() <= max_tag_length ? tag : std::string(other_value);
}

std::string shared_source(std::string_view utm_source, std::string_view referrer_host) {
    if (!utm_source.empty()) {
        return shared_tag(utm_source);
    }
    if (referrer_host.empty()) {
        return {};
    }
    std::string name = models::traffic_source({}, referrer_host);
    const std::string medium = models::traffic_medium({}, name);
    return medium == "search" || medium == "social" ? name : std::string(other_value);
}

} // namespace studio::renderer
