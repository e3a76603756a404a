// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/arguments.h"

#include "app/ctl/failure.h"

#include <fmt/format.h>

#include <charconv>

namespace studio::ctl {

const std::vector<std::string> &Arguments::list(const std::string &name) const {
    static const std::vector<std::string> none;
    const auto found = m_values.find(name);
    return found == m_values.end() ? none : found->second;
}

const std::string &Arguments::text(const std::string &name) const {
    const auto &values = list(name);
    if (values.empty()) {
        throw UsageError(name, "is missing.");
    }
    return values.front();
}

std::optional<std::string> Arguments::optional_text(const std::string &name) const {
    return has(name) ? std::optional(text(name)) : std::nullopt;
}

std::string Arguments::text_or(const std::string &name, const std::string &otherwise) const {
    return has(name) ? text(name) : otherwise;
}

int Arguments::number(const std::string &name, int low, int high) const {
    const std::string &digits = text(name);
    int number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc{} || end != digits.data() + digits.size() || number < low || number > high) {
        throw UsageError(name,
                         fmt::format("must be a whole number from {} to {}, not \"{}\".", low, high, digits));
    }
    return number;
}

int Arguments::number_or(const std::string &name, int otherwise, int low, int high) const {
    return has(name) ? number(name, low, high) : otherwise;
}

} // namespace studio::ctl
