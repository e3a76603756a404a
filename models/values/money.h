// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/json/json.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace studio::models {

// An amount in minor units (cents) of an ISO 4217 currency with two decimals.
struct Money {
    std::int64_t minor = 0;
    bool operator==(const Money &) const = default;

    // A JSON number with at most two decimals, 0 .. 10,000,000.00.
    static std::optional<Money> from_json(const Json &value);
    Json to_json() const; // an integer where there are no cents
};

// The signs with which a locale writes numbers.
struct NumberSigns {
    std::string decimal = ".", group = ",";
    bool operator==(const NumberSigns &) const = default;
};

// The amount in what a person typed or pasted, or a sentence that says why it is none.
struct MoneyReading {
    std::optional<Money> amount;
    std::string problem; // "" where there is an amount
    bool operator==(const MoneyReading &) const = default;
};
// The one rule for amounts that people write: "1500", "1,500.50", "1.500,50", "1 500", "99,50", with or
// without the sign or code of `currency`. Three digits after a single sign are thousands if it is the
// locale's sign for groups. If it is the locale's decimal sign ("1.500" in English), the amount is ambiguous
// and refused; the message shows both readings.
MoneyReading read_money(std::string_view text, const NumberSigns &signs, const std::string &currency = {});
// The text of an amount in an input field: "1500", "1500,50" with the locale's decimal sign and no groups.
std::string editable_money(Money amount, const NumberSigns &signs);
// "“1.500” can be 1500 or 1.50: write one of these."; "" where the text isn't ambiguous in any locale.
std::string ambiguous_money(std::string_view text);

// "A$1,500", "€80.50": symbol by currency, grouping, cents only where there are any.
std::string format_money(Money amount, const std::string &currency);
bool is_currency_code(const std::string &text); // one of the supported ISO 4217 codes

} // namespace studio::models
