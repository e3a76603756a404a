// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/time.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace studio::renderer {

// What a person sent from a page behind a link of an email.
class LinkForm final {
public:
    explicit LinkForm(std::string_view body);

    const std::string &value(std::string_view name) const; // "" where it was not sent
    // The person's message, without control characters.
    std::string words() const;
    // The version of the booking that the page had; -1 for none.
    int version() const;
    // Reads the proposed start, given in local time of the zone. Returns what is wrong with it, "" where
    // nothing is.
    std::string read_start(const std::string &zone, base::Time now, base::Time &start) const;

    // What is wrong with a message; "" where nothing is.
    static std::string wrong_with(const std::string &words);
    static bool is_for_client(std::string_view action);
    static bool is_for_companion(std::string_view action);

private:
    std::vector<std::pair<std::string, std::string>> m_fields;
};

} // namespace studio::renderer
