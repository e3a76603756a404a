// SPDX-License-Identifier: Apache-2.0
#include "ui/experiments/read_figures.h"

#include "db/analytics/analytics_store.h"
#include "db/bookings/availability_store.h"
#include "db/connection/error.h"
#include "db/stores/revision_store.h"
#include "db/stores/tenant_store.h"
#include "models/values/zoned_time.h"

#include <algorithm>

namespace studio::ui {

namespace {

constexpr int longest_measure = 28, days_a_week = 7;

std::optional<models::Experiment> other_test(const std::vector<models::Experiment> &all,
                                             const models::Experiment &test) {
    const auto found = std::ranges::find_if(all, [&](const models::Experiment &other) {
        return other.id != test.id && other.element == test.element &&
               (other.status == models::ExperimentStatus::Active ||
                other.status == models::ExperimentStatus::Paused);
    });
    return found == all.end() ? std::nullopt : std::optional(*found);
}

// After a winner was declared the published page contains it, so the experiment is shown on the revision
// before.
models::Documents tested_documents(db::Session &session, const models::Experiment &test,
                                   const PublishedPage &page) {
    const int before = test.decision.is_object() ? test.decision.value("revisionBefore", 0) : 0;
    const auto revision = before > 0 ? db::RevisionStore(session).find(test.tenant_id, before) : std::nullopt;
    return revision ? revision->documents : page.documents;
}

} // namespace

PublishedPage read_published_page(db::Session &session, const models::TenantId &tenant_id) {
    PublishedPage page;
    page.tenant_id = tenant_id;
    if (const auto tenant = db::TenantStore(session).find(tenant_id)) {
        page.subdomain = tenant->subdomain;
        page.documents = tenant->published;
        page.calendar = db::AvailabilityStore(session).hours_and_tours(tenant_id);
        page.revision = tenant->published_revision.value_or(0);
    }
    const auto revisions = db::RevisionStore(session).list(tenant_id);
    page.latest_revision = revisions.empty() ? 0 : revisions.front().number;
    return page;
}

Traffic read_traffic(db::Session &session, const models::TenantId &tenant_id, models::Time now) {
    db::AnalyticsStore store(session);
    const auto local = models::local_time(
        now, store.zone(tenant_id)); // in the tenant's time zone, by which days are counted
    const std::chrono::sys_days today = std::chrono::year(local.year) / local.month / local.day;
    db::DateRange range{today - std::chrono::days(longest_measure), today - std::chrono::days(1)};
    const auto days = store.trend(tenant_id, range, db::Grain::Day);
    const auto first =
        std::ranges::find_if(days, [](const db::TrendPoint &day) { return day.totals.visits > 0; });
    Traffic traffic{static_cast<int>(days.end() - first), 0, {}};
    if (traffic.days == 0) {
        return traffic;
    }
    range.from = range.to - std::chrono::days(traffic.days - 1);
    const auto bookings = store.totals(tenant_id, range).bookings;
    const auto visitors = store.visitors(tenant_id, range);
    traffic.visitors_per_week = static_cast<double>(visitors) / traffic.days * days_a_week;
    if (bookings > 0 && bookings < visitors) {
        traffic.booking_rate = static_cast<double>(bookings) / static_cast<double>(visitors);
    }
    return traffic;
}

TestFigures read_figures(db::Session &session, const std::string &test_id) {
    db::ExperimentStore tests(session);
    const auto test = tests.find(test_id);
    if (!test) {
        throw db::Error(db::ErrorKind::NotFound, "This test no longer exists.");
    }
    db::AnalyticsStore store(session);
    const auto phases = tests.phases(test_id);
    const auto now = base::now();
    const auto start = phases.empty() ? test->started_at.value_or(now) : phases.back().started_at;
    auto figures = evaluate_test(*test, store.experiment(test_id), start);
    figures.page = read_published_page(session, test->tenant_id);
    figures.tested = tested_documents(session, *test, figures.page);
    figures.other = other_test(tests.list(test->tenant_id), *test);
    return figures;
}

} // namespace studio::ui
