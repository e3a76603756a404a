// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "site/booking_form.h"
#include "site/page.h"

namespace studio::site {

RenderedPage render_booking_page(const SiteSettings &settings, const TenantPage &page,
                                 const BookingForm &form);
RenderedPage render_booking_confirmation(const SiteSettings &settings, const TenantPage &page);

} // namespace studio::site
