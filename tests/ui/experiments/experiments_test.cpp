// SPDX-License-Identifier: Apache-2.0
#include "db/stores/revision_store.h"
#include "models/statistics/proportions.h"
#include "preview/preview_view.h"
#include "preview/web_engine.h"
#include "tests/ui/analytics/planted_visits.h"
#include "ui/charts/chart_card.h"
#include "ui/experiments/declare_panel.h"
#include "ui/experiments/experiments_page.h"
#include "ui/experiments/test_form.h"
#include "ui/experiments/test_list.h"
#include "ui/experiments/variant_rows.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/state_stack.h"
#include "ui/widgets/tenant_id.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QListView>
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
        : page(ExperimentsServices{url, may_change, {}, QStringLiteral("http://localhost:8080"), {}}) {
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
            30000);
    }
    const FigureTableModel &table(const char *card) const { return *find<ChartCard>(card)->table(); }
};

models::Time day(int number) {
    return models::Time(std::chrono::sys_days(std::chrono::year(2026) / 3 / 1) + std::chrono::days(number));
}

models::Experiment two_variants() {
    models::Experiment test;
    test.name = "Layout";
    test.variants = {{"control", "Current page", 0.5, {}}, {"modern", "Modern", 0.5, {}}};
    test.status = models::ExperimentStatus::Active;
    test.started_at = day(0);
    return test;
}

std::vector<db::VariantDay> growing(int days, int visitors, int control, int modern) {
    std::vector<db::VariantDay> list;
    for (int number = 1; number <= days; ++number) {
        list.push_back({std::chrono::floor<std::chrono::days>(day(number - 1)),
                        {{"control", visitors * number, control * number},
                         {"modern", visitors * number, modern * number}}});
    }
    return list;
}

// The figures of a phase that began on the first of the days, at the end of the last day.
TestFigures figures_of(const models::Experiment &test, const std::vector<db::VariantDay> &days) {
    return evaluate_test(
        test, {days.front().day, days.back().day + std::chrono::days(1), days.back().variants, days}, day(0));
}

} // namespace

class ExperimentsTest final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::Australia)); }

    void the_interval_of_every_variant_never_opens_again() {
        // The lift appears, disappears and appears again: the plain interval would follow it.
        auto test = two_variants();
        test.variants.push_back({"minimal", "Minimal", 0.3, {}});
        test.variants[0].weight = 0.4;
        test.variants[1].weight = 0.3;
        auto days = growing(40, 200, 20, 24);
        for (std::size_t number = 0; number < days.size(); ++number) {
            const auto grown = static_cast<int>(number) + 1;
            days[number].variants.push_back({"minimal", 200 * grown, 21 * grown});
            if (number >= 10 && number < 20) {
                days[number].variants[1].conversions -= 30;
            }
        }
        const auto figures = figures_of(test, days);
        FigureTableModel table;
        fill_lift(table, figures);
        QCOMPARE(table.columnCount(), 7);
        QCOMPARE(lift_styles(figures).size(), std::size_t{6});
        QVERIFY(table.rowCount() > 20);
        for (const int low : {2, 5}) {
            for (int row = 1; row < table.rowCount(); ++row) {
                QVERIFY(table.number(row, low) >= table.number(row - 1, low));
                QVERIFY(table.number(row, low + 1) <= table.number(row - 1, low + 1));
            }
        }
        QCOMPARE(table.number(table.rowCount() - 1, 1), 0.2);
    }

    void the_drawing_keeps_to_what_the_latest_intervals_take() {
        const auto days = growing(60, 40, 2, 3);
        FigureTableModel table;
        fill_lift(table, figures_of(two_variants(), days));
        const int last = table.rowCount() - 1;
        QVERIFY(table.number(0, 3) > 4 * table.number(last, 3));
        const auto range = readable_range(table);
        QVERIFY(range.has_value());
        QVERIFY(range->first <= table.number(last, 2) && range->second >= table.number(last, 3));
        QVERIFY(range->second - range->first <= 2.6 * (table.number(last, 3) - table.number(last, 2)));
        FigureTableModel calm;
        calm.set(table.columns(), {table.rows().back()});
        QVERIFY(!readable_range(calm).has_value());
    }

    void reasons_name_the_variants_and_weeks_are_said_where_they_are_known() {
        auto test = two_variants();
        test.planned_visitors = 3000;
        const auto days = growing(10, 100, 5, 5);
        // 200 visitors came on each of ten days, of which the first, on which the test began, is no whole
        // one. On the nine whole days 1,800 came: 200 a day. The 4,000 that are missing take 20 days, so 29
        // in all; that is the end of the fifth week, the 35th day: 26 days or about 4 weeks more. (All 2,000
        // by nine days would be 222 a day, and 3 weeks.)
        const auto figures = figures_of(test, days);
        QCOMPARE(progress_label(figures),
                 QStringLiteral("1,000 of the 3,000 visitors that each variant needs"));
        QCOMPARE(action_label(figures), QStringLiteral("Keep running: about 4 weeks more"));
        const auto slow = growing(10, 1, 0, 0);
        const auto hopeless = figures_of(test, slow);
        QCOMPARE(progress_label(hopeless),
                 QStringLiteral("10 of the 3,000 visitors that each variant needs"));
        const auto clear = growing(28, 500, 25, 35);
        const auto won = figures_of(two_variants(), clear);
        QVERIFY(won.evaluation.recommendation.reasons.front().sentence.starts_with(
            "\"Modern\" is better than \"Current page\""));
    }

    void the_list_says_what_each_test_varies_and_its_state() {
        TestListModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        auto running = two_variants(), won = two_variants(), draft = two_variants();
        running.id = "a";
        running.element = models::ExperimentElement::Layout;
        running.status = models::ExperimentStatus::Active;
        running.started_at = day(3);
        won.id = "b";
        won.status = models::ExperimentStatus::Completed;
        won.winner = "modern";
        won.started_at = day(0);
        won.ended_at = day(20);
        draft.id = "c";
        draft.status = models::ExperimentStatus::Draft;
        model.set({running, won, draft});
        const auto text = [&](int row, int role) { return model.index(row).data(role).toString(); };
        QCOMPARE(text(0, TestListModel::SecondLine), QStringLiteral("Layout · since 4 Mar 2026"));
        QCOMPARE(text(0, TestListModel::State), QStringLiteral("Running"));
        QCOMPARE(text(1, TestListModel::SecondLine), QStringLiteral("Hero photo · ended 21 Mar 2026"));
        QCOMPARE(text(1, TestListModel::State), QStringLiteral("Winner chosen"));
        QCOMPARE(text(2, TestListModel::State), QStringLiteral("Draft"));
        QCOMPARE(model.row_of(QStringLiteral("b")), 1);
        QCOMPARE(model.row_of(QStringLiteral("z")), -1);
    }

    void a_clear_winner_is_named_and_a_young_test_keeps_running() {
        const auto clear = growing(28, 500, 25, 35);
        const auto won = figures_of(two_variants(), clear);
        QCOMPARE(action_label(won), QStringLiteral("Modern wins"));
        const auto young = growing(2, 20, 1, 2);
        const auto running = figures_of(two_variants(), young);
        QVERIFY(action_label(running).startsWith(QStringLiteral("Keep running")) ||
                action_label(running).startsWith(QStringLiteral("Not enough traffic to finish this test")));
    }

    void a_test_that_is_over_or_paused_is_headed_as_such_with_its_outcome() {
        auto test = two_variants();
        test.status = models::ExperimentStatus::Paused;
        QCOMPARE(action_label(figures_of(test, growing(2, 20, 1, 2))),
                 QStringLiteral("Paused: everyone sees “Current page”"));
        test.status = models::ExperimentStatus::Completed;
        test.ended_at = day(28);
        const auto undecided = figures_of(test, growing(2, 20, 1, 2));
        QCOMPARE(action_label(undecided), QStringLiteral("Ended without a winner"));
        QCOMPARE(reason_labels(undecided),
                 QStringList{QStringLiteral("It ended before a difference could be detected.")});
        QCOMPARE(reason_labels(figures_of(test, growing(28, 500, 25, 35))),
                 QStringList{QStringLiteral("At the end the evidence favoured Modern.")});
        test.winner = "modern";
        QCOMPARE(action_label(figures_of(test, growing(28, 500, 25, 35))),
                 QStringLiteral("Ended: Modern was declared the winner"));
    }

    void beliefs_are_densities() {
        const auto days = growing(7, 100, 5, 7);
        FigureTableModel table;
        fill_posterior(table, figures_of(two_variants(), days));
        for (const int variant : {1, 2}) {
            double area = 0;
            for (int row = 1; row < table.rowCount(); ++row) {
                area += (table.number(row, 0) - table.number(row - 1, 0)) *
                        (table.number(row, variant) + table.number(row - 1, variant)) / 2;
            }
            QVERIFY2(std::abs(area - 1) < 0.01, qPrintable(QString::number(area)));
        }
    }

    void the_page_follows_the_companion_of_another() {
        const PlantedVisits plants;
        Desk desk(plants.database.operator_url());
        auto *companion = desk.find<QComboBox>("experiments.companion");
        QTRY_COMPARE_WITH_TIMEOUT(companion->count(), 2, 30000);
        for (const auto &tenant : {plants.database.other_tenant_id(), plants.ada}) {
            desk.page.follow(to_text(tenant));
            desk.page.activate(); // as the window does
            QTRY_COMPARE_WITH_TIMEOUT(companion->currentData().toString(), to_text(tenant), 30000);
        }
    }

    void an_answer_about_a_companion_who_was_left_is_told_with_her_name() {
        PlantedVisits plants;
        const auto test = plants.running_test();
        const Desk desk(plants.database.operator_url());
        QVERIFY(desk.ready());
        auto *companion = desk.find<QComboBox>("experiments.companion");
        const auto name = companion->currentText();
        desk.find<QPushButton>("experiments.pause")->click();
        companion->setCurrentIndex(companion->findData(to_text(plants.database.other_tenant_id())));
        QTRY_COMPARE_WITH_TIMEOUT(desk.find<Banner>("experiments.banner")->text(), name + ": Test paused.",
                                  30000);
        QCOMPARE(db::ExperimentStore(plants.people).find(test)->status, models::ExperimentStatus::Paused);
    }

    void nothing_of_a_companion_who_was_left_can_be_pressed_or_edited() {
        PlantedVisits plants;
        auto draft = two_variants();
        draft.tenant_id = plants.ada;
        draft.status = models::ExperimentStatus::Draft;
        draft.started_at.reset();
        draft.element = models::ExperimentElement::Layout;
        draft.variants[0].config = models::Json::object();
        draft.variants[1].config = {{"layout", "modern"}};
        db::ExperimentStore(plants.people).create(draft);
        Desk desk(plants.database.operator_url());
        QVERIFY(desk.ready());
        auto *edit = desk.find<QPushButton>("experiments.edit");
        QVERIFY(edit->isVisible());
        auto *companion = desk.find<QComboBox>("experiments.companion");
        companion->setCurrentIndex(companion->findData(to_text(plants.database.other_tenant_id())));
        QVERIFY(!edit->isVisible());
        QCOMPARE(desk.find<QListView>("experiments.list")->model()->rowCount(), 0);
        edit->click();
        QTRY_COMPARE_WITH_TIMEOUT(desk.find<StateStack>("experiments.state")->state(),
                                  StateStack::State::Empty, 30000);
        draft.tenant_id = plants.database.other_tenant_id();
        db::RevisionStore(plants.people).publish(draft.tenant_id, 1);
        db::ExperimentStore(plants.people).create(draft);
        desk.page.activate(); // this question is answered after all earlier ones
        QTRY_COMPARE_WITH_TIMEOUT(desk.find<QListView>("experiments.list")->model()->rowCount(), 1, 30000);
        QVERIFY(!desk.page.findChild<TestForm *>()->isVisible());
        QVERIFY(companion->isEnabled());
    }

    void the_page_shows_the_planted_variants_and_an_operator_decides() {
        PlantedVisits plants;
        auto visits = PlantedVisits::pattern(650);
        for (std::size_t index = 0; index < visits.size(); ++index) {
            visits[index].shown_variant = index % 2 == 0 ? "control" : "modern";
        }
        plants.plant(visits);
        const auto count = [&](const char *variant, int depth) {
            return std::ranges::count_if(visits, [&](const auto &visit) {
                return visit.shown_variant == variant && visit.depth >= depth;
            });
        };
        const Desk looking(plants.database.companion_url(), false);
        QVERIFY(looking.ready());
        QVERIFY(!looking.find<QPushButton>("experiments.declare")->isVisible());
        const auto &variants = looking.table("experiments.variants");
        QCOMPARE(variants.rowCount(), 2);
        int row = 0;
        for (const char *variant : {"control", "modern"}) {
            QCOMPARE(variants.cell(row, 1).value<Share>(), (Share{count(variant, 5), count(variant, 1)}));
            const auto wilson = *statistics::wilson_interval({count(variant, 5), count(variant, 1)}, 0.05);
            QCOMPARE(variants.number(row, 2), wilson.low);
            QCOMPARE(variants.number(row, 3), wilson.high);
            ++row;
        }
        QVERIFY(looking.find<QLabel>("experiments.health")
                    ->text()
                    .contains(QStringLiteral("Traffic split is as planned")));

        const Desk desk(plants.database.operator_url());
        QVERIFY(desk.ready());
        db::ExperimentStore store(plants.people);
        QTest::mouseClick(desk.find<QPushButton>("experiments.pause"), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(store.find(plants.running_test())->status, models::ExperimentStatus::Paused,
                                  30000);
        QTRY_COMPARE_WITH_TIMEOUT(desk.find<QPushButton>("experiments.pause")->text(),
                                  QStringLiteral("Resume"), 30000);
        desk.find<QCheckBox>("experiments.auto")->click();
        QTRY_VERIFY_WITH_TIMEOUT(desk.find<Banner>("experiments.banner")
                                     ->text()
                                     .contains(QStringLiteral("published automatically")),
                                 30000);
        QVERIFY(store.find(plants.running_test())->auto_winner);
        QTest::mouseClick(desk.find<QPushButton>("experiments.declare"), Qt::LeftButton);
        auto *winner = desk.find<QComboBox>("experiments.winner");
        QCOMPARE(winner->currentIndex(), -1);
        QVERIFY(!desk.find<QPushButton>("experiments.declaring.publish")->isEnabled());
        winner->setCurrentIndex(winner->findText("Modern"));
        QVERIFY(desk.find<QLabel>("experiments.declaring.words")
                    ->text()
                    .contains(QStringLiteral("goes live as revision 2: the published page (revision 1)")));
        QVERIFY(desk.find<QLabel>("experiments.declaring.warning")->isVisible());
        auto *preview = desk.find<preview::PreviewView>("experiments.declaring.preview");
        QTRY_VERIFY_WITH_TIMEOUT(preview->html().contains("layout-modern"), 30000);
        QCOMPARE(store.find(plants.running_test())->status, models::ExperimentStatus::Paused);
        auto *publish = desk.find<QPushButton>("experiments.declaring.publish");
        QCOMPARE(publish->text(), QStringLiteral("Publish Modern"));
        QTest::mouseClick(publish, Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(store.find(plants.running_test())->winner, std::string("modern"), 30000);
        QTRY_COMPARE_WITH_TIMEOUT(desk.find<QLabel>("experiments.action")->text(),
                                  QStringLiteral("Ended: Modern was declared the winner"), 30000);
        QVERIFY(!desk.find<QPushButton>("experiments.stop")->isVisible());
        QTest::mouseClick(desk.find<QPushButton>("experiments.revert"), Qt::LeftButton);
        auto *act = desk.find<QPushButton>("experiments.confirm.act");
        QCOMPARE(act->text(), QStringLiteral("Publish revision 1 again"));
        QVERIFY(!store.find(plants.running_test())->reverted_at.has_value());
        QTest::mouseClick(act, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(store.find(plants.running_test())->reverted_at.has_value(), 30000);
        QTRY_VERIFY_WITH_TIMEOUT(
            desk.find<QLabel>("experiments.reasons")->text().contains(QStringLiteral("Reverted on")), 30000);
        QVERIFY(!desk.find<QPushButton>("experiments.revert")->isVisible());
    }

    void starting_a_second_test_of_an_element_asks_by_name_and_ends_the_first() {
        PlantedVisits plants;
        const auto first = plants.running_test();
        db::ExperimentStore store(plants.people);
        auto draft = two_variants();
        draft.name = "Second";
        draft.tenant_id = plants.ada;
        draft.element = models::ExperimentElement::Layout;
        draft.variants[0].config = models::Json::object();
        draft.variants[1].config = {{"layout", "modern"}};
        const auto second = store.create(draft).id;
        Desk desk(plants.database.operator_url());
        QVERIFY(desk.ready());
        desk.page.open(QString::fromStdString(second));
        auto *start = desk.find<QPushButton>("experiments.start");
        QTRY_VERIFY_WITH_TIMEOUT(start->isVisible(), 30000);
        const auto name = QString::fromStdString(store.find(first)->name);
        QTest::mouseClick(start, Qt::LeftButton);
        auto *act = desk.find<QPushButton>("experiments.confirm.act");
        QCOMPARE(act->text(), QStringLiteral("End “%1” and start “Second”").arg(name));
        QCOMPARE(store.find(first)->status, models::ExperimentStatus::Active);
        QTest::mouseClick(act, Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(store.find(second)->status, models::ExperimentStatus::Active, 30000);
        QCOMPARE(store.find(first)->status, models::ExperimentStatus::Completed);
    }

    void a_form_that_was_asked_for_one_companion_does_not_open_at_another() {
        PlantedVisits plants;
        plants.running_test();
        const Desk desk(plants.database.operator_url());
        QVERIFY(desk.ready());
        auto *companion = desk.find<QComboBox>("experiments.companion");
        const auto *form = desk.page.findChild<TestForm *>();
        const int other = companion->currentIndex() == 0 ? 1 : 0;
        QTest::mouseClick(desk.find<QPushButton>("experiments.new"), Qt::LeftButton);
        companion->setCurrentIndex(other); // before the answer
        const auto *state = desk.find<StateStack>("experiments.state");
        QTRY_COMPARE_WITH_TIMEOUT(state->state(), StateStack::State::Empty,
                                  30000); // the answer came after the form's
        QVERIFY(!form->isVisible());
        QCOMPARE(companion->currentIndex(), other);
        QVERIFY(companion->isEnabled());
    }

    void a_companion_without_tests_is_told_how_one_begins() {
        const PlantedVisits plants;
        const Desk desk(plants.database.operator_url());
        auto *state = desk.find<StateStack>("experiments.state");
        QTRY_COMPARE_WITH_TIMEOUT(state->state(), StateStack::State::Empty, 30000);
        QVERIFY(state->message().contains(QStringLiteral("starts one automatically")));
    }
};

int main(int argc, char **argv) {
    preview::prepare_web_engine();
    QApplication application(argc, argv);
    ExperimentsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "experiments_test.moc"
