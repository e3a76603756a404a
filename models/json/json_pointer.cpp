// SPDX-License-Identifier: Apache-2.0
#include "models/json/json_pointer.h"

#include <charconv>

namespace studio::models {

std::string child_pointer(std::string_view pointer, std::string_view key) {
    std::string child(pointer);
    child += '/';
    for (const char character : key) {
        if (character == '~') {
            child += "~0";
        } else if (character == '/') {
            child += "~1";
        } else {
            child += character;
        }
    }
    return child;
}

std::string child_pointer(std::string_view pointer, std::size_t index) {
    return child_pointer(pointer, std::to_string(index));
}

std::optional<std::vector<std::string>> split_pointer(std::string_view pointer) {
    std::vector<std::string> keys;
    if (pointer.empty()) {
        return keys;
    }
    if (pointer.front() != '/') {
        return std::nullopt;
    }
    for (std::size_t at = 0; at < pointer.size(); ++at) {
        if (pointer[at] == '/') {
            keys.emplace_back();
        } else if (pointer[at] != '~') {
            keys.back() += pointer[at];
        } else {
            const char escaped = at + 1 < pointer.size() ? pointer[++at] : '\0';
            if (escaped != '0' && escaped != '1') {
                return std::nullopt;
            }
            keys.back() += escaped == '0' ? '~' : '/';
        }
    }
    return keys;
}

std::optional<std::size_t> parse_index(std::string_view key) {
    if (key.empty() || key.size() > 9 || (key.size() > 1 && key.front() == '0')) {
        return std::nullopt;
    }
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), index);
    if (error != std::errc{} || end != key.data() + key.size()) {
        return std::nullopt;
    }
    return index;
}

const Json *find_value(const Json &document, std::string_view pointer) {
    const auto keys = split_pointer(pointer);
    if (!keys) {
        return nullptr;
    }
    const Json *value = &document;
    for (const auto &key : *keys) {
        if (value->is_object()) {
            const auto found = value->find(key);
            if (found == value->end()) {
                return nullptr;
            }
            value = &*found;
        } else if (value->is_array()) {
            const auto index = parse_index(key);
            if (!index || *index >= value->size()) {
                return nullptr;
            }
            value = &(*value)[*index];
        } else {
            return nullptr;
        }
    }
    return value;
}

std::optional<std::string> id_text(const Json &id) {
    if (id.is_string()) {
        return id.get<std::string>();
    }
    if (id.is_number_unsigned()) {
        return std::to_string(id.get<std::uint64_t>());
    }
    if (id.is_number_integer()) {
        return std::to_string(id.get<std::int64_t>());
    }
    return std::nullopt;
}

} // namespace studio::models
