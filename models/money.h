// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/json.h"

#include <cstdint>
#include <optional>
#include <string>

namespace studio::models {

// An amount in minor units (cents) of an ISO 4217 currency with two decimals.
struct Money {
    std::int64_t minor = 0;
    bool operator==(const Money &) const = default;

    // A JSON number with at most two decimals, 0 .. 10,000,000.00.
    static std::optional<Money> from_json(const Json &value);
    Json to_json() const; // an integer where there are no cents
};

// "A$1,500", "€80.50": symbol by currency, grouping, cents only where there are any.
std::string format_money(Money amount, const std::string &currency);
bool is_currency_code(const std::string &text); // one of the ISO 4217 codes that we support

} // namespace studio::models
