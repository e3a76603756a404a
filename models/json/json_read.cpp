// SPDX-License-Identifier: Apache-2.0
#include "models/json/json_read.h"

#include "base/text.h"
#include "models/json/json_pointer.h"

#include <algorithm>
#include <cmath>

namespace studio::models {

namespace {

const Json empty_object = Json::object();
const Json empty_list = Json::array();

} // namespace

const Json *member(const Json &object, const char *key) {
    if (!object.is_object()) {
        return nullptr;
    }
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
    if (!value || !value->is_string() || !base::is_valid_utf8(value->get_ref<const std::string &>())) {
        return otherwise;
    }
    return value->get<std::string>();
}

std::string line_member(const Json &object, const char *key) {
    return base::clean_line(text_member(object, key));
}

std::string prose_member(const Json &object, const char *key) {
    return base::clean_prose(text_member(object, key));
}

std::vector<std::string> line_list_member(const Json &object, const char *key) {
    std::vector<std::string> lines = text_list_member(object, key);
    std::transform(lines.begin(), lines.end(), lines.begin(),
                   [](const auto &line) { return base::clean_line(line); });
    return lines;
}

std::optional<double> number_member(const Json &object, const char *key) {
    const Json *value = member(object, key);
    if (!value || !value->is_number() || !std::isfinite(value->get<double>())) {
        return std::nullopt;
    }
    return value->get<double>();
}

bool bool_member(const Json &object, const char *key, bool otherwise) {
    const Json *value = member(object, key);
    return value && value->is_boolean() ? value->get<bool>() : otherwise;
}

std::vector<std::string> text_list_member(const Json &object, const char *key) {
    std::vector<std::string> texts;
    for (const auto &element : list_member(object, key)) {
        if (element.is_string() && base::is_valid_utf8(element.get_ref<const std::string &>())) {
            texts.push_back(element.get<std::string>());
        }
    }
    return texts;
}

std::string id_member(const Json &object) {
    const Json *value = member(object, "id");
    const auto id = value ? id_text(*value) : std::nullopt;
    return id && base::is_valid_utf8(*id) ? *id : std::string();
}

Json &writable_object(Json &parent, const char *key) {
    Json &value = parent[key];
    if (!value.is_object()) {
        value = Json::object();
    }
    return value;
}

std::vector<Json> object_elements(const Json &list) {
    std::vector<Json> elements;
    for (const auto &element : list) {
        if (element.is_object()) {
            elements.push_back(element);
        }
    }
    return elements;
}

} // namespace studio::models
