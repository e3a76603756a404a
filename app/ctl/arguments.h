// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace studio::ctl {

// The values of one command line, by the names in the command's table. Reading throws UsageError for an
// invalid number.
class Arguments final {
public:
    void set(const std::string &name, std::vector<std::string> values) { m_values[name] = std::move(values); }

    bool has(const std::string &name) const { return m_values.contains(name); }
    const std::string &text(const std::string &name) const;
    std::optional<std::string> optional_text(const std::string &name) const;
    std::string text_or(const std::string &name, const std::string &otherwise) const;
    const std::vector<std::string> &list(const std::string &name) const;
    int number(const std::string &name, int low, int high) const;
    int number_or(const std::string &name, int otherwise, int low, int high) const;

private:
    std::map<std::string, std::vector<std::string>> m_values;
};

} // namespace studio::ctl
