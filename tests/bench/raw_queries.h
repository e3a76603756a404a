// SPDX-License-Identifier: Apache-2.0
// The dashboards' questions as a tool without roll-ups asks them: count(distinct) over the raw rows, and a
// self-join for each step of the funnel.
#pragma once

#include "db/analytics/figures.h"

#include <pqxx/pqxx>

#include <string>
#include <vector>

namespace studio::bench {

extern const char *const raw_totals,
    *const raw_trend, *const raw_sources, *const raw_pages, *const raw_funnel, *const raw_journeys,
                                                                                   *const raw_variants;

class RawQueries final {
public:
    explicit RawQueries(const std::string &url) : m_connection(url) {}
    // $1 and $2 of the question are tenant or test, and the range as timestamps.
    void ask(const std::string &question, const std::string &tenant, const std::string &test,
             db::DateRange range);
    double megabytes(const std::vector<std::string> &tables); // with indexes and partitions

private:
    pqxx::connection m_connection;
};

} // namespace studio::bench
