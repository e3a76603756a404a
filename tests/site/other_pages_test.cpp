// SPDX-License-Identifier: Apache-2.0
#include "fixture.h"
#include "site/pages/booking_page.h"
#include "site/pages/privacy_page.h"
#include "site/pages/tenant_page.h"
#include "site/sitemap.h"
#include "tests/support/telling_words.h"

#include <gmock/gmock.h>

namespace studio::site {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::page_of;
using testing::rich_documents;
using testing::settings;

TEST(BookingPage, WithoutATokenSaysHowToBookByHandAndHasNoForm) {
    const std::string html = render_booking_page(settings(), page_of(rich_documents()), {}).html;
    EXPECT_THAT(html, Not(HasSubstr("<form")));
    EXPECT_THAT(html,
                HasSubstr("mailto:claire@companionconnect.example?subject=Booking%20request&amp;body="));
    EXPECT_THAT(html, HasSubstr("tel:+61412345678"));
}

TEST(BookingPage, WithATokenShowsAFormThatPostsWithoutScripts) {
    const std::string html =
        render_booking_page(settings(), page_of(rich_documents()), {"token-7", "key-7", {}, {}}).html;
    EXPECT_THAT(html, HasSubstr("method=\"post\" action=\"/bookings\""));
    EXPECT_THAT(html, HasSubstr("name=\"token\" value=\"token-7\""));
    EXPECT_THAT(html, HasSubstr("name=\"idempotency_key\" value=\"key-7\""));
    for (const std::string &name : booking_field_names()) {
        if (name == "place_kind" || name == "place") {
            continue; // only shown where times are offered
        }
        EXPECT_THAT(html, HasSubstr(" name=\"" + name + '"'));
    }
    EXPECT_THAT(html, HasSubstr("<option>Dinner Date</option>"));
    EXPECT_THAT(html, HasSubstr("Send booking request"));
}

TEST(BookingPage, LosesNothingTypedAndSaysWhatIsWrongBesideEachFieldAndAbove) {
    const std::string html =
        render_booking_page(settings(), page_of(rich_documents()), testing::filled_form()).html;
    EXPECT_THAT(html, HasSubstr("value=\"Robin Ames\""));
    EXPECT_THAT(html, HasSubstr("<option selected>Dinner Date</option>"));
    EXPECT_THAT(html, HasSubstr("<a href=\"#client_email\">Please give an email address"));
    EXPECT_THAT(html, HasSubstr("id=\"client_email-error\">Please give an email address"));
    EXPECT_THAT(html,
                HasSubstr("aria-invalid=\"true\" aria-describedby=\"client_email-hint client_email-error\""));
}

TEST(BookingPage, SaysInWhoseTimeTheDatesAreAndBoundsThem) {
    BookingForm form{"token-7", "key-7", {}, {}};
    form.earliest = "2026-11-23T08:00";
    form.latest = "2028-11-22T08:00";
    const std::string html = render_booking_page(settings(), page_of(rich_documents()), form).html;
    EXPECT_THAT(html, HasSubstr("id=\"preferred_date-hint\">Sydney time</p>"));
    EXPECT_THAT(html, HasSubstr("name=\"preferred_date\" autocomplete=\"off\" min=\"2026-11-23T08:00\" "
                                "max=\"2028-11-22T08:00\""));
}

TEST(BookingPage, SaysThatItWasNotSentWhereNoFieldIsWrongAndKeepsWhatWasTyped) {
    const std::string busy =
        render_booking_page(settings(), page_of(rich_documents()), testing::busy_form()).html;
    EXPECT_THAT(busy, HasSubstr("<h2 id=\"summary-title\">Not sent yet</h2>"));
    EXPECT_THAT(busy, HasSubstr("please send it again in 25 minutes."));
    EXPECT_THAT(busy, HasSubstr("value=\"Robin Ames\""));
}

TEST(BookingPage, SaysTheReplyTimeInsideASentenceWithASmallLetter) {
    models::Documents documents = rich_documents();
    documents.content["contact"]["responseTime"] = "Within four hours, on most days";
    const TenantPage page = page_of(documents);
    const std::string form = render_booking_page(settings(), page, {"token-7", "key-7", {}, {}}).html;
    EXPECT_THAT(form, HasSubstr("replies by email (within four hours, on most days)."));
    EXPECT_THAT(form, HasSubstr("data-response=\"within four hours, on most days\""));
    EXPECT_THAT(render_booking_page(settings(), page, {}).html, HasSubstr("replies, within four hours"));
    EXPECT_THAT(render_booking_confirmation(settings(), page).html,
                HasSubstr("replies by email (within four hours, on most days)."));
    EXPECT_THAT(render_tenant_page(settings(), page).html,
                ::testing::AllOf(HasSubstr(">(within four hours, on most days)<"),
                                 HasSubstr(">Within four hours, on most days<")));
}

TEST(BookingPage, TakesAnAddressAsLongAsTheServiceDoes) {
    const std::string html =
        render_booking_page(settings(), page_of(rich_documents()), {"token-7", "key-7", {}, {}}).html;
    EXPECT_THAT(html, ::testing::ContainsRegex("name=\"client_email\"[^>]*maxlength=\"254\""));
}

TEST(BookingPage, AsksForTheServiceFirstWhereTimesDependOnIt) {
    TenantPage page = page_of(rich_documents());
    page.calendar.availability = models::Availability{};
    BookingForm form = testing::offered_form();
    EXPECT_THAT(render_booking_page(settings(), page, form).html, Not(HasSubstr("Show times")));
    form.asks_service = true;
    form.times.clear();
    const std::string open = render_booking_page(settings(), page, form).html;
    EXPECT_THAT(open, HasSubstr("<noscript><form class=\"form first\" method=\"get\" action=\"/book\">"));
    EXPECT_THAT(open, HasSubstr("First choose above"));
    form.values = {{"service_type", "Dinner Date"}};
    form.times_for = "3 hours: Dinner Date";
    const std::string chosen = render_booking_page(settings(), page, form).html;
    EXPECT_THAT(chosen, HasSubstr("selected>Dinner Date</option>"));
    EXPECT_THAT(chosen, HasSubstr("Each of these times lasts 3 hours: Dinner Date."));
    EXPECT_THAT(chosen, Not(HasSubstr("First choose above")));
}

TEST(BookingPage, AsksForThePlaceWhereATourOffersOthersThanHome) {
    TenantPage page = page_of(rich_documents());
    page.calendar.availability = models::Availability{};
    page.calendar.availability->default_places = {models::ServicePlace::Outcall};
    const auto html = [&] { return render_booking_page(settings(), page, testing::offered_form()).html; };
    EXPECT_THAT(html(), Not(HasSubstr("name=\"place_kind\""))) << "there is nothing to choose";
    models::Tour tour;
    tour.first_day = tour.last_day = models::parse_day("2027-04-01").value();
    tour.incall = true;
    page.calendar.tours = {tour};
    page.calendar.shown_on = models::parse_day("2027-03-01");
    EXPECT_THAT(html(), HasSubstr("value=\"incall\""));
    page.calendar.shown_on = models::parse_day("2027-04-02");
    EXPECT_THAT(html(), Not(HasSubstr("value=\"incall\""))) << "the tour is over";
}

TEST(BookingPage, SaysThatTimesOfATourAreOnItsCitysClock) {
    TenantPage page = page_of(rich_documents());
    page.calendar.availability = models::Availability{};
    const auto html = [&] { return render_booking_page(settings(), page, testing::offered_form()).html; };
    EXPECT_THAT(html(), HasSubstr("id=\"preferred_date-hint\">Sydney time</p>"));
    models::Tour tour;
    tour.timezone = "Europe/Paris";
    tour.first_day = tour.last_day = models::parse_day("2027-04-01").value();
    page.calendar.tours = {tour};
    page.calendar.shown_on = models::parse_day("2027-03-01");
    EXPECT_THAT(html(), HasSubstr("Sydney time, or the time of the city that is named</p>"));
    page.calendar.tours.front().visibility = models::TourVisibility::Month;
    EXPECT_THAT(html(), HasSubstr("Sydney time</p>")) << "its days are not shown";
}

TEST(BookingPage, NeedsTheAgreementToWhatIsKeptWithAndWithoutHours) {
    for (const bool hours : {false, true}) {
        TenantPage page = page_of(rich_documents());
        if (hours) {
            page.calendar.availability = models::Availability{};
        }
        EXPECT_THAT(render_booking_page(settings(), page, testing::offered_form()).html,
                    HasSubstr("id=\"consent\" name=\"consent\" value=\"yes\" required"));
    }
}

TEST(LinkPages, SayNothingOfWhoseTheyAreOrWhatTheyAreAbout) {
    std::vector<std::string> pages{render_link_notice("This link has ended", "It was mistyped.").html};
    for (const char *status : {"pending", "waiting", "proposed", "accepted", "confirmed", "declined",
                               "expired", "cancelled", "released", "completed", "no_show", "spam"}) {
        for (const char *place : {"incall", "outcall", "travel", ""}) {
            RequestPage request = testing::proposed_request();
            request.status = status;
            request.place_kind = place;
            request.service.clear(); // the client's own wish
            request.message.clear();
            pages.push_back(render_request_page(request).html);
        }
    }
    for (const std::string &html : pages) {
        EXPECT_THAT(test_support::telling_words(html, {"claire", "hamilton", settings().platform_name}),
                    ::testing::IsEmpty())
            << html;
        EXPECT_THAT(html, HasSubstr("noindex,nofollow"));
        EXPECT_THAT(html, Not(HasSubstr("<script")));
    }
}

TEST(LinkPages, KeepWhatWasTypedWhereNoFormDoes) {
    RequestPage request = testing::proposed_request();
    request.notice = {"Something changed.", true};
    request.typed = "Hotel <B>, room 12";
    const std::string form = render_request_page(request).html;
    EXPECT_THAT(form, HasSubstr(">Hotel &lt;B&gt;, room 12</textarea>"));
    EXPECT_THAT(form, Not(HasSubstr("You wrote:")));
    for (const char *status : {"pending", "declined", "cancelled", "completed"}) {
        request.status = status;
        EXPECT_THAT(render_request_page(request).html,
                    HasSubstr("You wrote:</p><p class=\"words\">Hotel &lt;B&gt;, room 12</p>"))
            << status;
    }
}

TEST(LinkPages, OfferACompanionWhatTheStateAllows) {
    const auto offered = [](const char *status) {
        DecisionPage decision = testing::open_decision();
        decision.status = status;
        const std::string html = render_decision_page(decision).html;
        std::string list;
        for (const char *action : {"accept", "decline", "propose", "move"}) {
            if (html.find(std::string("value=\"") + action + '"') != std::string::npos) {
                list += std::string(action) + ' ';
            }
        }
        return list;
    };
    EXPECT_EQ(offered("pending"), "accept decline propose ");
    EXPECT_EQ(offered("waiting"), "accept decline propose ");
    EXPECT_EQ(offered("accepted"), "move ");
    EXPECT_EQ(offered("confirmed"), "move ");
    EXPECT_EQ(offered("cancelled"), "");
}

TEST(LinkPages, KeepTheLineBreaksOfWhatPeopleWroteAndEscapeIt) {
    DecisionPage decision;
    decision.status = "pending";
    decision.message = "One <b>line</b>\nand another";
    EXPECT_THAT(render_decision_page(decision).html,
                HasSubstr("<p class=\"words\">One &lt;b&gt;line&lt;/b&gt;\nand another</p>"));
    RequestPage request;
    request.status = "waiting";
    request.question = "Which hotel?\nAnd which room?";
    request.typed = "Room 1\n</textarea><script>";
    const std::string html = render_request_page(request).html;
    EXPECT_THAT(html, HasSubstr("Which hotel?\nAnd which room?"));
    EXPECT_THAT(html, HasSubstr("Room 1\n&lt;/textarea&gt;&lt;script&gt;"));
}

TEST(PagesOnRights, AreOpenWithoutTheQuestionForTheAge) {
    const TenantPage page = page_of(rich_documents());
    for (const std::string &html :
         {render_privacy_page(settings(), page).html, render_forgotten_page(settings(), page, "R-7").html,
          render_forgotten_page(settings(), page, "").html}) {
        EXPECT_THAT(html, Not(HasSubstr("id=\"gate\"")));
        EXPECT_THAT(html, Not(HasSubstr("class=\"gate-note\"")));
        EXPECT_THAT(html, HasSubstr("id=\"cookies\""));
    }
    EXPECT_THAT(render_booking_page(settings(), page, {}).html, HasSubstr("id=\"gate\""));
    EXPECT_THAT(render_tenant_page(settings(), page).html, HasSubstr("id=\"gate\""));
}

TEST(PrivacyPage, NamesEachThingStoredInTheBrowserAndOffersToForget) {
    const std::string html = render_privacy_page(settings(), page_of(rich_documents())).html;
    for (const char *stored :
         {"<code>adult</code>", "<code>consent</code>", "<code>__Host-visitor</code>", "180 days",
          "method=\"post\" action=\"/privacy/forget\"", "id=\"held\"", "/static/privacy."}) {
        EXPECT_THAT(html, HasSubstr(stored));
    }
    models::Documents ungated = rich_documents();
    ungated.content["ageGate"] = {{"enabled", false}};
    EXPECT_THAT(render_privacy_page(settings(), page_of(ungated)).html, Not(HasSubstr("<code>adult</code>")));
}

TEST(ForgottenPage, ShowsTheReceiptAndIsNotIndexed) {
    const std::string html = render_forgotten_page(settings(), page_of(rich_documents()), "R-<7>").html;
    EXPECT_THAT(html, HasSubstr("R-&lt;7&gt;"));
    EXPECT_THAT(html, HasSubstr("noindex"));
}

TEST(ForgottenPage, ReportsNoVisitAndSaysSoWhereNothingWasHeld) {
    const std::string html = render_forgotten_page(settings(), page_of(rich_documents()), "").html;
    EXPECT_THAT(html, HasSubstr("Nothing that is stored"));
    const std::string body = html.substr(html.find("<body"));
    EXPECT_THAT(body, Not(HasSubstr("eceipt")));
    EXPECT_THAT(html, HasSubstr("/static/site."));
    EXPECT_THAT(html, Not(HasSubstr("/static/visit.")));
    EXPECT_THAT(render_privacy_page(settings(), page_of(rich_documents())).html, HasSubstr("/static/visit."));
}

TEST(PrivacyPage, NamesTheStoreThatPhotosAreLoadedFromAndHowAPhotoIsWithdrawn) {
    const TenantPage page = page_of(rich_documents());
    SiteSettings with = settings();
    std::string html = render_privacy_page(with, page).html;
    EXPECT_THAT(html, HasSubstr("Nothing on this page is loaded from another company: no advertising"));
    EXPECT_THAT(html, HasSubstr("You may withdraw your agreement at any time."));
    with.media_base = "https://photos.fra1.cdn.example/bucket";
    html = render_privacy_page(with, page).html;
    EXPECT_THAT(html, HasSubstr("The photos are loaded from photos.fra1.cdn.example, the store"));
    EXPECT_THAT(html, HasSubstr("Nothing else is loaded from another company: no advertising"));
    EXPECT_THAT(html, Not(HasSubstr("Nothing on this page is loaded")));
}

TEST(PrivacyPage, SaysWhatStaysAfterAnErasureAlsoBesideATenantsOwnText) {
    models::Documents documents = rich_documents();
    documents.content["privacyPolicy"] = "Own words.";
    const std::string html = render_privacy_page(settings(), page_of(documents)).html;
    for (const char *what : {"a receipt",
                             "keyed hashes of the erased email addresses, telephone numbers, booking "
                             "requests and visit numbers for 90 days",
                             "erased visitor numbers for 200 days", "keyed hash of a blocked address"}) {
        EXPECT_THAT(html, HasSubstr(what));
    }
}

TEST(PrivacyPage, HasASoundDefaultAndTheTenantsOwnTextInItsPlace) {
    EXPECT_THAT(render_privacy_page(settings(), page_of(rich_documents())).html,
                HasSubstr("Global Privacy Control"));
    models::Documents documents = rich_documents();
    documents.content["privacyPolicy"] = "## Mine\n\nOwn words.";
    const std::string html = render_privacy_page(settings(), page_of(documents)).html;
    EXPECT_THAT(html, HasSubstr("<h2>Mine</h2>"));
    EXPECT_THAT(html, Not(HasSubstr("Global Privacy Control")));
}

TEST(PrivacyPage, SaysToWhomAPersonOnAPhotoWritesAlsoBesideATenantsOwnText) {
    models::Documents documents = rich_documents();
    documents.content["privacyPolicy"] = "Own words.";
    documents.content["contact"]["email"] = "hers@example.com";
    SiteSettings site = settings();
    const auto text = [&] {
        const std::string html = render_privacy_page(site, page_of(documents)).html;
        std::string section = html.substr(html.find("id=\"photo-title\""));
        section = section.substr(0, section.find("</section>"));
        for (std::size_t at = 0; (at = section.find("<wbr>")) != std::string::npos;) {
            section.erase(at, 5);
        }
        return section;
    };
    EXPECT_THAT(text(), HasSubstr("hers@example.com</a>, and say which photo"));
    EXPECT_THAT(text(), Not(HasSubstr("platform")));
    site.contact_email = "office@example.com";
    EXPECT_THAT(text(), HasSubstr("hers@example.com</a>, or to the people who run this platform, <a"));
    EXPECT_THAT(text(), HasSubstr("office@example.com</a>, and say which photo"));
    documents.content["contact"].erase("email");
    EXPECT_THAT(text(), HasSubstr("Write to the people who run this platform, <a"));
    site.contact_email.clear();
    EXPECT_THAT(text(), HasSubstr("the home page</a> names, and say which photo"));
}

TEST(LandingPage, NamesItsOwnContactWhereOneIsKnownAndPromisesNothingThatIsNotSo) {
    SiteSettings site = settings();
    const std::string without = render_landing_page(site, {}).html;
    EXPECT_THAT(without, Not(HasSubstr("mailto:")));
    EXPECT_THAT(without, HasSubstr("the people who help her with bookings"));
    EXPECT_THAT(without, Not(HasSubstr("take it offline whenever you like")));
    site.contact_email = "office@example.com";
    EXPECT_THAT(render_landing_page(site, {}).html, HasSubstr("href=\"mailto:office"));
}

TEST(LandingPage, ShowsEachCompanionInHerColours) {
    const RenderedPage page = render_landing_page(settings(), testing::showcase(4));
    EXPECT_THAT(page.html, HasSubstr("href=\"https://c0.companionconnect.example/\""));
    EXPECT_THAT(page.html, HasSubstr("--a:#8b4789"));
    EXPECT_THAT(page.html, HasSubstr("--a:#1f4b5b"));
    EXPECT_THAT(render_landing_page(settings(), {}).html, HasSubstr("preparing their sites"));
}

TEST(LandingPage, ShowsAThousandCompanionsInPagesBelow60Kilobytes) {
    const auto companions = testing::showcase(1000);
    const std::size_t pages = landing_page_count(companions.size());
    std::size_t shown = 0;
    for (std::size_t number = 1; number <= pages; ++number) {
        const std::string html = render_landing_page(settings(), companions, number).html;
        EXPECT_LT(html.size(), 60'000u) << number;
        for (std::size_t at = 0; (at = html.find("<li class=\"card", at)) != std::string::npos; ++at) {
            ++shown;
        }
    }
    EXPECT_EQ(shown, companions.size());
    EXPECT_EQ(landing_page_count(0), 1u);
}

TEST(LandingPage, NamesTheLeastPriceAndFiltersByCityWhereAllAreOnOnePage) {
    auto companions = testing::showcase(4);
    companions[1].city = "Perth";
    const std::string html = render_landing_page(settings(), companions).html;
    EXPECT_THAT(html, HasSubstr("from A$800"));
    EXPECT_THAT(html, HasSubstr("id=\"c0\"> Perth</label>"));
    EXPECT_THAT(html, HasSubstr(".companions:has(#c0:checked) .card:not(.c0){display:none}"));
    EXPECT_THAT(html, ::testing::ContainsRegex("<li class=\"card a[0-9]+ c0\"><a href=\"https://c1\\."));
    auto many = testing::showcase(100);
    many[1].city = "Perth";
    EXPECT_THAT(render_landing_page(settings(), many).html, Not(HasSubstr("class=\"cities\"")));
}

TEST(LandingPage, SetsEachNameInTheCompanionsOwnFace) {
    const std::string html = render_landing_page(settings(), testing::showcase(2)).html;
    EXPECT_THAT(html, HasSubstr("--a-face:500 var(--t2)/1.2 \"Playfair Display\""));
    EXPECT_THAT(html, HasSubstr("@font-face{font-family:\"Cormorant Garamond\""));
}

TEST(LandingPage, LeadsToItsOtherPages) {
    const auto companions = testing::showcase(1000);
    const std::string first = render_landing_page(settings(), companions, 1).html;
    EXPECT_THAT(first, HasSubstr("href=\"/?page=2#companions\" rel=\"next\""));
    EXPECT_THAT(first, Not(HasSubstr("rel=\"prev\"")));
    const std::string tenth = render_landing_page(settings(), companions, 10).html;
    EXPECT_THAT(tenth,
                HasSubstr("<link rel=\"canonical\" href=\"https://companionconnect.example/?page=10\">"));
    EXPECT_THAT(tenth, HasSubstr("aria-current=\"page\" aria-label=\"Page 10\""));
    EXPECT_EQ(render_landing_page(settings(), companions, 999).html,
              render_landing_page(settings(), companions, landing_page_count(1000)).html);
    EXPECT_THAT(render_landing_page(settings(), testing::showcase(36)).html,
                Not(HasSubstr("class=\"pager\"")));
}

TEST(RobotsAndSitemap, NameThePagesOrCloseThem) {
    EXPECT_THAT(render_robots("https://a.example", true),
                HasSubstr("Sitemap: https://a.example/sitemap.xml"));
    EXPECT_EQ(render_robots("https://a.example", false), "User-agent: *\nDisallow: /\n");
    const std::string map = render_sitemap("https://a.example", {"/", "/privacy", "/<x>&"});
    EXPECT_THAT(map, HasSubstr("<loc>https://a.example/privacy</loc>"));
    EXPECT_THAT(map, HasSubstr("<loc>https://a.example/%3Cx%3E&amp;</loc>"));
}

} // namespace
} // namespace studio::site
