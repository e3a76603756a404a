// SPDX-License-Identifier: Apache-2.0
// Whose figures the page shows, and how old they are: after another companion, another period, F5 and Cancel.
#include "tests/db/fixtures/sql.h"
#include "tests/support/test_database.h"
#include "tests/ui/analytics/desk.h"
#include "tests/ui/analytics/planted_visits.h"
#include "tests/ui/charts/workbook_reader.h"
#include "ui/analytics/capped_hours_note.h"
#include "ui/analytics/figure_rows.h"
#include "ui/analytics/list_rows.h"
#include "ui/analytics/report/report_menu.h"
#include "ui/analytics/report/report_pages.h"
#include "ui/analytics/sections/section.h"

#include <QAction>
#include <QFileDialog>
#include <QImage>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QTemporaryDir>
#include <QToolButton>

using namespace studio;
using namespace studio::ui;
using test_support::PlantedVisits;

namespace {

constexpr int planted = 130;

// Locks a table: readers wait until this object is destroyed.
class Locked final {
public:
    Locked(const PlantedVisits &plants, const std::string &table)
        : m_owner(plants.database.owner_url()), m_work(m_owner) {
        m_work.exec("LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE");
    }

private:
    pqxx::connection m_owner;
    pqxx::work m_work;
};

} // namespace

class AnalyticsQueryTest final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        QLocale::setDefault(QLocale(QLocale::English, QLocale::Australia));
        m_plants = std::make_unique<PlantedVisits>();
        m_plants->plant(PlantedVisits::pattern(planted));
        m_bea = m_plants->database.other_tenant_id();
    }
    void cleanupTestCase() { m_plants.reset(); }

    void today_is_compared_with_as_much_of_yesterday() {
        AnalyticsQuery query;
        query.zone = QTimeZone("Australia/Sydney");
        const QDate today(2026, 3, 17);
        query.asked = QDateTime(today, QTime(14, 5, 59), query.zone).toUTC();
        const auto compared = [&](Preset preset) {
            query.range = *preset_range(preset, today);
            return format_range(compared_period(query));
        };
        QCOMPARE(compared(Preset::Today), QStringLiteral("16 March 2026 until 14:05"));
        QCOMPARE(compared(Preset::Last7), QStringLiteral("4 – 10 March 2026 until 14:05"));
        QCOMPARE(compared(Preset::ThisMonth), QStringLiteral("12 – 28 February 2026 until 14:05"));
        QCOMPARE(compared(Preset::Yesterday), QStringLiteral("15 March 2026"));
        query.range = {to_day(today.addDays(-1)), to_day(today.addDays(5))}; // five days are still to come
        QCOMPARE(format_range(compared_period(query)), QStringLiteral("14 – 15 March 2026 until 14:05"));
        query.range = {to_day(today.addDays(1)), to_day(today.addDays(2))};
        QCOMPARE(format_range(compared_period(query)), QStringLiteral("16 – 17 March 2026"));
    }

    void a_clock_is_named_by_its_place() {
        AnalyticsQuery query;
        QCOMPARE(clock_label(query), QStringLiteral("each in her own time zone"));
        query.tenant = models::TenantId("a");
        QCOMPARE(clock_label(query), QStringLiteral("UTC"));
        query.zone = QTimeZone("America/New_York");
        QCOMPARE(clock_label(query), QStringLiteral("New York time"));
    }

    void values_in_several_currencies_are_never_added() {
        AnalyticsQuery everybody;
        PeriodFigures now, before;
        now.values = {{"AUD", 1200}, {"USD", 300}};
        before.values = {{"NZD", 50}};
        FigureTableModel table;
        fill_summary(table, everybody, now, before);
        QStringList titles;
        for (const auto &column : table.columns()) {
            titles << column.title;
        }
        QCOMPARE(titles.mid(9),
                 (QStringList{"Booking value (AUD)", "Booking value (NZD)", "Booking value (USD)"}));
        QCOMPARE(table.cell(0, 9).toDouble(), 1200.0);
        QCOMPARE(table.cell(0, 10).toDouble(), 0.0);
        QCOMPARE(table.cell(1, 10).toDouble(), 50.0);
        fill_breakdown(table, everybody, db::Dimension::Source, {{"google", {}}});
        QCOMPARE(table.columns().back().title, QStringLiteral("Conversion"));
        fill_services(table, everybody, {{"Dinner date", 3, 1, 0}});
        QCOMPARE(table.columns().back().title, QStringLiteral("Cancelled"));
        QCOMPARE(table.rowCount(), 1);
    }

    void requests_without_a_counted_visit_go_along_into_files() {
        AnalyticsQuery query;
        query.tenant = models::TenantId("a");
        query.currency = "AUD";
        PeriodFigures now, before;
        FigureTableModel table;
        fill_summary(table, query, now, before);
        QCOMPARE(table.columns().back().title, QStringLiteral("Booking value"));
        now.requests_without_visit = 4;
        before.requests_without_visit = 1;
        fill_summary(table, query, now, before);
        QCOMPARE(table.columns().back().title, QStringLiteral("Requests without a counted visit"));
        QCOMPARE(table.cell(0, table.columnCount() - 1).toLongLong(), 4);
        QCOMPARE(table.cell(1, table.columnCount() - 1).toLongLong(), 1);
        fill_services(table, query, {{"Dinner date", 3, 1, 600}}, {2, 1, 50});
        QVERIFY(table.csv().endsWith("\r\nRequests without a counted visit,2,1,50\r\n"));
    }

    void the_furthest_step_of_a_visit_is_never_behind_its_path() {
        const auto furthest = [](std::vector<std::string> path, int stage, int bookings) {
            db::VisitRow visit;
            visit.path = std::move(path);
            visit.stage = stage;
            visit.bookings = bookings;
            FigureTableModel table;
            fill_visits(table, {}, {visit});
            return table.text(0, 6);
        };
        QCOMPARE(furthest({"/", "pricing_view"}, 0, 0), step_label("pricing_view"));
        QCOMPARE(furthest({"form_start", "/"}, 0, 0), step_label("form_start"));
        QCOMPARE(furthest({"/", "photo_engagement"}, 3, 0), step_label("form_start")); // not in the path
        QCOMPARE(furthest({"/"}, 0, 1), step_label("booking_submit"));
        QCOMPARE(furthest({"email_click"}, -1, 0), QStringLiteral("–"));
    }

    void a_rate_is_a_rate_in_a_file() {
        AnalyticsQuery query;
        query.tenant = models::TenantId("a");
        query.currency = "AUD";
        db::Totals many, few;
        many.visits = 200;
        many.bookings = 9;
        few.visits = 3;
        FigureTableModel table;
        fill_breakdown(table, query, db::Dimension::Source, {{"google", many}, {"direct", few}});
        QCOMPARE(table.csv(),
                 QByteArray("Source,Visits,Bookings,Conversion (rate),Conversion (bookings),Conversion "
                            "(visits),Value (AUD)\r\nGoogle,200,9,0.045,9,200,0\r\nDirect,3,0,,0,3,0\r\n"));
    }

    void what_is_beyond_the_hundred_values_of_a_day_filters_nothing() {
        FigureTableModel table;
        fill_breakdown(table, {}, db::Dimension::Campaign, {{db::other_values, {}}});
        QCOMPARE(table.rows().front().key, QString());
    }

    void days_whose_traffic_was_limited_are_named() {
        AnalyticsQuery query;
        const models::TenantId a("a"), b("b");
        query.tenant = a;
        query.zone = QTimeZone("Australia/Sydney");
        query.range = {to_day({2026, 11, 1}), to_day({2026, 11, 30})};
        const auto hour = [&](int month, int day, int of_day) {
            return QDateTime(QDate(2026, month, day), QTime(of_day, 0), query.zone).toSecsSinceEpoch() / 3600;
        };
        QCOMPARE(capped_hours_note(query, {{a, hour(12, 1, 0), 9}, {b, hour(11, 5, 3), 9}}), QString());
        std::vector<db::CappedHour> hours{{a, hour(11, 30, 0), 9}, {a, hour(11, 30, 23), 1}};
        QCOMPARE(capped_hours_note(query, hours),
                 QStringLiteral("Traffic was limited on 30 November; the figures are lower bounds."));
        hours.push_back({a, hour(11, 2, 4), 1});
        QCOMPARE(
            capped_hours_note(query, hours),
            QStringLiteral("Traffic was limited on 2 November, 30 November; the figures are lower bounds."));
        hours.push_back({a, hour(11, 3, 4), 1});
        hours.push_back({a, hour(11, 4, 4), 1});
        QCOMPARE(
            capped_hours_note(query, hours),
            QStringLiteral("Traffic was limited on 4 days, most recently 30 November; the figures are lower "
                           "bounds."));
    }

    void the_overview_says_that_traffic_was_limited() {
        const auto hour =
            std::chrono::duration_cast<std::chrono::hours>(PlantedVisits::first_day().time_since_epoch())
                .count();
        db::Session service(m_plants->database.renderer_url());
        db::CappedHoursStore(service).add({{m_plants->ada, hour + 12, 7}});
        const Desk desk(m_plants->database.operator_url());
        QVERIFY(desk.ready());
        desk.choose(m_plants->ada);
        desk.last_month();
        QTRY_VERIFY(desk.find<QLabel>("analytics.overview.capped.text")->text().contains("lower bounds"));
    }

    void sums_stand_at_once_and_visitors_come_by_themselves() {
        auto locked = std::make_unique<Locked>(*m_plants, "visit_facts");
        const Desk desk(m_plants->database.operator_url());
        QVERIFY(desk.ready());
        desk.last_month();
        auto *visitors = desk.find<FigureTile>("analytics.overview.visitors");
        auto *progress = desk.find<QLabel>("analytics.progress");
        auto *button = desk.find<QPushButton>("analytics.progress.button");
        auto *exporting = desk.find<QAction>("analytics.export_workbook");
        QTRY_COMPARE(desk.figure("analytics.overview.visits"), QString::number(planted));
        QCOMPARE(visitors->note(), QStringLiteral("Counting visitors…"));
        QTRY_COMPARE(progress->text(), QStringLiteral("Counting visitors…"));
        QCOMPARE(button->text(), QStringLiteral("Cancel"));
        QVERIFY(!exporting->isEnabled());
        QVERIFY(!desk.find<QToolButton>("analytics.overview.trend.menu")->isEnabled());

        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(visitors->note(), QStringLiteral("Not counted"));
        QCOMPARE(visitors->figure(), QStringLiteral("–"));
        QVERIFY(exporting->isEnabled());
        db::Sql people(m_plants->database.owner_url());
        QTRY_COMPARE(people.value("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"),
                     std::string("0"));
        locked.reset();
        QCOMPARE(button->text(), QStringLiteral("Reload"));
        QTest::mouseClick(button, Qt::LeftButton);
        QTRY_COMPARE(visitors->figure(), QString::number(planted));
        QCOMPARE(visitors->note(), QStringLiteral("each visit without consent is one"));
        QTRY_VERIFY(exporting->isEnabled()); // the lists may come after the visitors
        QCOMPARE(progress->text(), QString());
    }

    void a_question_that_changes_is_cancelled() {
        auto locked = std::make_unique<Locked>(*m_plants, "visit_facts");
        const Desk desk(m_plants->database.operator_url());
        QVERIFY(desk.ready());
        desk.tab("Journeys");
        const auto waiting = [&] {
            return db::Sql(m_plants->database.owner_url())
                .value("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'");
        };
        QTRY_COMPARE(waiting(), std::string("1"));
        auto *state = desk.find<StateStack>("analytics.journeys.state");
        QTRY_COMPARE(desk.find<QLabel>("analytics.progress")->text(), QStringLiteral("Counting journeys…"));
        desk.last_month();
        desk.tab("Bookings"); // read from sums
        QTRY_COMPARE(desk.table("analytics.bookings.list").rowCount(), 1);
        QTRY_COMPARE(waiting(), std::string("0"));
        desk.tab("Journeys");
        QCOMPARE(state->state(), StateStack::State::Loading);
        QTRY_COMPARE(waiting(), std::string("1"));
        QTRY_COMPARE(desk.find<QLabel>("analytics.progress")->text(), QStringLiteral("Counting journeys…"));
        QTest::mouseClick(desk.find<QPushButton>("analytics.progress.button"), Qt::LeftButton);
        QCOMPARE(state->state(), StateStack::State::Error);
        QVERIFY(state->message().contains("Stopped"));
        locked.reset();
        emit state->retry_requested();
        QTRY_COMPARE(desk.table("analytics.journeys.list").rowCount(), 5);
    }

    void a_switch_leaves_nothing_of_the_companion_before() {
        const Desk desk(m_plants->database.operator_url());
        QVERIFY(desk.ready());
        desk.choose(m_plants->ada);
        desk.last_month();
        QTRY_COMPARE(desk.figure("analytics.overview.visits"), QString::number(planted));
        for (const auto *view : {"Sources", "Journeys", "Visits", "Hours"}) {
            desk.tab(view);
            QTRY_VERIFY(desk.page.current_section()->answered() != nullptr);
        }
        QVERIFY(desk.table("analytics.visits.card").rowCount() > 0);
        const Locked sums(*m_plants, "tenant_settings_history"); // the answer about her waits
        desk.choose(m_bea);
        for (const auto *card : desk.page.findChildren<ChartCard *>()) {
            QCOMPARE(card->table()->rowCount(), 0);
            QVERIFY(!card->findChild<QToolButton *>(card->objectName() + ".menu")->isEnabled());
        }
        for (const auto *section : desk.page.findChildren<FiguresSection *>()) {
            QVERIFY(section->tables().empty());
            QVERIFY(section->answered() == nullptr);
            QCOMPARE(section->state()->state(), StateStack::State::Loading);
        }
        for (const auto *action : {"analytics.export", "analytics.export_workbook", "analytics.export_all"}) {
            QVERIFY(!desk.find<QAction>(action)->isEnabled());
        }
        QVERIFY(!desk.find<ReportMenu>("analytics.report")->isEnabled());
        QCOMPARE(desk.find<QLabel>("analytics.now")->text(), QString());
        desk.last_month(); // asks nothing while the time zone is unknown
        QVERIFY(!desk.page.current_section()->loads());
    }

    void a_file_that_is_asked_for_before_a_change_is_not_written_after_it() {
        const Desk desk(m_plants->database.operator_url());
        QVERIFY(desk.ready());
        desk.choose(m_plants->ada);
        desk.last_month();
        QTRY_VERIFY(desk.find<QAction>("analytics.export_workbook")->isEnabled());
        const QTemporaryDir folder;
        desk.find<QAction>("analytics.export_workbook")->trigger();
        auto *dialog = desk.find<QFileDialog>("");
        const auto name = desk.find<QComboBox>("analytics.companion")->currentText();
        QVERIFY(dialog->selectedFiles().front().endsWith("/" + name.toLower() + "-overview.xlsx"));
        desk.choose(m_bea);
        emit dialog->fileSelected(folder.filePath("ada.xlsx"));
        dialog->reject();
        QVERIFY(desk.find<QLabel>("analytics.banner.text")->text().contains("nothing was saved"));
        QVERIFY(!QFile::exists(folder.filePath("ada.xlsx")));
    }

    void csv_files_carry_the_name_of_whom_they_are_of() {
        const Desk desk(m_plants->database.operator_url());
        QVERIFY(desk.ready());
        desk.choose(m_plants->ada);
        desk.last_month();
        QTRY_VERIFY(desk.find<QAction>("analytics.export")->isEnabled());
        const QTemporaryDir folder;
        desk.find<QAction>("analytics.export")->trigger();
        auto *dialog = desk.find<QFileDialog>("");
        emit dialog->fileSelected(folder.path());
        dialog->reject();
        const auto name = desk.find<QComboBox>("analytics.companion")->currentText().toLower();
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files),
                 (QStringList{name + "-overview-pages.csv", name + "-overview-sources.csv",
                              name + "-overview-trend.csv"}));
    }

    void a_filter_that_goes_with_its_companion_is_said() {
        const Desk desk(m_plants->database.operator_url());
        QVERIFY(desk.ready());
        desk.choose(m_plants->ada);
        desk.last_month();
        desk.tab("Sources");
        QTRY_VERIFY(desk.table("analytics.sources.list").rowCount() > 0);
        emit desk.page.current_section()->filter_requested(Field::Source, "google");
        QTRY_VERIFY(desk.find<QPushButton>("analytics.chip.source")->isVisible());
        desk.choose(m_bea);
        QCOMPARE(desk.find<QLabel>("analytics.banner.text")->text(),
                 QStringLiteral("The filter was cleared: Source: Google."));
    }

    void the_page_follows_the_companion_of_another_and_keeps_what_is_chosen_here() {
        Desk desk(m_plants->database.operator_url());
        QVERIFY(desk.ready());
        auto *companion = desk.find<QComboBox>("analytics.companion");
        const auto chosen = [&] { return companion->currentData().toString().toStdString(); };
        QStringList told;
        connect(&desk.page, &Page::companion_chosen, this, [&told](const QString &id) { told << id; });
        desk.page.follow(to_text(m_plants->ada));
        QCOMPARE(chosen(), m_plants->ada.text());
        companion->setCurrentIndex(0); // all of them
        desk.page.follow(to_text(m_plants->ada));
        QCOMPARE(chosen(), std::string());
        desk.choose(m_bea);
        QCOMPARE(told.back().toStdString(), m_bea.text());
        desk.page.follow(to_text(m_bea));
        QCOMPARE(chosen(), m_bea.text());
        desk.page.follow(to_text(m_plants->ada));
        QCOMPARE(chosen(), m_plants->ada.text());
    }

    void a_page_that_is_told_whom_to_follow_before_it_knows_her_shows_her() {
        Desk desk(m_plants->database.operator_url());
        desk.page.follow(to_text(m_plants->ada));
        QVERIFY(desk.ready());
        QCOMPARE(desk.find<QComboBox>("analytics.companion")->currentData().toString().toStdString(),
                 m_plants->ada.text());
    }

    void a_table_longer_than_a_page_goes_on_on_the_next() {
        MonthReport report;
        report.month = QDate(2026, 3, 1);
        report.query.tenant = models::TenantId("a");
        report.query.companion = QStringLiteral("Ada");
        report.query.range = {to_day({2026, 3, 1}), to_day({2026, 3, 31})};
        report.range_before = {to_day({2026, 2, 1}), to_day({2026, 2, 28})};
        report.made = QDateTime(QDate(2026, 4, 1), QTime(9, 0), Qt::UTC);
        for (int number = 1; number <= 90; ++number) {
            report.services.push_back({"Service " + std::to_string(number), 91 - number, 0, 0});
        }
        const ReportPages pages(report);
        QCOMPARE(pages.count(), 3);
        QVERIFY(pages.words().contains("Service 90"));
        for (int page = 0; page < pages.count(); ++page) {
            QImage paper(ReportPages::page_width, ReportPages::page_height, QImage::Format_RGB32);
            paper.fill(Qt::white);
            QPainter painter(&paper);
            pages.paint(painter, page);
            painter.end();
            const auto has_ink = [&](int top, int bottom) {
                for (int y = top; y < bottom; ++y) {
                    for (int x = 0; x < paper.width(); ++x) {
                        if (qGray(paper.pixel(x, y)) < 250) {
                            return true;
                        }
                    }
                }
                return false;
            };
            QVERIFY(has_ink(56, 80)); // titles of the table's columns stand at the top of each page
            QVERIFY(!has_ink(paper.height() - 76, paper.height() - 62));
        }
    }

    // Last, because these tests plant more visits.
    void f5_and_coming_back_read_again() {
        Desk desk(m_plants->database.operator_url());
        QVERIFY(desk.ready());
        desk.last_month();
        desk.tab("Hours");
        QTRY_COMPARE(desk.table("analytics.hours.card").rowCount(), 168);
        desk.tab("Overview");
        QTRY_COMPARE(desk.figure("analytics.overview.visits"), QString::number(planted));
        m_plants->plant({{3, 12, "google", "mobile", "AU", 1, {}}});
        desk.page.activate(); // F5
        QTRY_COMPARE(desk.figure("analytics.overview.visits"), QString::number(planted + 1));
        const auto visits = [&] {
            const auto &hours = desk.table("analytics.hours.card");
            qint64 sum = 0;
            for (int row = 0; row < hours.rowCount(); ++row) {
                sum += hours.cell(row, 2).toLongLong();
            }
            return sum;
        };
        desk.tab("Hours");
        QTRY_COMPARE(visits(), qint64(planted + 1));
        m_plants->plant({{4, 12, "google", "mobile", "AU", 1, {}}});
        desk.page.hide();
        desk.page.show();
        desk.page.activate(); // as when the page comes to the front
        QTRY_COMPARE(visits(), qint64(planted + 2));
    }

private:
    std::unique_ptr<PlantedVisits> m_plants;
    models::TenantId m_bea;
};

QTEST_MAIN(AnalyticsQueryTest)
#include "analytics_query_test.moc"
