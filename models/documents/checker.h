// SPDX-License-Identifier: Apache-2.0
// The checks from which the validators of documents are built. Internal to models/.
#pragma once

#include "models/documents/validation_issue.h"
#include "models/json/json.h"

#include <functional>
#include <initializer_list>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace studio::models {

// A place in a document; nullptr where it has no value. A JSON null counts as no value, except for a colour.
struct Node {
    const Json *value = nullptr;
    std::string pointer;
    bool written_null = false;

    Node at(const char *key) const;
    Node at(std::size_t index) const;
    explicit operator bool() const { return value != nullptr; }
};

struct TextRule {
    const char *label = ""; // "The tagline": begins every message
    std::size_t max_characters = 0;
    bool several_lines = false;
    bool required = false;
};

// Collects issues. Every check accepts a missing value unless it says otherwise, and reports at most one
// issue.
class Checker final {
public:
    void error(const std::string &pointer, std::string message);
    void warning(const std::string &pointer, std::string message);

    // True if the value is present and of that kind.
    bool object(const Node &node, const char *label);
    bool list(const Node &node, const char *label, std::size_t max_elements);

    // The text, cleaned as base/text.h says, if it is present and valid.
    std::optional<std::string> text(const Node &node, const TextRule &rule);
    void text_list(const Node &node, const TextRule &element, std::size_t max_elements);
    std::optional<double> number(const Node &node, const char *label, double low, double high);
    void integer(const Node &node, const char *label, double low, double high);
    void boolean(const Node &node, const char *label);
    void choice(const Node &node, const char *label, std::initializer_list<std::string_view> choices);
    void money(const Node &node, const char *label);
    // Null is refused too.
    void color(const Node &node, const char *label);
    // An "id": text of at most 64 characters or a whole number, unique in its list.
    std::optional<std::string> id(const Node &node, const char *owner, std::set<std::string> &seen,
                                  bool required);
    // A picture's address: http(s), /media/… , or with a warning a relative path.
    void picture_url(const Node &node, const char *label, bool required);
    void schema_version(const Node &document);

    // Checks the whole document: size, depth, UTF-8, control characters, finite numbers. False if its fields
    // cannot be checked.
    bool fit_document(const Json &document, const char *label);

    ValidationIssues take();

private:
    void add(const std::string &pointer, std::string message, Severity severity);
    std::size_t m_left_out = 0;
    ValidationIssues m_issues;
};

} // namespace studio::models
