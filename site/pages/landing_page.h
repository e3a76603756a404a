// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "site/page.h"

#include <string>
#include <vector>

namespace studio::site {

struct ShowcaseEntry {
    std::string name, tagline, city, origin;
    models::Theme theme;
    models::Photo photo;
    std::string from = {}; // the least price with its currency, "A$800"; "" where none is known
};
// The least of a companion's rates and services, as a card names it; "" where there is none.
std::string least_price(const models::Content &content);
// One page of the companions, in the order given; `page` counts from 1, and a number beyond the last page
// shows the last.
RenderedPage render_landing_page(const SiteSettings &settings, const std::vector<ShowcaseEntry> &companions,
                                 std::size_t page = 1);
std::size_t landing_page_count(std::size_t companions); // at least 1

} // namespace studio::site
