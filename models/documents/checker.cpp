// SPDX-License-Identifier: Apache-2.0
#include "models/documents/checker.h"

#include "base/text.h"
#include "models/color/color.h"
#include "models/documents/documents.h"
#include "models/json/json_pointer.h"
#include "models/json/json_read.h"
#include "models/values/money.h"
#include "models/values/web_address.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace studio::models {

namespace {

constexpr std::size_t max_issues = 200;

} // namespace

bool has_errors(const ValidationIssues &issues) {
    return std::any_of(issues.begin(), issues.end(),
                       [](const ValidationIssue &issue) { return issue.severity == Severity::Error; });
}

Node Node::at(const char *key) const {
    const Json *child = value ? member(*value, key) : nullptr;
    const bool null = child && child->is_null();
    return {null ? nullptr : child, child_pointer(pointer, key), null};
}

Node Node::at(std::size_t index) const {
    return {&(*value)[index], child_pointer(pointer, index), false};
}

void Checker::add(const std::string &pointer, std::string message, Severity severity) {
    if (m_issues.size() >= max_issues) {
        ++m_left_out;
    } else {
        m_issues.push_back({pointer, std::move(message), severity});
    }
}

void Checker::error(const std::string &pointer, std::string message) {
    add(pointer, std::move(message), Severity::Error);
}

void Checker::warning(const std::string &pointer, std::string message) {
    add(pointer, std::move(message), Severity::Warning);
}

ValidationIssues Checker::take() {
    if (m_left_out > 0) {
        m_issues.push_back({"", fmt::format("There are {} more problems. Fix these first.", m_left_out)});
    }
    return std::move(m_issues);
}

bool Checker::object(const Node &node, const char *label) {
    if (node && !node.value->is_object()) {
        error(node.pointer, fmt::format("{} must be an object: fields between braces.", label));
    }
    return node && node.value->is_object();
}

bool Checker::list(const Node &node, const char *label, std::size_t max_elements) {
    if (!node) {
        return false;
    }
    if (!node.value->is_array()) {
        error(node.pointer, fmt::format("{} must be a list.", label));
        return false;
    }
    if (node.value->size() > max_elements) {
        error(node.pointer, fmt::format("{} must have at most {} entries; there are {}.", label, max_elements,
                                        node.value->size()));
        return false;
    }
    return true;
}

std::optional<std::string> Checker::text(const Node &node, const TextRule &rule) {
    if (!node) {
        if (rule.required) {
            error(node.pointer,
                  fmt::format("{} is missing: enter 1 to {} characters.", rule.label, rule.max_characters));
        }
        return std::nullopt;
    }
    if (!node.value->is_string()) {
        error(node.pointer,
              fmt::format("{} must be text of at most {} characters.", rule.label, rule.max_characters));
        return std::nullopt;
    }
    const auto &typed = node.value->get_ref<const std::string &>();
    std::string text = rule.several_lines ? base::clean_prose(typed) : base::clean_line(typed);
    if (const std::size_t length = base::character_count(text); length > rule.max_characters) {
        error(node.pointer, fmt::format("{} is too long: it has {} characters, at most {} are allowed.",
                                        rule.label, length, rule.max_characters));
    } else if (rule.required && base::is_blank(text)) {
        error(node.pointer,
              fmt::format("{} is missing: enter 1 to {} characters.", rule.label, rule.max_characters));
    } else if (!rule.several_lines && text.find('\n') != std::string::npos) {
        error(node.pointer, fmt::format("{} must be a single line.", rule.label));
    } else {
        return text;
    }
    return std::nullopt;
}

void Checker::text_list(const Node &node, const TextRule &element, std::size_t max_elements) {
    if (!list(node, element.label, max_elements)) {
        return;
    }
    for (std::size_t at = 0; at < node.value->size(); ++at) {
        text(node.at(at), element);
    }
}

std::optional<double> Checker::number(const Node &node, const char *label, double low, double high) {
    if (!node) {
        return std::nullopt;
    }
    const double value = node.value->is_number() ? node.value->get<double>() : std::nan("");
    if (!(value >= low && value <= high)) {
        error(node.pointer, fmt::format("{} must be a number from {:g} to {:g}.", label, low, high));
        return std::nullopt;
    }
    return value;
}

void Checker::integer(const Node &node, const char *label, double low, double high) {
    if (!node) {
        return;
    }
    const double value = node.value->is_number() ? node.value->get<double>() : std::nan("");
    if (!(value >= low && value <= high) || value != std::floor(value)) {
        error(node.pointer,
              fmt::format("{} must be a whole number from {:.0f} to {:.0f}.", label, low, high));
    }
}

void Checker::boolean(const Node &node, const char *label) {
    if (node && !node.value->is_boolean()) {
        error(node.pointer, fmt::format("{} must be true or false.", label));
    }
}

void Checker::choice(const Node &node, const char *label, std::initializer_list<std::string_view> choices) {
    if (!node) {
        return;
    }
    const std::string text = node.value->is_string() ? node.value->get<std::string>() : std::string();
    if (std::find(choices.begin(), choices.end(), text) == choices.end()) {
        error(node.pointer, fmt::format("{} must be one of {}.", label, fmt::join(choices, ", ")));
    }
}

void Checker::money(const Node &node, const char *label) {
    if (!node || Money::from_json(*node.value)) {
        return;
    }
    const auto readings =
        node.value->is_string() ? ambiguous_money(node.value->get_ref<const std::string &>()) : "";
    if (!readings.empty()) {
        error(node.pointer, fmt::format("{} is unclear: {}", label, readings));
    } else {
        error(node.pointer,
              fmt::format("{} must be a number from 0 to 10000000 with at most two decimals, such as 1500.",
                          label));
    }
}

void Checker::color(const Node &node, const char *label) {
    const bool right =
        node && node.value->is_string() && Color::parse(node.value->get_ref<const std::string &>());
    if (node.written_null || (node && !right)) {
        error(node.pointer, fmt::format("{} must be a colour such as #8B4789.", label));
    }
}

std::optional<std::string> Checker::id(const Node &node, const char *owner, std::set<std::string> &seen,
                                       bool required) {
    if (!node) {
        if (required) {
            error(node.pointer, fmt::format("{} needs a unique id of 1 to 64 characters.", owner));
        }
        return std::nullopt;
    }
    const auto id = id_text(*node.value);
    if (!id || base::is_blank(*id) || base::character_count(*id) > 64 ||
        id->find_first_of("\n\t\r") != std::string::npos) {
        error(node.pointer,
              fmt::format("The id of {} must be 1 to 64 characters on one line, or a whole number.", owner));
        return std::nullopt;
    }
    if (!seen.insert(*id).second) {
        error(node.pointer,
              fmt::format("The id \"{}\" is used twice in this list: use a different one for each.", *id));
        return std::nullopt;
    }
    return id;
}

void Checker::picture_url(const Node &node, const char *label, bool required) {
    const std::string url = node && node.value->is_string() ? node.value->get<std::string>() : std::string();
    if (!node || (node.value->is_string() && url.empty())) {
        if (required) {
            error(node.pointer, fmt::format("{} is missing: add a photo from the library.", label));
        }
        return;
    }
    if (is_media_path(url)) {
        return;
    }
    if (is_http_url(url)) {
        warning(
            node.pointer,
            fmt::format("{} \"{}\" is the address of a web server and is not shown, also where that is the "
                        "platform's own photo store: add the photo from the library (/media/…).",
                        label, url));
        return;
    }
    if (is_relative_path(url)) {
        warning(node.pointer, fmt::format("{} \"{}\" is a relative address and will not be found: add "
                                          "the photo from the library (/media/…).",
                                          label, url));
    } else {
        error(node.pointer,
              fmt::format("{} must be an address that starts with https:// or http:// and names a host, or "
                          "a /media/ path, of at most {} characters.",
                          label, max_url_length));
    }
}

void Checker::schema_version(const Node &document) {
    const Node node = document.at("schemaVersion");
    if (!node) {
        return;
    }
    if (!node.value->is_number_integer() || node.value->get<std::int64_t>() < 1) {
        error(node.pointer,
              fmt::format("The schema version must be the whole number {}.", current_schema_version));
    } else if (node.value->get<std::int64_t>() > current_schema_version) {
        error(node.pointer,
              fmt::format("This document was made by a newer version of the studio (schema {}); this one "
                          "knows {}: update the studio.",
                          node.value->get<std::int64_t>(), current_schema_version));
    }
}

} // namespace studio::models
