// SPDX-License-Identifier: Apache-2.0
// The booking form, as /book shows it and as book.js completes it on the home page.
#pragma once

#include "site/page.h"
#include "site/template.h"

namespace studio::site {

// What the page /book shows, which works without scripts and is never cached. `values` refill the fields and
// `errors` are shown beside them, both by the names of booking_field_names(). An error named "" is about the
// whole form, for example that requests cannot be taken just now.
struct BookingForm {
    std::string token; // CSRF token; "" while no requests are taken: the page then says how to book by email
                       // or phone
    std::string idempotency_key;
    std::vector<std::pair<std::string, std::string>> values;
    std::vector<std::pair<std::string, std::string>> errors;
    // The bounds of the meeting's date, "2026-11-23T08:00" on the clock of content.location.timezone; "" for
    // none.
    std::string earliest = {}, latest = {};
    // The free times of some days, in order, where the companion offers times.
    struct Time {
        std::string day, label, value; // "Monday 1 March 2027", "10:00 to 12:00", "2027-03-01T10:00:00+11:00"
    };
    std::vector<Time> times = {};
    std::string earlier = {}, later = {}; // "/book?day=2027-03-08"; "" for none
    std::string times_for = {};           // how long these last: "3 hours: Dinner"; "" while none are listed
    bool asks_service = false; // whether the page offers, without scripts, to list the times for a service
};
// The names of the form's fields in their order ("client_name", "client_email", …), without the token, the
// honeypot ("website") and the companion's own questions.
const std::vector<std::string> &booking_field_names();

// Fills booking_form.tpl.
void fill_booking_form(Part form, const TenantPage &page, const BookingForm &values);

// The form on the home page: hidden, without a token and without the services, which that page lists already.
// book.js fetches a token, fills the form and shows it.
void fill_waiting_booking_form(Part form, const TenantPage &page);

} // namespace studio::site
