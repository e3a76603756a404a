// SPDX-License-Identifier: Apache-2.0
#include "db/analytics/analytics_store.h"
#include "db/experiments/experiment_store.h"
#include "models/statistics/sample_size.h"
#include "preview/web_engine.h"
#include "tests/support/sample_site.h"
#include "tests/ui/analytics/planted_visits.h"
#include "ui/experiments/experiments_page.h"
#include "ui/experiments/read_figures.h"
#include "ui/experiments/test_form.h"
#include "ui/experiments/weight_bar.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/state_stack.h"
#include "ui/widgets/wheel_guard.h"

#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QWheelEvent>

using namespace studio;
using namespace studio::ui;
using models::ExperimentElement;
using test_support::PlantedVisits;

namespace {

constexpr int patience_ms = 30000;

std::vector<models::Variant> even(int count) {
    std::vector<models::Variant> variants;
    for (int at = 0; at < count; ++at) {
        variants.push_back({"variant-" + std::to_string(at), "", 1.0 / count, models::Json::object()});
    }
    return variants;
}

PublishedPage live_page() {
    PublishedPage page{models::TenantId("7e570000-0000-4000-8000-000000000001"), "ada",
                       test_support::valid_documents("Ada"), {}, 1, 1};
    page.documents.photos["gallery"] = {{{"id", "one"}, {"url", "/media/ada/one.jpg"}, {"alt", "First"}},
                                        {{"id", "two"}, {"url", "/media/ada/two.jpg"}, {"alt", "Second"}},
                                        {{"id", "three"}, {"url", "/media/ada/three.jpg"}, {"alt", "Third"}}};
    return page;
}

struct Form {
    TestForm form{std::filesystem::path()};
    QSignalSpy saved{&form, &TestForm::save_requested};

    Form() {
        form.resize(1100, 900);
        form.show();
    }
    template <typename Widget> Widget *find(const QString &name) const {
        auto *widget = form.findChild<Widget *>(name);
        if (widget == nullptr) {
            qFatal("no widget %s", qPrintable(name));
        }
        return widget;
    }
    void press(const char *name) const { find<QPushButton>(QLatin1String(name))->click(); }
    void type(const QString &name, const QString &text) const {
        auto *line = find<QLineEdit>(name);
        line->selectAll();
        QTest::keyClicks(line, text);
    }
    void vary(ExperimentElement element) const {
        auto *box = find<QComboBox>("test.element");
        box->setCurrentIndex(box->findData(static_cast<int>(element)));
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
};

} // namespace

class TestFormTest final : public QObject {
    Q_OBJECT

private slots:
    void the_wheel_over_the_form_changes_no_share_no_element_and_no_plan() {
        const WheelGuard guard;
        Form desk;
        desk.form.open_new(live_page(), {});
        desk.vary(ExperimentElement::GalleryOrder);
        int fields = 0;
        const auto turn = [&fields](QWidget *field) {
            ++fields;
            field->setFocus();
            const QPointF middle(field->rect().center());
            QWheelEvent wheel(middle, field->mapToGlobal(middle), {}, {0, -120}, Qt::NoButton, Qt::NoModifier,
                              Qt::NoScrollPhase, false);
            QApplication::sendEvent(field, &wheel);
        };
        for (auto *spin : desk.form.findChildren<QSpinBox *>()) {
            const int before = spin->value();
            turn(spin);
            QCOMPARE(spin->value(), before);
        }
        for (auto *combo : desk.form.findChildren<QComboBox *>()) {
            const int before = combo->currentIndex();
            turn(combo);
            QCOMPARE(combo->currentIndex(), before);
        }
        QVERIFY(fields >= 4);
    }

    void initTestCase() {
        QLocale::setDefault(QLocale(QLocale::English, QLocale::Australia));
        qRegisterMetaType<models::Experiment>("studio::models::Experiment");
    }

    void feasibility_is_the_sample_size_at_the_real_traffic() {
        const Traffic traffic{28, 2000, 0.05};
        const auto answer = feasibility(traffic, 0.05, 0.5, 1, even(2));
        statistics::SampleSizeQuestion question;
        question.baseline = 0.05;
        question.lift = 0.5;
        QVERIFY((answer.per_variant) == (statistics::visitors_per_arm(question)));
        QVERIFY((answer.weeks) == (std::ceil(static_cast<double>(*answer.per_variant) / 1000)));
        QVERIFY(answer.can_finish());
        QVERIFY(!answer.reachable_lift.has_value());
        const auto half = feasibility(traffic, 0.05, 0.5, 0.5, even(2));
        QVERIFY((half.weeks) == (std::ceil(static_cast<double>(*answer.per_variant) / 500)));
        auto uneven = even(2);
        uneven[0].weight = 0.9;
        uneven[1].weight = 0.1;
        QVERIFY((feasibility(traffic, 0.05, 0.5, 1, uneven).weeks) ==
                (std::ceil(static_cast<double>(*answer.per_variant) / 200)));
        QVERIFY(*feasibility(traffic, 0.05, 0.5, 1, even(3)).per_variant > *answer.per_variant);
    }

    void what_cannot_finish_says_what_could() {
        const Traffic traffic{28, 224, 0.054};
        const auto answer = feasibility(traffic, 0.054, 0.2, 1, even(2));
        QVERIFY(!answer.can_finish());
        QCOMPARE(feasibility_title(answer), QStringLiteral("Not enough traffic to finish"));
        const double reachable = *answer.reachable_lift;
        QVERIFY(reachable > 0.2 && reachable < 1);
        QVERIFY(feasibility(traffic, 0.054, reachable, 1, even(2)).can_finish());
        QVERIFY(!feasibility(traffic, 0.054, reachable - 0.01, 1, even(2)).can_finish());
        const auto words = feasibility_label(answer, traffic, 0.054, 0.2, 1);
        QVERIFY2(words.contains(QStringLiteral("This page has 224 visitors a week.")), qPrintable(words));
        QVERIFY2(words.contains(QStringLiteral("In 26 weeks a change of")), qPrintable(words));
        const Traffic nobody;
        const auto unknown = feasibility(nobody, 0.03, 0.2, 1, even(2));
        QVERIFY(unknown.per_variant.has_value() && !unknown.weeks.has_value());
        QCOMPARE(feasibility_title(unknown), QStringLiteral("Duration unknown"));
        QVERIFY(feasibility_label(unknown, nobody, 0.03, 0.2, 1).contains(QStringLiteral("had no visits")));
        QVERIFY(feasibility_label(feasibility(traffic, 0.6, 2, 1, even(2)), traffic, 0.6, 2, 1)
                    .contains(QStringLiteral("cannot rise by")));
    }

    void traffic_is_what_the_visits_say() {
        PlantedVisits plants;
        plants.plant(PlantedVisits::pattern(650));
        const auto after = models::Time(PlantedVisits::first_day() + std::chrono::days(24));
        const auto traffic = read_traffic(plants.people, plants.ada, after);
        QCOMPARE(traffic.days, 24);
        db::AnalyticsStore store(plants.people);
        const db::DateRange range{PlantedVisits::first_day(),
                                  PlantedVisits::first_day() + std::chrono::days(23)};
        const auto bookings = store.totals(plants.ada, range).bookings;
        const auto visitors = static_cast<double>(store.visitors(plants.ada, range));
        QCOMPARE(traffic.visitors_per_week, visitors / 24 * 7);
        QVERIFY(bookings > 0);
        QVERIFY(traffic.booking_rate == static_cast<double>(bookings) / visitors);
        // In the evening of New York it is tomorrow in UTC, and the day that goes on there is no whole day.
        db::Sql(plants.database.owner_url())
            .done("UPDATE tenant_settings_history SET zone = 'America/New_York'");
        QCOMPARE(db::AnalyticsStore(plants.people).zone(plants.ada), std::string("America/New_York"));
        const auto evening = after + std::chrono::hours(1);
        const auto next_morning = after + std::chrono::hours(10);
        QCOMPARE(read_traffic(plants.people, plants.ada, next_morning).days,
                 read_traffic(plants.people, plants.ada, evening).days + 1);
        const auto before = models::Time(PlantedVisits::first_day() - std::chrono::days(100));
        QVERIFY((read_traffic(plants.people, plants.ada, before)) == (Traffic()));
    }

    void a_decided_test_is_shown_on_the_page_from_before_its_winner() {
        const PlantedVisits plants;
        db::Session people(plants.database.operator_url());
        db::ExperimentStore store(people);
        models::Experiment wanted;
        wanted.name = "Button";
        wanted.tenant_id = plants.ada;
        wanted.element = ExperimentElement::CallToAction;
        wanted.variants = even(2);
        wanted.variants[1].config = {{"label", "Meet me"}};
        const auto id = store.create(wanted).id;
        store.start(id);
        const auto running = read_figures(people, id);
        QVERIFY(running.tested == running.page.documents);
        store.declare(id, wanted.variants[1].id);
        const auto decided = read_figures(people, id);
        QCOMPARE(models::read_content(decided.page.documents.content).cta_label, std::string("Meet me"));
        QVERIFY(decided.tested == running.page.documents);
    }

    void weights_explain_themselves() {
        auto variants = even(2);
        variants[0].name = "Current page";
        variants[1].name = "Modern";
        QCOMPARE(weights_label(variants),
                 QStringLiteral("Of 100 visitors 50 see “Current page” and 50 see “Modern”."));
        variants[1].weight = 0.4;
        QCOMPARE(weights_label(variants), QStringLiteral("The shares add up to 90 %: 10 % missing."));
        variants[1].weight = 0.6;
        QCOMPARE(weights_label(variants), QStringLiteral("The shares add up to 110 %: 10 % too many."));
    }

    void planned_visitors_follow_the_question_until_they_are_typed() {
        Form form;
        form.form.open_new(live_page(), {28, 2000, 0.05});
        auto *planned = form.find<QSpinBox>("test.planned");
        auto *lift = form.find<QSpinBox>("test.lift");
        const auto expected = [&](double wanted) {
            return static_cast<int>(*feasibility({28, 2000, 0.05}, 0.05, wanted, 1, even(2)).per_variant);
        };
        QCOMPARE(planned->value(), expected(0.2));
        lift->setValue(50);
        QCOMPARE(planned->value(), expected(0.5));
        planned->setValue(1234);
        lift->setValue(30);
        QCOMPARE(planned->value(), 1234);
        QVERIFY((form.form.experiment().planned_visitors) == (1234));
    }

    void problems_stand_beside_their_fields_once_saving_was_tried() {
        Form form;
        form.form.open_new(live_page(), {28, 2000, 0.05});
        auto *name_problem = form.find<QLabel>("test.name.problem");
        QVERIFY(!name_problem->isVisible());
        form.press("test.save");
        QCOMPARE(form.saved.count(), 0);
        QVERIFY(name_problem->isVisible());
        QVERIFY(form.find<QLabel>("variant.1.problem")->text().contains(QStringLiteral("changes nothing")) ||
                form.find<QLabel>("variant.1.problem")->text().contains(QStringLiteral("name")));
        form.type("test.name", "Words on the button");
        QVERIFY(!name_problem->isVisible());
        form.vary(ExperimentElement::CallToAction);
        form.type("variant.1.name", "Warmer");
        form.type("variant.1.choice", "Ask for an evening");
        QVERIFY2(!form.find<QLabel>("variant.1.problem")->isVisible(),
                 qPrintable(form.find<QLabel>("variant.1.problem")->text()));
        form.find<QSpinBox>("variant.1.weight")->setValue(40);
        form.press("test.save");
        QCOMPARE(form.saved.count(), 0);
        QVERIFY(form.find<QLabel>("test.variants.problem")->isVisible());
        form.press("test.even");
        form.press("test.start");
        QCOMPARE(form.saved.count(), 1);
        QVERIFY(form.saved[0][1].toBool());
        const auto saved = form.form.experiment();
        QCOMPARE(saved.element, ExperimentElement::CallToAction);
        QVERIFY((saved.variants[1].config) == ((models::Json{{"label", "Ask for an evening"}})));
        form.form.show_failure(QStringLiteral("The database cannot be reached."));
        QCOMPARE(form.find<QLineEdit>("variant.1.choice")->text(), QStringLiteral("Ask for an evening"));
        QVERIFY(form.find<Banner>("test.banner")->text().contains(QStringLiteral("still here")));
        QVERIFY(form.find<QPushButton>("test.save")->isEnabled());
    }

    void photos_orders_and_layouts_are_chosen_by_their_pictures() {
        Form form;
        const auto page = live_page();
        form.form.open_new(page, {28, 2000, 0.05});
        auto *photos = form.find<ChoiceStrip>("variant.1.choice");
        QCOMPARE(photos->count(), 3); // the hero's own is what they are compared with
        photos->setCurrentRow(1);
        QVERIFY((form.form.experiment().variants[1].config["photo"]["url"]) == ("/media/ada/two.jpg"));
        form.vary(ExperimentElement::GalleryOrder);
        auto *order = form.find<ChoiceStrip>("variant.1.choice");
        QVERIFY(!form.form.experiment().variants[1].config.contains("order"));
        order->setCurrentRow(2);
        QTest::keyClick(order, Qt::Key_Left, Qt::AltModifier);
        QVERIFY((form.form.experiment().variants[1].config["order"]) ==
                (models::Json({"one", "three", "two"})));
        form.vary(ExperimentElement::Layout);
        auto *layouts = form.find<ChoiceStrip>("variant.1.choice");
        QCOMPARE(layouts->count(), 2);
        layouts->setCurrentRow(0);
        QVERIFY((form.form.experiment().variants[1].config) == ((models::Json{{"layout", "modern"}})));
        QCOMPARE(form.find<QLineEdit>("variant.1.name")->text(), QStringLiteral("Modern"));
        form.press("test.add");
        QCOMPARE(form.form.experiment().variants.size(), std::size_t{3});
        double sum = 0;
        for (const auto &variant : form.form.experiment().variants) {
            sum += variant.weight;
        }
        QCOMPARE(sum, 1.0);
        QVERIFY((form.form.experiment().variants[1].config) == ((models::Json{{"layout", "modern"}})));
    }

    void a_page_without_another_photo_says_so() {
        Form form;
        auto page = live_page();
        page.documents.photos["gallery"] = models::Json::array();
        form.form.open_new(page, {28, 2000, 0.05});
        QVERIFY(form.find<QLabel>("variant.1.choice")->text().contains(QStringLiteral("no other photo")));
        form.vary(ExperimentElement::GalleryOrder);
        QVERIFY(form.find<QLabel>("variant.1.choice")->text().contains(QStringLiteral("no other order")));
        form.press("test.save");
        QCOMPARE(form.saved.count(), 0);
    }

    void a_draft_is_edited_as_it_was_stored() {
        Form form;
        models::Experiment draft;
        draft.id = "7e570000-0000-4000-8000-000000000002";
        draft.name = "Stored";
        draft.description = "Because";
        draft.element = ExperimentElement::GalleryOrder;
        draft.traffic_share = 0.5;
        draft.auto_winner = true;
        draft.planned_visitors = 4000;
        draft.variants = {{"control", "Current page", 0.6, models::Json::object()},
                          {"x", "Turned", 0.4, {{"order", {"three", "two", "one"}}}}};
        form.form.open_draft(draft, live_page(), {});
        QVERIFY((form.form.experiment()) == (draft));
        QVERIFY(!form.find<QComboBox>("test.element")->isEnabled());
    }

    void an_operator_starts_a_test_that_she_made_here() {
        PlantedVisits plants;
        plants.plant(PlantedVisits::pattern(300));
        ExperimentsPage page(
            {plants.database.operator_url(), true, {}, QStringLiteral("http://localhost:8080"), {}});
        page.resize(1280, 900);
        page.show();
        page.activate();
        auto *state = page.findChild<StateStack *>("experiments.state");
        QTRY_COMPARE_WITH_TIMEOUT(state->state(), StateStack::State::Empty, patience_ms);
        auto *form = page.findChild<TestForm *>();
        page.findChild<QPushButton *>("experiments.new")->click();
        QTRY_VERIFY_WITH_TIMEOUT(form->isVisible(), patience_ms);
        page.activate(); // as when another page was looked at
        page.findChild<QLineEdit *>("test.name")->setFocus();
        QTest::keyClicks(page.findChild<QLineEdit *>("test.name"), "Layouts");
        auto *box = page.findChild<QComboBox *>("test.element");
        box->setCurrentIndex(box->findData(static_cast<int>(ExperimentElement::Layout)));
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        page.findChild<ChoiceStrip *>("variant.1.choice")->setCurrentRow(0);
        page.findChild<QPushButton *>("test.save")->click();
        db::ExperimentStore store(plants.people);
        QTRY_COMPARE_WITH_TIMEOUT(store.list(plants.ada).size(), std::size_t{1}, patience_ms);
        auto *action = page.findChild<QLabel *>("experiments.action");
        QTRY_COMPARE_WITH_TIMEOUT(action->text(), QStringLiteral("Not started: visitors do not see it yet"),
                                  patience_ms);
        QVERIFY(store.list(plants.ada).front().planned_visitors.has_value());
        page.findChild<QPushButton *>("experiments.edit")->click();
        QTRY_VERIFY_WITH_TIMEOUT(form->isVisible(), patience_ms);
        QCOMPARE(page.findChild<QLineEdit *>("test.name")->text(), QStringLiteral("Layouts"));
        page.findChild<QPushButton *>("test.start")->click();
        QTRY_COMPARE_WITH_TIMEOUT(store.list(plants.ada).front().status, models::ExperimentStatus::Active,
                                  patience_ms);
        QCOMPARE(store.list(plants.ada).size(), std::size_t{1});
        QTRY_VERIFY_WITH_TIMEOUT(page.findChild<QPushButton *>("experiments.pause")->isVisible(),
                                 patience_ms);
    }

    void a_draft_that_somebody_else_started_is_not_changed_and_what_was_typed_stays() {
        PlantedVisits plants;
        plants.plant(PlantedVisits::pattern(300));
        db::ExperimentStore store(plants.people);
        models::Experiment draft;
        draft.tenant_id = plants.ada;
        draft.name = "Layouts";
        draft.element = ExperimentElement::Layout;
        draft.variants = {{"control", "As it is", 0.5, models::Json::object()},
                          {"modern", "Modern", 0.5, {{"layout", "modern"}}}};
        const auto stored = store.create(draft);
        ExperimentsPage page(
            {plants.database.operator_url(), true, {}, QStringLiteral("http://localhost:8080"), {}});
        page.resize(1280, 900);
        page.show();
        page.activate();
        auto *edit = page.findChild<QPushButton *>("experiments.edit");
        QTRY_VERIFY_WITH_TIMEOUT(edit->isVisible(), patience_ms);
        edit->click();
        auto *form = page.findChild<TestForm *>();
        QTRY_VERIFY_WITH_TIMEOUT(form->isVisible(), patience_ms);
        auto *name = page.findChild<QLineEdit *>("test.name");
        name->selectAll();
        QTest::keyClicks(name, "Typed by me");
        store.start(stored.id);
        page.findChild<QPushButton *>("test.save")->click();
        auto *banner = page.findChild<Banner *>("test.banner");
        QTRY_VERIFY_WITH_TIMEOUT(banner->isVisible(), patience_ms);
        const auto words = banner->text();
        QVERIFY2(words.contains(QLatin1String("Somebody else started the test \"Layouts\"")),
                 qPrintable(words));
        QVERIFY(form->isVisible());
        QCOMPARE(name->text(), QStringLiteral("Typed by me"));
        QCOMPARE(store.find(stored.id)->name, std::string("Layouts"));
        QCOMPARE(store.find(stored.id)->phase, 1);
    }
};

int main(int argc, char **argv) {
    preview::prepare_web_engine();
    QApplication application(argc, argv);
    TestFormTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "test_form_test.moc"
