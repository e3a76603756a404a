// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "site/pages/landing_page.h"
#include "site/pages/page_context.h"

#include <span>
#include <string>

namespace studio::site {

// The schema.org description of the tenant as JSON-LD, escaped for the inside of a <script> element.
std::string structured_data(const PageContext &context);
std::string landing_structured_data(const SiteSettings &settings, std::span<const ShowcaseEntry> companions);

} // namespace studio::site
