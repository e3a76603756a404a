// SPDX-License-Identifier: Apache-2.0
#include "models/editing/id_list.h"

#include "models/json/json_pointer.h"

#include <set>

namespace studio::models {

std::optional<std::vector<std::string>> list_ids(const Json &value) {
    if (!value.is_array()) {
        return std::nullopt;
    }
    std::vector<std::string> ids;
    std::set<std::string> seen;
    for (const auto &element : value) {
        const auto id = element.is_object() ? element.find("id") : element.end();
        if (!element.is_object() || id == element.end() || !id_text(*id)) {
            return std::nullopt;
        }
        ids.push_back(id->dump(-1, ' ', false, Json::error_handler_t::replace));
        if (!seen.insert(ids.back()).second) {
            return std::nullopt;
        }
    }
    return ids;
}

std::map<std::string, std::size_t> index_by_id(const std::vector<std::string> &ids) {
    std::map<std::string, std::size_t> index;
    for (std::size_t at = 0; at < ids.size(); ++at) {
        index.emplace(ids[at], at);
    }
    return index;
}

bool same_value(const Json &first, const Json &second) {
    if (first.is_object() && second.is_object()) {
        if (first.size() != second.size()) {
            return false;
        }
        for (const auto &[key, value] : first.items()) {
            const auto found = second.find(key);
            if (found == second.end() || !same_value(value, *found)) {
                return false;
            }
        }
        return true;
    }
    if (first.is_array() && second.is_array()) {
        if (first.size() != second.size()) {
            return false;
        }
        for (std::size_t at = 0; at < first.size(); ++at) {
            if (!same_value(first[at], second[at])) {
                return false;
            }
        }
        return true;
    }
    return first == second;
}

} // namespace studio::models
