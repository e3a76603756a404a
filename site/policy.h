// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "site/page.h"

namespace studio::site {

// The value of the Content-Security-Policy header for a page.
std::string content_security_policy(const SiteSettings &settings, const RenderedPage &page);

} // namespace studio::site
