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

} // namespace studio::site
