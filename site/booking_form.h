// SPDX-License-Identifier: Apache-2.0
// The booking form as /book shows it and, filled by book.js, the first page.
#pragma once

#include "site/page.h"
#include "site/template.h"

namespace studio::site {

// Fills booking_form.tpl.
void fill_booking_form(Part form, const models::Content &tenant, const BookingForm &values);

// The same without a token, hidden and without the services that the page lists already: book.js fetches,
// shows and fills.
void fill_waiting_booking_form(Part form, const models::Content &tenant);

} // namespace studio::site
