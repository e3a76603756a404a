// SPDX-License-Identifier: Apache-2.0
// Every figure that the page shows of generated visits is the one that follows from how they were made.
#include "tests/support/test_database.h"
#include "tests/ui/analytics/desk.h"
#include "tests/ui/analytics/known_visits.h"
#include "ui/analytics/figure_rows.h"
#include "ui/analytics/sections/section.h"
#include "ui/charts/format_figure.h"

#include <QPushButton>
#include <QTableView>

#include <cmath>
#include <memory>

using namespace studio;
using namespace studio::ui;
using test_support::KnownVisits;
using Visits = std::vector<const KnownVisits::Visit *>;

namespace {

constexpr int patience_ms = 30'000;
constexpr std::int64_t planned_events = 16'000; // the first tenant gets half of them

qint64 as_count(const FigureTableModel &table, int row, int column) {
    return table.cell(row, column).toLongLong();
}

Share as_share(const FigureTableModel &table, int row, int column) {
    return table.cell(row, column).value<Share>();
}

// The figure of these visits, counted here and not by the page; empty for a rate without visits.
QVariant truth_of(const Visits &visits, Metric metric) {
    const auto totals = totals_of(visits);
    const auto rate = [&visits](std::int64_t count) {
        return visits.empty() ? QVariant() : QVariant::fromValue(Share{count, qint64(visits.size())});
    };
    switch (metric) {
    case Metric::Visits:
        return qint64(visits.size());
    case Metric::Visitors:
        return qint64(visitors_of(visits));
    case Metric::PageViews:
        return qint64(totals.page_views);
    case Metric::Bookings:
        return qint64(totals.bookings);
    case Metric::Conversion:
        return rate(totals.bookings);
    case Metric::Engagement:
        return rate(totals.engaged_visits);
    }
    return {};
}

} // namespace

class TruthTest final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        QLocale::setDefault(QLocale(QLocale::English, QLocale::Australia));
        db::GeneratorPlan plan;
        plan.tenants = 2;
        plan.months = 4;
        plan.events = planned_events;
        plan.seed = 23;
        plan.until =
            std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()) - std::chrono::days(1);
        db::Session owner(m_database.owner_url());
        m_truths = db::TrafficGenerator(owner).run(plan);
        m_known.push_back(
            std::make_unique<KnownVisits>(plan, 1, planned_events / 2, QTimeZone("Australia/Sydney")));
        m_known.push_back(std::make_unique<KnownVisits>(plan, 2, planned_events / 2, QTimeZone("UTC")));
        const auto today = QDateTime::currentDateTimeUtc().toTimeZone(QTimeZone("Australia/Sydney")).date();
        m_from = QDate(today.year(), today.month(), 1).addMonths(-1);
        m_to = m_from.addMonths(1).addDays(-1);
        m_visits = m_known[0]->between(m_from, m_to);
        m_desk = std::make_unique<Desk>(m_database.operator_url());
        QVERIFY(m_desk->ready());
        m_desk->choose(m_truths[0].tenant_id);
        m_desk->last_month();
        QVERIFY(m_visits.size() > 300);
        QTRY_COMPARE_WITH_TIMEOUT(m_desk->figure("analytics.overview.visits"),
                                  format_count(qint64(m_visits.size())), patience_ms);
    }
    void cleanupTestCase() { m_desk.reset(); }

    void what_is_known_is_what_the_generator_says() {
        const auto all = m_known[0]->between(QDate(2000, 1, 1), QDate(2200, 1, 1));
        QVERIFY(totals_of(all) == m_truths[0].totals);
        QCOMPARE(visitors_of(all), m_truths[0].visitors);
        std::array<std::int64_t, 5> funnel{};
        for (const auto *visit : all) {
            for (std::size_t step = 0; step <= static_cast<std::size_t>(visit->stage); ++step) {
                ++funnel[step];
            }
        }
        QVERIFY(funnel == m_truths[0].funnel);
    }

    void the_overview_is_what_was_generated() {
        const auto now = totals_of(m_visits);
        const auto length = m_from.daysTo(m_to) + 1;
        const auto before = totals_of(m_known[0]->between(m_from.addDays(-length), m_from.addDays(-1)));
        QTRY_COMPARE_WITH_TIMEOUT(m_desk->figure("analytics.overview.visitors"),
                                  format_count(visitors_of(m_visits)), patience_ms);
        QCOMPARE(m_desk->figure("analytics.overview.bookings"), format_count(now.bookings));
        QCOMPARE(m_desk->figure("analytics.overview.conversion"), format_share({now.bookings, now.visits}));
        QCOMPARE(m_desk->figure("analytics.overview.engagement"),
                 format_share({now.engaged_visits, now.visits}));
        QCOMPARE(m_desk->figure("analytics.overview.bounce"), format_share({now.bounced_visits, now.visits}));
        QCOMPARE(m_desk->figure("analytics.overview.duration"),
                 format_duration(static_cast<double>(now.seconds) / static_cast<double>(now.timed_visits)));
        QVERIFY(m_desk->figure("analytics.overview.value").contains(format_amount(now.value, {})));
        const auto *tile = m_desk->find<FigureTile>("analytics.overview.visits");
        QCOMPARE(tile->change(), count_change(double(now.visits), double(before.visits)).text);
        QCOMPARE(tile->note(), QStringLiteral("%1 page views").arg(format_count(now.page_views)));
    }

    void every_metric_over_time_is_what_was_generated() {
        auto *metric = m_desk->find<QComboBox>("analytics.overview.metric");
        const auto &table = m_desk->table("analytics.overview.trend");
        for (const auto kind : metrics()) {
            metric->setCurrentIndex(metric->findData(static_cast<int>(kind)));
            QCOMPARE(table.columns()[1].title, metric_name(kind));
            QCOMPARE(table.rowCount(), m_from.daysTo(m_to) + 1);
            for (int row = 0; row < table.rowCount(); ++row) {
                const auto day = m_from.addDays(row);
                QCOMPARE(table.cell(row, 0).toDateTime().date(), day);
                const auto visits = m_known[0]->between(day, day);
                const auto truth = truth_of(visits, kind);
                QCOMPARE(table.cell(row, 1).isValid(), truth.isValid());
                if (truth.canConvert<Share>()) {
                    QCOMPARE(as_share(table, row, 1), truth.value<Share>());
                } else {
                    QCOMPARE(table.cell(row, 1), truth);
                }
            }
        }
    }

    void sources_media_and_campaigns_are_what_was_generated() {
        m_desk->tab("Sources");
        const auto &table = m_desk->table("analytics.sources.list");
        auto *by = m_desk->find<QComboBox>("analytics.sources.by");
        const std::vector<std::pair<QString, std::function<std::string(const KnownVisits::Visit &)>>> kinds{
            {"Source", [](const auto &visit) { return visit.made.source; }},
            {"Medium", [](const auto &visit) { return visit.medium; }},
            {"Campaign", [](const auto &visit) { return visit.campaign; }}};
        for (const auto &[name, key] : kinds) {
            by->setCurrentIndex(by->findText(name));
            const auto truth = visits_by(m_visits, key);
            QTRY_VERIFY_WITH_TIMEOUT(!table.columns().empty() && table.columns()[0].title == name,
                                     patience_ms);
            QTRY_VERIFY_WITH_TIMEOUT(!m_desk->page.current_section()->loads(), patience_ms);
            compare_breakdown(table, truth);
        }
    }

    void devices_countries_browsers_and_pages_are_what_was_generated() {
        m_desk->tab("Audience");
        const auto &pages = m_desk->table("analytics.audience.pages");
        QTRY_VERIFY_WITH_TIMEOUT(pages.rowCount() > 0 && !m_desk->page.current_section()->loads(),
                                 patience_ms);
        compare_breakdown(m_desk->table("analytics.audience.devices"),
                          visits_by(m_visits, [](const auto &visit) { return visit.made.device; }));
        compare_breakdown(m_desk->table("analytics.audience.browsers"),
                          visits_by(m_visits, [](const auto &visit) {
                              return visit.made.visitor_id.empty() ? "unknown" : visit.made.browser;
                          }));
        compare_breakdown(m_desk->table("analytics.audience.countries"),
                          visits_by(m_visits, [](const auto &visit) {
                              return *visit.made.country == 0 ? std::string("unknown") : visit.made.country;
                          }));
        test_support::VisitsByKey by_page;
        for (const auto *page : {"/", "/book", "/privacy"}) {
            Visits seen;
            std::ranges::copy_if(m_visits, std::back_inserter(seen),
                                 [&](const auto *visit) { return visit->pages.contains(page); });
            by_page[page] = seen;
        }
        compare_breakdown(pages, by_page);
    }

    void the_funnel_is_what_was_generated_whole_and_split() {
        m_desk->tab("Funnel");
        const auto &table = m_desk->table("analytics.funnel.card");
        QTRY_COMPARE_WITH_TIMEOUT(table.rowCount(), 5, patience_ms);
        const auto reached = [&](int step, const KnownVisits::Which &which) {
            return qint64(std::ranges::count_if(
                m_visits, [&](const auto *visit) { return visit->stage >= step && which(*visit); }));
        };
        for (int step = 0; step < 5; ++step) {
            QCOMPARE(as_share(table, step, 1).count, reached(step, [](const auto &) { return true; }));
        }
        auto *split = m_desk->find<QComboBox>("analytics.funnel.split");
        split->setCurrentIndex(split->findText("By device"));
        QTRY_COMPARE_WITH_TIMEOUT(table.columnCount(), 4, patience_ms);
        for (int column = 1; column < 4; ++column) {
            const auto device =
                table.columns()[static_cast<std::size_t>(column)].title.toLower().toStdString();
            for (int step = 0; step < 5; ++step) {
                QCOMPARE(as_share(table, step, column).count,
                         reached(step, [&](const auto &visit) { return visit.made.device == device; }));
            }
        }
    }

    void journeys_are_what_was_generated() {
        m_desk->tab("Journeys");
        const auto &table = m_desk->table("analytics.journeys.list");
        QTRY_VERIFY_WITH_TIMEOUT(table.rowCount() > 0, patience_ms);
        std::map<QString, std::pair<qint64, qint64>> paths;
        for (const auto *visit : m_visits) {
            QStringList steps;
            for (const auto &step : visit->path) {
                steps << step_label(step);
            }
            auto &[visits, bookings] = paths[steps.join(QStringLiteral(" → "))];
            ++visits;
            bookings += visit->totals.bookings;
        }
        QCOMPARE(table.rowCount(), int(paths.size()));
        for (int row = 0; row < table.rowCount(); ++row) {
            const auto truth = paths.find(table.text(row, 0));
            QVERIFY2(truth != paths.end(), qPrintable(table.text(row, 0)));
            QCOMPARE(as_count(table, row, 1), truth->second.first);
            QCOMPARE(as_share(table, row, 2), (Share{truth->second.first, qint64(m_visits.size())}));
            QCOMPARE(as_count(table, row, 3), truth->second.second);
        }
    }

    void hours_of_the_week_are_what_was_generated() {
        m_desk->tab("Hours");
        const auto &table = m_desk->table("analytics.hours.card");
        QTRY_COMPARE_WITH_TIMEOUT(table.rowCount(), 168, patience_ms);
        std::vector<std::pair<qint64, qint64>> truth(168);
        for (const auto *visit : m_visits) {
            auto &[visits, bookings] = truth[static_cast<std::size_t>(
                (visit->began.date().dayOfWeek() - 1) * 24 + visit->began.time().hour())];
            ++visits;
            bookings += visit->totals.bookings;
        }
        for (int hour = 0; hour < 168; ++hour) {
            QCOMPARE(as_count(table, hour, 2), truth[static_cast<std::size_t>(hour)].first);
            QCOMPARE(as_count(table, hour, 3), truth[static_cast<std::size_t>(hour)].second);
        }
    }

    void bookings_by_service_are_what_was_generated() {
        m_desk->tab("Bookings");
        const auto &table = m_desk->table("analytics.bookings.list");
        QTRY_COMPARE_WITH_TIMEOUT(table.rowCount(), int(db::generated_services.size()), patience_ms);
        for (int row = 0; row < table.rowCount(); ++row) {
            qint64 bookings = 0, cancelled = 0;
            double value = 0;
            for (const auto *visit : m_visits) {
                if (visit->made.booking_id.empty() ||
                    QLatin1String(
                        db::generated_services[static_cast<std::size_t>(visit->made.service)].name) !=
                        table.text(row, 0)) {
                    continue;
                }
                bookings += visit->totals.bookings;
                value += visit->totals.value;
                cancelled += std::string(visit->made.booking_status) == "cancelled" ? 1 : 0;
            }
            QCOMPARE(as_count(table, row, 1), bookings);
            QCOMPARE(as_count(table, row, 2), cancelled);
            QCOMPARE(table.cell(row, 3).toDouble(), value);
        }
    }

    void single_visits_and_bots_are_what_was_generated() {
        m_desk->tab("Visits");
        const auto &rows = m_desk->table("analytics.visits.card");
        QTRY_VERIFY_WITH_TIMEOUT(rows.rowCount() > 0, patience_ms);
        auto *more = m_desk->find<QPushButton>("analytics.visits.more");
        while (more->isVisible()) {
            const int shown = rows.rowCount();
            QTest::mouseClick(more, Qt::LeftButton);
            QTRY_VERIFY_WITH_TIMEOUT(rows.rowCount() > shown, patience_ms);
        }
        QCOMPARE(rows.rowCount(), int(m_visits.size()));
        std::map<QString, const KnownVisits::Visit *> by_id;
        for (const auto *visit : m_visits) {
            by_id[QString::fromStdString(visit->made.id)] = visit;
        }
        for (int row = 0; row < rows.rowCount(); ++row) {
            const auto *visit = by_id.at(rows.rows()[static_cast<std::size_t>(row)].key);
            QCOMPARE(rows.cell(row, 0).toDateTime().date(), visit->began.date());
            QCOMPARE(rows.cell(row, 0).toDateTime().time().hour(), visit->began.time().hour());
            QCOMPARE(rows.text(row, 1), value_label(db::Dimension::Source, visit->made.source));
            QCOMPARE(as_count(rows, row, 4), qint64(visit->totals.page_views));
            QCOMPARE(rows.cell(row, 5).toDouble(), double(visit->totals.seconds));
            QCOMPARE(as_count(rows, row, 7), qint64(visit->totals.bookings));
        }
        const auto &bots = m_desk->table("analytics.visits.bots");
        QCOMPARE(bots.rowCount(), 1);
        QCOMPARE(as_count(bots, 0, 2), qint64(m_known[0]->bots(m_from, m_to)));
    }

    void the_platform_shows_what_was_generated() {
        m_desk->tab("Platform");
        const auto &table = m_desk->table("analytics.platform.tenants");
        QTRY_COMPARE_WITH_TIMEOUT(table.rowCount(), 2, patience_ms);
        db::Totals all;
        for (std::size_t tenant = 0; tenant < 2; ++tenant) {
            const auto truth = totals_of(m_known[tenant]->between(m_from, m_to)); // by her own clock
            all.visits += truth.visits;
            all.bookings += truth.bookings;
            int row = 0;
            while (table.rows()[static_cast<std::size_t>(row)].key !=
                   ui::to_text(m_truths[tenant].tenant_id)) {
                ++row;
            }
            QCOMPARE(as_count(table, row, 1), qint64(truth.visits));
            QCOMPARE(as_count(table, row, 2), qint64(truth.bookings));
            QCOMPARE(as_share(table, row, 4), (Share{truth.engaged_visits, truth.visits}));
            QVERIFY(std::abs(table.cell(row, 5).toDouble() -
                             static_cast<double>(truth.seconds) / static_cast<double>(truth.timed_visits)) <
                    1e-9);
        }
        QCOMPARE(m_desk->figure("analytics.platform.bookings"), format_count(all.bookings));
        QCOMPARE(m_desk->figure("analytics.platform.conversion"), format_share({all.bookings, all.visits}));
        const auto &targets = m_desk->table("analytics.platform.targets");
        QCOMPARE(targets.text(3, 1), format_share({all.bookings, all.visits}));
        db::PageLoads loads; // days of UTC
        for (const auto &truth : m_truths) {
            for (const auto &[day, of_day] : truth.page_loads) {
                if (day >= to_day(m_from) && day <= to_day(m_to)) {
                    loads.loads += of_day.loads;
                    loads.total_ms += of_day.total_ms;
                    for (std::size_t i = 0; i < loads.buckets.size(); ++i) {
                        loads.buckets[i] += of_day.buckets[i];
                    }
                }
            }
        }
        QVERIFY(loads.loads > 100);
        QCOMPARE(targets.text(6, 1),
                 QStringLiteral("%1 s").arg(QLocale().toString(
                     static_cast<double>(loads.total_ms) / static_cast<double>(loads.loads) / 1000, 'f', 2)));
        QCOMPARE(targets.text(6, 4),
                 QStringLiteral("%1 of %2 loads took less than 2 s")
                     .arg(format_count(loads.faster_than(2000)), format_count(loads.loads)));
    }

private:
    // Compares rows by their keys; none may be missing or too many.
    static void compare_breakdown(const FigureTableModel &table, const test_support::VisitsByKey &truth) {
        QCOMPARE(table.rowCount(), int(truth.size()));
        for (int row = 0; row < table.rowCount(); ++row) {
            const auto key = table.rows()[static_cast<std::size_t>(row)].key.toStdString();
            QVERIFY2(truth.contains(key), key.c_str());
            const auto totals = totals_of(truth.at(key));
            QCOMPARE(as_count(table, row, 1), qint64(totals.visits));
            QCOMPARE(as_count(table, row, 2), qint64(visitors_of(truth.at(key))));
            QCOMPARE(as_count(table, row, 3), qint64(totals.bookings));
            QCOMPARE(as_share(table, row, 4), (Share{totals.bookings, totals.visits}));
            QCOMPARE(table.cell(row, 5).toDouble(), totals.value);
        }
    }

    const test_support::TestDatabase m_database;
    std::vector<db::GeneratedTruth> m_truths;
    std::vector<std::unique_ptr<KnownVisits>> m_known;
    QDate m_from, m_to;
    Visits m_visits; // of the first tenant, in the range that the page shows
    std::unique_ptr<Desk> m_desk;
};

QTEST_MAIN(TruthTest)
#include "truth_test.moc"
