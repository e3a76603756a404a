// SPDX-License-Identifier: Apache-2.0
#include "site/pages/privacy_page.h"

#include "site/fonts.h"
#include "site/markdown.h"
#include "site/pages/secondary_page.h"
#include "site/parts/contact_and_footer.h"
#include "site/text.h"

#include <set>
#include <string>
#include <string_view>

namespace studio::site {

namespace {

// True of every site of the platform. A companion may replace it by a text of her own.
const char *const default_policy = R"(This site is built to know as little about you as it can.

## When you visit

Your visit is counted, so that the owner of this site can see whether it is found. Counting needs no cookie and stores
nothing in your browser. Only what many visitors share is stored:

- the pages and photos of this site that were opened, how long the rates were in view, and how long the page took to load
- whether a booking request was started, and taps on the email address, the phone number and the links to other networks
- the country and the kind of device
- the source, medium and campaign that a link may carry, or the well-known site that led here

Your network address and what your browser says about itself are not stored. For half an hour a keyed hash of them
connects the pages of one visit; its key changes every day (UTC) and is destroyed when the day is over. Others who
share your network address and your kind of browser are counted in the same visit. So nobody can find your visit
again, to show it to you or to erase it, and nobody can tell tomorrow that you were here.

Some pages are shown in two versions to learn which one works better. Which version you see is worked out on every
visit and is not stored about you unless you accept the cookie.

{LOADED}: no advertising, no social media buttons, no third-party fonts.

## The cookie, and your choice

One cookie is set, `__Host-visitor`, and only after you accept it. It lets later visits be recognised as yours and
lasts 180 days. While you have it, each visit is stored under the cookie's random number, with

- the name of the site that led here, and every tag of its link
- your browser
- your network address without its last part (without the last octet of an IPv4 address; only the first 48 bits of an
  IPv6 address)

Of what you did before you accepted, only what
this page reported while it was open is included. The site works the same without the cookie.

If your browser sends a *Global Privacy Control* or *Do Not Track* signal, that counts as declining: you are not
asked, and a cookie that you accepted earlier is used only to show and to erase what is stored. You can change your
mind at any time with "Cookie choice" at the bottom of every page. Declining deletes the cookie, and with it the only
way to find your visits: to have them erased, use "Forget me" below first. If you declined, this page itself is not
counted.

## When you write or book

What you write in a booking request is used only to answer you and to arrange the meeting. It is seen by the person
you write to and by the people who help her with bookings. A confirmation is sent to your email address, and the
request to hers. Emails to you, and the page that they lead to, do not name her; if you answer one, the people who help
her read it, or she herself. To prevent requests in bulk, a keyed hash of your network address is stored with them for 30
days; the address itself is not. With scripts, the time zone of your device is stored with the request, so that times
can be named in yours. If you accepted the cookie, the steps of the visit in which you booked (pages,
photos, rates) are stored with the request. It is not sold and not passed on.

## How long data is stored

- Everything about visits is deleted automatically after two years at the latest.
- What was written in a booking request, by you or to you, and the place are deleted 90 days after the date; of a
  request that came to nothing, 90 days after it ended.
- The rest of a request is deleted as soon as it is no longer needed for accounting or safety, and after two years at
  the latest.
- The page behind the link in your emails closes 30 days after the date, or after the request came to nothing.

## Your rights

You may ask what is stored about you, have it corrected, and have it erased. For the visits of this browser, "Forget
me" below does it at once. For booking requests, write to the address below; you get an answer within thirty days. If
you are not satisfied, you may complain to the data protection authority of your country.
)";

// Which company, beside the platform, gets the visitor's address: where photos lie in a bucket, who keeps it.
std::string loaded_words(const std::string &media_base) {
    const std::size_t scheme = media_base.find("://");
    if (scheme == std::string::npos) {
        return "Nothing on this page is loaded from another company";
    }
    const std::size_t host = scheme + 3;
    return "The photos are loaded from " + media_base.substr(host, media_base.find('/', host) - host) +
           ", the store in which this platform keeps them; whoever runs it receives your network address "
           "with that. "
           "Nothing else is loaded from another company";
}

std::string policy_of_platform(const SiteSettings &settings) {
    std::string policy = default_policy;
    constexpr std::string_view place = "{LOADED}";
    policy.replace(policy.find(place), place.size(), loaded_words(settings.media_base));
    return policy;
}

void fill_address(Part link, const std::string &email) {
    fill_breakable(link, email);
    link.text("ENCODED", percent_encoded(email));
}

// To whom a person on a photo writes: the companion, whoever runs the platform, or both.
void fill_photo_contact(Part content, const std::string &companion, const std::string &platform) {
    if (!companion.empty()) {
        fill_address(content.section("PHOTO_EMAIL"), companion);
    }
    if (!platform.empty()) {
        content.section(companion.empty() ? "PHOTO_PLATFORM_ONLY" : "EITHER");
        fill_address(content.section("PHOTO_PLATFORM"), platform);
    }
    if (companion.empty() && platform.empty()) {
        content.section("NO_ADDRESS");
    }
}

} // namespace

RenderedPage render_privacy_page(const SiteSettings &settings, const TenantPage &page) {
    SecondaryPage secondary(settings, page, "privacy.tpl", SecondaryPage::AgeGate::Open);
    Part content = secondary.content();
    const std::string &own = page.content.privacy_policy;
    content.section("POLICY").markup(
        "HTML", markdown_below_heading(own.empty() ? policy_of_platform(settings) : own, 1));
    if (page.content.age_gate) {
        content.section("GATE");
    }
    if (!page.content.contact.email.empty()) {
        fill_address(content.section("EMAIL"), page.content.contact.email);
    }
    fill_photo_contact(content, page.content.contact.email, settings.contact_email);
    for (const std::string &family : std::set<std::string>{page.theme.heading_font, page.theme.body_font}) {
        Part font = content.section("FONT");
        font.text("FAMILY", family);
        font.text("HREF", font_licence(family));
    }
    return secondary.finished("Privacy", "/privacy", true, "privacy.js");
}

RenderedPage render_forgotten_page(const SiteSettings &settings, const TenantPage &page,
                                   const std::string &receipt) {
    SecondaryPage secondary(settings, page, "forgotten.tpl", SecondaryPage::AgeGate::Open);
    secondary.leave_out_of_visits();
    if (receipt.empty()) {
        secondary.content().section("NOTHING");
    } else {
        secondary.content().section("ERASED").text("RECEIPT", receipt);
    }
    return secondary.finished("This browser is forgotten", "/privacy", false);
}

} // namespace studio::site
