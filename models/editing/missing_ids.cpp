// SPDX-License-Identifier: Apache-2.0
#include "models/editing/missing_ids.h"

#include "models/editing/id_list.h"
#include "models/json/json_read.h"

#include <algorithm>
#include <set>
#include <string>

namespace studio::models {

namespace {

bool lacks_id(const Json &element) {
    return element.is_object() && id_member(element).empty();
}

Json without_id(Json element) {
    element.erase("id");
    return element;
}

// The id of the equal element in `like`, if no element here has it.
std::string id_of_equal(const Json &element, const Json &like, const std::set<std::string> &taken) {
    for (const Json &other : like) {
        const std::string id = other.is_object() ? id_member(other) : std::string();
        if (!id.empty() && !taken.contains(id) && same_value(without_id(other), without_id(element))) {
            return id;
        }
    }
    return {};
}

void fill(Json &list, const Json &like, const std::string &kind) {
    std::set<std::string> taken;
    for (const Json &element : list) {
        if (element.is_object()) {
            taken.insert(id_member(element));
        }
    }
    for (Json &element : list) { // first, before elements without an equal get an id by position
        if (!lacks_id(element)) {
            continue;
        }
        if (const std::string id = id_of_equal(element, like, taken); !id.empty()) {
            element["id"] = id;
            taken.insert(id);
        }
    }
    for (std::size_t at = 0; at < list.size(); ++at) {
        for (std::size_t number = at + 1; lacks_id(list[at]); ++number) {
            if (const std::string id = kind + "-" + std::to_string(number); taken.insert(id).second) {
                list[at]["id"] = id;
            }
        }
    }
}

void fill_member(Json &object, const char *key, const Json &like, const std::string &kind) {
    if (object.is_object() && object.contains(key) && object[key].is_array()) {
        fill(object[key], list_member(like, key), kind);
    }
}

} // namespace

void add_missing_ids(Json &content, const Json &like) {
    fill_member(content, "services", like, "service");
    if (content.is_object() && content.contains("pricing")) {
        fill_member(content["pricing"], "customRates", object_member(like, "pricing"), "rate");
    }
}

} // namespace studio::models
