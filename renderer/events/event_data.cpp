// SPDX-License-Identifier: Apache-2.0
#include "renderer/events/event_data.h"

#include "renderer/events/event_addresses.h"
#include "renderer/visitors/uuid.h"

#include <fmt/format.h>

#include <algorithm>

namespace studio::renderer {

namespace {

bool has_control_characters(std::string_view text) {
    return std::any_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

// The number of characters of a text, which the parser has checked to be valid UTF-8.
std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

// Appends `text`, which must have no control characters, as a JSON string.
void append_quoted(std::string &json, std::string_view text) {
    json.push_back('"');
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            json.push_back('\\');
        }
        json.push_back(c);
    }
    json.push_back('"');
}

} // namespace

std::optional<std::string> page_path(std::string_view address, std::size_t max_characters) {
    auto path = path_of_address(address);
    if (!path || characters(*path) > max_characters || has_control_characters(*path)) {
        return std::nullopt;
    }
    return path;
}

bool EventData::start_key(DataKey key) {
    m_key = key;
    const bool is_new = !has(key);
    m_keys |= bit(key);
    return is_new;
}

std::string EventData::expected_kind() const {
    if (const DataRule &rule = rule_of(m_key); rule.kind == DataKind::Number) {
        return fmt::format("must be a whole number from 0 to {}", rule.max);
    }
    return "must be text";
}

std::string EventData::take_path(const std::string &text, std::int64_t max_characters) {
    const auto path = page_path(text, static_cast<std::size_t>(max_characters));
    if (!path || text.size() > max_address_bytes) {
        return fmt::format("must be a path such as /book, of at most {} characters", max_characters);
    }
    value(m_key).text = *path;
    return {};
}

std::string EventData::take_text(const std::string &text) {
    const DataRule &rule = rule_of(m_key);
    if (rule.kind == DataKind::Number) {
        return expected_kind();
    }
    if (has_control_characters(text)) {
        return "contains a control character";
    }
    if (rule.kind == DataKind::Path) {
        return take_path(text, rule.max);
    }
    if (rule.kind == DataKind::Uuid) {
        const auto id = Uuid::parse(text);
        value(m_key).text = id ? id->text() : std::string();
        return id ? "" : "must be a uuid such as 3f0c0e3e-5a4b-4c6d-8e9f-0123456789ab";
    }
    const bool is_address = rule.kind == DataKind::Address;
    if (text.empty() && !is_address) {
        return "is empty";
    }
    if ((is_address ? text.size() : characters(text)) > static_cast<std::size_t>(rule.max)) {
        return fmt::format("is longer than {} characters", rule.max);
    }
    value(m_key).text = is_address ? host_of_address(text) : text;
    return {};
}

std::string EventData::take_number(std::int64_t whole) {
    const DataRule &rule = rule_of(m_key);
    if (rule.kind != DataKind::Number || whole < 0 || whole > rule.max) {
        return expected_kind();
    }
    value(m_key).number = whole;
    return {};
}

std::optional<DataKey> EventData::foreign_key(EventType type) const {
    const DataKeys foreign = m_keys & ~keys_of(type);
    for (std::size_t i = 0; i < data_key_count; ++i) {
        if (const auto each = static_cast<DataKey>(i); bit(each) & foreign) {
            return each;
        }
    }
    return std::nullopt;
}

std::string EventData::json(EventType type, const KnownValues &known) const {
    const bool source_of_referrer = type == EventType::PageView && has(DataKey::Referrer);
    const DataKeys keys = source_of_referrer ? m_keys | bit(DataKey::UtmSource) : m_keys;
    std::string json(1, '{');
    for (std::size_t i = 0; i < data_key_count; ++i) {
        const auto key = static_cast<DataKey>(i);
        if (!(keys & bit(key))) {
            continue;
        }
        const DataRule &rule = rule_of(key);
        const bool is_number = rule.kind == DataKind::Number;
        const std::string text = is_number ? std::to_string(value(key).number) : stored_text(key, known);
        if (text.empty()) {
            continue;
        }
        if (json.size() > 1) {
            json.push_back(',');
        }
        append_quoted(json, rule.name);
        json.push_back(':');
        if (is_number) {
            json.append(text);
        } else {
            append_quoted(json, text);
        }
    }
    json.push_back('}');
    return json;
}

std::string EventData::stored_text(DataKey key, const KnownValues &known) const {
    return key == DataKey::UtmSource ? shared_source(text(key), text(DataKey::Referrer))
                                     : known.stored(key, text(key));
}

} // namespace studio::renderer
