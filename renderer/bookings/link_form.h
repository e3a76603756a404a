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
    // The message; without control characters, which nobody sees.
    std::string words() const;
    // The version of the booking that the page had; -1 for none.
    int version() const;
    // The proposed start on the clocks of the zone; or what is wrong with it.
    std::string read_start(const std::string &zone, base::Time now, base::Time &start) const;

    // "" where the words can be taken.
    static std::string wrong_with(const std::string &words);
    static bool is_for_client(std::string_view action);
    static bool is_for_companion(std::string_view action);

private:
    std::vector<std::pair<std::string, std::string>> m_fields;
};

} // namespace studio::renderer
