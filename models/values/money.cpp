// SPDX-License-Identifier: Apache-2.0
#include "models/values/money.h"

#include "base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <vector>

namespace studio::models {

namespace {

constexpr std::int64_t max_minor = 1'000'000'000; // 10,000,000.00

struct Currency {
    std::string_view code, symbol;
};

// Currencies with two decimals; one without a sign is written with its code.
constexpr std::array currencies = {
    Currency{"AUD", "A$"},   Currency{"NZD", "NZ$"},  Currency{"USD", "US$"},  Currency{"CAD", "CA$"},
    Currency{"EUR", "€"},    Currency{"GBP", "£"},    Currency{"CHF", "CHF "}, Currency{"SGD", "S$"},
    Currency{"HKD", "HK$"},  Currency{"AED", "AED "}, Currency{"DKK", "DKK "}, Currency{"NOK", "NOK "},
    Currency{"SEK", "SEK "}, Currency{"PLN", "PLN "}, Currency{"CZK", "CZK "}, Currency{"THB", "฿"},
    Currency{"INR", "₹"},    Currency{"ZAR", "R"},    Currency{"BRL", "R$"},   Currency{"MXN", "MX$"},
    Currency{"ILS", "₪"},    Currency{"MYR", "RM"},   Currency{"PHP", "₱"},    Currency{"FJD", "FJ$"},
};

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool only_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

// Whether the digits form groups of three after a first one of one to three, or Indian groups: of two, with
// three in the last.
bool are_groups(const std::vector<std::string_view> &groups) {
    if (groups.front().empty() || groups.front().size() > 3 || groups.front() == "0" ||
        groups.back().size() != 3) {
        return false;
    }
    const std::size_t width = groups.size() > 2 ? groups[1].size() : 3;
    return (width == 3 || (width == 2 && groups.front().size() <= 2)) &&
           std::all_of(groups.begin() + 1, groups.end() - 1,
                       [&](std::string_view group) { return group.size() == width; });
}

std::vector<std::string_view> split(std::string_view text, char sign) {
    std::vector<std::string_view> parts;
    for (std::size_t end = text.find(sign); end != std::string_view::npos; end = text.find(sign)) {
        parts.push_back(text.substr(0, end));
        text.remove_prefix(end + 1);
    }
    parts.push_back(text);
    return parts;
}

// Removes blanks and apostrophes that separate groups of three before the decimal sign. Where they are
// elsewhere the text is returned unchanged, and is then no number.
std::string without_blanks(std::string number) {
    for (const std::string_view apostrophe : {"'", "’"}) {
        for (std::size_t at = number.find(apostrophe); at != std::string::npos;
             at = number.find(apostrophe)) {
            number.replace(at, apostrophe.size(), " ");
        }
    }
    const std::string whole = number.substr(0, number.find_first_of(".,"));
    const auto groups = split(whole, ' ');
    const bool of_three = std::all_of(groups.begin() + 1, groups.end(),
                                      [](std::string_view group) { return group.size() == 3; });
    if (groups.size() > 1 && are_groups(groups) && of_three) {
        std::string plain = number.substr(whole.size());
        for (auto group = groups.rbegin(); group != groups.rend(); ++group) {
            plain.insert(0, *group);
        }
        return plain;
    }
    return number;
}

// Only the digits and their separators, without spaces, currency, and ",-" or ".–" for "no cents".
std::string plain_number(std::string_view text, const std::string &currency) {
    std::string number = base::clean_line(text);
    const auto known = std::find_if(currencies.begin(), currencies.end(),
                                    [&](const Currency &entry) { return entry.code == currency; });
    if (known != currencies.end()) {
        const std::string symbol(base::trimmed(known->symbol));
        for (const std::string &sign : {currency, symbol, std::string(symbol.ends_with('$') ? "$" : "")}) {
            number = std::string(base::trimmed(number));
            if (!sign.empty() && base::starts_with_ignoring_case(number, sign)) {
                number.erase(0, sign.size());
            } else if (!sign.empty() && number.size() > sign.size() &&
                       base::equal_ignoring_case(std::string_view(number).substr(number.size() - sign.size()),
                                                 sign)) {
                number.resize(number.size() - sign.size());
            }
        }
    }
    number = std::string(base::trimmed(number));
    for (const std::string_view no_cents : {".-", ",-", ".–", ",–", ".—", ",—"}) {
        if (number.ends_with(no_cents)) {
            number.resize(number.size() - no_cents.size());
        }
    }
    return without_blanks(number);
}

enum class Kind { None, Amount, TooFine, TooLarge, Ambiguous };
struct Parsed {
    Kind kind = Kind::None;
    std::int64_t minor = 0;     // for Ambiguous: the amount if the sign is a decimal sign
    std::int64_t as_groups = 0; // for Ambiguous: the amount if the sign separates thousands
};

Parsed amount_of(std::string_view whole, std::string_view cents) {
    constexpr std::size_t max_cents = 3; // "1.500" has a meaning; "1,5000" is a typing error
    if (cents.size() > max_cents) {
        return {Kind::TooFine};
    }
    while (cents.size() > 2 && cents.back() == '0') {
        cents.remove_suffix(1);
    }
    if (cents.size() > 2) {
        return {Kind::TooFine};
    }
    if (whole.size() > 9) {
        return {Kind::TooLarge};
    }
    std::int64_t minor = 0;
    for (const char digit : whole) {
        minor = minor * 10 + (digit - '0');
    }
    for (std::size_t at = 0; at < 2; ++at) {
        minor = minor * 10 + (at < cents.size() ? cents[at] - '0' : 0);
    }
    return minor > max_minor ? Parsed{Kind::TooLarge} : Parsed{Kind::Amount, minor};
}

std::string joined(const std::vector<std::string_view> &parts) {
    std::string text;
    for (const std::string_view part : parts) {
        text += part;
    }
    return text;
}

// `group` is '.', ',' or 0: the sign that is known to separate thousands where three digits follow it.
Parsed parse_number(std::string_view number, char group) {
    const std::size_t sign_at = number.find_last_of(".,");
    if (sign_at == std::string_view::npos) {
        return only_digits(number) ? amount_of(number, "") : Parsed{};
    }
    const char sign = number[sign_at], other = sign == '.' ? ',' : '.';
    const auto parts = split(number, sign);
    const std::string_view before = number.substr(0, sign_at), after = number.substr(sign_at + 1);
    const bool digits =
        std::all_of(number.begin(), number.end(), [](char c) { return is_digit(c) || c == '.' || c == ','; });
    if (!digits || after.empty()) {
        return {};
    }
    if (before.find(other) != std::string_view::npos) { // "1,500.50"
        const auto groups = split(before, other);
        return parts.size() == 2 && are_groups(groups) ? amount_of(joined(groups), after) : Parsed{};
    }
    if (parts.size() > 2) { // "1,500,000"
        return are_groups(parts) ? amount_of(joined(parts), "") : Parsed{};
    }
    if (!are_groups(parts)) { // "99,50", "0.500", ".5"
        return before.empty() && after.size() > 2 ? Parsed{} : amount_of(before, after);
    }
    const Parsed thousands = amount_of(joined(parts), ""), decimals = amount_of(before, after);
    if (sign == group) {
        return thousands;
    }
    if (decimals.kind != Kind::Amount || thousands.kind != Kind::Amount) {
        return decimals;
    }
    return {Kind::Ambiguous, decimals.minor, thousands.minor};
}

std::string both_readings(std::string_view typed, const Parsed &parsed, const NumberSigns &signs) {
    return fmt::format("“{}” can mean {} or {}: enter one of these.",
                       base::shortened(base::clean_line(typed), 40),
                       editable_money({parsed.as_groups}, signs), editable_money({parsed.minor}, signs));
}

} // namespace

MoneyReading read_money(std::string_view text, const NumberSigns &signs, const std::string &currency) {
    std::string number = plain_number(text, currency);
    for (const std::string_view sign :
         {signs.group, signs.decimal}) { // the locale's signs are replaced by '.' and ','
        if (sign != "." && sign != "," && !sign.empty()) {
            for (std::size_t at = number.find(sign); at != std::string::npos; at = number.find(sign)) {
                number.replace(at, sign.size(), sign == signs.decimal ? "." : "");
            }
        }
    }
    const Parsed parsed =
        parse_number(number, signs.group == "." || signs.group == "," ? signs.group[0] : '\0');
    switch (parsed.kind) {
    case Kind::Amount:
        return {Money{parsed.minor}, {}};
    case Kind::TooFine:
        return {std::nullopt,
                "An amount has at most two decimals, such as " + editable_money({150050}, signs) + "."};
    case Kind::TooLarge:
        return {std::nullopt, "The amount is too large: at most 10000000."};
    case Kind::Ambiguous:
        return {std::nullopt, both_readings(text, parsed, signs)};
    case Kind::None:
        break;
    }
    return {std::nullopt,
            fmt::format("“{}” is not an amount: enter digits, such as 1500 or {}.",
                        base::shortened(base::clean_line(text), 40), editable_money({150050}, signs))};
}

std::string editable_money(Money amount, const NumberSigns &signs) {
    const auto cents = amount.minor % 100;
    return cents == 0 ? std::to_string(amount.minor / 100)
                      : fmt::format("{}{}{:02}", amount.minor / 100, signs.decimal, cents);
}

std::string ambiguous_money(std::string_view text) {
    const Parsed parsed = parse_number(plain_number(text, {}), '\0');
    return parsed.kind == Kind::Ambiguous ? both_readings(text, parsed, {}) : std::string();
}

std::optional<Money> Money::from_json(const Json &value) {
    if (!value.is_number()) {
        return std::nullopt;
    }
    const double scaled = value.get<double>() * 100;
    if (!(scaled >= 0 && scaled <= static_cast<double>(max_minor))) {
        return std::nullopt;
    }
    const double rounded = std::round(scaled);
    if (std::abs(scaled - rounded) > 1e-5) {
        return std::nullopt;
    }
    return Money{static_cast<std::int64_t>(rounded)};
}

Json Money::to_json() const {
    if (minor % 100 == 0) {
        return minor / 100;
    }
    return static_cast<double>(minor) / 100;
}

std::string format_money(Money amount, const std::string &currency) {
    const auto known = std::find_if(currencies.begin(), currencies.end(),
                                    [&](const Currency &entry) { return entry.code == currency; });
    const std::uint64_t minor = amount.minor < 0 ? 0 - static_cast<std::uint64_t>(amount.minor)
                                                 : static_cast<std::uint64_t>(amount.minor);
    std::string digits = std::to_string(minor / 100);
    for (std::size_t at = digits.size(); at > 3; at -= 3) {
        digits.insert(at - 3, 1, ',');
    }
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
