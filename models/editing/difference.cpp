// SPDX-License-Identifier: Apache-2.0
#include "models/editing/difference.h"

#include "models/editing/id_list.h"
#include "models/json/json_pointer.h"

#include <algorithm>

namespace studio::models {

namespace {

// Marks a longest increasing subsequence of `positions`: those elements stayed in order, the others were
// moved.
std::vector<bool> stayed(const std::vector<std::size_t> &positions) {
    std::vector<std::size_t> length(positions.size(), 1);
    std::vector<std::size_t> previous(positions.size(), positions.size());
    std::size_t last = positions.size();
    for (std::size_t at = 0; at < positions.size(); ++at) {
        for (std::size_t before = 0; before < at; ++before) {
            if (positions[before] < positions[at] && length[before] + 1 > length[at]) {
                length[at] = length[before] + 1;
                previous[at] = before;
            }
        }
        if (last == positions.size() || length[at] > length[last]) {
            last = at;
        }
    }
    std::vector<bool> marks(positions.size(), false);
    for (; last < positions.size(); last = previous[last]) {
        marks[last] = true;
    }
    return marks;
}

class Comparison final {
public:
    std::vector<Change> take() { return std::move(m_changes); }

    void compare(const Json &before, const Json &after, const std::string &old_pointer,
                 const std::string &pointer) {
        if (before.is_object() && after.is_object()) {
            compare_objects(before, after, old_pointer, pointer);
            return;
        }
        const auto old_ids = list_ids(before);
        const auto ids = list_ids(after);
        if (old_ids && ids) {
            compare_lists({before, *old_ids, old_pointer}, {after, *ids, pointer});
        } else if (!same_value(before, after)) {
            m_changes.push_back({ChangeKind::Changed, pointer, before, after});
        }
    }

private:
    struct IdList {
        const Json &list;
        const std::vector<std::string> &ids;
        const std::string &pointer;
    };

    void compare_objects(const Json &before, const Json &after, const std::string &old_pointer,
                         const std::string &pointer) {
        for (const auto &[key, value] : before.items()) {
            if (!after.contains(key)) {
                m_changes.push_back({ChangeKind::Removed, child_pointer(old_pointer, key), value, nullptr});
            }
        }
        for (const auto &[key, value] : after.items()) {
            const auto old = before.find(key);
            if (old == before.end()) {
                m_changes.push_back({ChangeKind::Added, child_pointer(pointer, key), nullptr, value});
            } else {
                compare(*old, value, child_pointer(old_pointer, key), child_pointer(pointer, key));
            }
        }
    }

    void compare_lists(const IdList &before, const IdList &after) {
        const auto old_index = index_by_id(before.ids);
        const auto new_index = index_by_id(after.ids);
        for (std::size_t at = 0; at < before.ids.size(); ++at) {
            if (!new_index.contains(before.ids[at])) {
                m_changes.push_back(
                    {ChangeKind::Removed, child_pointer(before.pointer, at), before.list[at], nullptr});
            }
        }
        std::vector<std::size_t> positions;
        for (const auto &id : after.ids) {
            if (const auto old = old_index.find(id); old != old_index.end()) {
                positions.push_back(old->second);
            }
        }
        const std::vector<bool> in_place = stayed(positions);
        std::size_t common = 0;
        for (std::size_t at = 0; at < after.ids.size(); ++at) {
            const std::string pointer = child_pointer(after.pointer, at);
            const auto old = old_index.find(after.ids[at]);
            if (old == old_index.end()) {
                m_changes.push_back({ChangeKind::Added, pointer, nullptr, after.list[at]});
                continue;
            }
            if (!in_place[common++]) {
                m_changes.push_back({ChangeKind::Moved, pointer, old->second, at});
            }
            compare(before.list[old->second], after.list[at], child_pointer(before.pointer, old->second),
                    pointer);
        }
    }

    std::vector<Change> m_changes;
};

} // namespace

std::vector<Change> difference(const Json &before, const Json &after) {
    Comparison comparison;
    comparison.compare(before, after, "", "");
    return comparison.take();
}

std::vector<Change> difference(const Documents &before, const Documents &after) {
    Comparison comparison;
    for (const auto kind : {DocumentKind::Theme, DocumentKind::Content, DocumentKind::Photos}) {
        const std::string pointer = child_pointer("", to_string(kind));
        comparison.compare(before.of(kind), after.of(kind), pointer, pointer);
    }
    return comparison.take();
}

} // namespace studio::models
