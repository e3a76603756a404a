// SPDX-License-Identifier: Apache-2.0
#include "models/money.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace studio::models {

namespace {

constexpr std::int64_t max_minor = 1'000'000'000; // 10,000,000.00

struct Currency {
    std::string_view code, symbol;
};

// Currencies with two decimals; those without a sign of their own are written with the code.
constexpr std::array currencies = {
    Currency{"AUD", "A$"},   Currency{"NZD", "NZ$"},  Currency{"USD", "US$"},  Currency{"CAD", "CA$"},
    Currency{"EUR", "€"},    Currency{"GBP", "£"},    Currency{"CHF", "CHF "}, Currency{"SGD", "S$"},
    Currency{"HKD", "HK$"},  Currency{"AED", "AED "}, Currency{"DKK", "DKK "}, Currency{"NOK", "NOK "},
    Currency{"SEK", "SEK "}, Currency{"PLN", "PLN "}, Currency{"CZK", "CZK "}, Currency{"THB", "฿"},
    Currency{"INR", "₹"},    Currency{"ZAR", "R"},    Currency{"BRL", "R$"},   Currency{"MXN", "MX$"},
    Currency{"ILS", "₪"},    Currency{"MYR", "RM"},   Currency{"PHP", "₱"},    Currency{"FJD", "FJ$"},
};

} // namespace

std::optional<Money> Money::from_json(const Json &value) {
    if (!value.is_number())
        return std::nullopt;
    const double scaled = value.get<double>() * 100;
    if (!(scaled >= 0 && scaled <= static_cast<double>(max_minor)))
        return std::nullopt;
    const double rounded = std::round(scaled);
    if (std::abs(scaled - rounded) > 1e-5)
        return std::nullopt;
    return Money{static_cast<std::int64_t>(rounded)};
}

Json Money::to_json() const {
    if (minor % 100 == 0)
        return minor / 100;
    return static_cast<double>(minor) / 100;
}

std::string format_money(Money amount, const std::string &currency) {
    const auto known = std::find_if(currencies.begin(), currencies.end(),
                                    [&](const Currency &entry) { return entry.code == currency; });
    const std::uint64_t minor = amount.minor < 0 ? 0 - static_cast<std::uint64_t>(amount.minor)
                                                 : static_cast<std::uint64_t>(amount.minor);
    std::string digits = std::to_string(minor / 100);
    for (std::size_t at = digits.size(); at > 3; at -= 3)
        digits.insert(at - 3, 1, ',');
    if (const auto cents = minor % 100; cents != 0) {
        digits += cents < 10 ? ".0" : ".";
        digits += std::to_string(cents);
    }
    const std::string symbol = known != currencies.end() ? std::string(known->symbol) : currency + " ";
    return (amount.minor < 0 ? "-" : "") + symbol + digits;
}

bool is_currency_code(const std::string &text) {
    return std::any_of(currencies.begin(), currencies.end(),
                       [&](const Currency &entry) { return entry.code == text; });
}

} // namespace studio::models
