// SPDX-License-Identifier: Apache-2.0
#include "tests/db/analytics_fixture.h"

#include <stdexcept>

namespace studio::db {

namespace {

using std::chrono::sys_days;

// The third of the month before: its days are in one partition that the migrations make.
sys_days first_day() {
    const std::chrono::year_month_day today{
        std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now())};
    return sys_days((today.year() / today.month() - std::chrono::months(1)) / 3);
}

} // namespace

Analytics::Analytics() {
    test_support::go_live(people, ada);
    test_support::go_live(people, bea);
    owner.done("UPDATE tenant_settings_history SET zone = 'UTC'");
}

std::int64_t Analytics::at(int day, int second) {
    return std::chrono::duration_cast<std::chrono::microseconds>(
               (first_day() + std::chrono::days(day) + std::chrono::seconds(second)).time_since_epoch())
        .count();
}

Analytics::Days Analytics::day(int number) {
    return first_day() + std::chrono::days(number);
}

std::string Analytics::next_id() {
    return uuid_of(++m_last_id);
}

TrackedSession Analytics::record(const Visit &visit, const std::vector<std::string> &events) {
    TrackedSession session = visit_of(visit.tenant_id, next_id());
    session.started_us = at(visit.day, visit.second);
    session.utm_source = visit.source;
    session.utm_campaign = visit.campaign;
    session.referrer.clear();
    session.device_type = visit.device;
    session.country = visit.country;
    session.browser = visit.browser;
    session.visitor_id = visit.visitor_id;
    session.consented = !visit.visitor_id.empty();
    TrackedBatch batch{{session}, {}, {}};
    int second = visit.second;
    for (const std::string &text : events) {
        const auto space = text.find(' ');
        TrackedEvent event = event_of(session, next_id(), text.substr(0, space));
        event.page_url = space == std::string::npos ? "/" : text.substr(space + 1);
        event.at_us = at(visit.day, second);
        second += 10;
        batch.events.push_back(event);
    }
    TrackingStore(renderer).record(batch);
    return session;
}

std::string Analytics::book(const TrackedSession &visit, const std::string &service) {
    const std::string id = next_id();
    const auto outcome = owner.done(
        "INSERT INTO bookings (id, tenant_id, session_id, client_name, client_email, service_type, "
        "created_at) VALUES ('" +
        id + "', '" + visit.tenant_id + "', '" + visit.id + "', 'A Client', 'client@example.com', nullif('" +
        service + "', ''), studio_time(" + std::to_string(visit.started_us) + ") + interval '1 hour')");
    if (!outcome.sqlstate.empty())
        throw std::runtime_error(outcome.message);
    return id;
}

void Analytics::refresh() {
    AnalyticsUpkeep(renderer).update_all();
}

void Analytics::refresh_facts() {
    constexpr std::chrono::hours never{1000};
    while (AnalyticsUpkeep(renderer).update({std::chrono::milliseconds(0), never, never}).more) {
    }
}

std::string Analytics::running_test() {
    if (m_test.empty()) {
        m_test = next_id();
        owner.done(
            "INSERT INTO ab_tests (id, tenant_id, name, variants, status, element_type) VALUES ('" + m_test +
            "', '" + ada +
            R"(', 'Layout', '[{"id": "control", "weight": 0.5}, {"id": "modern", "weight": 0.5}]', 'active', )"
            "'layout')");
    }
    return m_test;
}

void Analytics::show(const TrackedSession &visit, const std::string &variant, int second) {
    TrackingStore(renderer).record(
        {{},
         {},
         {{visit.id, visit.tenant_id, running_test(), variant, 1, visit.started_us + second * 1'000'000LL}}});
}

std::string Analytics::difference() {
    return owner.value(
        "SELECT coalesce((SELECT string_agg(concat_ws(' ', table_name, key, 'stored', stored, 'recomputed', "
        "recomputed), '; ') FROM (SELECT * FROM tenants) t CROSS JOIN LATERAL analytics_differences(t.id)), "
        "'')");
}

} // namespace studio::db
