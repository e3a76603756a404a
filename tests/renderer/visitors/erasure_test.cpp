// SPDX-License-Identifier: Apache-2.0
// An erasure reaches every copy. Marks go through every field that a visitor can fill, of forms, events,
// headers and addresses; the jobs run; she is erased; then no row of any table, no message and no line of the
// log holds a mark. A field, a key of an event or a column that somebody adds is covered without a change
// here.
#include "db/stores/privacy_store.h"
#include "db/stores/tracking_store.h"
#include "renderer/events/event_time.h"
#include "renderer/events/event_types.h"
#include "site/booking_form.h"
#include "tests/renderer/fixtures/visitor_client.h"
#include "tests/support/smtp_sink.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pqxx/pqxx>

#include <algorithm>

namespace studio::tests {
namespace {

using nlohmann::json;
using renderer::DataKey;
using renderer::DataKind;
using testing::IsEmpty;

enum class Erasure { ForgetMe, Session, Email };

// Of her visits, and of her booking requests: "Forget me" leaves the requests with the companion.
const std::string visit_mark = "zorbqv", booking_mark = "zorbqb",
                  uuid_mark = "2b0a7e57-5a4b-4c6d-8e9f-0c0ffee0cafe", phone_mark = "498765432",
                  date_mark = "2027-11-23", email = "zorbqb@example.com", address = "198.51.100.211";

json marked_value(DataKey key) {
    switch (const renderer::DataRule &rule = renderer::rule_of(key); rule.kind) {
    case DataKind::Number:
        return 7;
    case DataKind::Path:
        return "/" + visit_mark + "?" + visit_mark;
    case DataKind::Address:
        return "https://" + visit_mark + ".example/" + visit_mark;
    case DataKind::Uuid:
        return uuid_mark;
    case DataKind::Text:
        break;
    }
    return visit_mark + "@" + std::string(renderer::rule_of(key).name);
}

// One event of each type with everything that its data may hold.
json marked_events() {
    json events = json::array();
    for (std::size_t i = 0; i < renderer::event_type_count; ++i) {
        const auto type = static_cast<renderer::EventType>(i);
        json data = json::object();
        for (std::size_t k = 0; k < renderer::data_key_count; ++k) {
            const auto key = static_cast<DataKey>(k);
            if (renderer::keys_of(type) & renderer::bit(key)) {
                data[std::string(renderer::rule_of(key).name)] = marked_value(key);
            }
        }
        events.push_back(event(std::string(renderer::to_string(type)), data));
        events.back()["page"] = "/" + visit_mark + "?q=" + visit_mark;
    }
    return events;
}

FieldList marked_fields(bool declines) {
    FieldList fields{{"Referer", "http://ada.localhost/" + visit_mark + "?" + visit_mark},
                     {"X-Country", visit_mark},
                     {"Accept-Language", visit_mark},
                     {"From", email},
                     {"X-" + visit_mark, visit_mark}};
    if (declines) {
        fields.emplace_back("Sec-GPC", "1");
    }
    return fields;
}

json marked_booking(const std::string &token) {
    json booking{{"token", token}, {"idempotency_key", booking_mark}, {"website", ""}};
    for (const std::string &name : site::booking_field_names()) {
        booking[name] = booking_mark + " " + name;
    }
    booking["client_email"] = email;
    booking["client_phone"] = "+61 " + phone_mark;
    booking["preferred_date"] = date_mark + "T20:17";
    booking["preferred_date_end"] = date_mark + "T22:17";
    booking["terms"] = "yes";
    booking["consent"] = "yes";
    booking["place_kind"] = "outcall";
    return booking;
}

class Erasures : public testing::TestWithParam<std::tuple<Erasure, bool>> {
protected:
    Erasures() : m_service(environment()) {}

    Variables environment() {
        Variables variables = behind_proxy(m_site);
        variables["SMTP_URL"] = m_mail.url();
        variables["SMTP_FROM"] = "Companion Connect <bookings@companionconnect.app>";
        return variables;
    }
    // Looks and books, once with the cookie; where her browser declines later, then once more without.
    void visit(bool declines) {
        ASSERT_EQ(m_visitor.post_events(m_first, marked_fields(false)).status, 200);
        ASSERT_EQ(m_visitor.accept(m_first, marked_fields(false)).status, 200);
        for (const bool without : {false, true}) {
            if (without && !declines) {
                break;
            }
            const FieldList fields = marked_fields(without);
            m_visitor.get("/?utm_source=" + visit_mark + "&" + visit_mark + "=" + visit_mark, fields);
            ASSERT_EQ(m_visitor.post_events(marked_events(), fields).status, 200);
            const std::string token = json::parse(m_visitor.get("/api/form-token", fields).body)["token"];
            json machine = marked_booking(token);
            machine["website"] = booking_mark;
            ASSERT_EQ(m_visitor.post("/bookings", machine.dump(), fields).status, 201);
            const std::string filled = opened_a_minute_ago(m_site, token);
            ASSERT_EQ(m_visitor.post("/bookings", marked_booking(filled).dump(), fields).status, 201);
        }
        m_person = value(m_site, "SELECT DISTINCT visitor_id FROM sessions WHERE visitor_id IS NOT NULL");
    }
    // Somebody else, whose figures stay.
    void bystander() {
        VisitorClient other(m_service.port(), "198.51.100.9");
        const json events = {event("page_view", {{"url", "/"}})};
        ASSERT_EQ(other.post_events(events).status, 200);
        ASSERT_EQ(other.accept(events).status, 200);
    }
    // Messages are sent, figures made, idle visits closed, what is old removed.
    void run_jobs() {
        m_site.force("UPDATE open_visits SET last_at = last_at - interval '31 minutes'");
        db::Session session(m_site.database().renderer_url());
        db::TrackingStore(session).close_idle_visits();
        // The service's own housekeeping may be at it in this moment.
        ASSERT_TRUE(eventually([&] { return db::PrivacyStore(session).retention(base::now()).has_value(); }));
        EXPECT_TRUE(eventually([&] {
            return value(m_site, "SELECT count(*) FROM outbox WHERE status = 'pending'") == "0" &&
                   value(m_site, "SELECT count(*) FROM touched_visits") == "0";
        })) << m_service.output();
    }
    void erase_visits(Erasure how, const FieldList &fields) {
        db::Session staff(m_site.database().staff_url());
        if (how == Erasure::ForgetMe) {
            const RawReply reply = m_visitor.post("/privacy/forget", "{}", fields);
            EXPECT_GT(json::parse(reply.body)["events"].get<int>(), 0) << reply.body;
        } else if (how == Erasure::Session) {
            for (const std::string &id :
                 rows(m_site, "SELECT id FROM sessions WHERE visitor_id = '" + m_person + "'")) {
                EXPECT_EQ(db::PrivacyStore(staff).forget_session({}, models::SessionId(id)).sessions, 1);
            }
        }
    }
    int erase_bookings() {
        db::Session staff(m_site.database().staff_url());
        return db::PrivacyStore(staff).erase_email({}, "  ZORBQB@example.com ").bookings;
    }
    // "table: row" wherever one of the texts is, as text or as bytes; the walk goes over whatever tables
    // there are.
    std::vector<std::string> found(const std::vector<std::string> &texts) {
        std::string patterns;
        for (const std::string &text : texts) {
            patterns += fmt::format("{}'%{}%', '%' || encode('{}', 'hex') || '%'",
                                    patterns.empty() ? "" : ", ", text, text);
        }
        pqxx::connection connection(m_site.database().superuser_url());
        pqxx::nontransaction query(connection);
        std::vector<std::string> places;
        for (const auto &table :
             query.exec("SELECT oid::regclass FROM pg_class WHERE relkind IN ('r', 'm') AND "
                        "relnamespace = 'public'::regnamespace ORDER BY 1")) {
            for (const auto &row :
                 query.exec(fmt::format("SELECT t::text FROM {} t WHERE t::text ILIKE ANY (ARRAY[{}])",
                                        table[0].c_str(), patterns))) {
                places.push_back(fmt::format("{}: {}", table[0].c_str(), row[0].c_str()));
            }
        }
        return places;
    }

    LiveSite m_site;
    test_support::SmtpSink m_mail;
    ServiceProcess m_service;
    VisitorClient m_visitor{m_service.port(), address, "Mozilla/5.0 " + visit_mark + " Firefox/128.0"};
    const json m_first = marked_events();
    std::string m_person;
};

TEST_P(Erasures, LeaveNoMarkInAnyTableMessageOrLine) {
    const auto [how, declines] = GetParam();
    ASSERT_TRUE(m_service.wait_until_ready()) << m_service.output();
    visit(declines);
    bystander();
    run_jobs();
    const std::vector<std::string> of_visits{visit_mark, uuid_mark, address, m_person},
        of_bookings{booking_mark, phone_mark, date_mark};
    ASSERT_FALSE(m_person.empty());
    ASSERT_THAT(found(of_visits), testing::Not(IsEmpty())) << "the marks are there before";
    ASSERT_THAT(found(of_bookings), testing::Not(IsEmpty()));
    const std::string bookings = value(m_site, "SELECT count(*) FROM bookings");
    const std::string figures = value(m_site, "SELECT sum(bookings) FROM visit_facts");

    erase_visits(how, marked_fields(declines));
    if (how != Erasure::Email) {
        run_jobs();
        EXPECT_THAT(found(of_visits), IsEmpty());
    }
    EXPECT_EQ(erase_bookings(), declines ? 4 : 2) << "what looked like a machine's, too";
    run_jobs();
    EXPECT_THAT(found(of_visits), IsEmpty());
    EXPECT_THAT(found(of_bookings), IsEmpty());

    EXPECT_EQ(value(m_site, "SELECT count(*) FROM bookings"), bookings) << "the figures keep that they came";
    EXPECT_EQ(value(m_site, "SELECT sum(bookings) FROM visit_facts"), figures);
    EXPECT_EQ(value(m_site, "SELECT sum(visits) FROM visit_facts WHERE visitor IS NOT NULL"), "1")
        << "the bystander's";
    for (const std::string &text : {visit_mark, booking_mark, phone_mark, address, m_person}) {
        EXPECT_EQ(m_service.output().find(text), std::string::npos) << text;
    }
}

INSTANTIATE_TEST_SUITE_P(
    Each, Erasures,
    testing::Combine(testing::Values(Erasure::ForgetMe, Erasure::Session, Erasure::Email), testing::Bool()));

} // namespace
} // namespace studio::tests
