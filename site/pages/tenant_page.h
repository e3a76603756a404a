// SPDX-License-Identifier: Apache-2.0
// The home page of a tenant's site.
#pragma once

#include "site/page.h"

namespace studio::site {

// Every part of a tenant's page. Each element that shows a field carries data-field="<pointer>"
// ("/content/tagline", "/photos/hero/control"), in the live page as in the preview: they are the same bytes.
RenderedPage render_tenant_page(const SiteSettings &settings, const TenantPage &page);

} // namespace studio::site
