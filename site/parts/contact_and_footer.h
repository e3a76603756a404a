// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "site/pages/page_context.h"

#include <string>
#include <vector>

namespace studio::site {

// One telephone number of the contact details.
struct PhoneLine {
    std::string text;   // as typed
    std::string number; // "+61412345678"; "" where no phone could dial it
};
std::vector<PhoneLine> phone_lines(const models::Content &content);
void fill_booking(PageContext &context, Part page);
void fill_contact(PageContext &context, Part page);
void fill_footer(PageContext &context, Part page);
void fill_notices(PageContext &context, Part page, bool asks_age);

// Fills one section PIECE for each piece of an email or web address; a line may break after each "@", ".",
// "/", "-", "_".
void fill_breakable(Part part, const std::string &address);

} // namespace studio::site
