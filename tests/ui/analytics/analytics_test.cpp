// SPDX-License-Identifier: Apache-2.0
#include "db/stores/measurement_store.h"
#include "models/statistics/correlation.h"
#include "tests/ui/analytics/desk.h"
#include "tests/ui/analytics/planted_visits.h"
#include "tests/ui/charts/workbook_reader.h"
#include "ui/analytics/analytics_page.h"
#include "ui/analytics/figure_rows.h"
#include "ui/analytics/report/report_menu.h"
#include "ui/analytics/report/report_pages.h"
#include "ui/analytics/sections/section.h"
#include "ui/analytics/social/social_section.h"
#include "ui/analytics/targets.h"
#include "ui/charts/bar_list.h"
#include "ui/charts/chart_card.h"
#include "ui/charts/figure_tile.h"
#include "ui/charts/line_chart.h"
#include "ui/widgets/state_stack.h"

#include <QComboBox>
#include <QDateEdit>
#include <QFileDialog>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <map>

using namespace studio;
using namespace studio::ui;
using test_support::PlantedVisit;
using test_support::PlantedVisits;

namespace {

// The text of the table's row that begins with `name`.
QString row_text(const FigureTableModel &table, const QString &name) {
    for (int row = 0; row < table.rowCount(); ++row) {
        if (table.text(row, 0) == name) {
            QStringList words;
            for (int column = 1; column < table.columnCount(); ++column) {
                words << table.text(row, column);
            }
            return words.join('|');
        }
    }
    return {};
}

template <typename Which> qint64 count(const std::vector<PlantedVisit> &visits, Which which) {
    return std::ranges::count_if(visits, which);
}

constexpr int planted = 650;

} // namespace

class AnalyticsTest final : public QObject {
    Q_OBJECT

    // On the second day of the planted month.
    void request_without_visit(const models::TenantId &tenant, int count) {
        const auto day = PlantedVisits::first_day().time_since_epoch().count() + 1;
        const auto outcome =
            db::Sql(m_plants->database.owner_url())
                .done("INSERT INTO bookings (tenant_id, client_name, client_email, service_type, created_at) "
                      "SELECT '" +
                      tenant.text() +
                      "', 'No Visit', 'none@example.com', 'Dinner date', '1970-01-01'::timestamptz + " +
                      std::to_string(day) + " * interval '1 day' FROM generate_series(1, " +
                      std::to_string(count) + ")");
        if (!outcome.sqlstate.empty()) {
            throw std::runtime_error(outcome.message);
        }
        db::AnalyticsUpkeep(m_plants->people).update_all();
    }

    void forget_requests_without_visit() {
        db::Sql(m_plants->database.owner_url()).done("DELETE FROM bookings WHERE client_name = 'No Visit'");
        db::AnalyticsUpkeep(m_plants->people).update_all();
    }

private slots:
    void initTestCase() {
        QLocale::setDefault(QLocale(QLocale::English, QLocale::Australia));
        m_plants = std::make_unique<PlantedVisits>();
        m_visits = PlantedVisits::pattern(planted);
        m_plants->plant(m_visits);
    }
    void cleanupTestCase() { m_plants.reset(); }

    void ranges_follow_the_day_and_compare_with_as_many_before() {
        const QDate today(2026, 3, 17);
        const auto range = [&](Preset preset) { return format_range(*preset_range(preset, today)); };
        QCOMPARE(range(Preset::Today), QStringLiteral("17 March 2026"));
        QCOMPARE(range(Preset::Last7), QStringLiteral("11 – 17 March 2026"));
        QCOMPARE(range(Preset::Last30), QStringLiteral("16 February – 17 March 2026"));
        QCOMPARE(range(Preset::LastMonth), QStringLiteral("1 – 28 February 2026"));
        QCOMPARE(range(Preset::Last12Months), QStringLiteral("1 April 2025 – 17 March 2026"));
        QVERIFY(!preset_range(Preset::Custom, today));
        QCOMPARE(format_range(period_before(*preset_range(Preset::Last7, today))),
                 QStringLiteral("4 – 10 March 2026"));
        QCOMPARE(fitting_grain(*preset_range(Preset::Today, today)), db::Grain::Hour);
        QCOMPARE(fitting_grain(*preset_range(Preset::Last90, today)), db::Grain::Day);
        QCOMPARE(fitting_grain(*preset_range(Preset::Last24Months, today)), db::Grain::Month);
    }

    void values_read_as_people_say_them() {
        QCOMPARE(timed_visits_note(0), QStringLiteral("No visit with several steps"));
        QCOMPARE(timed_visits_note(1), QStringLiteral("only 1 visit with several steps"));
        QCOMPARE(timed_visits_note(29), QStringLiteral("only 29 visits with several steps"));
        QCOMPARE(timed_visits_note(30), QStringLiteral("of 30 visits with several steps"));
        QCOMPARE(value_label(db::Dimension::Source, "instagram"), QStringLiteral("Instagram"));
        QCOMPARE(value_label(db::Dimension::Source, "forum.example"), QStringLiteral("forum.example"));
        QCOMPARE(value_label(db::Dimension::Country, "NZ"), QStringLiteral("New Zealand"));
        QCOMPARE(value_label(db::Dimension::Country, ""), QStringLiteral("(unknown)"));
        QCOMPARE(step_label("photo_engagement"), QStringLiteral("Viewed photos"));
        QCOMPARE(step_label("/book"), QStringLiteral("/book"));
    }

    void a_day_with_a_changed_clock_has_its_25_hours_by_her_clock() {
        AnalyticsQuery query;
        query.zone = QTimeZone("Australia/Sydney");
        const QDate day(2026, 4, 5);
        query.range = {to_day(day), to_day(day)};
        std::vector<db::TrendPoint> points;
        const base::Time start{
            std::chrono::milliseconds(QDateTime(day, QTime(0, 0), query.zone).toMSecsSinceEpoch())};
        for (int hour = 0; hour < 25; ++hour) {
            points.push_back({start + std::chrono::hours(hour), {}});
        }
        FigureTableModel table;
        fill_trend(table, query, db::Grain::Hour, Metric::Visits, points, {}, points.size());
        QCOMPARE(table.rowCount(), 25);
        QCOMPARE(table.text(2, 0), QStringLiteral("Sun 5 Apr, 02:00"));
        QCOMPARE(table.text(3, 0), QStringLiteral("Sun 5 Apr, 02:00"));
        QCOMPARE(table.text(24, 0), QStringLiteral("Sun 5 Apr, 23:00"));
        QCOMPARE(table.rows().back().key, QStringLiteral("2026-04-05"));
    }

    void the_overview_shows_what_was_planted() {
        const Desk desk(m_plants->database.operator_url());
        QVERIFY(desk.ready());
        desk.last_month();
        QTRY_COMPARE(desk.figure("analytics.overview.visits"), QStringLiteral("650"));
        const auto booked = count(m_visits, [](const auto &visit) { return visit.depth == 5; });
        const auto engaged = count(m_visits, [](const auto &visit) { return visit.depth >= 2; });
        QCOMPARE(desk.figure("analytics.overview.bookings"), QString::number(booked));
        QCOMPARE(desk.figure("analytics.overview.conversion"), format_share({booked, planted}));
        QCOMPARE(desk.figure("analytics.overview.engagement"), format_share({engaged, planted}));
        qint64 seconds = 0;
        for (const auto &visit : m_visits) {
            seconds += (visit.depth - 1) * 20;
        }
        QCOMPARE(desk.figure("analytics.overview.duration"),
                 format_duration(static_cast<double>(seconds) / static_cast<double>(engaged)));

        std::map<int, qint64> days;
        for (const auto &visit : m_visits) {
            ++days[visit.day];
        }
        const auto &trend = desk.table("analytics.overview.trend");
        const auto first = to_date(PlantedVisits::first_day());
        QCOMPARE(trend.rowCount(), first.daysInMonth());
        for (int row = 0; row < trend.rowCount(); ++row) {
            const auto day = trend.cell(row, 0).toDateTime().date();
            QCOMPARE(day, QDate(first.year(), first.month(), 1).addDays(row));
            const auto planned = days.find(static_cast<int>(first.daysTo(day)));
            QCOMPARE(trend.cell(row, 1).toLongLong(), planned == days.end() ? 0 : planned->second);
        }
    }

    void requests_without_a_counted_visit_stand_in_a_line_of_their_own() {
        request_without_visit(m_plants->ada, 2);
        const auto booked = count(m_visits, [](const auto &visit) { return visit.depth == 5; });
        const Desk desk(m_plants->database.operator_url());
        QVERIFY(desk.ready());
        desk.choose(m_plants->ada);
        desk.last_month();
        QTRY_COMPARE(desk.figure("analytics.overview.visits"), QStringLiteral("650"));
        QCOMPARE(desk.figure("analytics.overview.bookings"), QString::number(booked));
        QCOMPARE(desk.figure("analytics.overview.conversion"), format_share({booked, planted}));
        const auto *line = desk.find<QLabel>("analytics.overview.without_visit");
        QVERIFY(line->isVisible());
        QVERIFY(line->text().startsWith("2 requests without a counted visit:"));
        desk.tab("Bookings");
        const auto &services = desk.table("analytics.bookings.list");
        QTRY_COMPARE(services.rowCount(), 2);
        QCOMPARE(services.text(0, 1), QString::number(booked));
        QCOMPARE(row_text(services, "Requests without a counted visit").section('|', 0, 1), QString("2|0"));
        desk.tab("Platform");
        const auto &tenants = desk.table("analytics.platform.tenants");
        QTRY_COMPARE(tenants.rowCount(), 2);
        QCOMPARE(tenants.cell(0, 2).toLongLong(), booked);
        QCOMPARE(tenants.cell(0, 7).toLongLong(), 2);
        QVERIFY(desk.find<FigureTile>("analytics.platform.bookings")
                    ->note()
                    .endsWith("apart from 2 requests without a counted visit"));
        forget_requests_without_visit();
    }

    void hours_without_visits_are_empty_also_where_a_request_came_without_one() {
        const auto bea = m_plants->database.other_tenant_id();
        request_without_visit(bea, 1);
        const Desk desk(m_plants->database.operator_url());
        QVERIFY(desk.ready());
        desk.choose(bea);
        desk.last_month();
        const auto *line = desk.find<QLabel>("analytics.overview.without_visit");
        QTRY_VERIFY(line->isVisible());
        QVERIFY(line->text().startsWith("1 request without a counted visit:"));
        desk.tab("Hours");
        const auto *hours = desk.find<StateStack>("analytics.hours.state");
        QTRY_COMPARE(hours->state(), StateStack::State::Empty);
        forget_requests_without_visit();
    }

    void sources_have_their_visits_bookings_and_rates() {
        const Desk desk(m_plants->database.operator_url());
        QVERIFY(desk.ready());
        desk.last_month();
        desk.tab("Sources");
        const auto &table = desk.table("analytics.sources.list");
        QTRY_VERIFY(table.rowCount() > 0);
        for (const auto *source : {"instagram", "google", "direct", "twitter"}) {
            const auto visits = count(m_visits, [&](const auto &visit) { return visit.source == source; });
            const auto bookings = count(
                m_visits, [&](const auto &visit) { return visit.source == source && visit.depth == 5; });
            const auto text = row_text(table, value_label(db::Dimension::Source, source)).split('|');
            QCOMPARE(text.value(0), format_count(visits));
            QCOMPARE(text.value(2), format_count(bookings));
            QCOMPARE(text.value(3), format_share({bookings, visits}));
        }
    }

    void choosing_a_source_filters_every_view_until_its_chip_goes() {
        const Desk desk(m_plants->database.operator_url());
        QVERIFY(desk.ready());
        desk.last_month();
        desk.tab("Sources");
        auto *list = desk.find<BarList>("analytics.sources.list.chart");
        QTRY_VERIFY(list->model()->rowCount() > 1);
        int google = 0;
        while (list->model()->index(google, 0).data().toString() != QLatin1String("Google")) {
            ++google;
        }
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                          list->visualRect(list->model()->index(google, 0)).center());
        auto *chip = desk.find<QPushButton>("analytics.chip.source");
        QCOMPARE(chip->text(), QStringLiteral("Source: Google"));
        desk.tab("Funnel");
        const auto &funnel = desk.table("analytics.funnel.card");
        QTRY_VERIFY(funnel.rowCount() == 5);
        for (int step = 0; step < 5; ++step) {
            const auto came = count(
                m_visits, [&](const auto &visit) { return visit.source == "google" && visit.depth > step; });
            QCOMPARE(funnel.cell(step, 1).value<Share>().count, came);
        }
        QTest::mouseClick(chip, Qt::LeftButton);
        QTRY_COMPARE(funnel.cell(0, 1).value<Share>().count, qint64(planted));
        QTRY_VERIFY(desk.page.findChild<QPushButton *>("analytics.chip.source") == nullptr);
    }

    void a_filter_is_added_from_the_menu_and_combines() {
        const Desk desk(m_plants->database.operator_url());
        QVERIFY(desk.ready());
        desk.last_month();
        QTRY_COMPARE(desk.figure("analytics.overview.visits"), QStringLiteral("650"));
        const auto add = [&](const QString &field, const QString &value) {
            for (auto *entry : desk.find<QToolButton>("analytics.add_filter")->menu()->actions()) {
                if (entry->text() != field) {
                    continue;
                }
                emit entry->menu()->aboutToShow();
                QAction *found = nullptr;
                if (!QTest::qWaitFor([&] {
                        for (auto *action : entry->menu()->actions()) {
                            found = action->data().toString() == value ? action : found;
                        }
                        return found != nullptr;
                    })) {
                    return false;
                }
                found->trigger();
                return true;
            }
            return false;
        };
        QVERIFY(add("Device", "desktop"));
        QVERIFY(add("Country", "NZ"));
        const auto left = count(
            m_visits, [](const auto &visit) { return visit.device == "desktop" && visit.country == "NZ"; });
        QTRY_COMPARE(desk.figure("analytics.overview.visits"), QString::number(left));
        QVERIFY(desk.find<QPushButton>("analytics.chip.device")->isVisible());
        QVERIFY(desk.find<QPushButton>("analytics.chip.country")->isVisible());
    }

    void the_funnel_splits_by_device() {
        const Desk desk(m_plants->database.operator_url());
        QVERIFY(desk.ready());
        desk.last_month();
        desk.tab("Funnel");
        auto *split = desk.find<QComboBox>("analytics.funnel.split");
        split->setCurrentIndex(split->findText("By device"));
        const auto &table = desk.table("analytics.funnel.card");
        QTRY_COMPARE(table.columnCount(), 3);
        for (int column = 1; column < 3; ++column) {
            const auto device =
                table.columns()[static_cast<std::size_t>(column)].title.toLower().toStdString();
            for (int step = 0; step < 5; ++step) {
                const auto came = count(m_visits, [&](const auto &visit) {
                    return visit.device == device && visit.depth > step;
                });
                QCOMPARE(table.cell(step, column).value<Share>().count, came);
            }
        }
    }

    void hours_countries_journeys_bookings_and_rows_are_the_planted_ones() {
        const Desk desk(m_plants->database.operator_url());
        QVERIFY(desk.ready());
        desk.last_month();
        desk.tab("Hours");
        const auto &heat = desk.table("analytics.hours.card");
        QTRY_COMPARE(heat.rowCount(), 168);
        const auto first = to_date(PlantedVisits::first_day());
        for (int hour = 0; hour < 168; ++hour) {
            const auto planned = count(m_visits, [&](const auto &visit) {
                return first.addDays(visit.day).dayOfWeek() - 1 == hour / 24 && visit.hour == hour % 24;
            });
            QCOMPARE(heat.cell(hour, 2).toLongLong(), planned);
        }
        desk.tab("Audience");
        const auto &countries = desk.table("analytics.audience.countries");
        QTRY_COMPARE(countries.rowCount(), 3);
        QVERIFY(
            row_text(countries, "Australia").startsWith(format_count(count(m_visits, [](const auto &visit) {
                return visit.country == "AU";
            }))));
        desk.tab("Journeys");
        const auto &paths = desk.table("analytics.journeys.list");
        QTRY_VERIFY(paths.rowCount() == 5);
        const auto lookers = count(m_visits, [](const auto &visit) { return visit.depth == 2; });
        QVERIFY(row_text(paths, QStringLiteral("/ → Viewed photos")).startsWith(format_count(lookers) + '|'));
        desk.tab("Bookings");
        const auto &services = desk.table("analytics.bookings.list");
        QTRY_COMPARE(services.rowCount(), 1);
        QVERIFY(
            row_text(services, "Dinner date")
                .startsWith(
                    format_count(count(m_visits, [](const auto &visit) { return visit.depth == 5; })) + '|'));
        desk.tab("Visits");
        const auto &rows = desk.table("analytics.visits.card");
        QTRY_COMPARE(rows.rowCount(), 200);
        auto *more = desk.find<QPushButton>("analytics.visits.more");
        while (more->isVisible()) {
            const int before = rows.rowCount();
            QTest::mouseClick(more, Qt::LeftButton);
            QTRY_VERIFY(rows.rowCount() > before);
        }
        QCOMPARE(rows.rowCount(), planted);
    }

    void a_day_of_the_chart_opens_its_hours() {
        const Desk desk(m_plants->database.operator_url());
        QVERIFY(desk.ready());
        desk.last_month();
        QTRY_COMPARE(desk.figure("analytics.overview.visits"), QStringLiteral("650"));
        auto *chart = desk.find<LineChart>("analytics.overview.trend.chart");
        chart->setFocus();
        QTest::keyClick(chart, Qt::Key_Home);
        QTest::keyClick(chart, Qt::Key_Right);
        QTest::keyClick(chart, Qt::Key_Return);
        const auto &trend = desk.table("analytics.overview.trend");
        QTRY_COMPARE(trend.rowCount(), 24);
        QCOMPARE(desk.find<QDateEdit>("analytics.from")->date(), to_date(PlantedVisits::first_day()));
        qint64 visits = 0;
        for (int hour = 0; hour < 24; ++hour) {
            QCOMPARE(trend.cell(hour, 1).toLongLong(), count(m_visits, [&](const auto &visit) {
                         return visit.day == 0 && visit.hour == hour;
                     }));
            visits += trend.cell(hour, 1).toLongLong();
        }
        QVERIFY(visits > 0);
    }

    void every_view_goes_into_one_workbook() {
        const Desk desk(m_plants->database.operator_url());
        QVERIFY(desk.ready());
        desk.last_month();
        QTRY_COMPARE(desk.figure("analytics.overview.visits"), QStringLiteral("650"));
        const QTemporaryDir folder;
        const auto file = folder.filePath("figures.xlsx");
        desk.find<QAction>("analytics.export_all")->trigger();
        auto *dialog = desk.find<QFileDialog>("");
        QVERIFY(dialog->selectedFiles().front().endsWith("/all-companions-analytics.xlsx"));
        emit dialog->fileSelected(file);
        dialog->reject();
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(file), 30000);
        const test_support::WorkbookReader book(file);
        for (const auto *sheet : {"About", "Overview", "Over time", "Traffic sources", "Paths", "Countries",
                                  "When visits start", "Bookings by service", "Companions"}) {
            QVERIFY2(book.sheets().contains(QLatin1String(sheet)), sheet);
        }
        QCOMPARE(book.cell("Overview", 1, 1).value, QVariant(650.0));
        const auto booked = count(m_visits, [](const auto &visit) { return visit.depth == 5; });
        QCOMPARE(book.cell("Overview", 1, 4).value, QVariant(double(booked)));
        QCOMPARE(book.cell("Overview", 1, 5).format, QStringLiteral("0.00%"));
        QVERIFY(std::abs(book.cell("Overview", 1, 5).value.toDouble() - double(booked) / planted) < 1e-9);
        QCOMPARE(book.cell("Visits, newest first", 200, 0).format, QStringLiteral("yyyy-mm-dd hh:mm"));
        QCOMPARE(book.cell("Visits, newest first", 202, 0).value, QVariant("The newest 200 of 650 visits."));
        QCOMPARE(book.cell("About", 0, 1).value, QVariant("All companions"));
    }

    void a_report_covers_the_whole_days_of_its_month() {
        const auto days = [](QDate month, QDate today) {
            const auto covered = report_days(month, today);
            return format_range(covered.now) + " / " + format_range(covered.before) +
                   (covered.over ? "" : " open");
        };
        QCOMPARE(days({2026, 10, 1}, {2026, 11, 23}),
                 QStringLiteral("1 – 31 October 2026 / 1 – 30 September 2026"));
        QCOMPARE(days({2026, 11, 1}, {2026, 11, 23}),
                 QStringLiteral("1 – 22 November 2026 / 1 – 22 October 2026 open"));
        QCOMPARE(days({2026, 11, 1}, {2026, 11, 1}), QStringLiteral("1 November 2026 / 1 October 2026 open"));
        QCOMPARE(days({2026, 3, 1}, {2026, 3, 31}),
                 QStringLiteral("1 – 30 March 2026 / 1 – 28 February 2026 open"));
    }

    void a_month_becomes_a_report_to_hand_over() {
        const Desk desk(m_plants->database.companion_url(), AnalyticsPage::Scope::Own);
        QVERIFY(desk.ready());
        auto *menu = desk.find<ReportMenu>("analytics.report");
        QTRY_VERIFY(menu->isEnabled());
        emit menu->aboutToShow();
        QCOMPARE(menu->actions().size(), ReportMenu::months);
        const auto month = menu->actions().at(1)->data().toDate(); // the one before this
        QCOMPARE(month.month(), to_date(PlantedVisits::first_day()).month());
        const QTemporaryDir folder;
        const auto file = folder.filePath("report.pdf");
        menu->actions().at(1)->trigger();
        auto *dialog = desk.find<QFileDialog>("");
        emit dialog->fileSelected(file);
        dialog->reject();
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(file), 30000);
        QFile pdf(file);
        QVERIFY(pdf.open(QIODevice::ReadOnly));
        const auto bytes = pdf.readAll();
        QVERIFY(bytes.startsWith("%PDF-"));
        QVERIFY(bytes.contains("/MediaBox [0 0 595")); // A4 in points
        QCOMPARE(bytes.count("/Type /Page\n"), 2);

        menu->write(menu->subject(), month, folder.filePath("missing/report.pdf"));
        QTRY_VERIFY(desk.find<QLabel>("analytics.banner.text")->text().contains("Could not save"));
    }

    void a_report_says_what_was_planted_and_stays_on_its_pages() {
        db::Session session(m_plants->database.companion_url());
        AnalyticsQuery query;
        query.tenant = m_plants->ada;
        query.companion = QStringLiteral("Ada");
        const auto month = to_date(PlantedVisits::first_day());
        const auto report =
            read_month_report(session, query, month, QDateTime(month.addMonths(1), QTime(9, 0), Qt::UTC));
        const ReportPages pages(report);
        const auto booked = count(m_visits, [](const auto &visit) { return visit.depth == 5; });
        const auto google = count(m_visits, [](const auto &visit) { return visit.source == "google"; });
        const auto words = pages.words();
        QVERIFY(words.contains(QLocale().toString(QDate(month.year(), month.month(), 1), "MMMM yyyy")));
        QCOMPARE(words.at(words.indexOf("Visits") + 1), QStringLiteral("650"));
        QCOMPARE(words.at(words.indexOf("Bookings") + 1), QString::number(booked));
        QCOMPARE(words.at(words.indexOf("Conversion rate") + 1), format_share({booked, planted}));
        QCOMPARE(words.at(words.indexOf("Google") + 1), QString::number(google));
        QVERIFY(words.contains("Dinner date"));
        for (int page = 0; page < pages.count(); ++page) {
            QImage paper(ReportPages::page_width, ReportPages::page_height, QImage::Format_RGB32);
            paper.fill(Qt::white);
            QPainter painter(&paper);
            pages.paint(painter, page);
            painter.end();
            const auto ink = [&](const QRect &part) {
                const auto cut = paper.copy(part);
                for (int y = 0; y < cut.height(); ++y) {
                    for (int x = 0; x < cut.width(); ++x) {
                        if (qGray(cut.pixel(x, y)) < 250) {
                            return true;
                        }
                    }
                }
                return false;
            };
            const int width = paper.width(), height = paper.height();
            QVERIFY(ink({60, 50, width - 120, 200}));
            QVERIFY(ink({60, height - 60, width - 120, 40})); // the page's number
            QVERIFY(!ink({0, 0, 40, height}));
            QVERIFY(!ink({width - 40, 0, 40, height}));
            QVERIFY(!ink({0, height - 76, width, 14})); // nothing runs into the foot
        }
    }

    void a_report_of_an_empty_month_says_so() {
        db::Session session(m_plants->database.companion_url());
        AnalyticsQuery query;
        query.tenant = m_plants->ada;
        query.companion = QStringLiteral("Ada");
        const auto month = to_date(PlantedVisits::first_day()).addMonths(-6);
        const ReportPages pages(read_month_report(session, query, month, QDateTime::currentDateTimeUtc()));
        QCOMPARE(pages.count(), 1);
        QVERIFY(pages.words().contains("No visits in this period."));
    }

    void social_figures_are_previewed_imported_and_compared() {
        const Desk desk(m_plants->database.operator_url());
        QVERIFY(desk.ready());
        desk.last_month();
        desk.tab("Social");
        auto *state = desk.find<StateStack>("analytics.social.state");
        QTRY_COMPARE(state->state(), StateStack::State::Empty);
        QVERIFY(state->message().contains("Choose a companion"));
        desk.choose(m_plants->ada);
        QTRY_VERIFY(state->message().contains("Import a CSV file"));

        // Reach is imported for twenty days; the screen may show these figures and no others.
        const auto first = to_date(PlantedVisits::first_day());
        std::vector<double> reach, visits;
        std::map<QDate, qint64> reach_of;
        QByteArray text = "date;platform;reach;followers\r\n";
        for (int day = 0; day < 20; ++day) {
            const auto date = first.addDays(day);
            const int people = 100 + (day * 37) % 50;
            text +=
                date.toString("dd.MM.yyyy").toUtf8() + ";Instagram;" + QByteArray::number(people) + ";\r\n";
            reach_of[date] = people;
            reach.push_back(people);
            visits.push_back(
                static_cast<double>(count(m_visits, [&](const auto &v) { return v.day == day; })));
        }
        const QTemporaryDir folder;
        auto *section = desk.find<SocialSection>("analytics.social");
        const auto show = [&](const QByteArray &bytes) -> QDialog * {
            QFile file(folder.filePath("figures.csv"));
            if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.flush()) {
                return nullptr;
            }
            section->preview(file.fileName());
            QDialog *dialog = nullptr;
            static_cast<void>(QTest::qWaitFor(
                [&] { return (dialog = desk.page.findChild<QDialog *>("social.import")) != nullptr; },
                30000));
            return dialog;
        };
        const QPointer<QDialog> wrong = show(text + "01.01.2026;Instagram;lots;\r\n");
        QVERIFY(wrong);
        QVERIFY(wrong->findChild<QPushButton *>("social.import.accept") == nullptr);
        const auto *issues = wrong->findChild<QTableView *>("social.import.table")->model();
        QCOMPARE(issues->rowCount(), 1);
        QCOMPARE(issues->index(0, 0).data().toString(), QStringLiteral("22"));
        QCOMPARE(issues->index(0, 1).data().toString(), QStringLiteral("reach"));
        wrong->reject();
        QTRY_VERIFY(!wrong);
        QSignalSpy settled(section, &FiguresSection::settled);
        section->reload();
        QVERIFY(settled.wait(30000));
        QVERIFY(state->state() == StateStack::State::Empty);

        QDialog *right = show(text);
        QVERIFY(right);
        QVERIFY(right->findChild<QLabel *>("social.import.words")->text().startsWith("20 rows of Instagram"));
        QCOMPARE(right->findChild<QTableView *>("social.import.table")->model()->rowCount(), 20);
        QSignalSpy imported(section, &SocialSection::imported);
        QTest::mouseClick(right->findChild<QPushButton *>("social.import.accept"), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(imported.count(), 1, 30000);
        QVERIFY2(imported.first().first().toString().contains("Imported 20 rows for Ada"),
                 qPrintable(imported.first().first().toString()));
        QTRY_COMPARE_WITH_TIMEOUT(state->state(), StateStack::State::Content, 30000);

        auto *figure = desk.find<QComboBox>("analytics.social.figure");
        figure->setCurrentIndex(figure->findText("Reach"));
        emit figure->activated(figure->currentIndex());
        const auto &days = desk.table("analytics.social.card");
        QCOMPARE(days.rowCount(), first.daysInMonth());
        for (int row = 0; row < days.rowCount(); ++row) {
            const auto date = days.cell(row, 0).toDateTime().date();
            const auto known = reach_of.find(date);
            QCOMPARE(days.cell(row, 1), known == reach_of.end() ? QVariant() : QVariant(known->second));
            QCOMPARE(days.cell(row, 2).toLongLong(),
                     count(m_visits, [&](const auto &v) { return first.addDays(v.day) == date; }));
        }
        const auto &together = desk.table("analytics.social.correlations");
        QCOMPARE(together.rowCount(), 8);
        QCOMPARE(together.cell(0, 2).toLongLong(), qint64(20));
        const auto pearson = statistics::pearson(reach, visits),
                   spearman = statistics::spearman(reach, visits);
        QVERIFY(std::abs(together.number(0, 3) - pearson->r) < 0.001);
        QVERIFY(std::abs(together.number(0, 5) - pearson->interval.high) < 0.001);
        QVERIFY(std::abs(together.number(0, 6) - spearman->r) < 0.001);
        figure->setCurrentIndex(figure->findText("Followers"));
        emit figure->activated(figure->currentIndex());
        QCOMPARE(together.cell(0, 1).toString(), QStringLiteral("Too few days"));
        QVERIFY(!together.cell(0, 3).isValid());

        const Desk ada(m_plants->database.companion_url(), AnalyticsPage::Scope::Own);
        QVERIFY(ada.ready());
        ada.last_month();
        ada.tab("Social");
        QTRY_COMPARE(ada.find<QComboBox>("analytics.social.platform")->count(), 1);
        QVERIFY(!ada.find<QPushButton>("analytics.social.import")->isVisible());
        const Desk bea(m_plants->database.other_companion_url(), AnalyticsPage::Scope::Own);
        QVERIFY(bea.ready());
        bea.last_month();
        bea.tab("Social");
        auto *nothing = bea.find<StateStack>("analytics.social.state");
        QTRY_COMPARE(nothing->state(), StateStack::State::Empty);
        QVERIFY(nothing->message().contains("An operator can import"));
    }

    void what_has_not_begun_is_no_zero_and_what_is_not_over_is_told() {
        AnalyticsQuery query;
        query.zone = QTimeZone("Australia/Sydney");
        const QDate today(2026, 11, 23);
        const QDateTime noon(today, QTime(12, 30), query.zone);
        query.range = {to_day(today.addDays(-1)), to_day(today.addDays(1))};
        const std::vector<db::TrendPoint> days(3);
        const auto by_day = trend_so_far(query, db::Grain::Day, days, noon);
        QCOMPARE(by_day.begun, std::size_t(2));
        QVERIFY(by_day.open);
        QVERIFY(!trend_so_far(query, db::Grain::Day, days, noon.addDays(3)).open);
        QCOMPARE(trend_so_far(query, db::Grain::Day, days, noon.addDays(3)).begun, std::size_t(3));
        FigureTableModel table;
        fill_trend(table, query, db::Grain::Day, Metric::Visits, days, days, by_day.begun);
        QCOMPARE(table.cell(1, 1), QVariant(qint64(0)));
        QVERIFY(!table.cell(2, 1).isValid());
        QVERIFY(table.cell(2, 2).isValid());

        query.range = {to_day(today), to_day(today)};
        std::vector<db::TrendPoint> hours(24);
        for (int hour = 0; hour < 24; ++hour) {
            hours[static_cast<std::size_t>(hour)].start = base::Time(
                std::chrono::milliseconds(QDateTime(today, QTime(hour, 0), query.zone).toMSecsSinceEpoch()));
        }
        const auto by_hour = trend_so_far(query, db::Grain::Hour, hours, noon);
        QCOMPARE(by_hour.begun, std::size_t(13));
        QVERIFY(by_hour.open);
        query.range = {to_day({2026, 9, 1}), to_day(today)};
        const auto by_month = trend_so_far(query, db::Grain::Month, days, noon);
        QCOMPARE(by_month.begun, std::size_t(3));
        QVERIFY(by_month.open);
    }

    void targets_say_whether_they_are_reached_and_when_that_cannot_be_said() {
        db::PlatformFigures figures;
        figures.active_tenants = 7;
        db::Totals good{};
        good.visits = 1000;
        good.bookings = 50;
        good.timed_visits = 100;
        good.seconds = 18'100;
        db::Totals few{};
        few.visits = few.bookings = 3;
        figures.tenants = {{models::TenantId("a"), "a", "A", "active", "AUD", good},
                           {models::TenantId("b"), "b", "B", "active", "NZD", few}};
        figures.months = {{to_day({2026, 8, 1}), 90, 9},
                          {to_day({2026, 9, 1}), 100, 10},
                          {to_day({2026, 10, 1}), 100, 12},
                          {to_day({2026, 11, 1}), 100, 2}};
        FigureTableModel table;
        const auto said = [&](int row) { return table.text(row, 1) + " / " + table.text(row, 3); };
        fill_targets(table, figures, {}, {to_day({2026, 8, 15}), to_day({2026, 11, 23})}, {2026, 11, 23});
        QCOMPARE(said(0), QStringLiteral("7 / Reached"));
        QCOMPARE(said(1), QStringLiteral("7 / Not reached"));
        QCOMPARE(said(2), QStringLiteral("12 / Reached")); // October over September: November is not over
        QCOMPARE(said(3), QStringLiteral("5.3 % / Reached"));
        QCOMPARE(said(4), QStringLiteral("3 min 1 s / Reached"));
        QCOMPARE(said(5), QStringLiteral("– / Not measured yet"));
        QCOMPARE(said(6), QStringLiteral("– / Not measured yet"));
        fill_targets(table, figures, {}, {to_day({2026, 10, 1}), to_day({2026, 11, 23})}, {2026, 11, 23});
        QCOMPARE(said(2), QStringLiteral("– / Not enough data"));
        QCOMPARE(reached_label(good), QStringLiteral("Conversion, visit time"));
        QCOMPARE(reached_label(few), QStringLiteral("too few visits"));
        good.bookings = 49;
        good.seconds = 18'000;
        QCOMPARE(reached_label(good), QStringLiteral("none"));
    }

    void uptime_and_page_loads_are_held_to_their_targets_and_never_rounded_up() {
        FigureTableModel table;
        const auto said = [&](const Measured &measured, int row) {
            fill_targets(table, {}, measured, {to_day({2026, 10, 1}), to_day({2026, 10, 31})},
                         {2026, 11, 23});
            return table.text(row, 1) + " / " + table.text(row, 3) + " / " + table.text(row, 4);
        };
        QCOMPARE(said({{100'000, 99'999, 0, 0}, {}}, 5),
                 QStringLiteral("99.99 % / Reached / 99,999 of 100,000 minutes"));
        QCOMPARE(said({{100'000, 99'900, 2000, 3}, {}}, 5),
                 QStringLiteral("99.90 % / Reached / 99,900 of 100,000 minutes; 3 of 2,000 requests failed"));
        QCOMPARE(said({{100'000, 99'899, 0, 0}, {}}, 5),
                 QStringLiteral("99.89 % / Not reached / 99,899 of 100,000 minutes"));
        QCOMPARE(said({{999, 999, 0, 0}, {}}, 5),
                 QStringLiteral("100 % / Not enough data / 999 of 999 minutes"));
        db::PageLoads loads{40, 40 * 1999, {}};
        loads.buckets[7] = 30; // 1500 to 2000
        loads.buckets[8] = 10; // 2000 to 2500
        QCOMPARE(said({{}, loads}, 6),
                 QStringLiteral("2.00 s / Reached / 30 of 40 loads took less than 2 s"));
        loads.total_ms = 40 * 2000;
        QVERIFY(said({{}, loads}, 6).contains("/ Not reached /"));
        loads.loads = 29;
        QVERIFY(said({{}, loads}, 6).contains("/ Not enough data /"));
    }

    void the_platform_shows_what_was_measured() {
        db::Session service(m_plants->database.renderer_url());
        const auto now = std::chrono::duration_cast<std::chrono::minutes>(
                             std::chrono::system_clock::now().time_since_epoch())
                             .count();
        db::MeasurementStore(service).note_minutes("11111111-1111-4111-8111-111111111111",
                                                   {{now - 60 * 48, true, 10, 1}});
        const Desk desk(m_plants->database.operator_url());
        QVERIFY(desk.ready());
        desk.tab("Platform");
        auto *rows = desk.find<QTableView>("analytics.platform.targets.rows")->model();
        QTRY_COMPARE(rows->rowCount(), 7);
        QCOMPARE(rows->index(5, 0).data().toString(), QStringLiteral("Uptime"));
        QCOMPARE(rows->index(5, 3).data().toString(),
                 QStringLiteral("Not reached")); // one minute in two days
        QVERIFY(rows->index(5, 4).data().toString().startsWith("1 of "));
        QVERIFY(rows->index(5, 4).data().toString().endsWith("1 of 10 requests failed"));
        QCOMPARE(rows->index(6, 3).data().toString(), QStringLiteral("Not measured yet"));
    }

    void who_was_chosen_stays_chosen_when_the_page_comes_back() {
        Desk desk(m_plants->database.operator_url());
        QVERIFY(desk.ready());
        desk.choose(m_plants->ada);
        auto *companion = desk.find<QComboBox>("analytics.companion");
        const QSignalSpy listed(companion->model(), &QAbstractItemModel::rowsInserted);
        desk.page.activate();
        QTRY_COMPARE_WITH_TIMEOUT(listed.size(), 3, 30000); // all of them, ada and bea
        QCOMPARE(companion->currentData().toString().toStdString(), m_plants->ada.text());
    }

    void a_companion_sees_her_own_and_chooses_nobody() {
        const Desk ada(m_plants->database.companion_url(), AnalyticsPage::Scope::Own);
        QVERIFY(ada.ready());
        QVERIFY(!ada.find<QComboBox>("analytics.companion")->isVisible());
        ada.last_month();
        QTRY_COMPARE(ada.figure("analytics.overview.visits"), QStringLiteral("650"));
        QCOMPARE(ada.find<QTabBar>("analytics.tabs")->count(), 9);
        const Desk bea(m_plants->database.other_companion_url(), AnalyticsPage::Scope::Own);
        QVERIFY(bea.ready());
        bea.last_month();
        auto *state = bea.find<StateStack>("analytics.overview.state");
        QTRY_COMPARE(state->state(), StateStack::State::Empty);
        QVERIFY(state->message().contains(QStringLiteral("No visits match")));
    }

    void an_operator_opens_a_companion_from_the_platform() {
        const Desk desk(m_plants->database.operator_url());
        QVERIFY(desk.ready());
        desk.last_month();
        desk.tab("Platform");
        auto *list = desk.find<BarList>("analytics.platform.tenants.chart");
        QTRY_VERIFY(list->model()->rowCount() == 2);
        QCOMPARE(list->model()->index(0, 1).data().toString(), QStringLiteral("650"));
        const auto name = list->model()->index(0, 0).data().toString();
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                          list->visualRect(list->model()->index(0, 0)).center());
        QCOMPARE(desk.find<QComboBox>("analytics.companion")->currentText(), name);
        QTRY_COMPARE(desk.find<QTabBar>("analytics.tabs")->currentIndex(), 0);
        QTRY_COMPARE(desk.figure("analytics.overview.visits"), QStringLiteral("650"));
    }

    void a_database_that_does_not_answer_is_said_and_can_be_tried_again() {
        const Desk desk("postgresql://operator@127.0.0.1:1/studio?connect_timeout=2");
        auto *state = desk.find<StateStack>("analytics.state");
        QTRY_COMPARE_WITH_TIMEOUT(state->state(), StateStack::State::Error, 10000);
        QVERIFY(state->message().contains(QStringLiteral("Could not load the figures")));
        const auto buttons = state->findChildren<QPushButton *>("state.error.button");
        const auto again = std::ranges::find_if(buttons, &QPushButton::isVisible);
        QVERIFY(again != buttons.end());
        QList<StateStack::State> seen;
        connect(state, &StateStack::state_changed, this,
                [&](StateStack::State changed) { seen.append(changed); });
        QTest::mouseClick(*again, Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(seen.size(), 2, 10000);
        QCOMPARE(seen, (QList{StateStack::State::Loading, StateStack::State::Error}));
    }

private:
    std::unique_ptr<PlantedVisits> m_plants;
    std::vector<PlantedVisit> m_visits;
};

QTEST_MAIN(AnalyticsTest)
#include "analytics_test.moc"
