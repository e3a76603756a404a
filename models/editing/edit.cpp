// SPDX-License-Identifier: Apache-2.0
#include "models/editing/edit.h"

#include "models/json/json_pointer.h"

#include <algorithm>

namespace studio::models {

namespace {

struct Place {
    Json *parent = nullptr;
    std::string parent_pointer;
    std::string key;
};

[[noreturn]] void fail(const Edit &edit, const std::string &what) {
    throw EditError("\"" + edit.pointer + "\" in the " + std::string(to_string(edit.document)) +
                    " document: " + what);
}

std::vector<std::string> keys_of(const Edit &edit) {
    auto keys = split_pointer(edit.pointer);
    if (!keys) {
        fail(edit, "this is not a JSON pointer; a pointer starts with \"/\".");
    }
    return std::move(*keys);
}

Json *child_of(Json &parent, const std::string &key) {
    if (parent.is_object()) {
        const auto found = parent.find(key);
        return found == parent.end() ? nullptr : &*found;
    }
    const auto index = parent.is_array() ? parse_index(key) : std::nullopt;
    return index && *index < parent.size() ? &parent[*index] : nullptr;
}

// Finds the object or list that contains the pointer's last key. Everything above it must exist.
Place find_place(Json &document, const Edit &edit) {
    auto keys = keys_of(edit);
    if (keys.empty()) {
        fail(edit, "the whole document can only be replaced.");
    }
    Place place{&document, {}, keys.back()};
    keys.pop_back();
    for (const auto &key : keys) {
        place.parent = child_of(*place.parent, key);
        place.parent_pointer = child_pointer(place.parent_pointer, key);
        if (!place.parent) {
            fail(edit, "there is nothing at \"" + place.parent_pointer + "\".");
        }
    }
    if (!place.parent->is_structured()) {
        fail(edit, "its parent is neither an object nor a list.");
    }
    return place;
}

Edit inverse(const Edit &edit, Edit::Kind kind, std::string pointer, Json value = nullptr,
             std::size_t to = 0) {
    return {kind, edit.document, std::move(pointer), std::move(value), to};
}

// The value to set at the first missing key: `value`, nested in an object for each key after that one.
Json wrapped(const std::vector<std::string> &keys, std::size_t after, Json value) {
    for (std::size_t at = keys.size(); at > after; --at) {
        Json object = Json::object();
        object[keys[at - 1]] = std::move(value);
        value = std::move(object);
    }
    return value;
}

Edit apply_set(Json &document, const Edit &edit) {
    const auto keys = keys_of(edit);
    Json *value = &document;
    std::string pointer;
    for (std::size_t at = 0; at < keys.size(); ++at) {
        if (value->is_null()) {
            *value = wrapped(keys, at, edit.value);
            return inverse(edit, Edit::Kind::Set, pointer, nullptr);
        }
        if (!value->is_structured()) {
            fail(edit, "\"" + pointer + "\" is neither an object nor a list.");
        }
        pointer = child_pointer(pointer, keys[at]);
        Json *child = child_of(*value, keys[at]);
        if (!child) {
            if (!value->is_object()) {
                fail(edit, "the list has no element \"" + keys[at] + "\".");
            }
            (*value)[keys[at]] = wrapped(keys, at + 1, edit.value);
            return inverse(edit, Edit::Kind::Remove, pointer);
        }
        value = child;
    }
    Json before = std::move(*value);
    *value = edit.value;
    return inverse(edit, Edit::Kind::Set, edit.pointer, std::move(before));
}

Edit apply_remove(Json &document, const Edit &edit) {
    const Place place = find_place(document, edit);
    Json *child = child_of(*place.parent, place.key);
    if (!child) {
        fail(edit, "there is nothing to remove.");
    }
    if (place.parent->is_array()) {
        Edit undo = inverse(edit, Edit::Kind::Insert, edit.pointer, std::move(*child));
        place.parent->erase(*parse_index(place.key));
        return undo;
    }
    // Setting the key again would put it last in the object. If it was not last, the inverse restores the
    // whole parent.
    const bool is_last = std::prev(place.parent->end()).key() == place.key;
    Edit undo = is_last ? inverse(edit, Edit::Kind::Set, edit.pointer, *child)
                        : inverse(edit, Edit::Kind::Set, place.parent_pointer, *place.parent);
    place.parent->erase(place.key);
    return undo;
}

Edit apply_insert(Json &document, const Edit &edit) {
    const Place place = find_place(document, edit);
    if (!place.parent->is_array()) {
        fail(edit, "an element can only be inserted into a list.");
    }
    const auto index = place.key == "-" ? place.parent->size() : parse_index(place.key);
    if (!index || *index > place.parent->size()) {
        fail(edit, "the list has " + std::to_string(place.parent->size()) + " elements.");
    }
    place.parent->insert(place.parent->begin() + static_cast<std::ptrdiff_t>(*index), edit.value);
    return inverse(edit, Edit::Kind::Remove, child_pointer(place.parent_pointer, *index));
}

Edit apply_move(Json &document, const Edit &edit) {
    const Place place = find_place(document, edit);
    const auto from = place.parent->is_array() ? parse_index(place.key) : std::nullopt;
    if (!from || *from >= place.parent->size() || edit.to >= place.parent->size()) {
        fail(edit, "only an element of a list can be moved, to a place within it.");
    }
    const auto begin = place.parent->begin();
    const auto source = begin + static_cast<std::ptrdiff_t>(*from);
    const auto target = begin + static_cast<std::ptrdiff_t>(edit.to);
    if (*from < edit.to) {
        std::rotate(source, source + 1, target + 1);
    } else {
        std::rotate(target, source, source + 1);
    }
    return inverse(edit, Edit::Kind::Move, child_pointer(place.parent_pointer, edit.to), nullptr, *from);
}

} // namespace

Edit apply(Documents &documents, const Edit &edit) {
    Json &document = documents.of(edit.document);
    switch (edit.kind) {
    case Edit::Kind::Set:
        return apply_set(document, edit);
    case Edit::Kind::Remove:
        return apply_remove(document, edit);
    case Edit::Kind::Insert:
        return apply_insert(document, edit);
    default:
        return apply_move(document, edit);
    }
}

} // namespace studio::models
