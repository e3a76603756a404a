// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "site/page.h"

namespace studio::site {

enum class NoticeKind { NotFound, ShareLinkNeeded, ShareLinkExpired, Unavailable };
RenderedPage render_notice_page(const SiteSettings &settings, NoticeKind kind);

} // namespace studio::site
