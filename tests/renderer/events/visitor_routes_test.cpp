// SPDX-License-Identifier: Apache-2.0
// What visitors' scripts post to the real program, over real sockets, and the rows that the database then
// has.
#include "renderer/visitors/visitor_cookie.h"
#include "tests/renderer/fixtures/visitor_suite.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ctime>

namespace studio::tests {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class VisitorRoutes : public VisitorSuite {
protected:
    static std::string sessions_of(const json &events, const std::string &columns) {
        return value(*s_site, fmt::format("SELECT {} FROM sessions WHERE id = (SELECT session_id FROM events "
                                          "WHERE id = '{}')",
                                          columns, events.at(0).at("id").get<std::string>()));
    }
    static int stored(const json &events) {
        int count = 0;
        for (const json &each : events) {
            count += VisitorSuite::stored(each.at("id").get<std::string>());
        }
        return count;
    }
};

TEST_F(VisitorRoutes, StoreWithConsentExactlyWhatWasPosted) {
    VisitorClient visitor(s_service->port(), "203.0.113.77");
    visitor.accept(json::array(), {{"X-Country", "AU"}});
    const json events = {event("page_view", {{"url", "http://ada.localhost/?mail=me@example.com"},
                                             {"referrer", "https://www.instagram.com/ada/?x=1"},
                                             {"utmSource", "ig"},
                                             {"utmTerm", "dinner"}}),
                         event("photo_click", {{"photoId", "one"}, {"position", 2}}),
                         event("pricing_view", {{"durationMs", 4200}})};
    const RawReply reply = visitor.post_events(events, {{"X-Country", "AU"}});
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.body, R"({"accepted":3})");
    EXPECT_EQ(reply.field("cache-control"), "no-store");
    std::vector<std::string> expected{R"(page_view|{"utmSource": "ig"}|/|t)",
                                      R"(photo_click|{"photoId": "one", "position": 2}|-|t)",
                                      R"(pricing_view|{"durationMs": 4200}|-|t)"};
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_EQ(value(*s_site,
                        fmt::format("SELECT event_type, event_data, page_url, abs(extract(epoch FROM now() - "
                                    "created_at)) < 60 FROM events WHERE id = '{}'",
                                    events[i]["id"].get<std::string>())),
                  expected[i]);
    }
    EXPECT_EQ(
        sessions_of(events, "tenant_id, consented, user_agent, host(ip_address), country, device_type, "
                            "browser, bot_class"),
        fmt::format("{}|t|{}|203.0.113.0|AU|desktop|Firefox|-", s_site->database().tenant_id(), firefox));
}

TEST_F(VisitorRoutes, StoreWithoutConsentWhatManyShareAndNothingElse) {
    VisitorClient visitor = this->visitor();
    const json events = {event("page_view", {{"url", "/?mail=me@example.com"},
                                             {"referrer", "https://robin.example/diary"},
                                             {"utmSource", "Robin's list"},
                                             {"utmCampaign", "Spring 2026"},
                                             {"utmTerm", "robin"},
                                             {"utmContent", "robin"}}),
                         event("photo_click", {{"photoId", "robin"}, {"position", 2}}),
                         event("form_submit", {{"serviceType", "what robin wants"}})};
    const RawReply reply = visitor.post_events(events, {{"X-Country", "AU"}});
    EXPECT_EQ(reply.status, 200) << reply.body;
    EXPECT_FALSE(reply.has("set-cookie")) << "nobody accepted";
    EXPECT_EQ(sessions_of(events,
                          "visitor_id, consented, utm_source, utm_medium, utm_campaign, utm_term, "
                          "utm_content, referrer, user_agent, host(ip_address), country, device_type, "
                          "browser, bot_class"),
              "-|f|other|-|spring-2026|-|-|-|-|-|AU|desktop|-|-");
    EXPECT_EQ(
        value(*s_site,
              fmt::format("SELECT string_agg(event_data::text || page_url, ' ' ORDER BY event_type) FROM "
                          "events WHERE session_id = (SELECT session_id FROM events WHERE id = '{}') "
                          "AND event_type = 'page_view'",
                          events[0]["id"].get<std::string>())),
        R"({"utmSource": "other", "utmCampaign": "spring-2026"}/)");
    EXPECT_EQ(value(*s_site, "SELECT count(*) FROM events e WHERE e::text ILIKE '%robin%'"), "0");
}

TEST_F(VisitorRoutes, CountAResendOnce) {
    VisitorClient visitor = this->visitor();
    const json events = {event("email_click"), event("phone_click")};
    EXPECT_EQ(visitor.post_events(events).body, R"({"accepted":2})");
    EXPECT_EQ(visitor.post_events(events).body, R"({"accepted":2})");
    EXPECT_EQ(stored(events), 2);
}

TEST_F(VisitorRoutes, TakeTextBecauseSendBeaconSendsIt) {
    VisitorClient visitor = this->visitor();
    const json events = {event("email_click")};
    visitor.post_events(nlohmann::json::array({event("email_click")}));
    EXPECT_EQ(
        visitor.post("/api/events", json{{"events", events}}.dump(), {}, "text/plain;charset=UTF-8").status,
        200);
    EXPECT_EQ(stored(events), 1);
    EXPECT_EQ(visitor.post("/api/events", "x=1", {}, "application/x-www-form-urlencoded").status, 415);
    EXPECT_EQ(visitor.post("/api/events", std::string(65 * 1024, ' ')).status, 413);
}

TEST_F(VisitorRoutes, SayWhatIsWrongAndStoreNothingOfTheBatch) {
    VisitorClient visitor = this->visitor();
    const json events = {event("email_click"),
                         event("photo_click", {{"photoId", "a"}, {"position", "first"}})};
    const RawReply reply = visitor.post("/api/events", json{{"events", events}}.dump());
    EXPECT_EQ(reply.status, 400);
    EXPECT_EQ(json::parse(reply.body)["error"],
              "events[1].data.position: must be a whole number from 0 to 9999");
    EXPECT_EQ(stored(events), 0);
}

TEST_F(VisitorRoutes, BeginAFreshVisitWithAcceptingAndLetItEndWithDeclining) {
    VisitorClient visitor = this->visitor();
    const json before = {event("page_view", {{"url", "/"}})};
    ASSERT_EQ(visitor.post_events(before).status, 200);
    const std::string without = sessions_of(before, "id");
    const RawReply accepted = visitor.accept(before);
    EXPECT_EQ(accepted.status, 200);
    EXPECT_EQ(accepted.body, R"({"decision":"accepted"})");
    EXPECT_THAT(accepted.field("set-cookie"), StartsWith("__Host-visitor="));
    EXPECT_THAT(accepted.field("set-cookie"),
                HasSubstr("; Path=/; Max-Age=15552000; Secure; HttpOnly; SameSite=Lax"));
    visitor.move_to("192.0.2.200"); // another network, the same browser
    const json after = {event("email_click")};
    ASSERT_EQ(visitor.post_events(after).status, 200);
    const std::string session = sessions_of(before, "id");
    EXPECT_NE(session, without);
    EXPECT_EQ(sessions_of(after, "id"), session) << "one visit";
    EXPECT_EQ(sessions_of(after, "consented, visitor_id IS NOT NULL"), "t|t");
    EXPECT_EQ(value(*s_site, fmt::format("SELECT count(*) FROM sessions WHERE id = '{}'", without)), "0")
        << "and it is not counted twice";

    const RawReply declined =
        visitor.post("/api/consent", "decision=declined", {}, "application/x-www-form-urlencoded");
    EXPECT_EQ(declined.body, R"({"decision":"declined"})");
    EXPECT_THAT(declined.field("set-cookie"), StartsWith("__Host-visitor=; Path=/; Max-Age=0"));
    const json later = {event("email_click")};
    ASSERT_EQ(visitor.post_events(later).status, 200);
    EXPECT_NE(sessions_of(later, "id"), session);
    EXPECT_EQ(sessions_of(later, "consented"), "f");
}

TEST_F(VisitorRoutes, GiveTheCookieWithNoAnswerToEvents) {
    VisitorClient visitor = this->visitor();
    visitor.accept();
    const renderer::CookieSealer sealer(session_secret);
    const auto tenant = renderer::Uuid::parse(s_site->database().tenant_id().text()).value();
    renderer::VisitorCookie old;
    old.visitor = renderer::Uuid::random();
    old.assignment_key = 1;
    old.issued = old.last_seen = static_cast<std::uint32_t>(std::time(nullptr) - 3600);
    visitor.set_cookie("__Host-visitor=" + sealer.seal(tenant, old));
    const json events = {event("email_click")};
    const RawReply reply = visitor.post_events(events);
    ASSERT_EQ(reply.status, 200);
    EXPECT_EQ(sessions_of(events, "consented"), "t") << "the service knows this cookie";
    EXPECT_FALSE(reply.has("set-cookie")) << "it might come after the answer that takes the cookie away";
    EXPECT_THAT(visitor.accept().field("set-cookie"), StartsWith("__Host-visitor="));
}

TEST_F(VisitorRoutes, BeginNoVisitWithAcceptingThatMovesNoEvent) {
    const std::string query = "SELECT count(*) FROM sessions WHERE consented";
    const std::string before = value(*s_site, query);
    for (const json &events : {json::array(), json::array({event("email_click")})}) {
        for (int i = 0; i < 3; ++i) {
            VisitorClient visitor = this->visitor();
            EXPECT_THAT(visitor.accept(events).field("set-cookie"), StartsWith("__Host-visitor="));
        }
    }
    EXPECT_EQ(value(*s_site, query), before);
}

TEST_F(VisitorRoutes, WriteNothingForAFormThatIsOnlyAskedAbout) {
    const std::string query = "SELECT count(*) FROM sessions";
    const std::string before = value(*s_site, query);
    for (const char *path : {"/book", "/api/form-token"}) {
        const FieldList fields{{"X-Forwarded-For", "192.0.2.61"}, {"User-Agent", firefox}};
        EXPECT_EQ(fetch(s_service->port(), "ada.localhost", path, fields, "HEAD").status, 200) << path;
    }
    EXPECT_EQ(value(*s_site, query), before);
}

TEST_F(VisitorRoutes, KeepStrangersBehindOneAddressAndBrowserApart) {
    VisitorClient accepting = this->visitor(), stranger = accepting;
    const json hers = {event("page_view", {{"url", "/"}, {"utmSource", "hers"}}), event("email_click")},
               others = {event("page_view", {{"url", "/"}, {"utmSource", "others"}}), event("phone_click")};
    ASSERT_EQ(stranger.post_events(others).status, 200);
    ASSERT_EQ(accepting.post_events(hers).status, 200);
    EXPECT_EQ(sessions_of(hers, "id"), sessions_of(others, "id"))
        << "without consent nobody can distinguish them";
    ASSERT_EQ(accepting.accept(hers).status, 200);
    EXPECT_EQ(sessions_of(others, "consented, visitor_id, utm_source"), "f|-|others");
    EXPECT_EQ(sessions_of(hers, "consented, utm_source"), "t|hers");
    EXPECT_EQ(json::parse(accepting.get("/privacy/held").body)["events"], 2);
    EXPECT_EQ(stranger.get("/privacy/held").body, R"({"cookie":false})");
    const json more = {event("email_click")};
    ASSERT_EQ(stranger.post_events(more).status, 200);
    EXPECT_EQ(sessions_of(more, "id"), sessions_of(others, "id"));

    const json receipt = json::parse(stranger.post("/privacy/forget", "{}").body);
    EXPECT_EQ(receipt["visits"], 0) << "nobody can erase a visit that may be of several people";
    EXPECT_EQ(json::parse(accepting.post("/privacy/forget", "{}").body)["events"], 2);
    EXPECT_EQ(stored(hers), 0);
    EXPECT_EQ(stored(others) + stored(more), 3);
}

TEST_F(VisitorRoutes, TakeNoOtherDecision) {
    VisitorClient visitor = this->visitor();
    for (const char *body :
         {"", "{}", R"({"decision":"maybe"})", R"({"decision":1})", R"(["accepted"])",
          R"({"decision":"accepted","tenant":"bea"})", R"({"decision":"accepted","events":"x"})",
          R"({"decision":"accepted","events":["x"]})", R"({"decision":"accepted","events":[1]})"}) {
        const RawReply reply = visitor.post("/api/consent", body);
        EXPECT_EQ(reply.status, 400) << body;
        EXPECT_FALSE(reply.has("set-cookie")) << body;
    }
}

TEST_F(VisitorRoutes, TrackNobodyWhoseBrowserDeclinesAndStillShowAndForgetWhatIsHeld) {
    for (const char *signal : {"Sec-GPC", "DNT"}) {
        const FieldList declining{{signal, "1"}};
        VisitorClient visitor = this->visitor();
        visitor.accept();
        const json before = {event("email_click")};
        ASSERT_EQ(visitor.post_events(before).status, 200);
        const std::string cookie = visitor.cookie();
        ASSERT_FALSE(cookie.empty());
        const json events = {event("email_click")};
        ASSERT_EQ(visitor.post_events(events, declining).status, 200);
        EXPECT_EQ(sessions_of(events, "consented, visitor_id"), "f|-") << signal;
        EXPECT_NE(sessions_of(events, "id"), sessions_of(before, "id"));
        const RawReply reply = visitor.accept(json::array(), declining);
        EXPECT_EQ(reply.body, R"({"decision":"declined"})") << signal;
        EXPECT_FALSE(reply.has("set-cookie")) << "the key to what is held is left";
        EXPECT_EQ(json::parse(visitor.get("/privacy/held", declining).body)["events"], 1) << signal;
        const json receipt = json::parse(visitor.post("/privacy/forget", "{}", declining).body);
        EXPECT_EQ(receipt["events"], 1) << signal;
        EXPECT_EQ(stored(before), 0) << signal;
        visitor.set_cookie(cookie); // an event that was on its way
        const json late = {event("phone_click")};
        ASSERT_EQ(visitor.post_events(late).status, 200) << "acknowledged";
        EXPECT_EQ(stored(late), 0) << "and dropped";
    }
}

TEST_F(VisitorRoutes, IgnoreCookiesThatTheyDidNotSet) {
    VisitorClient visitor = this->visitor();
    visitor.accept();
    const std::string good = visitor.cookie();
    std::string changed = good;
    changed[30] = changed[30] == 'A' ? 'B' : 'A';
    for (const std::string &forged :
         {changed, good.substr(0, good.size() - 1), good + "A", std::string("__Host-visitor="),
          std::string("__Host-visitor=x"), good + "; " + good, "X-" + good}) {
        visitor.set_cookie(forged);
        const json events = {event("email_click")};
        ASSERT_EQ(visitor.post_events(events).status, 200) << forged;
        EXPECT_EQ(sessions_of(events, "consented"), "f") << forged;
    }
    visitor.set_cookie(good);
    const json events = {event("email_click")};
    visitor.post_events(events);
    EXPECT_EQ(sessions_of(events, "consented"), "t");
}

TEST_F(VisitorRoutes, AnswerTheSitesOwnPagesOnly) {
    VisitorClient visitor = this->visitor();
    const json events = {event("email_click")};
    const std::string body = json{{"events", events}}.dump();
    for (const char *path : {"/api/events", "/api/consent", "/privacy/forget"}) {
        for (const FieldList &fields : {FieldList{{"Origin", "https://evil.example"}},
                                        {{"Origin", "http://bea.localhost"}},
                                        {{"Origin", "null"}},
                                        {{"Sec-Fetch-Site", "cross-site"}},
                                        {{"Sec-Fetch-Site", "same-site"}}}) {
            const RawReply reply = visitor.post(path, body, fields);
            EXPECT_EQ(reply.status, 403) << path << fields[0].second;
            EXPECT_FALSE(reply.has("set-cookie"));
        }
    }
    EXPECT_EQ(stored(events), 0);
    EXPECT_EQ(
        visitor.post_events(events, {{"Origin", "http://ada.localhost"}, {"Sec-Fetch-Site", "same-origin"}})
            .status,
        200);
}

TEST_F(VisitorRoutes, AreThereForTenantsAndTheirMethodOnly) {
    for (const char *path : {"/api/events", "/api/consent", "/privacy/forget"}) {
        const RawReply read = fetch(s_service->port(), "ada.localhost", path);
        EXPECT_EQ(read.status, 405) << path;
        EXPECT_EQ(read.field("allow"), "POST");
        EXPECT_EQ(fetch(s_service->port(), "localhost", path).status, 404) << path;
        EXPECT_EQ(fetch(s_service->port(), "bea.localhost", path).status, 404) << "a preview";
        RawClient client(s_service->port());
        client.send(request_text("POST", path, "localhost",
                                 {{"Content-Type", "application/json"}, {"Content-Length", "2"}}) +
                    "{}");
        EXPECT_EQ(client.receive()->status, 405) << path;
    }
    EXPECT_EQ(visitor().post("/privacy/held", "").field("allow"), "GET");
}

TEST_F(VisitorRoutes, ShowAndForgetWhatIsHeldOfABrowser) {
    VisitorClient visitor = this->visitor(), other = this->visitor();
    const json events = {event("page_view", {{"url", "/"}}), event("email_click")},
               others = {event("email_click")};
    ASSERT_EQ(visitor.post_events(events).status, 200);
    ASSERT_EQ(other.post_events(others).status, 200);
    EXPECT_EQ(visitor.get("/privacy/held").body, R"({"cookie":false})");
    visitor.accept(events);
    const json more = {event("phone_click")};
    visitor.post_events(more);
    const json held = json::parse(visitor.get("/privacy/held").body);
    EXPECT_EQ(held["cookie"], true);
    EXPECT_EQ(held["visits"], 1);
    EXPECT_EQ(held["events"], 3);
    EXPECT_THAT(held["first"].get<std::string>(), StartsWith("20"));

    const RawReply reply = visitor.post("/privacy/forget", "{}");
    EXPECT_EQ(reply.status, 200);
    const json receipt = json::parse(reply.body);
    EXPECT_EQ(receipt["events"], 3);
    EXPECT_EQ(receipt["visits"], 1);
    EXPECT_EQ(receipt["receipt"].get<std::string>().size(), 36u);
    EXPECT_THAT(reply.field("set-cookie"), StartsWith("__Host-visitor=; "));
    EXPECT_EQ(reply.field("clear-site-data"), "\"storage\"");
    EXPECT_EQ(stored(events) + stored(more), 0);
    EXPECT_EQ(stored(others), 1) << "only this browser's";
    EXPECT_EQ(visitor.get("/privacy/held").body, R"({"cookie":false})");
}

TEST_F(VisitorRoutes, AnswerAFormWithAPageThatReportsNoVisit) {
    VisitorClient visitor = this->visitor();
    const json events = {event("page_view", {{"url", "/"}})};
    ASSERT_EQ(visitor.post_events(events).status, 200);
    const std::string form = "application/x-www-form-urlencoded";
    const std::string receipts = value(*s_site, "SELECT count(*) FROM erasures");
    const RawReply nothing = visitor.post("/privacy/forget", "", {}, form);
    EXPECT_EQ(nothing.status, 200);
    EXPECT_THAT(nothing.body, HasSubstr("Nothing that is stored"));
    EXPECT_THAT(nothing.body, Not(HasSubstr("/static/visit.")));
    EXPECT_EQ(value(*s_site, "SELECT count(*) FROM erasures"), receipts) << "nothing was erased";
    EXPECT_EQ(stored(events), 1) << "nobody can tell whose it was";

    visitor.accept(events);
    const RawReply reply = visitor.post("/privacy/forget", "", {}, form);
    EXPECT_EQ(reply.status, 200);
    EXPECT_THAT(reply.field("content-type"), StartsWith("text/html"));
    EXPECT_THAT(reply.field("content-security-policy"), HasSubstr("frame-ancestors 'none'"));
    const std::string receipt = value(*s_site, "SELECT id FROM erasures ORDER BY at DESC LIMIT 1");
    EXPECT_THAT(reply.body, HasSubstr(receipt));
    EXPECT_THAT(reply.body, Not(HasSubstr("/static/visit.")));
    EXPECT_EQ(stored(events), 0);
}

TEST_F(VisitorRoutes, SetNothingOnPagesAndAskNoDatabaseForThem) {
    VisitorClient visitor = this->visitor();
    visitor.accept();
    for (const char *path : {"/", "/privacy", "/book"}) {
        EXPECT_FALSE(visitor.get(path).has("set-cookie")) << path;
    }
}

TEST_F(VisitorRoutes, KeepBotsApartAndCountThem) {
    VisitorClient bot(s_service->port(), "192.0.2.9",
                      "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; "
                      "+https://openai.com/gptbot)");
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(bot.get("/").status, 200);
    }
    const json events = {event("page_view", {{"url", "/"}})};
    ASSERT_EQ(bot.post_events(events).status, 200);
    EXPECT_EQ(sessions_of(events, "bot_class"), "ai");
    EXPECT_TRUE(eventually([&] {
        return fetch(s_service->metrics_port(), "localhost", "/metrics")
                   .body.find("companion_bot_pages_total{class=\"ai\"} 3") != std::string::npos;
    })) << fetch(s_service->metrics_port(), "localhost", "/metrics").body;
}

TEST_F(VisitorRoutes, CountWhatTheyDid) {
    VisitorClient visitor = this->visitor();
    visitor.post_events(nlohmann::json::array({event("email_click")}));
    const std::string metrics = fetch(s_service->metrics_port(), "localhost", "/metrics").body;
    EXPECT_THAT(metrics, HasSubstr("companion_events_total{outcome=\"stored\"} "));
    EXPECT_THAT(metrics, Not(HasSubstr("companion_events_total{outcome=\"stored\"} 0")));
    EXPECT_THAT(metrics, HasSubstr("companion_event_transaction_events_bucket{le=\"2000\"}"));
    EXPECT_THAT(metrics, HasSubstr("companion_requests_total{route=\"events\",status=\"200\"}"));
}

TEST_F(VisitorRoutes, WriteNothingOfAVisitorToTheLog) {
    VisitorClient visitor(s_service->port(), "192.0.2.123", "Curious/1.0");
    visitor.post_events(nlohmann::json::array({event("page_view", {{"url", "/"}})}));
    EXPECT_THAT(s_service->output(), Not(HasSubstr("192.0.2")));
    EXPECT_THAT(s_service->output(), Not(HasSubstr("Curious")));
}

} // namespace
} // namespace studio::tests
