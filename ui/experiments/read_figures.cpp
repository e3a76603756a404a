// SPDX-License-Identifier: Apache-2.0
#include "ui/experiments/read_figures.h"

#include "db/analytics_store.h"
#include "db/error.h"
#include "db/revision_store.h"
#include "db/tenant_store.h"

namespace studio::ui {

PublishedPage read_published_page(db::Session &session, const std::string &tenant_id) {
    PublishedPage page;
    page.tenant_id = tenant_id;
    if (const auto tenant = db::TenantStore(session).find(tenant_id)) {
        page.subdomain = tenant->subdomain;
        page.documents = tenant->published;
        page.revision = tenant->published_revision.value_or(0);
    }
    const auto revisions = db::RevisionStore(session).list(tenant_id);
    page.latest_revision = revisions.empty() ? 0 : revisions.front().number;
    return page;
}

TestFigures read_figures(db::Session &session, const std::string &test_id) {
    db::ExperimentStore tests(session);
    const auto test = tests.find(test_id);
    if (!test) {
        throw db::Error(db::ErrorKind::NotFound, "This test is no longer there.");
    }
    db::AnalyticsStore store(session);
    const auto phases = tests.phases(test_id);
    const auto now = std::chrono::time_point_cast<models::Time::duration>(std::chrono::system_clock::now());
    const auto start = phases.empty() ? test->started_at.value_or(now) : phases.back().started_at;
    auto figures = evaluate_test(*test, store.arms(test_id), store.arms_by_day(test_id), start,
                                 test->ended_at.value_or(now));
    figures.page = read_published_page(session, test->tenant_id);
    return figures;
}

} // namespace studio::ui
