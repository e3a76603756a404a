// SPDX-License-Identifier: Apache-2.0
// Times every question of AnalyticsStore on the largest generated tenant, over ranges from a day to two
// years, and the same questions put to the raw tables: dashboard_bench OPERATOR_URL TRUTH_JSON EVENTS
// [QUESTION…], by default all. One line of JSON for each question. STUDIO_BENCH_WITHOUT_RAW leaves the raw
// tables alone.
#include "db/analytics/analytics_store.h"
#include "tests/bench/raw_queries.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iostream>
#include <random>

namespace studio::bench {

namespace {

using Clock = std::chrono::steady_clock;
using db::DateRange;
using std::chrono::days;
using std::chrono::sys_days;

constexpr int rounds = 40;

double milliseconds_of(const std::function<void()> &work) {
    const auto began = Clock::now();
    work();
    return std::chrono::duration<double, std::milli>(Clock::now() - began).count();
}

double at_share(std::vector<double> values, double share) {
    std::sort(values.begin(), values.end());
    return values[std::min(values.size() - 1,
                           static_cast<std::size_t>(share * static_cast<double>(values.size())))];
}

// Ranges that end at any day: a week, a month, a quarter, a year, two years, and lengths between.
class Ranges final {
public:
    explicit Ranges(sys_days last) : m_last(last) {}
    DateRange next() {
        constexpr int lengths[] = {1, 7, 30, 90, 180, 365, 730};
        const int max_length = lengths[m_random() % 7];
        const int length = 1 + static_cast<int>(m_random() % static_cast<unsigned>(max_length));
        const int back = static_cast<int>(m_random() % static_cast<unsigned>(731 - length));
        return {m_last - days(back + length - 1), m_last - days(back)};
    }
    DateRange whole() const { return {m_last - days(719), m_last}; }

private:
    sys_days m_last;
    std::mt19937 m_random{42};
};

struct Question {
    std::string name;
    std::function<void(DateRange)> ask;
    std::string raw; // SQL of the same question over raw rows; "" for none
};

std::vector<Question> questions(db::AnalyticsStore &store, const models::TenantId &tenant,
                                const std::string &test) {
    using db::Dimension;
    const db::AnalyticsFilter one{.source = "instagram"}, two{.source = "instagram", .device = "mobile"},
        three{.source = "instagram", .device = "mobile", .country = "NZ"},
        rare{.source = "newsletter", .device = "tablet", .browser = "Edge"};
    const auto overview = [&store, tenant](DateRange r, const db::AnalyticsFilter &filter) {
        const auto length = r.to - r.from + days(1);
        const DateRange before{r.from - length, r.from - days(1)};
        for (const DateRange &range : {r, before}) {
            store.totals(tenant, range, filter);
            store.trend(tenant, range, db::Grain::Day, filter);
        }
        store.breakdown(tenant, r, Dimension::Source, 8, filter);
        store.breakdown(tenant, r, Dimension::Page, 8, filter);
    };
    return {
        {"totals", [&store, tenant](DateRange r) { store.totals(tenant, r); }, raw_totals},
        {"totals_one_filter", [&store, tenant, one](DateRange r) { store.totals(tenant, r, one); }, {}},
        {"totals_two_filters", [&store, tenant, two](DateRange r) { store.totals(tenant, r, two); }, {}},
        {"totals_three_filters",
         [&store, tenant, three](DateRange r) { store.totals(tenant, r, three); },
         {}},
        {"trend_days", [&store, tenant](DateRange r) { store.trend(tenant, r, db::Grain::Day); }, raw_trend},
        {"trend_hours_of_a_week",
         [&store, tenant](DateRange r) {
             store.trend(tenant, {r.to - days(6), r.to}, db::Grain::Hour);
         },
         {}},
        {"trend_days_one_filter",
         [&store, tenant, one](DateRange r) { store.trend(tenant, r, db::Grain::Day, one); },
         {}},
        {"trend_days_three_filters",
         [&store, tenant, three](DateRange r) { store.trend(tenant, r, db::Grain::Day, three); },
         {}},
        {"sources", [&store, tenant](DateRange r) { store.breakdown(tenant, r, Dimension::Source, 50); },
         raw_sources},
        {"countries",
         [&store, tenant](DateRange r) { store.breakdown(tenant, r, Dimension::Country, 50); },
         {}},
        {"pages", [&store, tenant](DateRange r) { store.breakdown(tenant, r, Dimension::Page, 50); },
         raw_pages},
        {"devices_of_a_source",
         [&store, tenant, one](DateRange r) { store.breakdown(tenant, r, Dimension::Device, 50, one); },
         {}},
        {"funnel", [&store, tenant](DateRange r) { store.funnel(tenant, r); }, raw_funnel},
        {"funnel_by_device",
         [&store, tenant](DateRange r) { store.funnel(tenant, r, Dimension::Device); },
         {}},
        {"journeys", [&store, tenant](DateRange r) { store.journeys(tenant, r, 20); }, raw_journeys},
        {"heat_map", [&store, tenant](DateRange r) { store.heat_map(tenant, r); }, {}},
        {"heat_map_two_filters", [&store, tenant, two](DateRange r) { store.heat_map(tenant, r, two); }, {}},
        {"journeys_two_filters",
         [&store, tenant, two](DateRange r) { store.journeys(tenant, r, 20, two); },
         {}},
        {"visits_list", [&store, tenant](DateRange r) { store.visits(tenant, r, {}, 50); }, {}},
        {"visits_list_one_filter",
         [&store, tenant, one](DateRange r) { store.visits(tenant, r, one, 50); },
         {}},
        {"visits_list_rare", [&store, tenant, rare](DateRange r) { store.visits(tenant, r, rare, 50); }, {}},
        {"services", [&store, tenant](DateRange r) { store.bookings_by_service(tenant, r); }, {}},
        {"visitors", [&store, tenant](DateRange r) { store.visitors(tenant, r); }, {}},
        {"visitors_three_filters",
         [&store, tenant, three](DateRange r) { store.visitors(tenant, r, three); },
         {}},
        {"visitors_by_source",
         [&store, tenant](DateRange r) { store.visitors_by(tenant, r, Dimension::Source, 50); },
         {}},
        {"experiment", [&store, test](DateRange) { store.experiment(test); }, raw_variants},
        {"platform", [&store](DateRange r) { store.platform(r); }, {}},
        {"page_overview", [overview](DateRange r) { overview(r, {}); }, {}},
        {"page_overview_one_filter", [overview, one](DateRange r) { overview(r, one); }, {}},
        {"page_overview_three_filters", [overview, three](DateRange r) { overview(r, three); }, {}},
        {"page_audience",
         [&store, tenant](DateRange r) {
             for (const Dimension dimension : {Dimension::Device, Dimension::Browser, Dimension::Country}) {
                 store.breakdown(tenant, r, dimension, 50);
             }
         },
         {}},
    };
}

// Measures a question; all questions use the same ranges.
nlohmann::json measure(const Question &question, sys_days last) {
    Ranges ranges(last);
    std::vector<double> times;
    question.ask(ranges.whole());
    for (int round = 0; round < rounds; ++round) {
        const DateRange range = ranges.next();
        times.push_back(milliseconds_of([&] { question.ask(range); }));
    }
    return {{"p50_ms", at_share(times, 0.5)},
            {"p95_ms", at_share(times, 0.95)},
            {"max_ms", at_share(times, 1)},
            {"month_ms", milliseconds_of([&] {
                 question.ask({last - days(29), last});
             })},
            {"two_years_ms", milliseconds_of([&] { question.ask(ranges.whole()); })}};
}

int run(const std::string &url, const std::string &truth_file, const std::string &events,
        const std::vector<std::string> &wanted) {
    std::ifstream file(truth_file);
    const nlohmann::json truth = nlohmann::json::parse(file);
    const nlohmann::json &largest = truth["tenants"][0];
    const models::TenantId tenant(largest["tenant"].get<std::string>());
    const std::string test = largest["test"];
    const sys_days last = std::chrono::floor<days>(std::chrono::system_clock::now()) - days(1);
    db::Session session(url);
    db::AnalyticsStore store(session);
    RawQueries raw(url);
    if (store.totals(tenant, {last - days(800), last + days(2)}).visits !=
        largest["visits"].get<std::int64_t>()) {
        throw std::runtime_error("the figures are not the known truth");
    }
    for (const Question &question : questions(store, tenant, test)) {
        if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), question.name) == wanted.end()) {
            continue;
        }
        nlohmann::json line{
            {"bench", "dashboard"}, {"events", std::stoll(events)}, {"question", question.name}};
        line.update(measure(question, last));
        if (!question.raw.empty() && !std::getenv("STUDIO_BENCH_WITHOUT_RAW")) {
            const DateRange whole = Ranges(last).whole();
            const double direct = milliseconds_of([&] { raw.ask(question.raw, tenant.text(), test, whole); });
            line["two_years_raw_ms"] = direct;
            line["times_faster"] = direct / line["two_years_ms"].get<double>();
        }
        std::cout << line.dump() << std::endl;
    }
    std::cout << nlohmann::json{{"bench", "dashboard"},
                                {"events", std::stoll(events)},
                                {"question", "size"},
                                {"visits_of_largest", largest["visits"]},
                                {"generated_and_summed_s", truth["seconds"]},
                                {"raw_mb",
                                 raw.megabytes({"events", "sessions", "bookings", "ab_assignments"})},
                                {"figures_mb", raw.megabytes({"visit_facts", "daily", "hourly"})}}
                     .dump()
              << std::endl;
    return 0;
}

} // namespace

} // namespace studio::bench

int main(int count, char **words) {
    if (count < 4) {
        std::cerr << "dashboard_bench OPERATOR_URL TRUTH_JSON EVENTS [QUESTION…]\n";
        return 2;
    }
    try {
        return studio::bench::run(words[1], words[2], words[3], {words + 4, words + count});
    } catch (const std::exception &error) {
        std::cerr << "dashboard_bench: " << error.what() << '\n';
        return 1;
    }
}
