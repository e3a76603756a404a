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

Your visit is counted, so that the owner of this site can see whether it is found. Counting needs no cookie and stores
nothing in your browser. What is stored of it is only what many visitors share: the pages of this site that were opened,
which of its photos, how long the rates were in view, how long the page took to load, whether a booking request was begun,
taps on the e-mail address, the telephone number and the links to other networks, the country, the kind of device, and
the source, medium and campaign that a link may carry, or the well-known site that led here. Your network address and what
your browser says about itself are not stored. For half an hour a keyed hash of them tells which visit goes on; its key is
made anew every day (UTC) and destroyed when the day is over. Others who share your network address and your kind of
browser are counted in the same visit. So nobody can find your visit again, to show it to you or to erase it, and nobody
can tell tomorrow that you were here.

Some pages are shown in two versions to learn which one works better. Which version you see is worked out anew each time
and is not stored about you before you have accepted the cookie.

Nothing on this page is loaded from another company: no advertising, no social media buttons, no third-party fonts.

## The cookie, and your choice

One cookie is set, `__Host-visitor`, and only after you have accepted it. It lets a later visit be recognised as yours
and lasts 180 days. From then on a visit is stored under the cookie's random number, with the name
of the site that led here, every tag of its link, your browser, and your network address without its last part (the last
octet of an IPv4 address; of an IPv6 address the first 48 bits stay). Of what you did before you accepted, only what this
page reported while it was open moves there. The site works the same without the cookie.

If your browser sends a *Global Privacy Control* or *Do Not Track* signal, that counts as no: you are not asked, and a
cookie that you accepted before is used for nothing but to show and to erase what is held. You can change your mind at any
time with "Cookie choice" at the foot of every page. Declining takes the cookie away, and with it the only way to find your
visits: to have them erased, use "Forget me" below first. If you declined, this page itself is not counted.

## When you write or book

What you write in a booking request is used to answer you and to arrange the meeting, and for nothing else. It is seen
by the person you write to and by the people who help her with bookings. A copy of your request is sent to your e-mail
address, and the request to hers. So that requests cannot be sent in bulk, a keyed fingerprint of your network address
is kept with them for 30 days for counting; the address itself is not. If you accepted the cookie, the steps of the visit
in which you booked (pages, photos, rates) are kept with the request. It is not sold and not passed on.

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
    secondary.leave_out_of_visits();
    if (receipt.empty()) {
        secondary.content().section("NOTHING");
    } else {
        secondary.content().section("ERASED").text("RECEIPT", receipt);
    }
    return secondary.finished("This browser is forgotten", "/privacy", false);
}

} // namespace studio::site
