// SPDX-License-Identifier: Apache-2.0
#include "models/json_read.h"

#include "models/json_pointer.h"

#include <cmath>

namespace studio::models {

namespace {

const Json empty_object = Json::object();
const Json empty_list = Json::array();

// Bytes of the well-formed sequence at `at` (Unicode 15, table 3-7); 0 where there is none.
std::size_t sequence_length(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t offset) -> unsigned {
        return at + offset < text.size() ? static_cast<unsigned char>(text[at + offset]) : 0U;
    };
    const auto continues = [&](std::size_t offset) { return (byte(offset) & 0xC0U) == 0x80U; };
    const unsigned lead = byte(0);
    if (lead < 0x80)
        return 1;
    if (lead >= 0xC2 && lead <= 0xDF)
        return continues(1) ? 2 : 0;
    if (lead >= 0xE0 && lead <= 0xEF) {
        if ((lead == 0xE0 && byte(1) < 0xA0) || (lead == 0xED && byte(1) > 0x9F))
            return 0;
        return continues(1) && continues(2) ? 3 : 0;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        if ((lead == 0xF0 && byte(1) < 0x90) || (lead == 0xF4 && byte(1) > 0x8F))
            return 0;
        return continues(1) && continues(2) && continues(3) ? 4 : 0;
    }
    return 0;
}

} // namespace

bool is_valid_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = sequence_length(text, at);
        if (length == 0)
            return false;
        at += length;
    }
    return true;
}

const Json *member(const Json &object, const char *key) {
    if (!object.is_object())
        return nullptr;
    const auto found = object.find(key);
    return found == object.end() ? nullptr : &*found;
}

const Json &object_member(const Json &object, const char *key) {
    const Json *value = member(object, key);
    return value && value->is_object() ? *value : empty_object;
}

const Json &list_member(const Json &object, const char *key) {
    const Json *value = member(object, key);
    return value && value->is_array() ? *value : empty_list;
}

std::string text_member(const Json &object, const char *key) {
    return text_member(object, key, std::string());
}

std::string text_member(const Json &object, const char *key, const std::string &otherwise) {
    const Json *value = member(object, key);
    if (!value || !value->is_string() || !is_valid_utf8(value->get_ref<const std::string &>()))
        return otherwise;
    return value->get<std::string>();
}

std::optional<double> number_member(const Json &object, const char *key) {
    const Json *value = member(object, key);
    if (!value || !value->is_number() || !std::isfinite(value->get<double>()))
        return std::nullopt;
    return value->get<double>();
}

bool bool_member(const Json &object, const char *key, bool otherwise) {
    const Json *value = member(object, key);
    return value && value->is_boolean() ? value->get<bool>() : otherwise;
}

std::vector<std::string> text_list_member(const Json &object, const char *key) {
    std::vector<std::string> texts;
    for (const auto &element : list_member(object, key)) {
        if (element.is_string() && is_valid_utf8(element.get_ref<const std::string &>()))
            texts.push_back(element.get<std::string>());
    }
    return texts;
}

std::string id_member(const Json &object) {
    const Json *value = member(object, "id");
    const auto id = value ? id_text(*value) : std::nullopt;
    return id && is_valid_utf8(*id) ? *id : std::string();
}

Json &writable_object(Json &parent, const char *key) {
    Json &value = parent[key];
    if (!value.is_object())
        value = Json::object();
    return value;
}

std::vector<Json> object_elements(const Json &list) {
    std::vector<Json> elements;
    for (const auto &element : list) {
        if (element.is_object())
            elements.push_back(element);
    }
    return elements;
}

} // namespace studio::models
