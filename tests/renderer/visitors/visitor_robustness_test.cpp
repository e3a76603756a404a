// SPDX-License-Identifier: Apache-2.0
// What no browser would send: bytes that no text has, and values that the database refuses. Whoever sends it
// gets a sentence or a harmless cut, and nobody else loses anything.
#include "tests/renderer/fixtures/visitor_suite.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pqxx/pqxx>

#include <algorithm>
#include <atomic>
#include <map>
#include <set>
#include <thread>

namespace studio::tests {
namespace {

using nlohmann::json;
using testing::AnyOf;
using testing::Eq;

// As they stand between the quotes of a JSON text.
const std::vector<std::string> hostile_texts{
    R"(a\u0000b)",       std::string("a\0b", 3), R"(\ud83d)",
    R"(\ude00\ud83d)",   "\xed\xa0\xbd",         "\xff\xfe",
    "\xc0\xaf",          "\xf5\x80\x80\x80",     "\xe2\x82",
    R"(a\u0007b\u007f)", std::string(3000, 'x'), R"(\u202e\ufeff\uffff)"};

std::string with(std::string body, const std::string &value) {
    constexpr std::string_view mark = "@@";
    return body.replace(body.find(mark), mark.size(), value);
}

void execute(const LiveSite &site, const std::string &sql) {
    pqxx::connection connection(site.database().superuser_url());
    pqxx::nontransaction(connection).exec(sql);
}

class HostileVisitors : public VisitorSuite {};

TEST_F(HostileVisitors, GetASentenceForTextThatIsNone) {
    VisitorClient visitor = this->visitor();
    ASSERT_EQ(visitor.post_events(json::array({event("email_click")})).status, 200);
    for (const char *shape :
         {R"({"events":[{"id":"@@","type":"email_click"}]})", R"({"events":[{"id":"#","type":"@@"}]})",
          R"({"events":[{"id":"#","type":"email_click","at":"@@"}]})",
          R"({"events":[{"id":"#","type":"email_click","page":"/@@"}]})",
          R"({"events":[{"id":"#","type":"page_view","data":{"url":"/@@"}}]})",
          R"({"events":[{"id":"#","type":"page_view","data":{"referrer":"https://@@"}}]})",
          R"({"events":[{"id":"#","type":"page_view","data":{"utmSource":"@@"}}]})",
          R"({"events":[{"id":"#","type":"photo_click","data":{"photoId":"@@"}}]})",
          R"({"events":[{"id":"#","type":"form_start","data":{"field":"@@"}}]})",
          R"({"events":[{"id":"#","type":"form_submit","data":{"serviceType":"@@"}}]})",
          R"({"events":[{"id":"#","type":"social_click","data":{"platform":"@@"}}]})",
          R"({"events":[{"id":"#","type":"ab_test_assigned","data":{"testId":"@@"}}]})",
          R"({"events":[{"id":"#","type":"email_click","data":{"@@":1}}]})"}) {
        for (const std::string &text : hostile_texts) {
            std::string body = with(shape, text);
            if (const auto at = body.find('#'); at != std::string::npos) {
                body.replace(at, 1, new_id());
            }
            const RawReply reply = visitor.post("/api/events", body);
            EXPECT_THAT(reply.status, AnyOf(Eq(200), Eq(400))) << body << "\n" << reply.body;
            EXPECT_TRUE(json::accept(reply.body)) << reply.body;
        }
    }
    EXPECT_EQ(visitor.post_events(json::array({event("email_click")})).status, 200);
}

TEST_F(HostileVisitors, AreRecordedWithoutWhatTheirFieldsCannotMean) {
    for (const char *bytes : {"\xff\xfe Agent", "Agent \xed\xa0\xbd", "\xc0\xaf", "Agent\ttab"}) {
        VisitorClient visitor(s_service->port(), "203.0.113.9", bytes);
        const json events = {event("page_view"), event("email_click")};
        const RawReply reply = visitor.post_events(
            events, {{"Referer", std::string("http://ada.localhost/\xff") + bytes}, {"X-Country", bytes}});
        ASSERT_EQ(reply.status, 200) << bytes << reply.body;
        EXPECT_EQ(stored(events[0]["id"]), 1) << bytes;
        EXPECT_EQ(value(*s_site, fmt::format("SELECT country IS NULL FROM sessions WHERE id = (SELECT "
                                             "session_id FROM events WHERE id = '{}')",
                                             events[0]["id"].get<std::string>())),
                  "t");
    }
    // Longer than the column, and cut where a character would be halved.
    VisitorClient visitor(s_service->port(), "203.0.113.10", std::string(999, 'a') + "\xc3\xa9 and more");
    EXPECT_EQ(visitor.post_events(json::array({event("email_click")})).status, 200);
}

TEST_F(HostileVisitors, GetNoFurtherWithDecisions) {
    VisitorClient visitor = this->visitor();
    for (const std::string &text : hostile_texts) {
        for (const char *path : {"/api/consent", "/privacy/forget"}) {
            const RawReply reply = visitor.post(path, with(R"({"decision":"@@"})", text.substr(0, 500)));
            EXPECT_LT(reply.status, 500) << path << text;
            const RawReply form = visitor.post(path, "decision=" + text.substr(0, 500), {},
                                               "application/x-www-form-urlencoded");
            EXPECT_LT(form.status, 500) << path << text;
        }
        visitor.set_cookie("__Host-visitor=" +
                           (text.find('\0') == std::string::npos ? text.substr(0, 100) : "x"));
        EXPECT_LT(visitor.get("/privacy/held").status, 500) << text;
        visitor.set_cookie("");
    }
}

TEST_F(HostileVisitors, GetTheirBookingBackWithWhatIsWrong) {
    VisitorClient visitor = this->visitor();
    const std::string token = json::parse(visitor.get("/api/form-token").body)["token"];
    const std::map<std::string, std::string> good{{"client_name", "Robin"},
                                                  {"client_email", "robin@example.com"},
                                                  {"client_phone", ""},
                                                  {"service_type", "Dinner"},
                                                  {"duration", "three"},
                                                  {"preferred_date", "2027-11-23T20:00"},
                                                  {"preferred_date_end", ""},
                                                  {"message", "Hello."},
                                                  {"terms", "yes"},
                                                  {"consent", "yes"},
                                                  {"token", token},
                                                  {"idempotency_key", ""},
                                                  {"website", ""}};
    const std::set<std::string> may_be_empty{"client_phone", "service_type", "duration",
                                             "preferred_date_end"};
    for (const auto &[wrong, unused] : good) {
        if (wrong == "website" || wrong == "idempotency_key") {
            continue; // these are told nothing: a machine's field, and a key that any text may be
        }
        for (const std::string &text : hostile_texts) {
            std::string body = "{", form;
            for (const auto &[name, value] : good) {
                body += (body.size() > 1 ? "," : "") + fmt::format("\"{}\":\"", name) +
                        (name == wrong ? text : value) + "\"";
                std::string typed = name == wrong ? text : value;
                if (const auto at = typed.find('\0'); at != std::string::npos) {
                    typed.replace(at, 1, "%00");
                }
                form += (form.empty() ? "" : "&") + name + "=" + typed;
            }
            // A long message is a fine one, and marks that nobody sees leave a field empty.
            const bool fine = (wrong == "message" && text.size() == 3000) ||
                              (may_be_empty.contains(wrong) && text.starts_with("\\u202e"));
            const RawReply reply = visitor.post("/bookings", body + "}");
            EXPECT_THAT(reply.status, AnyOf(Eq(422), Eq(fine ? 201 : 422), Eq(fine ? 429 : 422)))
                << wrong << ": " << text << "\n"
                << reply.body;
            EXPECT_TRUE(json::accept(reply.body)) << reply.body;
            const RawReply page = visitor.post("/bookings", form, {}, "application/x-www-form-urlencoded");
            EXPECT_LT(page.status, 500) << wrong << ": " << text;
        }
    }
}

TEST_F(HostileVisitors, TakeNothingFromThoseWhoseEventsAreWrittenWithTheirs) {
    execute(*s_site, "ALTER TABLE events ADD CONSTRAINT no_poison CHECK (page_url <> '/book')");
    std::atomic<int> kept = 0, refused = 0, others = 0;
    std::vector<std::thread> threads;
    for (int number = 0; number < 6; ++number) {
        threads.emplace_back([&, number] {
            VisitorClient visitor(s_service->port(), fmt::format("192.0.2.{}", number + 1));
            for (int i = 0; i < 40; ++i) {
                json poisoned = event("email_click");
                if (number == 0) {
                    poisoned["page"] = "/book";
                }
                const int status = visitor.post_events(json::array({event("phone_click"), poisoned})).status;
                ++(status == 200 ? kept : status == 400 && number == 0 ? refused : others);
            }
        });
    }
    for (std::thread &thread : threads) {
        thread.join();
    }
    execute(*s_site, "ALTER TABLE events DROP CONSTRAINT no_poison");
    EXPECT_EQ(kept, 200);
    EXPECT_EQ(refused, 40);
    EXPECT_EQ(others, 0);
}

} // namespace
} // namespace studio::tests
