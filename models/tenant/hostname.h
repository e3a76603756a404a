// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace studio::models {

// The label before the platform domain: 1..50 of a-z, 0-9 and '-', no '-' at either end, not reserved,
// not starting with "preview-".
class Subdomain final {
public:
    static std::optional<Subdomain> parse(std::string_view text);
    // Why parse() refuses, as a sentence; "" where it does not.
    static std::string problem(std::string_view text);
    static bool is_reserved(std::string_view text);
    const std::string &text() const { return m_text; }
    auto operator<=>(const Subdomain &) const = default;

private:
    explicit Subdomain(std::string text) : m_text(std::move(text)) {}
    std::string m_text;
};

// A tenant's own domain: lower-case host name of at least two labels, at most 100 characters, no port, no IP
// address.
class CustomDomain final {
public:
    static std::optional<CustomDomain> parse(std::string_view text);
    static std::string problem(std::string_view text);
    const std::string &text() const { return m_text; }
    auto operator<=>(const CustomDomain &) const = default;

private:
    explicit CustomDomain(std::string text) : m_text(std::move(text)) {}
    std::string m_text;
};

} // namespace studio::models
