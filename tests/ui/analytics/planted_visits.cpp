// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/analytics/planted_visits.h"

#include "tests/db/fixtures/tracking_rows.h"
#include "tests/support/sample_site.h"

#include <array>
#include <stdexcept>

namespace studio::test_support {

using std::chrono::sys_days;

namespace {

constexpr std::array steps{"page_view", "photo_click", "pricing_view", "form_start", "form_submit"};

} // namespace

sys_days PlantedVisits::first_day() {
    const std::chrono::year_month_day today{
        std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now())};
    return sys_days((today.year() / today.month() - std::chrono::months(1)) / 2);
}

PlantedVisits::PlantedVisits() {
    go_live(people, ada);
    m_owner.done("UPDATE tenant_settings_history SET zone = 'UTC'");
}

std::vector<PlantedVisit> PlantedVisits::pattern(int count) {
    constexpr std::array sources{"instagram", "google", "direct", "twitter", "instagram"};
    constexpr std::array countries{"AU", "NZ", "AU", "GB"};
    constexpr std::array depths{1, 1, 2, 1, 3, 2, 1, 4, 1, 2, 1, 5, 2};
    std::vector<PlantedVisit> visits;
    for (int index = 0; index < count; ++index) {
        const auto place = static_cast<std::size_t>(index);
        visits.push_back({(index * 5) % 24,
                          (index * 7 + index / 24) % 24,
                          sources[place % sources.size()],
                          index % 3 == 0 ? "desktop" : "mobile",
                          countries[place % countries.size()],
                          depths[place % depths.size()],
                          {}});
    }
    return visits;
}

void PlantedVisits::plant(const std::vector<PlantedVisit> &visits) {
    db::TrackedBatch batch;
    std::vector<db::TrackedSession> booked;
    for (const auto &visit : visits) {
        auto session = db::visit_of(ada, next_id());
        session.started_at = first_day() + std::chrono::days(visit.day) + std::chrono::hours(visit.hour);
        session.utm_source = visit.source == "direct" ? "" : visit.source;
        session.referrer.clear();
        session.device_type = visit.device;
        session.country = visit.country;
        for (int step = 0; step < visit.depth; ++step) {
            auto event = db::event_of(session, next_id(), steps[static_cast<std::size_t>(step)]);
            event.at = session.started_at + std::chrono::seconds(step * 20);
            batch.events.push_back(event);
        }
        if (!visit.shown_variant.empty()) {
            batch.exposures.push_back(
                {session.id, ada, running_test(), visit.shown_variant, 1, session.started_at});
        }
        if (visit.depth == static_cast<int>(steps.size())) {
            booked.push_back(session);
        }
        batch.sessions.push_back(std::move(session));
    }
    db::TrackingStore(m_renderer).record(batch);
    for (const auto &visit : booked) {
        book(visit);
    }
    db::AnalyticsUpkeep(people).update_all();
}

void PlantedVisits::book(const db::TrackedSession &visit) {
    const auto outcome = m_owner.done("INSERT INTO bookings (id, tenant_id, session_id, client_name, "
                                      "client_email, service_type, created_at) VALUES ('" +
                                      next_id() + "', '" + ada.text() + "', '" + visit.id.text() +
                                      "', 'A Client', 'client@example.com', 'Dinner date', " +
                                      db::sql_time(visit.started_at) + " + interval '2 minutes')");
    if (!outcome.sqlstate.empty()) {
        throw std::runtime_error(outcome.message);
    }
}

std::string PlantedVisits::running_test() {
    if (m_test.empty()) {
        m_test = next_id();
        const auto outcome = m_owner.done(
            "INSERT INTO ab_tests (id, tenant_id, name, variants, status, element_type, started_at) VALUES "
            "('" +
            m_test + "', '" + ada.text() +
            R"(', 'Layout', '[{"id": "control", "name": "Current page", "weight": 0.5, "config": {}}, )"
            R"({"id": "modern", "name": "Modern", "weight": 0.5, "config": {"layout": "modern"}}]', 'active', 'layout', )" +
            db::sql_time(first_day()) + ")");
        if (!outcome.sqlstate.empty()) {
            throw std::runtime_error(outcome.message);
        }
    }
    return m_test;
}

std::string PlantedVisits::next_id() {
    return db::uuid_of(++m_last_id);
}

} // namespace studio::test_support
