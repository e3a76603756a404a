// SPDX-License-Identifier: Apache-2.0
// Whatever a question filters and tells apart, its answer is what the visits are.
#include "tests/db/fixtures/analytics_fixture.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <random>

namespace studio::db {

namespace {

// However the question is put, it is answered from other sums or rows.
class AnalyticsOfRandomVisits : public Analytics {
protected:
    void expect_the_parts_to_be_the_whole(const AnalyticsFilter &filter, DateRange range,
                                          const Totals &totals) {
        std::int64_t on_days = 0, of_campaigns = 0, in_hours = 0;
        for (const TrendPoint &point : store.trend(ada, range, Grain::Day, filter)) {
            on_days += point.totals.visits;
        }
        for (const HeatCell &cell : store.heat_map(ada, range, filter)) {
            in_hours += cell.visits;
        }
        for (const BreakdownRow &row : store.breakdown(ada, range, Dimension::Campaign, 99, filter)) {
            of_campaigns += row.totals.visits;
        }
        EXPECT_EQ(on_days, totals.visits);
        EXPECT_EQ(in_hours, totals.visits);
        EXPECT_EQ(of_campaigns, totals.visits);
        std::vector<models::SessionId> listed;
        for (auto page = store.visits(ada, range, filter, 20); !page.empty();
             page = store.visits(ada, range, filter, 20, page.back())) {
            for (const VisitRow &visit : page) {
                listed.push_back(visit.visit_id);
            }
        }
        EXPECT_EQ(static_cast<std::int64_t>(listed.size()), totals.visits);
        std::sort(listed.begin(), listed.end());
        EXPECT_EQ(std::adjacent_find(listed.begin(), listed.end()), listed.end());
    }

    // What the list of visits holds, against the sums that answer the same filter.
    void expect_the_list_to_be_the_sums(const AnalyticsFilter &filter, DateRange range) {
        std::map<std::string, std::int64_t> by_page, by_path, by_cell;
        std::map<base::Time, std::int64_t> by_month, months;
        std::string ids = "'{";
        for (const VisitRow &visit : store.visits(ada, range, filter, 9999)) {
            ids += (ids.size() > 2 ? "," : "") + visit.visit_id.text();
            for (const std::string &page : visit.pages) {
                ++by_page[page];
            }
            ++by_path[fmt::format("{}", fmt::join(visit.path, " "))];
            const auto hour = std::chrono::floor<std::chrono::hours>(visit.started_at);
            ++by_cell[fmt::format("{} {}", std::chrono::weekday(visit.day).iso_encoding() - 1,
                                  (hour - visit.day).count())];
            const std::chrono::year_month_day date{visit.day};
            const std::chrono::sys_days first = date.year() / date.month() / 1;
            ++by_month[std::max(first, range.from)];
        }
        std::map<std::string, std::int64_t> pages, paths, cells, visitors, visitors_wanted;
        for (const BreakdownRow &row : store.breakdown(ada, range, Dimension::Page, 99, filter)) {
            pages[row.value] = row.totals.visits;
            visitors_wanted[row.value] = std::stoll(
                owner.value(fmt::format("SELECT count(*) FILTER (WHERE visitor IS NULL) + count(DISTINCT "
                                        "visitor) FROM visit_facts WHERE visit_id = ANY ({}}}') "
                                        "AND '{}' = ANY (pages)",
                                        ids, row.value)));
        }
        for (const ValueVisitors &row : store.visitors_by(ada, range, Dimension::Page, 99, filter)) {
            visitors[row.value] = row.visitors;
        }
        for (const Journey &journey : store.journeys(ada, range, 999, filter)) {
            paths[fmt::format("{}", fmt::join(journey.steps, " "))] = journey.visits;
        }
        for (const HeatCell &cell : store.heat_map(ada, range, filter)) {
            if (cell.visits > 0) {
                cells[fmt::format("{} {}", cell.weekday, cell.hour)] = cell.visits;
            }
        }
        for (const TrendPoint &point : store.trend(ada, range, Grain::Month, filter)) {
            if (point.totals.visits > 0) {
                months[point.start] = point.totals.visits;
            }
        }
        EXPECT_EQ(pages, by_page);
        EXPECT_EQ(visitors, visitors_wanted);
        EXPECT_EQ(paths, by_path);
        EXPECT_EQ(cells, by_cell);
        EXPECT_EQ(months, by_month);
        EXPECT_EQ(std::to_string(store.visitors(ada, range, filter)),
                  owner.value(fmt::format("SELECT count(*) FILTER (WHERE visitor IS NULL) + count(DISTINCT "
                                          "visitor) FROM visit_facts WHERE visit_id "
                                          "= ANY ({}}}')",
                                          ids)));
    }
};

TEST_F(AnalyticsOfRandomVisits, AddUpToADirectCountInEveryRange) {
    std::mt19937 random(7);
    const auto pick = [&](int limit) { return static_cast<int>(random() % static_cast<unsigned>(limit)); };
    const char *sources[] = {"instagram", "google", "direct"}, *devices[] = {"mobile", "desktop"},
               *countries[] = {"AU", "NZ"};
    const char *types[] = {"page_view", "photo_click", "pricing_view", "form_start", "page_view /book"};
    for (int number = 0; number < 250; ++number) {
        std::vector<std::string> events;
        for (int step = pick(6); step >= 0; --step) {
            events.emplace_back(types[pick(5)]);
        }
        const TrackedSession visit =
            record({pick(4) == 0 ? bea : ada, pick(24), pick(80000),
                    pick(3) == 0 ? std::string() : uuid_of(900000 + static_cast<unsigned>(pick(40))),
                    sources[pick(3)], devices[pick(2)], countries[pick(2)]},
                   events);
        if (pick(5) == 0) {
            book(visit);
        }
        if (pick(40) == 0) {
            refresh();
        }
    }
    owner.done(
        "UPDATE sessions SET bot_class = 'ai' WHERE id IN (SELECT id FROM sessions ORDER BY id LIMIT 20)");
    owner.done("DELETE FROM sessions WHERE id IN (SELECT id FROM sessions ORDER BY id DESC LIMIT 20)");
    refresh();
    EXPECT_EQ(difference(), "");
    for (int round = 0; round < 60; ++round) {
        const int from = pick(60) - 30, to = from + pick(60);
        const std::string source = pick(2) == 0 ? "" : sources[pick(3)],
                          device = pick(2) == 0 ? "" : devices[pick(2)],
                          country = pick(2) == 0 ? "" : countries[pick(2)];
        const AnalyticsFilter filter{.source = source, .device = device, .country = country};
        const Totals totals = store.totals(ada, days(from, to), filter);
        EXPECT_EQ(
            fmt::format("{} {} {}", totals.visits, store.visitors(ada, days(from, to), filter),
                        totals.bookings),
            owner.value(fmt::format(
                "SELECT concat_ws(' ', count(*), count(DISTINCT coalesce(visitor_id, id)), (SELECT count(*) "
                "FROM bookings b "
                "WHERE b.session_id = ANY (array_agg(s.id)))) FROM "
                "sessions s WHERE tenant_id = '{0}' AND bot_class IS NULL AND created_at >= studio_time({1}) "
                "AND "
                "created_at < studio_time({2}) AND '{3}' IN ('', utm_source) AND '{4}' IN ('', device_type) "
                "AND "
                "'{5}' IN ('', country)",
                ada, base::to_microseconds(at(from)), base::to_microseconds(at(to + 1)), source, device,
                country)))
            << from << " " << to << " " << source << " " << device << " " << country;
        EXPECT_EQ(std::to_string(store.requests_without_visit(ada, days(from, to)).bookings),
                  owner.value(fmt::format(
                      "SELECT count(*) FROM bookings b LEFT JOIN sessions s ON s.id = b.session_id AND "
                      "s.bot_class IS NULL WHERE b.tenant_id = '{0}' AND s.id IS NULL AND b.created_at >= "
                      "studio_time({1}) AND b.created_at < studio_time({2})",
                      ada, base::to_microseconds(at(from)), base::to_microseconds(at(to + 1)))));
        expect_the_parts_to_be_the_whole(filter, days(from, to), totals);
    }
}

// Visits, filters and ranges at random, of few values each.
class AnalyticsOfAnyFilter : public AnalyticsOfRandomVisits {
protected:
    int pick(int limit) { return static_cast<int>(m_random() % static_cast<unsigned>(limit)); }

    void record_some(int count, int first_day, int day_count) {
        for (int number = 0; number < count; ++number) {
            std::vector<std::string> events;
            for (int step = pick(4); step >= 0; --step) {
                events.push_back(pick(3) == 0 ? "photo_click"
                                              : std::string("page_view ") + m_pages[pick(pick(2) ? 1 : 3)]);
            }
            const TrackedSession visit = record(
                {ada, first_day + pick(day_count), pick(80000),
                 pick(2) == 0 ? std::string() : uuid_of(900000 + static_cast<unsigned>(pick(30))),
                 m_sources[pick(2)], m_devices[pick(2)], m_countries[pick(2)], pick(2) ? "spring" : ""},
                events);
            if (pick(2) == 0) {
                show(visit, m_variants[pick(2)]);
            }
            if (pick(5) == 0) {
                book(visit);
            }
            if (pick(30) == 0) {
                refresh();
            }
        }
        refresh_facts();
    }

    AnalyticsFilter any_filter() {
        AnalyticsFilter filter;
        if (pick(2) == 0) {
            filter.source = m_sources[pick(2)];
        }
        if (pick(3) == 0) {
            filter.device = m_devices[pick(2)];
        }
        if (pick(3) == 0) {
            filter.country = m_countries[pick(2)];
        }
        if (pick(3) == 0) {
            filter.campaign = "spring";
        }
        if (pick(3) == 0) {
            filter.page = m_pages[pick(3)];
        }
        if (pick(3) == 0) {
            filter.test_id = running_test();
        }
        if (pick(2) == 0 && !filter.test_id.empty()) {
            filter.variant_id = m_variants[pick(2)];
        }
        return filter;
    }

    DateRange any_range() {
        const int from = pick(60) - 5;
        return days(from, from + pick(60));
    }

    // Every figure that a filter has: totals, trends and breakdowns.
    std::map<std::string, std::string> answers(const AnalyticsFilter &filter, DateRange range) {
        std::map<std::string, std::string> answers;
        const auto add = [&](const std::string &name, const Totals &t) {
            answers[name] =
                fmt::format("{} {} {} {} {} {} {} {}", t.visits, t.page_views, t.seconds, t.timed_visits,
                            t.engaged_visits, t.bounced_visits, t.bookings, t.value);
        };
        add("totals", store.totals(ada, range, filter));
        for (const Grain grain : {Grain::Day, Grain::Month}) {
            for (const TrendPoint &point : store.trend(ada, range, grain, filter)) {
                add(fmt::format("trend {} {} {}", grain == Grain::Day, base::to_microseconds(point.start),
                                point.visitors.value_or(-1)),
                    point.totals);
            }
        }
        for (const Dimension dimension :
             {Dimension::Source, Dimension::Medium, Dimension::Campaign, Dimension::Device,
              Dimension::Browser, Dimension::Country, Dimension::Page, Dimension::Variant}) {
            const int number = static_cast<int>(dimension);
            for (const BreakdownRow &row : store.breakdown(ada, range, dimension, 99, filter)) {
                add(fmt::format("by {} {}", number, row.value), row.totals);
            }
            for (const Funnel &funnel : store.funnel(ada, range, dimension, filter)) {
                answers[fmt::format("funnel by {} {}", number, funnel.split_value)] =
                    fmt::format("{}", fmt::join(funnel.visits, " "));
            }
        }
        answers["funnel"] =
            fmt::format("{}", fmt::join(store.funnel(ada, range, {}, filter).at(0).visits, " "));
        return answers;
    }

private:
    std::mt19937 m_random{11};
    const char *m_sources[2] = {"instagram", "google"}, *m_devices[2] = {"mobile", "desktop"},
               *m_countries[2] = {"AU", "NZ"}, *m_pages[3] = {"/", "/book", "/privacy"},
               *m_variants[2] = {"control", "modern"};
};

TEST_F(AnalyticsOfAnyFilter, AreTheSameInTheListAndInEverySum) {
    record_some(150, 0, 50);
    refresh();
    for (const bool rebuilt : {false, true}) {
        if (rebuilt) {
            ASSERT_EQ(owner.done("SELECT analytics_rebuild('" + ada.text() + "')").sqlstate, "");
        }
        EXPECT_EQ(difference(), "");
        for (int round = 0; round < 60; ++round) {
            const AnalyticsFilter filter = any_filter();
            expect_the_list_to_be_the_sums(filter, any_range());
        }
    }
}

TEST_F(AnalyticsOfAnyFilter, AreTheSameFromVisitsAndFromSums) {
    record_some(100, 0, 50);
    for (int round = 0; round < 24; ++round) {
        record_some(10, 0, 60);
        if (round % 6 == 0) { // erased visits and visits of bots, too
            owner.done(
                "DELETE FROM sessions WHERE id IN (SELECT id FROM sessions ORDER BY id DESC LIMIT 10)");
            owner.done(
                "UPDATE sessions SET bot_class = 'ai' WHERE id IN (SELECT id FROM sessions ORDER BY id "
                "LIMIT 3)");
            refresh_facts();
        }
        ASSERT_EQ(
            owner
                .done("INSERT INTO dirty_days SELECT DISTINCT tenant_id, day, now(), now() FROM visit_facts "
                      "ON CONFLICT DO NOTHING")
                .sqlstate,
            "");
        const AnalyticsFilter filter = any_filter();
        const DateRange range = any_range();
        const auto from_visits = answers(filter, range);
        refresh();
        ASSERT_EQ(owner.value("SELECT count(*) FROM dirty_days"), "0");
        EXPECT_EQ(answers(filter, range), from_visits);
        EXPECT_EQ(difference(), "");
    }
}

} // namespace

} // namespace studio::db
