// SPDX-License-Identifier: Apache-2.0
#include "models/statistics/proportions.h"
#include "tests/ui/analytics/planted_visits.h"
#include "ui/charts/chart_card.h"
#include "ui/experiments/experiments_page.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/state_stack.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QTest>

using namespace studio;
using namespace studio::ui;
using test_support::PlantedVisit;
using test_support::PlantedVisits;

namespace {

struct Desk {
    ExperimentsPage page;

    explicit Desk(const std::string &url, bool may_change = true)
        : page(ExperimentsServices{url, may_change}) {
        page.resize(1120, 900);
        page.show();
        page.activate();
    }
    template <typename Widget> Widget *find(const char *name) const {
        auto *widget = page.findChild<Widget *>(name);
        if (widget == nullptr) {
            qFatal("no widget %s", name);
        }
        return widget;
    }
    bool ready() const {
        return QTest::qWaitFor(
            [this] { return find<StateStack>("experiments.detail")->state() == StateStack::State::Content; },
            10000);
    }
    const FigureTable &table(const char *card) const { return *find<ChartCard>(card)->table(); }
};

models::Experiment two_arms() {
    models::Experiment test;
    test.name = "Layout";
    test.arms = {{"control", "As it is", 0.5, {}}, {"modern", "Modern", 0.5, {}}};
    return test;
}

models::Time day(int number) {
    return models::Time(std::chrono::sys_days(std::chrono::year(2026) / 3 / 1) + std::chrono::days(number));
}

std::vector<db::ArmDay> growing(int days, int visitors, int control, int modern) {
    std::vector<db::ArmDay> list;
    for (int number = 1; number <= days; ++number) {
        list.push_back({std::chrono::floor<std::chrono::days>(day(number - 1)),
                        {{"control", visitors * number, control * number},
                         {"modern", visitors * number, modern * number}}});
    }
    return list;
}

} // namespace

class ExperimentsTest final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::Australia)); }

    void the_interval_over_time_never_opens_again() {
        // A lift that comes, goes and comes back: the plain interval would follow it.
        auto days = growing(40, 200, 20, 24);
        for (std::size_t number = 10; number < 20; ++number) {
            days[number].arms[1].conversions -= 30;
        }
        const auto figures = evaluate_test(two_arms(), days.back().arms, days, day(0), day(40));
        FigureTable table;
        fill_always_valid(table, figures);
        QVERIFY(table.rowCount() > 20);
        for (int row = 1; row < table.rowCount(); ++row) {
            QVERIFY(table.number(row, 1) >= table.number(row - 1, 1));
            QVERIFY(table.number(row, 2) <= table.number(row - 1, 2));
        }
    }

    void a_clear_winner_is_named_and_a_young_test_keeps_running() {
        const auto clear = growing(28, 500, 25, 35);
        const auto won = evaluate_test(two_arms(), clear.back().arms, clear, day(0), day(28));
        QCOMPARE(action_words(won), QStringLiteral("Modern wins"));
        const auto young = growing(2, 20, 1, 2);
        const auto running = evaluate_test(two_arms(), young.back().arms, young, day(0), day(2));
        QVERIFY(action_words(running).startsWith(QStringLiteral("Keep running")) ||
                action_words(running).startsWith(QStringLiteral("This test cannot finish")));
    }

    void beliefs_are_densities() {
        const auto days = growing(7, 100, 5, 7);
        FigureTable table;
        fill_posterior(table, evaluate_test(two_arms(), days.back().arms, days, day(0), day(7)));
        for (const int arm : {1, 2}) {
            double area = 0;
            for (int row = 1; row < table.rowCount(); ++row) {
                area += (table.number(row, 0) - table.number(row - 1, 0)) *
                        (table.number(row, arm) + table.number(row - 1, arm)) / 2;
            }
            QVERIFY2(std::abs(area - 1) < 0.01, qPrintable(QString::number(area)));
        }
    }

    void the_page_shows_the_planted_arms_and_an_operator_decides() {
        PlantedVisits plants;
        auto visits = PlantedVisits::pattern(650);
        for (std::size_t index = 0; index < visits.size(); ++index) {
            visits[index].shown_arm = index % 2 == 0 ? "control" : "modern";
        }
        plants.plant(visits);
        const auto count = [&](const char *arm, int depth) {
            return std::ranges::count_if(
                visits, [&](const auto &visit) { return visit.shown_arm == arm && visit.depth >= depth; });
        };
        const Desk looking(plants.database.companion_url(), false);
        QVERIFY(looking.ready());
        QVERIFY(!looking.find<QPushButton>("experiments.declare")->isVisible());
        const auto &arms = looking.table("experiments.arms");
        QCOMPARE(arms.rowCount(), 2);
        int row = 0;
        for (const char *arm : {"control", "modern"}) {
            QCOMPARE(arms.cell(row, 1).value<Share>(), (Share{count(arm, 5), count(arm, 1)}));
            const auto wilson = *statistics::wilson_interval({count(arm, 5), count(arm, 1)}, 0.05);
            QCOMPARE(arms.number(row, 2), wilson.low);
            QCOMPARE(arms.number(row, 3), wilson.high);
            ++row;
        }
        QVERIFY(looking.find<QLabel>("experiments.health")
                    ->text()
                    .contains(QStringLiteral("shared out as planned")));

        const Desk desk(plants.database.operator_url());
        QVERIFY(desk.ready());
        db::ExperimentStore store(plants.people);
        QTest::mouseClick(desk.find<QPushButton>("experiments.pause"), Qt::LeftButton);
        QTRY_COMPARE(store.find(plants.running_test())->status, models::ExperimentStatus::Paused);
        QTRY_COMPARE(desk.find<QPushButton>("experiments.pause")->text(), QStringLiteral("Go on"));
        auto *winner = desk.find<QComboBox>("experiments.winner");
        winner->setCurrentIndex(winner->findText("Modern"));
        QTest::mouseClick(desk.find<QPushButton>("experiments.declare"), Qt::LeftButton);
        QCOMPARE(store.find(plants.running_test())->status, models::ExperimentStatus::Paused);
        auto *act = desk.find<QPushButton>("experiments.confirm.act");
        QCOMPARE(act->text(), QStringLiteral("Publish Modern"));
        QTest::mouseClick(act, Qt::LeftButton);
        QTRY_COMPARE(store.find(plants.running_test())->winner, std::string("modern"));
        QTRY_COMPARE(desk.find<QLabel>("experiments.action")->text(),
                     QStringLiteral("Modern was declared the winner"));
        QVERIFY(!desk.find<QPushButton>("experiments.stop")->isVisible());
    }

    void a_companion_without_tests_is_told_how_one_begins() {
        const PlantedVisits plants;
        const Desk desk(plants.database.operator_url());
        auto *state = desk.find<StateStack>("experiments.state");
        QTRY_COMPARE(state->state(), StateStack::State::Empty);
        QVERIFY(state->message().contains(QStringLiteral("the test starts by itself")));
    }
};

QTEST_MAIN(ExperimentsTest)
#include "experiments_test.moc"
