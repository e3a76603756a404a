// SPDX-License-Identifier: Apache-2.0
// Companions as cards on the platform's own pages.
#pragma once

#include "site/pages/landing_page.h"
#include "site/pages/page_context.h"

#include <string>

namespace studio::site {

// The platform's own pages have no tenant; their pictures are filled through a context of this one.
const TenantPage &no_tenant();

// Includes card.tpl at {{>CARD}}; nothing where the companion's address is none. `css_class` is one more
// class of the card.
void fill_card(PageContext &context, Part list, const ShowcaseEntry &entry, const std::string &css_class);

} // namespace studio::site
