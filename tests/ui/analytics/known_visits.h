// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/traffic/traffic_generator.h"

#include <QDate>
#include <QTimeZone>

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace studio::test_support {

// The visits that the generator wrote for a tenant, generated a second time from the same seed, and the
// figures that follow from them by docs/analytics.md. Nothing is read from a database.
class KnownVisits final {
public:
    // `number` is the tenant's place in the plan, from 1; `events` how many the plan gives it.
    KnownVisits(const db::GeneratorPlan &plan, int number, std::int64_t events, const QTimeZone &zone);

    struct Visit {
        db::GeneratedVisit made;
        QDateTime began;                  // by the tenant's clock
        db::Totals totals;                // of this visit alone
        int stage = 0;                    // furthest, of the five
        std::vector<std::string> path;    // at most 7, repeats folded
        std::map<std::string, int> pages; // and how often each was seen
        std::string medium, campaign;     // under which it counts
    };
    using Which = std::function<bool(const Visit &)>;
    // Visits of people between two days of the tenant, both included.
    std::vector<const Visit *> between(QDate from, QDate to) const;
    std::int64_t bots(QDate from, QDate to) const;

private:
    void add(db::GeneratedVisit made, const QTimeZone &zone);
    std::vector<Visit> m_people;
    std::vector<QDate> m_bots;
};

db::Totals totals_of(const std::vector<const KnownVisits::Visit *> &visits);
// The number of different visitors; each visit without consent counts as one.
std::int64_t visitors_of(const std::vector<const KnownVisits::Visit *> &visits);
using VisitsByKey = std::map<std::string, std::vector<const KnownVisits::Visit *>>;
// Groups visits by the value that `key` returns.
VisitsByKey visits_by(const std::vector<const KnownVisits::Visit *> &visits,
                      const std::function<std::string(const KnownVisits::Visit &)> &key);

} // namespace studio::test_support
