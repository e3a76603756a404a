// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/documents/validation_issue.h"

#include <stdexcept>
#include <string>

namespace studio::ctl {

// The command line is wrong: exit code 2. `field` is an argument's name.
class UsageError final : public std::runtime_error {
public:
    UsageError(std::string field, const std::string &message)
        : std::runtime_error(message), m_field(std::move(field)) {}
    const std::string &field() const { return m_field; }

private:
    std::string m_field;
};

// The command could not do its work: exit code 1. Each issue names its field: a JSON pointer or an argument.
class CommandFailure final : public std::runtime_error {
public:
    CommandFailure(const std::string &field, const std::string &message)
        : CommandFailure(message, models::ValidationIssues{{field, message, models::Severity::Error}}) {}
    CommandFailure(const std::string &message, models::ValidationIssues issues)
        : std::runtime_error(message), m_issues(std::move(issues)) {}
    const models::ValidationIssues &issues() const { return m_issues; }

private:
    models::ValidationIssues m_issues;
};

// A part of the work is done: exit code 3. The message says which, and that running it again is safe.
class PartlyDone final : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

} // namespace studio::ctl
