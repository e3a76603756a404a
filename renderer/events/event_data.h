// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "renderer/events/event_types.h"
#include "renderer/events/known_values.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace studio::renderer {

inline constexpr std::size_t max_address_bytes = 2000; // of an address in a batch

// The path of a page, from an address or a path; nullopt where there is none, or where it has control
// characters or more characters than `max_characters`.
std::optional<std::string> page_path(std::string_view address, std::size_t max_characters);

// The `data` object of one event while a batch is read: each value is checked against the rule of its key and
// kept until the event's type is known. Functions that can refuse return what is wrong with the value, ""
// where nothing is.
class EventData final {
public:
    void clear() { m_keys = 0; }
    // False where the object has the key already.
    bool start_key(DataKey key);
    std::string take_text(const std::string &value);
    std::string take_number(std::int64_t whole);
    // The name of the key that was started last.
    std::string_view key_name() const { return rule_of(m_key).name; }
    std::string expected_kind() const; // "must be text"

    bool has(DataKey key) const { return (m_keys & bit(key)) != 0; }
    // "" where the object lacks the key.
    std::string text(DataKey key) const { return has(key) ? value(key).text : std::string(); }
    // A key that the object has but data of this type may not have; nullopt where there is none.
    std::optional<DataKey> foreign_key(EventType type) const;
    // A JSON object of the values that `known` allows to be stored. The source of a page view is worked out
    // from its referrer where the address has none.
    std::string json(EventType type, const KnownValues &known) const;

private:
    struct Value {
        std::string text;
        std::int64_t number = 0;
    };
    std::string take_path(const std::string &value, std::int64_t max_characters);
    std::string stored_text(DataKey key, const KnownValues &known) const;
    Value &value(DataKey key) { return m_values[static_cast<std::size_t>(key)]; }
    const Value &value(DataKey key) const { return m_values[static_cast<std::size_t>(key)]; }

    DataKey m_key = DataKey::Url;
    DataKeys m_keys = 0;
    std::array<Value, data_key_count> m_values;
};

} // namespace studio::renderer
