// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace studio::renderer {

enum class EventType : std::uint8_t {
    PageView,
    PhotoClick,
    PricingView,
    FormStart,
    FormSubmit,
    EmailClick,
    PhoneClick,
    SocialClick,
    HeroPhotoViewed,
    AbTestAssigned
};
inline constexpr std::size_t event_type_count = 10;
std::string_view to_string(EventType type); // "page_view"
std::optional<EventType> event_type(std::string_view name);

// Everything that an event's data may hold, whatever its type.
enum class DataKey : std::uint8_t {
    Url,
    Referrer,
    UtmSource,
    UtmMedium,
    UtmCampaign,
    UtmTerm,
    UtmContent,
    PhotoId,
    Position,
    DurationMs,
    Field,
    ServiceType,
    Platform,
    TestId,
    VariantId,
    LoadMs
};
inline constexpr std::size_t data_key_count = 16;

enum class DataKind : std::uint8_t { Text, Path, Address, Uuid, Number };

struct DataRule {
    std::string_view name; // "photoId"
    DataKind kind;
    std::int64_t max; // characters of a text, or the largest number; the smallest is 0
};
const DataRule &rule_of(DataKey key);
std::optional<DataKey> data_key(std::string_view name);

// A set of DataKeys.
using DataKeys = std::uint32_t;
constexpr DataKeys bit(DataKey key) {
    return DataKeys{1} << static_cast<unsigned>(key);
}
// What the data of a type may hold; none of it has to be there.
DataKeys keys_of(EventType type);

} // namespace studio::renderer
