// SPDX-License-Identifier: Apache-2.0
// The service's clock is wrong, and set right, while visitors are there; the database's and theirs stand.
#include "tests/renderer/fixtures/visitor_client.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>

namespace studio::tests {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using testing::HasSubstr;

// libfaketime between the service and its clock, which it reads from a file.
class SteppedClock final {
public:
    explicit SteppedClock(const LiveSite &site) : m_file(site.media() / "clock") { set(0h); }
    void set(std::chrono::hours ahead) const {
        const auto fresh = m_file.string() + ".new";
        std::ofstream(fresh) << fmt::format("{:+}h\n", ahead.count());
        std::filesystem::rename(fresh, m_file);
    }
    Variables below(Variables environment) const {
        for (const auto &folder : std::filesystem::directory_iterator("/usr/lib")) {
            const auto library = folder.path() / "faketime/libfaketimeMT.so.1";
            if (std::filesystem::exists(library)) {
                environment["LD_PRELOAD"] = library;
            }
        }
        environment["FAKETIME_TIMESTAMP_FILE"] = m_file;
        environment["FAKETIME_NO_CACHE"] = "1";
        environment["FAKETIME_DONT_FAKE_MONOTONIC"] = "1";
        return environment;
    }

private:
    const std::filesystem::path m_file;
};

class VisitorClock : public testing::Test {
protected:
    VisitorClock() : m_service(m_clock.below(behind_proxy(m_site))) {}
    void SetUp() override {
#ifdef __SANITIZE_ADDRESS__
        GTEST_SKIP() << "the address sanitizer and the stepped clock both have to be loaded first";
#endif
        ASSERT_TRUE(m_service.wait_until_ready()) << m_service.output();
        ASSERT_EQ(m_visitor.post_events(json::array({event("page_view")})).status, 200);
        ASSERT_EQ(m_visitor.accept().status, 200);
    }
    // The event's time by the service's clock, in whole hours from now.
    std::string hours_ahead(const json &event) {
        return of_event(event, "round(extract(epoch FROM e.created_at - now()) / 3600)");
    }
    std::string of_event(const json &event, const std::string &columns) {
        return value(m_site, fmt::format("SELECT {} FROM events e JOIN sessions s ON s.id = e.session_id "
                                         "WHERE e.id = '{}'",
                                         columns, event["id"].get<std::string>()));
    }
    std::string token() { return json::parse(m_visitor.get("/api/form-token").body)["token"]; }
    // The status that the booking has in the database.
    std::string booked(const std::string &name, const std::string &token) {
        const json booking{{"client_name", name},
                           {"client_email", "robin@example.com"},
                           {"message", "Hello."},
                           {"terms", "yes"},
                           {"preferred_date", "2027-11-23T20:00"},
                           {"token", token},
                           {"idempotency_key", new_id()}};
        const RawReply reply = m_visitor.post("/bookings", booking.dump());
        EXPECT_EQ(reply.status, 201) << reply.body;
        return value(m_site, fmt::format("SELECT status FROM bookings WHERE client_name = '{}'", name));
    }
    static std::int64_t now_ms() {
        return std::chrono::duration_cast<std::chrono::milliseconds>(
                   std::chrono::system_clock::now().time_since_epoch())
            .count();
    }

    LiveSite m_site;
    SteppedClock m_clock{m_site};
    ServiceProcess m_service;
    VisitorClient m_visitor{m_service.port()};
};

TEST_F(VisitorClock, ThatIsPutForwardKeepsVisitorsTokensAndEvents) {
    const std::string before = token();
    m_clock.set(5h);
    EXPECT_EQ(m_visitor.get("/").status, 200);
    json timed = event("email_click"), untimed = event("phone_click");
    timed["at"] = now_ms() - 60'000;
    ASSERT_EQ(
        m_visitor.post("/api/events", json{{"now", now_ms()}, {"events", {timed, untimed}}}.dump()).status,
        200);
    EXPECT_EQ(hours_ahead(timed), "5") << "the server's clock counts, and the device's for the order";
    EXPECT_EQ(hours_ahead(untimed), "5");
    EXPECT_EQ(
        value(m_site,
              fmt::format("SELECT round(extract(epoch FROM u.created_at - t.created_at)) FROM events u, "
                          "events t WHERE u.id = '{}' AND t.id = '{}'",
                          untimed["id"].get<std::string>(), timed["id"].get<std::string>())),
        "60");
    EXPECT_EQ(of_event(timed, "s.consented"), "t");
    EXPECT_EQ(booked("Robin Forward", before), "pending");
}

TEST_F(VisitorClock, ThatIsPutBackKeepsVisitorsTokensAndEvents) {
    m_clock.set(5h);
    json first = event("email_click");
    ASSERT_EQ(m_visitor.post_events(json::array({first})).status, 200);
    const std::string before = token();
    for (const auto ahead : {0h, -5h}) {
        m_clock.set(ahead);
        EXPECT_EQ(m_visitor.get("/").status, 200);
        json untimed = event("phone_click");
        ASSERT_EQ(m_visitor.post_events(json::array({untimed})).status, 200);
        EXPECT_EQ(hours_ahead(untimed), std::to_string(ahead.count()));
        EXPECT_EQ(of_event(untimed, "s.consented"), "t") << "she is still known";
        EXPECT_EQ(of_event(untimed, "s.id"), of_event(first, "s.id")) << "and her visit goes on";
        EXPECT_EQ(booked(fmt::format("Robin Back {}", ahead.count()), before), "pending")
            << "nobody was too fast";
    }
    // The service's clock is five hours back: the device's is as much ahead of it, and nothing is refused for
    // that.
    json timed = event("email_click");
    timed["at"] = now_ms();
    ASSERT_EQ(m_visitor.post_events(json::array({timed})).status, 200);
    EXPECT_EQ(hours_ahead(timed), "-5");
}

TEST_F(VisitorClock, OfADeviceThatIsWrongChangesNothing) {
    for (const std::int64_t off_minutes : {-600, -2, 2, 7, 600}) {
        const std::int64_t device = now_ms() + off_minutes * 60'000;
        json first = event("email_click"), second = event("phone_click");
        first["at"] = device - 90'000;
        second["at"] = device;
        const RawReply reply =
            m_visitor.post("/api/events", json{{"events", {second, first}}, {"now", device}}.dump());
        ASSERT_EQ(reply.status, 200) << off_minutes << reply.body;
        EXPECT_EQ(of_event(first, "round(extract(epoch FROM now() - e.created_at) / 30)"), "3")
            << off_minutes;
        EXPECT_EQ(of_event(second, "e.created_at <= now() AND e.created_at > now() - interval '30 seconds'"),
                  "t");
    }
    booked("Robin Wrong", token());
    EXPECT_EQ(value(m_site,
                    "SELECT count(*) FROM bookings b, jsonb_array_elements(b.conversion_path) step WHERE "
                    "b.client_name = 'Robin Wrong' AND (step ->> 'at')::timestamptz <= b.created_at"),
              "10")
        << "every step stands before the request";
}

TEST_F(VisitorClock, ThatIsADayOffCountsByTheDatabasesDayAtMost) {
    for (const auto ahead : {20h, -20h, -200h, 0h}) {
        m_clock.set(ahead);
        VisitorClient stranger(m_service.port(), fmt::format("198.51.100.{}", ahead.count() + 210));
        const json events = {event("page_view")};
        ASSERT_EQ(stranger.post_events(events).status, 200) << ahead.count();
        EXPECT_EQ(of_event(events[0], "s.consented"), "f");
        EXPECT_EQ(value(m_site, "SELECT count(*) FROM visitor_salts WHERE day NOT IN ((now() AT TIME ZONE "
                                "'UTC')::date, (now() AT TIME ZONE 'UTC')::date + 1)"),
                  "0")
            << "no salt of a day that is over";
    }
    EXPECT_THAT(m_service.output(), testing::Not(HasSubstr("\"level\":\"error\""))) << m_service.output();
}

} // namespace
} // namespace studio::tests
