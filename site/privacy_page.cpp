// SPDX-License-Identifier: Apache-2.0
#include "site/fonts.h"
#include "site/markdown.h"
#include "site/secondary_page.h"
#include "site/text.h"

#include <set>

namespace studio::site {

namespace {

// What is true of every site of the platform. A tenant may put her own text in its place.
const char *const default_policy = R"(This site is made to know as little about you as it can.

## What happens when you look

Your visit is counted, so that the owner of this site can see whether it is found: the pages you open, which photos you
open, how long the rates are in view, how long the page took to load, whether you begin a booking request, taps on the
e-mail address, the telephone number and the links to other networks, and where you came from (the name of the site, and
the campaign that a link may carry). Counting needs no cookie and stores nothing in your browser. It uses a key that is
made anew every day (UTC) and destroyed when the day is over; after that no one can tell which visits were yours. Before
your network address is written down, its last part is taken away (the last octet of an IPv4 address; of an IPv6 address
the first 48 bits stay), and from it and from what your browser says about itself the country, the kind of device and
the browser are read.

Some pages are shown in two versions to learn which one works better. Which version you see is worked out anew each time
and is not stored about you before you have accepted the cookie.

Nothing on this page is loaded from another company: no advertising, no social media buttons, no third-party fonts.

## The cookie, and your choice

One cookie is set, `__Host-visitor`, and only after you have accepted it. It lets a later visit be recognised as yours
and lasts 180 days after your last visit. The site works the same without it. If your browser sends a
*Global Privacy Control* or *Do Not Track* signal, that counts as no, and you are not asked. You can change your mind at any time with
"Cookie choice" at the foot of every page; declining takes the cookie away.

## When you write or book

What you write in a booking request is used to answer you and to arrange the meeting, and for nothing else. It is seen
by the person you write to and by the people who help her with bookings. A copy of your request is sent to your e-mail
address, and the request to hers. So that requests cannot be sent in bulk, a keyed fingerprint of your network address
is kept with them for counting; the address itself is not. The steps of the visit in which you booked (pages, photos,
rates) are kept with the request. It is not sold and not passed on.

## How long things are kept

Everything about visits goes by itself after two years at the latest. Booking requests go as soon as they are no longer
needed to keep accounts or to keep people safe, and after two years at the latest.

## Your rights

You may ask what is held about you, have it corrected, and have it erased. For the visits of this browser, "Forget me"
below does it at once. For booking requests, write to the address below; the answer comes within thirty days. If you are
not satisfied, you may turn to the data protection authority of your country.
)";
} // namespace

RenderedPage render_privacy_page(const SiteSettings &settings, const TenantPage &page) {
    SecondaryPage secondary(settings, page, "privacy.tpl");
    Part content = secondary.content();
    const std::string &own = page.content.privacy_policy;
    content.section("POLICY").markup("HTML", markdown_below_heading(own.empty() ? default_policy : own, 1));
    if (page.content.age_gate)
        content.section("GATE");
    if (!page.content.contact.email.empty()) {
        Part email = content.section("EMAIL");
        email.text("ADDRESS", page.content.contact.email);
        email.text("ENCODED", percent_encoded(page.content.contact.email));
    }
    for (const std::string &family : std::set<std::string>{page.theme.heading_font, page.theme.body_font}) {
        Part font = content.section("FONT");
        font.text("FAMILY", family);
        font.text("HREF", font_licence(family));
    }
    return secondary.finished("Privacy", "/privacy", true, "privacy.js");
}

RenderedPage render_forgotten_page(const SiteSettings &settings, const TenantPage &page,
                                   const std::string &receipt) {
    SecondaryPage secondary(settings, page, "forgotten.tpl");
    secondary.content().optional("RECEIPT", receipt);
    return secondary.finished("This browser is forgotten", "/privacy", false);
}

} // namespace studio::site
