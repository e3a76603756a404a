// SPDX-License-Identifier: Apache-2.0
// Tenants to render in tests: from everything filled to almost nothing.
#pragma once

#include "models/documents/documents.h"
#include "site/booking_form.h"
#include "site/page.h"
#include "site/pages/landing_page.h"
#include "site/pages/request_page.h"

#include <string>
#include <vector>

namespace studio::site::testing {

models::Documents rich_documents();    // eight services, twelve photos, testimonials, prices
models::Documents sparse_documents();  // a name, a tagline, an email address and one photo
models::Documents crowded_documents(); // 30 services, 60 photos, a bio of 900 words, a very long name
models::Documents dark_documents();    // as rich, light text on a dark page

// Every string of the rich documents replaced by one that tries to break out of the place where it stands;
// keys too where they are names. `urls` leaves web addresses their beginning, so that they reach the page.
models::Documents hostile_documents(bool urls);
const std::string &hostile_mark(); // an attribute that the page must never have

struct Sample {
    std::string name;
    models::Documents documents;
};
std::vector<Sample> samples();

SiteSettings settings();
TenantPage page_of(const models::Documents &documents, const std::string &layout = {},
                   const std::string &spacing = {});
std::vector<Exposure> exposures(); // one of each element
BookingForm filled_form();         // a refused form, with values and errors
BookingForm busy_form();           // a form that cannot be taken now, with values
std::vector<ShowcaseEntry> showcase(std::size_t count);
BookingForm offered_form(); // with some free times
RequestPage proposed_request();
RequestPage agreed_request(); // with a deposit that is open
DecisionPage open_decision();
DecisionPage agreed_decision(); // of a booking that can be moved
BookingForm hostile_form();
std::vector<ShowcaseEntry> hostile_showcase();

} // namespace studio::site::testing
