// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "site/page.h"
#include "site/pages/landing_page.h"

#include <span>

namespace studio::site {

enum class NoticeKind { NotFound, ShareLinkNeeded, ShareLinkExpired, Unavailable };
// Below the words the first three of `companions` are shown.
RenderedPage render_notice_page(const SiteSettings &settings, NoticeKind kind,
                                std::span<const ShowcaseEntry> companions = {});
// For an address of a companion's own site where there is no page: in her look, with the way to her home
// page.
RenderedPage render_not_found_page(const SiteSettings &settings, const TenantPage &page);

} // namespace studio::site
