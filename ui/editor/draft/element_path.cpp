// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/draft/element_path.h"

#include "models/json/json_pointer.h"
#include "ui/editor/draft/pointer.h"

namespace studio::ui {

namespace {

models::Json step_of(const models::Json &element, std::size_t index) {
    if (element.is_object() && element.contains("id") && models::id_text(element["id"])) {
        return {{"id", element["id"]}};
    }
    return {{"index", index}, {"value", element}};
}

bool is_meant(const models::Json &element, const models::Json &step) {
    if (step.contains("id")) {
        return element.is_object() && element.contains("id") && element["id"] == step["id"];
    }
    return element == step["value"];
}

// The index of the element that a step names. Where several elements are equal, the one at the step's own
// index is taken.
std::optional<std::size_t> index_of(const models::Json &list, const models::Json &step) {
    const auto hint = step.contains("index") ? step["index"].get<std::size_t>() : list.size();
    if (hint < list.size() && is_meant(list[hint], step)) {
        return hint;
    }
    for (std::size_t index = 0; index < list.size(); ++index) {
        if (is_meant(list[index], step)) {
            return index;
        }
    }
    return std::nullopt;
}

models::Json as_one(const models::Documents &documents) {
    return {{"theme", documents.theme}, {"content", documents.content}, {"photos", documents.photos}};
}

} // namespace

ElementPath element_path(const models::Documents &documents, const QString &pointer) {
    ElementPath path;
    const auto whole = as_one(documents);
    const auto *value = &whole;
    for (const auto &key :
         models::split_pointer(pointer.toStdString()).value_or(std::vector<std::string>())) {
        const auto index = value && value->is_array() ? models::parse_index(key) : std::nullopt;
        if (index && *index < value->size()) {
            value = &(*value)[*index];
            path.push_back(step_of(*value, *index));
            continue;
        }
        value = value && value->is_object() && value->contains(key) ? &(*value)[key] : nullptr;
        path.emplace_back(key);
    }
    return path;
}

std::optional<QString> find_pointer(const models::Documents &documents, const ElementPath &path) {
    QString pointer;
    const auto whole = as_one(documents);
    const auto *value = &whole;
    for (const auto &step : path) {
        if (step.is_string()) {
            const auto key = step.get<std::string>();
            value = value && value->is_object() && value->contains(key) ? &(*value)[key] : nullptr;
            pointer = child(pointer, QString::fromStdString(key));
            continue;
        }
        const auto index =
            value && value->is_array() && step.is_object() ? index_of(*value, step) : std::nullopt;
        if (!index) {
            return std::nullopt;
        }
        value = &(*value)[*index];
        pointer = child(pointer, *index);
    }
    return pointer;
}

} // namespace studio::ui
