// SPDX-License-Identifier: Apache-2.0
#include "models/editing/merge.h"

#include "models/editing/id_list.h"
#include "models/editing/missing_ids.h"
#include "models/json/json_pointer.h"

#include <algorithm>
#include <set>

namespace studio::models {

namespace {

bool same(const Json *first, const Json *second) {
    return first && second ? same_value(*first, *second) : first == second;
}

Json or_null(const Json *value) {
    return value ? *value : Json();
}

const Json *child(const Json *object, const std::string &key) {
    if (!object || !object->is_object()) {
        return nullptr;
    }
    const auto found = object->find(key);
    return found == object->end() ? nullptr : &*found;
}

// A list with ids, prepared for the merge.
struct Side {
    explicit Side(const Json *value) : list(value) {
        if (value) {
            ids = *list_ids(*value);
        }
        index = index_by_id(ids);
    }
    const Json *find(const std::string &id) const {
        const auto found = index.find(id);
        return found == index.end() ? nullptr : &(*list)[found->second];
    }
    const Json *list;
    std::vector<std::string> ids;
    std::map<std::string, std::size_t> index;
};

std::vector<std::string> common_ids(const Side &order, const Side &one, const Side &two) {
    std::vector<std::string> ids;
    for (const auto &id : order.ids) {
        if (one.find(id) && two.find(id)) {
            ids.push_back(id);
        }
    }
    return ids;
}

// The kept elements in the order of `skeleton`. An element that only `other` has is placed after the one that
// it follows there.
std::vector<std::string> ordered(const std::set<std::string> &kept, const Side &skeleton, const Side &other) {
    std::vector<std::string> ids;
    for (const auto &id : skeleton.ids) {
        if (kept.contains(id)) {
            ids.push_back(id);
        }
    }
    for (std::size_t at = 0; at < other.ids.size(); ++at) {
        if (!kept.contains(other.ids[at]) || skeleton.find(other.ids[at])) {
            continue;
        }
        auto place = ids.begin();
        for (std::size_t before = at; before > 0 && place == ids.begin(); --before) {
            const auto found = std::find(ids.begin(), ids.end(), other.ids[before - 1]);
            place = found == ids.end() ? ids.begin() : found + 1;
        }
        ids.insert(place, other.ids[at]);
    }
    return ids;
}

class Merge final {
public:
    std::vector<MergeConflict> conflicts;

    // Merges a value; nullopt where the merged value is absent.
    std::optional<Json> value(const Json *base, const Json *mine, const Json *theirs) {
        if (same(mine, theirs) || same(theirs, base)) {
            return mine ? std::optional(*mine) : std::nullopt;
        }
        if (same(mine, base)) {
            return theirs ? std::optional(*theirs) : std::nullopt;
        }
        if (mine && theirs && mine->is_object() && theirs->is_object() && (!base || base->is_object())) {
            return object(base, *mine, *theirs);
        }
        const bool lists =
            mine && theirs && list_ids(*mine) && list_ids(*theirs) && (!base || list_ids(*base));
        if (lists) {
            return list(Side(base), Side(mine), Side(theirs));
        }
        report(or_null(base), or_null(mine), or_null(theirs));
        return mine ? std::optional(*mine) : std::nullopt;
    }

    std::vector<Json> path;

private:
    void report(Json base, Json mine, Json theirs) {
        MergeConflict conflict;
        conflict.path = path;
        conflict.base = std::move(base);
        conflict.mine = std::move(mine);
        conflict.theirs = std::move(theirs);
        conflicts.push_back(std::move(conflict));
    }

    std::optional<Json> at(Json step, const Json *base, const Json *mine, const Json *theirs) {
        path.push_back(std::move(step));
        auto merged = value(base, mine, theirs);
        path.pop_back();
        return merged;
    }

    Json object(const Json *base, const Json &mine, const Json &theirs) {
        Json merged = Json::object();
        for (const auto &[key, mine_value] : mine.items()) {
            if (auto kept = at(key, child(base, key), &mine_value, child(&theirs, key))) {
                merged[key] = std::move(*kept);
            }
        }
        for (const auto &[key, their_value] : theirs.items()) {
            if (mine.contains(key)) {
                continue;
            }
            if (auto kept = at(key, child(base, key), nullptr, &their_value)) {
                merged[key] = std::move(*kept);
            }
        }
        return merged;
    }

    Json list(const Side &base, const Side &mine, const Side &theirs) {
        std::map<std::string, Json> elements;
        std::set<std::string> kept;
        const auto merge_element = [&](const std::string &id) {
            auto merged = at({{"id", Json::parse(id)}}, base.find(id), mine.find(id), theirs.find(id));
            if (merged && kept.insert(id).second) {
                elements[id] = std::move(*merged);
            }
        };
        for (const auto &id : mine.ids) {
            merge_element(id);
        }
        for (const auto &id : theirs.ids) {
            if (!mine.find(id)) {
                merge_element(id);
            }
        }
        const auto base_order = common_ids(base, mine, theirs);
        const auto my_order = common_ids(mine, base, theirs);
        const auto their_order = common_ids(theirs, base, mine);
        const auto arranged = [&](const Side &skeleton, const Side &other) {
            Json result = Json::array();
            for (const auto &id : ordered(kept, skeleton, other)) {
                result.push_back(elements.at(id));
            }
            return result;
        };
        if (my_order == base_order) {
            return arranged(theirs, mine);
        }
        Json merged = arranged(mine, theirs);
        if (their_order != base_order && their_order != my_order) {
            report(or_null(base.list), merged, arranged(theirs, mine));
        }
        return merged;
    }
};

std::string pointer_of(const Documents &documents, const std::vector<Json> &path) {
    std::string pointer;
    const Json *value = nullptr;
    for (const auto &step : path) {
        std::string key;
        if (step.is_string()) {
            key = step.get<std::string>();
        } else {
            std::size_t at = 0;
            while (value && at < value->size() && (*value)[at]["id"] != step["id"]) {
                ++at;
            }
            key = std::to_string(at);
        }
        if (pointer.empty()) {
            value = key == "theme"    ? &documents.theme
                    : key == "photos" ? &documents.photos
                                      : &documents.content;
        } else {
            value = value ? find_value(*value, child_pointer("", key)) : nullptr;
        }
        pointer = child_pointer(pointer, key);
    }
    return pointer;
}

Json *step_into(Json &parent, const Json &step) {
    if (step.is_string()) {
        return parent.is_object() && parent.contains(step.get<std::string>())
                   ? &parent[step.get<std::string>()]
                   : nullptr;
    }
    for (auto &element : parent) {
        if (element.is_object() && element.contains("id") && element["id"] == step["id"]) {
            return &element;
        }
    }
    return nullptr;
}

// Puts the list's elements into the order that their ids have in `order`.
void reorder(Json &list, const Json &order) {
    const auto rank = index_by_id(list_ids(order).value_or(std::vector<std::string>()));
    std::stable_sort(list.begin(), list.end(), [&](const Json &one, const Json &two) {
        const auto first = rank.find(one["id"].dump());
        const auto second = rank.find(two["id"].dump());
        return first != rank.end() && second != rank.end() && first->second < second->second;
    });
}

// Puts a merged value in its place. A list whose elements were merged is only reordered; one whose base has
// no ids could not be merged and is replaced.
void put(Json &parent, const Json &step, const Json &value, const Json &base) {
    if (Json *place = step_into(parent, step)) {
        if (list_ids(*place) && list_ids(value) && !value.empty() && (base.is_null() || list_ids(base))) {
            reorder(*place, value);
        } else {
            *place = value;
        }
    } else if (step.is_string()) {
        parent[step.get<std::string>()] = value;
    } else {
        parent.push_back(value);
    }
}

void remove(Json &parent, const Json &step) {
    if (step.is_string()) {
        parent.erase(step.get<std::string>());
        return;
    }
    for (std::size_t at = 0; at < parent.size(); ++at) {
        if (parent[at].is_object() && parent[at].contains("id") && parent[at]["id"] == step["id"]) {
            parent.erase(at);
            return;
        }
    }
}

} // namespace

MergeResult merge(Documents base, Documents mine, Documents theirs) {
    add_missing_ids(base.content);
    add_missing_ids(mine.content, base.content);
    add_missing_ids(theirs.content, base.content);
    Merge merging;
    MergeResult result;
    for (const auto kind : {DocumentKind::Theme, DocumentKind::Content, DocumentKind::Photos}) {
        merging.path = {std::string(to_string(kind))};
        result.merged.of(kind) =
            merging.value(&base.of(kind), &mine.of(kind), &theirs.of(kind)).value_or(Json());
    }
    result.conflicts = std::move(merging.conflicts);
    for (auto &conflict : result.conflicts) {
        conflict.pointer = pointer_of(result.merged, conflict.path);
    }
    return result;
}

void resolve(Documents &merged, const MergeConflict &conflict, MergeSide side) {
    const Json &value = side == MergeSide::Mine ? conflict.mine : conflict.theirs;
    Json root = {{"theme", std::move(merged.theme)},
                 {"content", std::move(merged.content)},
                 {"photos", std::move(merged.photos)}};
    Json *parent = &root;
    for (std::size_t at = 0; parent && at + 1 < conflict.path.size(); ++at) {
        parent = step_into(*parent, conflict.path[at]);
    }
    if (parent && !conflict.path.empty()) {
        if (value.is_null()) {
            remove(*parent, conflict.path.back());
        } else {
            put(*parent, conflict.path.back(), value, conflict.base);
        }
    }
    merged.theme = std::move(root["theme"]);
    merged.content = std::move(root["content"]);
    merged.photos = std::move(root["photos"]);
}

} // namespace studio::models
