// SPDX-License-Identifier: Apache-2.0
#include "models/editing/field_path.h"

#include "models/json/json_pointer.h"

namespace studio::models {

namespace {

struct Step {
    std::string text;
    bool is_index = false; // written as [1]
};

// Divides "services[1].price" into its steps; nullopt for empty steps and unclosed brackets.
std::optional<std::vector<Step>> split_path(std::string_view path) {
    std::vector<Step> steps;
    while (!path.empty()) {
        if (path.front() == '[') {
            const std::size_t close = path.find(']');
            if (close == std::string_view::npos || !parse_index(path.substr(1, close - 1))) {
                return std::nullopt;
            }
            steps.push_back({std::string(path.substr(1, close - 1)), true});
            path.remove_prefix(close + 1);
            if (path.empty() || path.front() == '[') {
                continue;
            }
            if (path.front() != '.' || path.size() == 1) {
                return std::nullopt;
            }
            path.remove_prefix(1);
            continue;
        }
        const std::size_t end = path.find_first_of(".[");
        if (end == 0) {
            return std::nullopt;
        }
        steps.push_back({std::string(path.substr(0, end)), false});
        path.remove_prefix(end == std::string_view::npos ? path.size() : end);
        if (path.starts_with('.')) {
            path.remove_prefix(1);
            if (path.empty()) {
                return std::nullopt;
            }
        }
    }
    return steps;
}

std::string key_in_list(const Json &list, const Step &step) {
    for (std::size_t at = 0; !step.is_index && at < list.size(); ++at) {
        if (!list[at].is_object()) {
            continue;
        }
        const auto id = list[at].find("id");
        if (id != list[at].end() && id_text(*id) == step.text) {
            return std::to_string(at);
        }
    }
    return step.text;
}

std::optional<DocumentKind> document_named(std::string_view name) {
    for (const auto kind : {DocumentKind::Theme, DocumentKind::Content, DocumentKind::Photos}) {
        if (to_string(kind) == name) {
            return kind;
        }
    }
    return std::nullopt;
}

} // namespace

std::optional<FieldPath> parse_field_path(const Documents &documents, const std::string &path) {
    const auto steps = split_path(path);
    if (!steps || steps->empty()) {
        return std::nullopt;
    }
    const auto kind = document_named(steps->front().text);
    if (!kind) {
        return std::nullopt;
    }
    const Json *value = &documents.of(*kind);
    std::string pointer;
    for (std::size_t at = 1; at < steps->size(); ++at) {
        const Step &step = (*steps)[at];
        const std::string key = value && value->is_array() ? key_in_list(*value, step) : step.text;
        pointer = child_pointer(pointer, key);
        value = value ? find_value(*value, child_pointer("", key)) : nullptr;
    }
    return FieldPath{*kind, pointer};
}

} // namespace studio::models
