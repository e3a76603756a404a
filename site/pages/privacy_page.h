// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "site/page.h"

namespace studio::site {

RenderedPage render_privacy_page(const SiteSettings &settings, const TenantPage &page);
// The page that answers "Forget me": it shows the receipt's number and nothing about the person.
RenderedPage render_forgotten_page(const SiteSettings &settings, const TenantPage &page,
                                   const std::string &receipt);

} // namespace studio::site
