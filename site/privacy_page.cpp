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

Your visit is counted, so that the owner of this site can see whether it is found. Counting needs no cookie: the count
uses a key that changes every day and is destroyed afterwards, and your network address is shortened before it is kept.
Nothing on this page is loaded from another company: no advertising, no social media buttons, no third-party fonts.

## Cookies

A cookie is set only after you have accepted it. It lets a second visit be recognised as yours, and the site works the
same without it. If your browser sends a *Global Privacy Control* or *Do Not Track* signal, that counts as no, and you
are not asked. You can change your mind at any time with "Cookie choice" at the foot of every page.

## When you write or book

What you write in a message or a booking request is used to answer you and to arrange the meeting, and for nothing else.
It is seen by the person you write to and by the people who help her with bookings. It is not sold and not passed on.

## How long things are kept

Nothing about visits is kept longer than two years. Booking requests go as soon as they are no longer needed to keep
accounts or to keep people safe, and after two years at the latest.

## Your rights

You may ask what is held about you, have it corrected, and have it erased. Write to the address below; the answer comes
within thirty days. If you are not satisfied, you may turn to the data protection authority of your country.
)";

} // namespace

RenderedPage render_privacy_page(const SiteSettings &settings, const TenantPage &page) {
    SecondaryPage secondary(settings, page, "privacy.tpl");
    Part content = secondary.content();
    const std::string &own = page.content.privacy_policy;
    content.section("POLICY").markup("HTML", markdown_below_heading(own.empty() ? default_policy : own, 1));
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
    return secondary.finished("Privacy", "/privacy", true);
}

} // namespace studio::site
