// SPDX-License-Identifier: Apache-2.0
// Lenient reading of documents and careful writing back, shared by the three documents of a tenant.
#pragma once

#include "models/json/json.h"

#include <optional>
#include <string>
#include <vector>

namespace studio::models {

// The member, or nullptr where `object` is no object or has none.
const Json *member(const Json &object, const char *key);
// The member if it is an object or a list; else an empty one.
const Json &object_member(const Json &object, const char *key);
const Json &list_member(const Json &object, const char *key);
// The member if it is a string of valid UTF-8; else "".
std::string text_member(const Json &object, const char *key);
std::string text_member(const Json &object, const char *key, const std::string &otherwise);
// What a person typed or pasted, as base/text.h cleans it: a line, or a text of several.
std::string line_member(const Json &object, const char *key);
std::string prose_member(const Json &object, const char *key);
std::vector<std::string> line_list_member(const Json &object, const char *key);
// A finite number, or nullopt.
std::optional<double> number_member(const Json &object, const char *key);
bool bool_member(const Json &object, const char *key, bool otherwise);
std::vector<std::string> text_list_member(const Json &object, const char *key);
// "id" as text; "" where there is none.
std::string id_member(const Json &object);

// The member as an object that can be written to; created if it is missing or of another type.
Json &writable_object(Json &parent, const char *key);

template <class Value>
void put_changed(Json &object, const char *key, const Value &now, const Value &before) {
    if (!(now == before)) {
        object[key] = now;
    }
}

// The elements of a list that are objects; document readers skip the others.
std::vector<Json> object_elements(const Json &list);

// Writes a list over the one that `before` was read from: an element keeps the unknown keys of the old
// element with the same id or, without ids, at the same index. write(item, json) writes over the old element;
// id(item) is "" for items without one.
template <class Item, class Id, class Write>
Json write_elements(const std::vector<Item> &items, const std::vector<Item> &before, const Json &raw_list,
                    Id id, Write write) {
    const std::vector<Json> raw = object_elements(raw_list);
    Json list = Json::array();
    for (std::size_t at = 0; at < items.size(); ++at) {
        Json element = Json::object();
        const std::string wanted = id(items[at]);
        for (std::size_t old = 0; old < before.size() && old < raw.size(); ++old) {
            if (wanted.empty() ? old == at : id(before[old]) == wanted) {
                element = raw[old];
                break;
            }
        }
        write(items[at], element);
        list.push_back(std::move(element));
    }
    return list;
}

} // namespace studio::models
