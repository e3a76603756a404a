// SPDX-License-Identifier: Apache-2.0
#include "models/color/color.h"
#include "tests/ui/charts/workbook_reader.h"
#include "ui/charts/axis_scale.h"
#include "ui/charts/bar_list.h"
#include "ui/charts/chart_card.h"
#include "ui/charts/chart_palette.h"
#include "ui/charts/figure_tile.h"
#include "ui/charts/figure_workbook.h"
#include "ui/charts/flow_chart.h"
#include "ui/charts/format_figure.h"
#include "ui/charts/funnel_chart.h"
#include "ui/charts/heat_map.h"
#include "ui/charts/interval_plot.h"
#include "ui/charts/line_chart.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QElapsedTimer>
#include <QLabel>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>
#include <QToolButton>

#include <array>
#include <cmath>

using namespace studio::ui;

namespace {

QVariant share(qint64 count, qint64 of) {
    return QVariant::fromValue(Share{count, of});
}

// The colour as people without one kind of cones see it: Viénot, Brettel, Mollon, Color Research and
// Application 24 (1999), as one matrix over linear RGB.
using Matrix = std::array<std::array<double, 3>, 3>;
constexpr Matrix protan{{{0.11238, 0.88762, 0}, {0.11238, 0.88762, 0}, {0.00401, -0.00401, 1}}};
constexpr Matrix deutan{{{0.29275, 0.70725, 0}, {0.29275, 0.70725, 0}, {-0.02234, 0.02234, 1}}};
constexpr Matrix nobody{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};

std::array<double, 3> lab(const QColor &color, const Matrix &eye) {
    const auto linear = [](double c) {
        return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    const std::array<double, 3> rgb{linear(color.redF()), linear(color.greenF()), linear(color.blueF())};
    std::array<double, 3> seen{};
    for (std::size_t row = 0; row < 3; ++row) {
        for (std::size_t column = 0; column < 3; ++column) {
            seen[row] += eye[row][column] * rgb[column];
        }
    }
    const double x = (0.4124 * seen[0] + 0.3576 * seen[1] + 0.1805 * seen[2]) / 0.9505;
    const double y = 0.2126 * seen[0] + 0.7152 * seen[1] + 0.0722 * seen[2];
    const double z = (0.0193 * seen[0] + 0.1192 * seen[1] + 0.9505 * seen[2]) / 1.089;
    const auto bent = [](double t) { return t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116; };
    return {116 * bent(y) - 16, 500 * (bent(x) - bent(y)), 200 * (bent(y) - bent(z))};
}

double apart(const QColor &first, const QColor &second, const Matrix &eye) {
    const auto a = lab(first, eye), b = lab(second, eye);
    return std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

studio::models::Color model_color(const QColor &color) {
    return {static_cast<std::uint8_t>(color.red()), static_cast<std::uint8_t>(color.green()),
            static_cast<std::uint8_t>(color.blue())};
}

std::vector<FigureRow> days(int count) {
    std::vector<FigureRow> rows;
    const QDateTime first(QDate(2026, 3, 1), QTime(0, 0), QTimeZone("Australia/Sydney"));
    for (int day = 0; day < count; ++day) {
        const double wave = 100 + 40 * std::sin(day / 3.5);
        rows.push_back(
            {{first.addDays(day), qint64(wave), qint64(wave * 0.8), qint64(wave * 0.3), qint64(wave * 0.1)},
             QString::number(day)});
    }
    return rows;
}

const std::vector<FigureColumn> day_columns{{"Day", FigureKind::Day},
                                            {"Visits", FigureKind::Count},
                                            {"Visitors", FigureKind::Count},
                                            {"Engaged", FigureKind::Count},
                                            {"Bookings", FigureKind::Count}};

} // namespace

class ChartsTest final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        QLocale::setDefault(QLocale(QLocale::English, QLocale::Australia));
        m_theme = std::make_unique<Theme>(*qApp);
    }

    void a_table_of_figures_keeps_the_promises_of_a_model() {
        FigureTableModel table;
        const QAbstractItemModelTester tester(&table, QAbstractItemModelTester::FailureReportingMode::QtTest);
        table.set({{"Source", FigureKind::Text}, {"Visits", FigureKind::Count}, {"Rate", FigureKind::Share}},
                  {{{"instagram", qint64(1204), share(60, 1204)}, "instagram"},
                   {{"direct", qint64(3), share(1, 3)}, "direct"}});
        QCOMPARE(table.index(0, 1).data().toString(), QStringLiteral("1,204"));
        QCOMPARE(table.index(0, 2).data().toString(), QStringLiteral("5.0 %"));
        QCOMPARE(table.index(0, 2).data(FigureTableModel::Value).toDouble(), 60.0 / 1204);
        QCOMPARE(table.index(1, 0).data(FigureTableModel::Key).toString(), QStringLiteral("direct"));
        table.set({{"Source", FigureKind::Text}}, {});
        QCOMPARE(table.rowCount(), 0);
    }

    void a_rate_of_few_visits_says_so() {
        QCOMPARE(format_share({1, 3}), QStringLiteral("1 of 3"));
        QCOMPARE(share_sentence({1, 3}), QStringLiteral("3 visits: too few for a rate"));
        QCOMPARE(share_sentence({0, 1}), QStringLiteral("1 visit: too few for a rate"));
        QCOMPARE(format_share({0, 0}), QStringLiteral("–"));
        QCOMPARE(format_share({3, 30}), QStringLiteral("10.0 %"));
        QCOMPARE(format_share({1, 2500}), QStringLiteral("0.04 %"));
        QCOMPARE(format_share({40, 40}), QStringLiteral("100 %"));
    }

    void changes_compare_only_what_can_be_compared() {
        QCOMPARE(count_change(120, 100).text, QStringLiteral("+20 %"));
        QCOMPARE(count_change(120, 100).tone, Tone::Positive);
        QCOMPARE(count_change(95, 100).text, QStringLiteral("−5.0 %"));
        QCOMPARE(count_change(5, 2).text, QStringLiteral("2 before"));
        QCOMPARE(count_change(5, 2).tone, Tone::Neutral);
        QCOMPARE(count_change(0, 0).text, QString());
        QCOMPARE(share_change({10, 100}, {5, 100}).text, QStringLiteral("+5.0 points"));
        QCOMPARE(share_change({1, 3}, {5, 100}).text, QString());
    }

    void times_and_amounts_read_well() {
        QCOMPARE(format_duration(48.4), QStringLiteral("48 s"));
        QCOMPARE(format_duration(133), QStringLiteral("2 min 13 s"));
        QCOMPARE(format_duration(3840), QStringLiteral("1 h 4 min"));
        QCOMPARE(format_amount(1250, "AUD"), QStringLiteral("AUD 1,250"));
        QCOMPARE(format_amount(12.5, {}), QStringLiteral("12.50"));
    }

    void csv_is_plain_numbers_and_no_spreadsheet_runs_it() {
        FigureTableModel table;
        table.set({{"Page, \"path\"", FigureKind::Text},
                   {"Rate", FigureKind::Share, "bookings", "visits"},
                   {"Day", FigureKind::Day},
                   {"Value", FigureKind::Money}},
                  {{{"=HYPERLINK(1)", share(15, 60), QDateTime(QDate(2026, 3, 1), QTime(0, 0)), 12.5}, {}},
                   {{"/a\r\nb", share(2, 4), {}, {}}, {}}});
        QCOMPARE(table.csv(),
                 QByteArray("\"Page, \"\"path\"\"\",Rate (rate),Rate (bookings),Rate (visits),Day,Value\r\n"
                            "'=HYPERLINK(1),0.25,15,60,2026-03-01,12.5\r\n"
                            "\"/a\r\nb\",,2,4,,\r\n")); // two of four are too few for a rate
    }

    void copied_figures_run_in_no_spreadsheet_either() {
        FigureTableModel table;
        table.set({{"Page", FigureKind::Text}, {"Visits", FigureKind::Count}},
                  {{{"=HYPERLINK(1)", qint64(3)}, {}},
                   {{"@SUM(A1)\tB\nC", qint64(-1)}, {}},
                   {{"/about", qint64(1)}, {}}});
        QCOMPARE(table.tab_separated(),
                 QStringLiteral("Page\tVisits\n'=HYPERLINK(1)\t3\n'@SUM(A1) B C\t-1\n/about\t1"));
    }

    void a_name_becomes_part_of_a_file_name() {
        QCOMPARE(file_name_part("Claire Dubois  Traffic sources"),
                 QStringLiteral("claire-dubois-traffic-sources"));
        QCOMPARE(file_name_part("../Zoë/ “1”"), QStringLiteral("zoë-1"));
        QCOMPARE(file_name_part("-"), QString());
    }

    void a_workbook_holds_numbers_rates_and_dates_as_such() {
        FigureTableModel table;
        table.set_currency("AUD");
        const QDateTime day(QDate(2026, 3, 1), QTime(14, 30), QTimeZone("Australia/Sydney"));
        table.set(
            {{"Page", FigureKind::Text},
             {"Visits", FigureKind::Count},
             {"Rate", FigureKind::Share},
             {"Value", FigureKind::Money},
             {"Time", FigureKind::Duration},
             {"Chance", FigureKind::Percent},
             {"Began", FigureKind::Hour},
             {"Day", FigureKind::Day},
             {"Month", FigureKind::Month},
             {"Effect", FigureKind::Decimal}},
            {{{"=HYPERLINK(\"x\")", qint64(12345), share(60, 1200), 1234.5, 90.0, 0.25, day, day, day, 1.5},
              {}},
             {{"/ä & <b>", qint64(0), share(1, 3), {}, {}, {}, {}, {}, {}, {}}, {}},
             {{"", qint64(1), share(0, 0), {}, {}, {}, {}, {}, {}, {}}, {}}});
        const QTemporaryDir folder;
        const auto file = folder.filePath("figures.xlsx");
        FigureWorkbook book(file);
        book.add_words("About", {{"Companion", "Claire"}, {"Time zone", "Australia/Sydney"}});
        book.add("Where visits come from: a name [too] long for one", table);
        book.add("where visits come from- a name -too- long", table);
        book.save();
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList("figures.xlsx"));

        const studio::test_support::WorkbookReader read(file);
        QCOMPARE(read.sheets(),
                 (QStringList{"About", "Where visits come from- a name", "where visits come from- a nam 2"}));
        QCOMPARE(read.cell("About", 1, 1).value, QVariant("Australia/Sydney"));
        const auto sheet = read.sheets().at(1);
        const auto cell = [&](int row, int column) { return read.cell(sheet, row, column); };
        const QStringList titles{"Page", "Visits", "Rate (rate)", "Rate (count)", "Rate (of)", "Value (AUD)",
                                 "Time", "Chance", "Began",       "Day",          "Month",     "Effect"};
        for (int column = 0; column < titles.size(); ++column) {
            QCOMPARE(cell(0, column).value, QVariant(titles[column]));
        }
        QCOMPARE(read.row_count(sheet), 4);
        // Days since 30 December 1899, as spreadsheets count them.
        const double serial = static_cast<double>(QDate(1899, 12, 30).daysTo(QDate(2026, 3, 1)));
        const std::vector<std::pair<QVariant, QString>> first{{"=HYPERLINK(\"x\")", ""},
                                                              {12345.0, "#,##0"},
                                                              {0.05, "0.00%"},
                                                              {60.0, "#,##0"},
                                                              {1200.0, "#,##0"},
                                                              {1234.5, "#,##0.00"},
                                                              {90.0 / 86400, "[h]:mm:ss"},
                                                              {0.25, "0.00%"},
                                                              {serial + 14.5 / 24, "yyyy-mm-dd hh:mm"},
                                                              {serial + 14.5 / 24, "yyyy-mm-dd"},
                                                              {serial + 14.5 / 24, "mmm yyyy"},
                                                              {1.5, "0.####"}};
        for (std::size_t column = 0; column < first.size(); ++column) {
            const auto found = cell(1, static_cast<int>(column));
            QCOMPARE(found.value.typeId(), first[column].first.typeId());
            if (found.value.typeId() == QMetaType::Double) {
                QVERIFY(std::abs(found.value.toDouble() - first[column].first.toDouble()) < 1e-9);
            } else {
                QCOMPARE(found.value, first[column].first);
            }
            QCOMPARE(found.format, first[column].second);
        }
        QCOMPARE(cell(2, 0).value, QVariant("/ä & <b>"));
        QCOMPARE(cell(2, 2).format, QStringLiteral("0.00%\" (few)\""));
        QVERIFY(std::abs(cell(2, 2).value.toDouble() - 1.0 / 3) < 1e-9);
        QVERIFY(!cell(2, 5).value.isValid());
        QVERIFY(!cell(3, 2).value.isValid()); // none of none has no rate
        QCOMPARE(cell(3, 4).value, QVariant(0.0));
    }

    void a_workbook_that_cannot_be_written_is_said_and_leaves_nothing() {
        const QTemporaryDir folder;
        QVERIFY_EXCEPTION_THROWN(FigureWorkbook(folder.filePath("missing/figures.xlsx")), std::runtime_error);
        {
            FigureTableModel table;
            table.set({{"Day", FigureKind::Day}}, {});
            FigureWorkbook given_up(folder.filePath("figures.xlsx"));
            given_up.add("Days", table);
        }
        QDir(folder.path()).mkdir("folder.xlsx");
        QFile inside(folder.filePath("folder.xlsx/file"));
        QVERIFY(inside.open(QIODevice::WriteOnly));
        FigureWorkbook refused(folder.filePath("folder.xlsx"));
        refused.add_words("About", {{"a", "b"}});
        QVERIFY_EXCEPTION_THROWN(refused.save(), std::runtime_error);
        QCOMPARE(QDir(folder.path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot),
                 QStringList("folder.xlsx"));
    }

    void colours_are_told_apart_by_every_eye_and_from_the_ground() {
        for (const auto *colors : {&light_tokens(), &dark_tokens()}) {
            const auto &palette = chart_colors(*colors);
            for (std::size_t first = 0; first < palette.size(); ++first) {
                const auto contrast =
                    studio::models::contrast_ratio(model_color(palette[first]), model_color(colors->surface));
                QVERIFY2(contrast >= 3, qPrintable(palette[first].name() + ' ' + QString::number(contrast)));
                for (std::size_t second = first + 1; second < palette.size(); ++second) {
                    for (const auto *eye : {&nobody, &protan, &deutan}) {
                        const auto difference = apart(palette[first], palette[second], *eye);
                        QVERIFY2(difference >= 18,
                                 qPrintable(QStringLiteral("%1 %2: %3")
                                                .arg(palette[first].name(), palette[second].name())
                                                .arg(difference)));
                    }
                }
            }
        }
    }

    void a_line_reads_out_the_row_under_the_mouse_and_by_keys() {
        FigureTableModel table;
        LineChart chart("chart", table);
        table.set(day_columns, days(30));
        chart.resize(720, 280);
        chart.show();
        QVERIFY(QTest::qWaitForWindowExposed(&chart));
        QTest::mouseMove(&chart, {55, 100});
        QTRY_COMPARE(chart.current_row(), 0);
        QVERIFY(chart.accessibleDescription().startsWith(QStringLiteral("Sun 1 Mar 2026\nVisits: 100")));
        QTest::keyClick(&chart, Qt::Key_Right);
        QCOMPARE(chart.current_row(), 1);
        QTest::keyClick(&chart, Qt::Key_End);
        QCOMPARE(chart.current_row(), 29);
        QSignalSpy chosen(&chart, &LineChart::row_chosen);
        QTest::keyClick(&chart, Qt::Key_Return);
        QTest::mouseClick(&chart, Qt::LeftButton, {}, {55, 100});
        QCOMPARE(chosen.size(), 2);
        QCOMPARE(chosen.at(0).at(0).toInt(), 29);
        QCOMPARE(chosen.at(1).at(0).toInt(), 0);
    }

    void an_axis_ends_at_round_numbers() {
        QCOMPARE(round_step(100, 4), 50.0);
        QCOMPARE(round_step(8, 4), 2.0);
        QCOMPARE(round_step(0.03, 4), 0.01);
        const auto counts = axis_scale(0, 3, true);
        QCOMPARE(counts.low, 0.0);
        QCOMPARE(counts.high, 3.0);
        QCOMPARE(counts.step, 1.0);
        const auto shares = axis_scale(-0.7, 1.1, false);
        QCOMPARE(shares.low, -1.0);
        QCOMPARE(shares.high, 1.5);
        QCOMPARE(shares.step, 0.5);
        QCOMPARE(shares.decimals, 1);
    }

    void a_chart_of_nothing_of_one_day_and_of_zeros_can_be_drawn() {
        FigureTableModel table;
        LineChart chart("chart", table);
        chart.set_reference(0.0);
        chart.resize(720, 280);
        chart.grab();
        table.set(day_columns, days(1));
        chart.grab();
        chart.set_current_row(0);
        chart.grab();
        auto rows = days(3);
        for (auto &row : rows) {
            row.cells = {row.cells[0], qint64(0), QVariant(), qint64(0), qint64(0)};
        }
        table.set(day_columns, rows);
        chart.set_current_row(1);
        QVERIFY(!chart.grab().isNull());
        QVERIFY(!chart.read_out(1).contains(QStringLiteral("Visitors")));
    }

    void hovering_two_years_of_days_in_four_lines_takes_less_than_a_frame() {
        FigureTableModel table;
        LineChart chart("chart", table);
        table.set(day_columns, days(730));
        chart.resize(1200, 320);
        chart.show();
        QVERIFY(QTest::qWaitForWindowExposed(&chart));
        chart.grab();
        std::vector<double> times;
        for (int row = 0; row < 200; ++row) {
            chart.set_current_row(row);
            QElapsedTimer clock;
            clock.start();
            chart.repaint();
            times.push_back(static_cast<double>(clock.nsecsElapsed()) / 1e6);
        }
        std::ranges::sort(times);
        qInfo("redraw while hovering: median %.2f ms, p95 %.2f ms", times[100], times[190]);
        QVERIFY(times[100] < 16);
    }

    void a_bar_list_gives_the_key_of_the_row_that_is_chosen() {
        FigureTableModel table;
        BarList list("list", table, 1);
        table.set({{"Source", FigureKind::Text}, {"Visits", FigureKind::Count}},
                  {{{"instagram", qint64(40)}, "instagram"},
                   {{"direct", qint64(80)}, "direct"},
                   {{"others", qint64(1)}, {}}});
        list.resize(400, 200);
        list.show();
        QCOMPARE(list.longest(), 80.0);
        QSignalSpy chosen(&list, &BarList::chosen);
        QTest::mouseClick(list.viewport(), Qt::LeftButton, {},
                          list.visualRect(list.model()->index(1, 0)).center());
        QTest::mouseClick(list.viewport(), Qt::LeftButton, {},
                          list.visualRect(list.model()->index(2, 0)).center());
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen.at(0).at(0).toString(), QStringLiteral("direct"));
        list.sortByColumn(1, Qt::DescendingOrder);
        QCOMPARE(list.model()->index(0, 0).data().toString(), QStringLiteral("direct"));
    }

    void a_funnel_says_what_each_step_lost() {
        FigureTableModel table;
        FunnelChart funnel("funnel", table);
        table.set({{"Step", FigureKind::Text}, {"All visits", FigureKind::Share}},
                  {{{"Page view", share(1000, 1000)}, {}},
                   {{"Photo", share(400, 1000)}, {}},
                   {{"Pricing", share(10, 1000)}, {}},
                   {{"Form", share(5, 1000)}, {}},
                   {{"Booking", share(5, 1000)}, {}}});
        QCOMPARE(funnel.loss_label(0, 1), QString());
        QCOMPARE(funnel.loss_label(1, 1), QStringLiteral("−600 (60.0 %)"));
        QCOMPARE(funnel.loss_label(3, 1), QStringLiteral("−5 of 10"));
        QCOMPARE(funnel.loss_label(4, 1), QStringLiteral("none lost"));
        funnel.resize(funnel.sizeHint());
        funnel.show();
        QTest::keyClick(&funnel, Qt::Key_Down);
        QTest::keyClick(&funnel, Qt::Key_Down);
        QCOMPARE(funnel.current_step(), 1);
        QVERIFY(funnel.accessibleDescription().contains(QStringLiteral("lost −600 (60.0 %)")));
    }

    void a_heat_map_moves_by_hours_and_days() {
        FigureTableModel table;
        HeatMap map("map", table, 2);
        std::vector<FigureRow> rows;
        for (int cell = 0; cell < 168; ++cell) {
            rows.push_back(
                {{QLocale().dayName(cell / 24 + 1), qint64(cell % 24), qint64(cell), qint64(0)}, {}});
        }
        table.set({{"Weekday", FigureKind::Text},
                   {"Hour", FigureKind::Count},
                   {"Visits", FigureKind::Count},
                   {"Bookings", FigureKind::Count}},
                  rows);
        map.resize(map.sizeHint());
        map.show();
        QTest::keyClick(&map, Qt::Key_Right);
        QTest::keyClick(&map, Qt::Key_Right);
        QTest::keyClick(&map, Qt::Key_Down);
        QCOMPARE(map.current_cell(), 25);
        QCOMPARE(map.accessibleDescription(), QStringLiteral("Tuesday 01:00\nVisits: 25\nBookings: 0"));
        for (int press = 0; press < 40; ++press) {
            QTest::keyClick(&map, Qt::Key_Left);
        }
        QCOMPARE(map.current_cell(), 24);
    }

    void paths_become_blocks_that_add_up() {
        FigureTableModel table;
        FlowChart flow("flow", table);
        table.set({{"Path", FigureKind::Text}, {"Visits", FigureKind::Count}},
                  {{{"/ → photos → booking", qint64(30)}, {}},
                   {{"/ → pricing", qint64(20)}, {}},
                   {{"/book", qint64(5)}, {}}});
        QStringList nodes;
        for (const auto &node : flow.nodes()) {
            nodes << QStringLiteral("%1 %2 %3").arg(node.step).arg(node.name).arg(node.visits);
        }
        QCOMPARE(nodes, (QStringList{"0 / 50", "0 /book 5", "1 photos 30", "1 pricing 20", "2 booking 30"}));
        flow.resize(flow.sizeHint());
        QVERIFY(!flow.grab().isNull());
    }

    void a_card_shows_its_figures_as_a_table_copies_and_saves_them() {
        ChartCard card("card", "Visits");
        auto *table = new FigureTableModel;
        card.set_chart(new LineChart("card.chart", *table), table);
        card.resize(700, 320);
        card.show();
        QVERIFY(card.findChild<QLabel *>("card.empty")->isVisible());
        QVERIFY(!card.findChild<QToolButton *>("card.toggle")->isEnabled());
        table->set(day_columns, days(5));
        QVERIFY(!card.shows_table());
        QTest::mouseClick(card.findChild<QToolButton *>("card.toggle"), Qt::LeftButton);
        QVERIFY(card.shows_table());
        card.findChild<QAction *>("card.copy_figures")->trigger();
        QVERIFY(QGuiApplication::clipboard()->text().startsWith(
            QStringLiteral("Day\tVisits\tVisitors\tEngaged\tBookings\nSun 1 Mar 2026\t100")));
        card.findChild<QAction *>("card.copy_picture")->trigger();
        QCOMPARE(QGuiApplication::clipboard()->pixmap().size(), card.size() * card.devicePixelRatioF());
        QVERIFY(card.findChild<QToolButton *>("card.toggle")->isVisible());
        const QTemporaryDir folder;
        card.save_csv(folder.filePath("visits.csv"));
        QFile file(folder.filePath("visits.csv"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), table->csv());
        QVERIFY(card.findChild<QToolButton *>("card.menu")->isEnabled());
        card.set_pending("Counting visits…");
        QVERIFY(!card.findChild<QToolButton *>("card.menu")->isEnabled());
        card.set_pending({});
        QVERIFY(card.findChild<QToolButton *>("card.menu")->isEnabled());
        QVERIFY_EXCEPTION_THROWN(card.save_csv(folder.filePath("missing/visits.csv")), std::runtime_error);
        card.save_workbook(folder.filePath("visits.xlsx"));
        const studio::test_support::WorkbookReader book(folder.filePath("visits.xlsx"));
        QCOMPARE(book.sheets(), QStringList(card.title()));
        QCOMPARE(book.row_count(card.title()), table->rowCount() + 1);
        card.set_about({{"Companion", "Claire"}});
        table->set_remark("The newest 5 of 90.");
        card.save_workbook(folder.filePath("claire.xlsx"));
        const studio::test_support::WorkbookReader named(folder.filePath("claire.xlsx"));
        QCOMPARE(named.cell("About", 0, 1).value, QVariant("Claire"));
        QCOMPARE(named.cell(card.title(), table->rowCount() + 2, 0).value, QVariant("The newest 5 of 90."));
    }

    void a_tile_tells_good_from_bad() {
        FigureTile tile("tile", "Bounce");
        tile.set("40 %", {QStringLiteral("+20 %"), Tone::Positive}, "of 1,000 visits", false);
        QCOMPARE(tile.findChild<QLabel *>("tile.change")->palette().color(QPalette::WindowText),
                 tone_text(tokens(tile.palette()), Tone::Negative));
        QCOMPARE(tile.accessibleDescription(), QStringLiteral("40 %. +20 %. of 1,000 visits"));
    }

private:
    std::unique_ptr<Theme> m_theme;
};

QTEST_MAIN(ChartsTest)
#include "charts_test.moc"
