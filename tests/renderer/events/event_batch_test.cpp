// SPDX-License-Identifier: Apache-2.0
#include "renderer/events/event_addresses.h"
#include "renderer/events/event_batch.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace studio::renderer {
namespace {

using namespace std::chrono_literals;

constexpr base::Time now{1'790'000'000s}; // 2026-09-21T14:13:20Z
constexpr const char *id = "3f0c0e3e-5a4b-4c6d-8e9f-0123456789ab";

const char *const test_id = "7e570000-0000-4000-8000-000000000001";

// What the site offers to everyone.
const KnownValues &offered() {
    static const KnownValues known = [] {
        site::TenantPage page;
        page.photos.gallery.resize(2);
        page.photos.gallery[0].id = "gallery-1";
        page.photos.gallery[1].id = "a\"b\\c é";
        page.content.services.push_back({"dinner", "Dinner", "", "", {}, false});
        page.content.social_media.push_back({"instagram", "@ada"});
        models::Experiment experiment;
        experiment.id = test_id;
        experiment.variants.push_back({"b", "B", 1, {}});
        return KnownValues(page, {experiment});
    }();
    return known;
}

std::string event(std::string_view type, std::string_view data, std::string_view more = "") {
    return fmt::format(R"({{"id":"{}","type":"{}","data":{}{}}})", id, type, data, more);
}
std::string body_of(std::string_view event) {
    return fmt::format(R"({{"events":[{}]}})", event);
}
EventBatch accepted(const std::string &body) {
    auto result = read_event_batch(body, now, offered());
    if (const auto *error = std::get_if<BatchError>(&result)) {
        ADD_FAILURE() << error->message << "\n" << body;
    }
    return std::holds_alternative<EventBatch>(result) ? std::get<EventBatch>(std::move(result))
                                                      : EventBatch{};
}
std::string refusal(const std::string &body) {
    auto result = read_event_batch(body, now, offered());
    return std::holds_alternative<BatchError>(result) ? std::get<BatchError>(result).message : "(accepted)";
}

TEST(EventBatch, TakesAllTenTypesWithTheirData) {
    const std::pair<const char *, const char *> each[] = {
        {"page_view", R"({"utmSource":"ig","utmCampaign":"spring","loadMs":812})"},
        {"photo_click", R"({"photoId":"gallery-1","position":3})"},
        {"pricing_view", R"({"durationMs":4200})"},
        {"form_start", R"({"field":"client_name"})"},
        {"form_submit", R"({"serviceType":"Dinner"})"},
        {"email_click", "{}"},
        {"phone_click", "{}"},
        {"social_click", R"({"platform":"instagram"})"},
        {"hero_photo_viewed", R"({"variantId":"b"})"},
        {"ab_test_assigned", R"({"testId":"7e570000-0000-4000-8000-000000000001","variantId":"b"})"}};
    for (const auto &[type, data] : each) {
        const EventBatch batch = accepted(body_of(event(type, data)));
        ASSERT_EQ(batch.events.size(), 1u);
        EXPECT_EQ(to_string(batch.events[0].type), type);
        EXPECT_EQ(batch.events[0].data, data);
        EXPECT_EQ(batch.events[0].id, id);
        EXPECT_EQ(batch.events[0].at, now);
    }
}

TEST(EventBatch, WritesDataInOneOrderWhateverOrderItCameIn) {
    const EventBatch batch = accepted(
        R"({"events":[{"data":{"position":3,"photoId":"a\"b\\c é"},"page":"/?x=1","type":"photo_click","id":"3F0C0E3E-5A4B-4C6D-8E9F-0123456789AB"}]})");
    ASSERT_EQ(batch.events.size(), 1u);
    EXPECT_EQ(batch.events[0].data, R"({"photoId":"a\"b\\c é","position":3})");
    EXPECT_EQ(batch.events[0].page, "/");
    EXPECT_EQ(batch.events[0].id, id);
}

TEST(EventBatch, TakesAnEventThatSaysNothingButItsType) {
    for (std::size_t i = 0; i < event_type_count; ++i) {
        const auto type = to_string(static_cast<EventType>(i));
        const EventBatch batch = accepted(body_of(fmt::format(R"({{"id":"{}","type":"{}"}})", id, type)));
        ASSERT_EQ(batch.events.size(), 1u);
        EXPECT_EQ(batch.events[0].data, "{}");
        EXPECT_TRUE(batch.events[0].page.empty());
    }
}

TEST(EventBatch, TakesThePageOfTheRefererFieldWhereAViewSaysNone) {
    const auto page = [](std::string_view data, std::string_view referer) {
        auto result = read_event_batch(body_of(event("page_view", data)), now, offered(), referer);
        return std::get<EventBatch>(result).events.at(0).page;
    };
    EXPECT_EQ(page("{}", "https://ada.example/book?x=1"), "/book");
    EXPECT_EQ(page("{}", "https://ada.example"), "/");
    EXPECT_EQ(page(R"({"url":"/privacy"})", "https://ada.example/book"), "/privacy");
    for (const char *none : {"", "about:blank", "https://ada.example/\xff"}) {
        EXPECT_EQ(page("{}", none), "");
    }
}

TEST(EventBatch, TakesTestAndVariantOutOfAnExposure) {
    const EventBatch batch = accepted(body_of(
        event("ab_test_assigned", R"({"testId":"7E570000-0000-4000-8000-000000000001","variantId":"b"})")));
    EXPECT_EQ(batch.events[0].test_id, "7e570000-0000-4000-8000-000000000001");
    EXPECT_EQ(batch.events[0].variant_id, "b");
}

TEST(EventBatch, KeepsOfAnArrivalTheHostAndThePath) {
    const EventBatch batch = accepted(body_of(event(
        "page_view",
        R"({"url":"https://ada.example/book?mail=x@y#z","referrer":"https://user:pw@WWW.Google.com:443/search?q=secret","utmSource":"ig","utmMedium":"social","utmCampaign":"spring","utmTerm":"t","utmContent":"c"})")));
    EXPECT_EQ(batch.arrival, (Arrival{"www.google.com", "ig", "social", "spring", "t", "c"}));
    EXPECT_EQ(batch.events[0].data, R"({"utmSource":"ig","utmMedium":"social","utmCampaign":"spring"})")
        << "what only few share stands with the visit, where there is consent";
    EXPECT_EQ(batch.events[0].page, "/book");
}

TEST(HostOfAddress, TakesAddressesOfAnySpellingAndApplications) {
    EXPECT_EQ(host_of_address("https://www.google.com/search?q=x"), "www.google.com");
    EXPECT_EQ(host_of_address("HTTPS://Www.Google.Com:443/"), "www.google.com");
    EXPECT_EQ(host_of_address("Http://user:pw@t.co"), "t.co");
    EXPECT_EQ(host_of_address("android-app://com.google.android.googlequicksearchbox/"),
              "com.google.android.googlequicksearchbox");
    EXPECT_EQ(host_of_address("Android-App://com.twitter.android"), "com.twitter.android");
    EXPECT_EQ(host_of_address("android-app://com.facebook.katana/https/ada.example"), "com.facebook.katana");
    for (const char *none :
         {"", "about:blank", "ios-app://x", "javascript:alert(1)", "//host", "google.com"}) {
        EXPECT_EQ(host_of_address(none), "") << none;
    }
    EXPECT_EQ(path_of_address("HTTPS://ada.example/book?x"), "/book");
    EXPECT_EQ(path_of_address("android-app://com.twitter.android/x"), std::nullopt);
}

TEST(EventBatch, DoesNotMixTheDataOfTwoEvents) {
    const std::string second = event("page_view", R"({"url":"/"})");
    const EventBatch batch = accepted(fmt::format(
        R"({{"events":[{},{}]}})", event("page_view", R"({"url":"/book","utmSource":"ig"})"), second));
    EXPECT_EQ(batch.events[1].data, "{}");
    EXPECT_EQ(batch.arrival->utm_source, "ig");
}

base::Time time_of(std::string_view at, std::string_view device_now = {}) {
    const std::string clock = device_now.empty() ? std::string() : fmt::format(R"("now":{},)", device_now);
    return accepted(fmt::format(R"({{{}"events":[{}]}})", clock,
                                event("email_click", "{}", fmt::format(R"(,"at":{})", at))))
        .events.at(0)
        .at;
}

TEST(EventBatch, TakesTimesAsTextAndAsMilliseconds) {
    for (const auto &[written, expected] : std::initializer_list<std::pair<const char *, base::Time>>{
             {R"("2026-09-21T14:13:20Z")", now},
             {R"("2026-09-22T00:13:19.5+10:00")", now - 500ms},
             {R"("2026-09-21t14:13:19.123456789z")", now - 1s + 123'456us},
             {"1790000000000", now},
             {"1789999999999.25", now - 750us},
             {"1789999000000", now - 1000s}}) {
        EXPECT_EQ(time_of(written), expected) << written;
    }
}

TEST(EventBatch, CorrectsTimesByTheClockOfTheDevice) {
    for (const std::chrono::minutes off : {-72h + 0min, -2min, 0min, 2min, 7h + 0min}) {
        const auto device = [off](base::Time at) {
            return std::to_string((at + off).time_since_epoch() / 1ms);
        };
        EXPECT_EQ(time_of(device(now - 5min), device(now)), now - 5min) << off.count();
        EXPECT_EQ(time_of(device(now), device(now)), now) << off.count();
    }
    EXPECT_EQ(time_of(R"("2026-09-21T15:13:10Z")", R"("2026-09-21T15:13:20Z")"), now - 10s);
}

TEST(EventBatch, RefusesNothingForItsTimeAndStoresNoneThatIsToComeOrLongOver) {
    EXPECT_EQ(time_of("1790000301000"), now) << "without the device's clock, ahead";
    EXPECT_EQ(time_of("1790000301000", "1790000000000"), now) << "later than the batch";
    EXPECT_EQ(time_of("1689827199000"), now - max_age);
    EXPECT_EQ(time_of("0", "99999999999999"), now - max_age);
    EXPECT_EQ(accepted(body_of(event("email_click", "{}"))).events[0].at, now);
}

TEST(EventBatch, TakesTheClockBeforeAndAfterTheEvents) {
    const std::string events = event("email_click", "{}", R"(,"at":1790000050000)");
    EXPECT_EQ(accepted(fmt::format(R"({{"events":[{}],"now":1790000060000}})", events)).events[0].at,
              now - 10s);
}

TEST(EventBatch, SaysWhatIsWrongWithATime) {
    const auto at = [](std::string_view written) {
        return refusal(body_of(event("email_click", "{}", fmt::format(R"(,"at":{})", written))));
    };
    constexpr const char *form =
        "events[0].at: must be a time such as 2026-11-23T08:00:00Z, or milliseconds since 1970";
    for (const char *wrong :
         {R"("yesterday")", R"("2026-09-21")", R"("2026-09-21T14:13:20")", R"("2026-02-30T14:13:20Z")",
          R"("2026-09-21T14:13:20Z ")", R"("2026-09-21T24:13:20Z")", R"("2026-09-21T14:13:20.Z")",
          R"("2026-09-21T14:13:20+1000")", "-1", "1e300", "null", "true", "{}", "[]"}) {
        EXPECT_EQ(at(wrong), form) << wrong;
    }
    EXPECT_EQ(refusal(R"({"now":"noon","events":[]})"),
              "now: must be a time such as 2026-11-23T08:00:00Z, or milliseconds since 1970");
    EXPECT_EQ(refusal(R"({"now":[],"events":[]})"),
              "now: must be a time such as 2026-11-23T08:00:00Z, or milliseconds since 1970");
    EXPECT_EQ(refusal(R"({"now":1,"now":1,"events":[]})"), "now: appears twice");
}

TEST(EventBatch, KeepsOnlyValuesThatTheSiteOffersToEveryone) {
    const std::pair<std::string, const char *> each[] = {
        {event("photo_click", R"({"photoId":"robin@example.org","position":3})"), R"({"position":3})"},
        {event("photo_click", R"({"photoId":"photo-12"})"), R"({"photoId":"photo-12"})"},
        {event("photo_click", R"({"photoId":"photo-12x"})"), "{}"},
        {event("form_start", R"({"field":"my name"})"), "{}"},
        {event("form_submit", R"({"serviceType":"DINNER"})"), R"({"serviceType":"Dinner"})"},
        {event("form_submit", R"({"serviceType":"Robin's wish"})"), R"({"serviceType":"other"})"},
        {event("social_click", R"({"platform":"robin"})"), R"({"platform":"other"})"},
        {event("hero_photo_viewed", R"({"variantId":"robin"})"), "{}"},
        {event("ab_test_assigned", R"({"testId":"7e570000-0000-4000-8000-000000000002","variantId":"x"})"),
         "{}"},
        {event("page_view", R"({"url":"/","referrer":"https://robin.example/diary"})"),
         R"({"utmSource":"other"})"},
        {event("page_view", R"({"url":"/","referrer":"https://www.google.de/search"})"),
         R"({"utmSource":"google"})"},
        {event("page_view", R"({"utmSource":"Robin@Example.org","utmTerm":"robin"})"),
         R"({"utmSource":"other"})"}};
    for (const auto &[written, stored] : each) {
        EXPECT_EQ(accepted(body_of(written)).events.at(0).data, stored) << written;
    }
}

TEST(EventBatch, FoldsPagesThatNoSiteHas) {
    EXPECT_EQ(accepted(body_of(event("page_view", R"({"url":"/robin/0412345678"})"))).events.at(0).page,
              "other");
    EXPECT_EQ(accepted(body_of(event("email_click", "{}", R"(,"page":"/Book")"))).events.at(0).page, "other");
    EXPECT_EQ(accepted(body_of(event("email_click", "{}", R"(,"page":"/book?x=1")"))).events.at(0).page,
              "/book");
}

TEST(SharedTag, IsWhatManyLinksCarry) {
    EXPECT_EQ(shared_tag("Spring Sale+2026_a.b"), "spring-sale-2026_a.b");
    EXPECT_EQ(shared_tag("20261130"), "20261130");
    EXPECT_EQ(shared_tag(""), "");
    for (const char *own : {"robin@example.org", "+61 412345678", "call-412345678", "ümlaut", "a/b",
                            "3f0c0e3e-5a4b-4c6d-8e9f-000000000001"}) {
        EXPECT_EQ(shared_tag(own), "other") << own;
    }
}

TEST(EventBatch, CountsCharactersWhereTextsAreLimited) {
    std::string long_name;
    for (int i = 0; i < 100; ++i) {
        long_name.append("漢");
    }
    EXPECT_EQ(
        accepted(body_of(event("page_view", fmt::format(R"({{"url":"/","utmSource":"{}"}})", long_name))))
            .arrival->utm_source,
        long_name);
    EXPECT_EQ(
        refusal(body_of(event("page_view", fmt::format(R"({{"url":"/","utmSource":"{}x"}})", long_name)))),
        "events[0].data.utmSource: is longer than 100 characters");
}

TEST(EventBatch, SaysWhatIsWrongAndWhere) {
    const std::string sound = event("email_click", "{}");
    const std::pair<std::string, const char *> each[] = {
        {"", "the body is not valid JSON at byte 1"},
        {"{", "the body is not valid JSON at byte 2"},
        {"[]", "the body must be an object"},
        {"7", "the body must be an object"},
        {"{}", "events: must hold 1 to 50 events"},
        {R"({"events":[]})", "events: must hold 1 to 50 events"},
        {R"({"events":{}})", "events: must be a list"},
        {R"({"events":"x"})", "events: must be a list"},
        {R"({"events":[[]]})", "events[0]: must be an object"},
        {R"({"events":[1]})", "events[0]: must be an object"},
        {R"({"tenant":"bea"})", "events: the body has an unknown key"},
        {fmt::format(R"({{"events":[{0}],"events":[{0}]}})", sound), "events: appears twice"},
        {body_of(R"({"type":"email_click"})"), "events[0].id: is needed"},
        {body_of(fmt::format(R"({{"id":"{}"}})", id)), "events[0].type: is needed"},
        {body_of(R"({"id":"7","type":"email_click"})"),
         "events[0].id: must be a uuid such as 3f0c0e3e-5a4b-4c6d-8e9f-0123456789ab"},
        {body_of(R"({"id":7})"), "events[0].id: must be text"},
        {body_of(event("purchase", "{}")), "events[0].type: is not a known event type"},
        {body_of(event("email_click", "{}", R"(,"sessionId":"x")")), "events[0]: has an unknown key"},
        {body_of(event("email_click", "{}", R"(,"data":{})")), "events[0].data: appears twice"},
        {body_of(event("email_click", "[]")), "events[0].data: must be an object"},
        {body_of(event("email_click", R"({"x":1})")), "events[0].data: has an unknown key"},
        {body_of(event("email_click", R"({"url":"/"})")),
         "events[0].data.url: does not belong to email_click"},
        {body_of(event("page_view", R"({"url":"javascript:1"})")),
         "events[0].data.url: must be a path such as /book, of at most 255 characters"},
        {body_of(event("page_view", R"({"url":"/","url":"/"})")), "events[0].data.url: appears twice"},
        {body_of(event("page_view", R"({"url":{"a":1}})")), "events[0].data.url: must be text"},
        {body_of(event("page_view", fmt::format(R"({{"url":"/","utmSource":"{}"}})", std::string(101, 'x')))),
         "events[0].data.utmSource: is longer than 100 characters"},
        {body_of(event("form_start", R"({"field":""})")), "events[0].data.field: is empty"},
        {body_of(event("form_start", R"({"field":"a\u0000b"})")),
         "events[0].data.field: contains a control character"},
        {body_of(event("form_start", R"({"field":7})")), "events[0].data.field: must be text"},
        {body_of(event("page_view", R"({"loadMs":600001})")),
         "events[0].data.loadMs: must be a whole number from 0 to 600000"},
        {body_of(event("photo_click", R"({"loadMs":1})")),
         "events[0].data.loadMs: does not belong to photo_click"},
        {body_of(event("photo_click", R"({"photoId":"a","position":-1})")),
         "events[0].data.position: must be a whole number from 0 to 9999"},
        {body_of(event("photo_click", R"({"photoId":"a","position":1.5})")),
         "events[0].data.position: must be a whole number from 0 to 9999"},
        {body_of(event("photo_click", R"({"photoId":"a","position":"1"})")),
         "events[0].data.position: must be a whole number from 0 to 9999"},
        {body_of(event("pricing_view", R"({"durationMs":86400001})")),
         "events[0].data.durationMs: must be a whole number from 0 to 86400000"},
        {body_of(event("pricing_view", R"({"durationMs":18446744073709551615})")),
         "events[0].data.durationMs: must be a whole number from 0 to 86400000"},
        {body_of(event("ab_test_assigned", R"({"testId":"x","variantId":"b"})")),
         "events[0].data.testId: must be a uuid such as 3f0c0e3e-5a4b-4c6d-8e9f-0123456789ab"},
        {body_of(event("email_click", "{}", R"(,"page":"book")")),
         "events[0].page: must be a path such as /book, of at most 255 characters"},
        {body_of(event("email_click", "{}", R"(,"page":"/\u0007")")),
         "events[0].page: must be a path such as /book, of at most 255 characters"},
        {fmt::format(R"({{"events":[{},{}]}})", sound, event("page_view", "[]")),
         "events[1].data: must be an object"},
        {fmt::format("{}x", body_of(sound)), "the body is not valid JSON at byte 90"},
        {"{\"events\":[{\"id\":\"\xff\"}]}", "the body is not valid JSON at byte 19"}};
    for (const auto &[body, message] : each) {
        EXPECT_EQ(refusal(body), message) << body;
    }
}

TEST(EventBatch, TakesFiftyEventsAndNoMore) {
    std::string list = event("email_click", "{}");
    for (int i = 1; i < 50; ++i) {
        list.append(",").append(event("email_click", "{}"));
    }
    EXPECT_EQ(accepted(body_of(list)).events.size(), 50u);
    EXPECT_EQ(refusal(body_of(fmt::format("{},{}", list, event("email_click", "{}")))),
              "events: must hold 1 to 50 events");
}

TEST(EventBatch, IsNotTroubledByDeepNesting) {
    EXPECT_EQ(refusal(std::string(60'000, '[')), "the body must be an object");
    EXPECT_EQ(refusal(fmt::format(R"({{"events":{})", std::string(60'000, '['))),
              "events[0]: must be an object");
}

} // namespace
} // namespace studio::renderer
