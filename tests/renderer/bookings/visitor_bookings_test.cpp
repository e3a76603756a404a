// SPDX-License-Identifier: Apache-2.0
// A booking knows the visit that it came from.
#include "tests/renderer/fixtures/visitor_suite.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace studio::tests {
namespace {

using nlohmann::json;
using testing::ElementsAre;

std::string booking(const std::string &name, const std::string &token, const std::string &key) {
    return json{{"client_name", name},      {"client_email", "robin@example.com"},
                {"service_type", "Dinner"}, {"preferred_date", "2027-11-23T20:00"},
                {"duration", "an evening"}, {"message", "Hello."},
                {"terms", "yes"},           {"token", token},
                {"idempotency_key", key}}
        .dump();
}

class VisitorBookings : public VisitorSuite {
protected:
    static std::string filled_token(const VisitorClient &visitor) {
        return opened_a_minute_ago(*s_site, json::parse(visitor.get("/api/form-token").body)["token"]);
    }
    static std::string of_booking(const std::string &name, const std::string &columns) {
        return value(*s_site, fmt::format("SELECT {} FROM bookings WHERE client_name = '{}'", columns, name));
    }
    static std::string session_of(const json &event) {
        return value(*s_site, fmt::format("SELECT session_id FROM events WHERE id = '{}'",
                                          event["id"].get<std::string>()));
    }
};

TEST_F(VisitorBookings, NameTheVisitAndTheWayThatLedToThem) {
    VisitorClient visitor(s_service->port(), "203.0.113.21");
    json view = event("page_view", {{"url", "/"}}),
         photo = event("photo_click", {{"photoId", "one"}, {"position", 1}}),
         start = event("form_start", {{"field", "client_name"}});
    photo["page"] = start["page"] = "/";
    ASSERT_EQ(visitor.post_events(json::array({view})).status, 200);
    ASSERT_EQ(visitor.accept(json::array({view})).status, 200);
    ASSERT_EQ(visitor.post_events(json::array({photo})).status, 200);
    ASSERT_EQ(visitor.post_events(json::array({start})).status, 200);
    const std::string token = filled_token(visitor), key = new_id();
    EXPECT_EQ(visitor.post("/bookings", booking("Robin Cookie", token, key)).status, 201);
    EXPECT_EQ(of_booking("Robin Cookie", "session_id"), session_of(view));
    EXPECT_EQ(session_of(photo), session_of(view)) << "one visit, before and after accepting";
    EXPECT_THAT(rows(*s_site, "SELECT step ->> 'type', step ->> 'page' FROM bookings, "
                              "jsonb_array_elements(conversion_path) WITH ORDINALITY AS path (step, number) "
                              "WHERE client_name = 'Robin Cookie' ORDER BY number"),
                ElementsAre("page_view|/", "photo_click|/", "form_start|/"));
    EXPECT_THAT(
        rows(*s_site,
             fmt::format("SELECT event_type, event_data, page_url FROM events WHERE session_id = '{}' "
                         "AND event_type = 'form_submit'",
                         session_of(view))),
        ElementsAre(R"(form_submit|{"serviceType": "Dinner"}|/book)"));
}

TEST_F(VisitorBookings, MakeTheirVisitWhereNothingWasReportedBefore) {
    VisitorClient visitor(s_service->port(), "203.0.113.22");
    ASSERT_TRUE(eventually([&] { // until the day's salt is known
        return visitor.post_events(json::array({event("email_click")})).status == 200;
    }));
    visitor.move_to("203.0.114.22"); // another visit
    const std::string token = filled_token(visitor);
    visitor.move_to("203.0.115.22"); // the form knows where it was opened
    EXPECT_EQ(visitor.post("/bookings", booking("Robin Scriptless", token, new_id())).status, 201);
    EXPECT_EQ(of_booking("Robin Scriptless", "conversion_path"), "-");
    EXPECT_EQ(of_booking("Robin Scriptless", "source_visit_id = session_id"), "t");
    EXPECT_EQ(value(*s_site,
                    "SELECT s.consented, s.visitor_id IS NULL, s.ip_address IS NULL, s.browser IS NULL, "
                    "s.device_type FROM sessions s JOIN bookings b ON b.session_id = s.id WHERE "
                    "b.client_name = 'Robin Scriptless'"),
              "f|t|t|t|desktop");
}

TEST_F(VisitorBookings, KeepTheVisitOfAFormThatWasOpenedHalfAnHourAgo) {
    for (const bool consents : {false, true}) {
        VisitorClient visitor(s_service->port(), consents ? "203.0.113.31" : "203.0.113.32");
        const json view = event("page_view", {{"url", "/"}, {"utmSource", "instagram"}});
        ASSERT_EQ(visitor.post_events(json::array({view})).status, 200);
        if (consents) {
            visitor.accept(json::array({view}));
        }
        const std::string token = filled_token(visitor), name = consents ? "Robin Known" : "Robin Unknown";
        s_site->force("UPDATE open_visits SET last_at = last_at - interval '2 hours'");
        EXPECT_EQ(visitor.post("/bookings", booking(name, token, new_id())).status, 201);
        EXPECT_EQ(of_booking(name, "session_id"), session_of(view)) << name;
        EXPECT_EQ(of_booking(name, "source_visit_id"), session_of(view)) << name;
        EXPECT_EQ(of_booking(name, "conversion_path IS NOT NULL"), consents ? "t" : "f") << name;
    }
}

TEST_F(VisitorBookings, StoreNoServiceThatTheSiteDoesNotOffer) {
    VisitorClient visitor(s_service->port(), "203.0.113.41");
    json wish = json::parse(booking("Robin Wish", filled_token(visitor), new_id()));
    wish["service_type"] = "something of my own";
    EXPECT_EQ(visitor.post("/bookings", wish.dump()).status, 201);
    EXPECT_EQ(of_booking("Robin Wish", "service_type, value_minor"), "-|-");
    json offered = json::parse(booking("Robin Offered", filled_token(visitor), new_id()));
    offered["service_type"] = "DINNER";
    EXPECT_EQ(visitor.post("/bookings", offered.dump()).status, 201);
    EXPECT_EQ(of_booking("Robin Offered", "service_type, value_minor"), "Dinner|150000");
}

} // namespace
} // namespace studio::tests
