// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/documents/documents.h"
#include "models/editing/edit.h"

#include <algorithm>
#include <string>

namespace studio::models {

inline std::string listed(const ValidationIssues &issues) {
    std::string text;
    for (const auto &issue : issues) {
        text += (issue.severity == Severity::Error ? "error " : "warning ") + issue.pointer + ": " +
                issue.message + "\n";
    }
    return text;
}

inline bool has_issue(const ValidationIssues &issues, Severity severity, const std::string &pointer,
                      const std::string &words) {
    return std::any_of(issues.begin(), issues.end(), [&](const ValidationIssue &issue) {
        return issue.severity == severity && issue.pointer == pointer &&
               issue.message.find(words) != std::string::npos;
    });
}

// One change to a valid document and the issue that it must cause.
struct Fault {
    std::string pointer; // set to `value`
    Json value;
    std::string reported_at;
    std::string words; // part of the message
    Severity severity = Severity::Error;
};

inline Json with(Json document, const std::string &pointer, const Json &value) {
    Documents documents;
    documents.content = std::move(document);
    apply(documents, {Edit::Kind::Set, DocumentKind::Content, pointer, value, 0});
    return documents.content;
}

} // namespace studio::models
