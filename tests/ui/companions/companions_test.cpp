// SPDX-License-Identifier: Apache-2.0
#include "db/experiments/experiment_store.h"
#include "db/stores/account_store.h"
#include "db/stores/compliance_store.h"
#include "db/stores/photo_library.h"
#include "db/stores/revision_store.h"
#include "db/stores/share_link_store.h"
#include "db/stores/tenant_store.h"
#include "models/documents/photos.h"
#include "models/documents/validate_theme.h"
#include "models/tenant/photo_releases.h"
#include "models/tenant/site_template.h"
#include "preview/web_engine.h"
#include "tests/support/sample_site.h"
#include "tests/support/test_database.h"
#include "tests/support/test_server.h"
#include "ui/async/tenant_watcher.h"
#include "ui/async/worker.h"
#include "ui/companions/companions_model.h"
#include "ui/companions/companions_page.h"
#include "ui/companions/create_panel.h"
#include "ui/companions/site_painter.h"
#include "ui/companions/site_thumbnails.h"
#include "ui/companions/tenant_details.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/state_stack.h"
#include "ui/widgets/tenant_id.h"
#include "ui/widgets/wheel_guard.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QFileInfo>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>

#include <future>

using namespace studio;
using namespace studio::ui;
using test_support::TestDatabase;
using test_support::TestServer;

namespace {

models::TenantSummary summary(const std::string &id, const std::string &name, models::TenantStatus status) {
    models::TenantSummary row;
    row.id = models::TenantId(id);
    row.subdomain = id;
    row.name = name;
    row.status = status;
    row.latest_revision = 3;
    row.published_revision = 1;
    row.last_author = "olivia";
    return row;
}

// The page over a real database with ada and bea, as an operator sees it.
struct Desk {
    TestDatabase database{TestDatabase::Tenants::Two};
    Worker worker{database.operator_url()};
    TenantWatcher watcher{database.operator_url()};
    db::Session session{database.operator_url()};
    CompanionsPage page{
        {.worker = &worker, .watcher = &watcher, .media_root = {}, .public_url = "http://localhost:8080"}};

    Desk() {
        page.resize(1072, 760);
        page.show();
        page.activate();
    }
    QTableView *table() const { return page.findChild<QTableView *>("companions.table"); }
    template <typename Widget> Widget *find(const char *name) const {
        auto *widget = page.findChild<Widget *>(name);
        if (widget == nullptr) {
            qFatal("no widget %s", name);
        }
        return widget;
    }
    void click(const char *name) const { QTest::mouseClick(find<QAbstractButton>(name), Qt::LeftButton); }
    bool wait_for_rows(int count) const {
        return QTest::qWaitFor([&] { return table()->model()->rowCount() == count; }, 10000);
    }
    void click_row(int row) const {
        const auto place = table()->visualRect(table()->model()->index(row, 0)).center();
        QTest::mouseClick(table()->viewport(), Qt::LeftButton, {}, place);
    }
    models::TenantStatus status_of(const models::TenantId &id) {
        return db::TenantStore(session).find(id)->status;
    }
};

} // namespace

class CompanionsTest final : public QObject {
    Q_OBJECT

private slots:
    void the_model_keeps_its_promises_through_every_change() {
        CompanionsModel model("http://localhost:8080");
        CompanionsFilter filter;
        filter.setSourceModel(&model);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const QAbstractItemModelTester filter_tester(&filter,
                                                     QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        QSignalSpy data(&model, &QAbstractItemModel::dataChanged);
        auto rows = std::vector{summary("a", "Ada", models::TenantStatus::Active),
                                summary("b", "Bea", models::TenantStatus::Preview)};
        model.set_rows(rows);
        QCOMPARE(model.rowCount(), 2);
        rows[1].name = "Beatrice";
        model.set_rows(rows);
        QCOMPARE(reset.count(), 1);
        QCOMPARE(data.count(), 1);
        QCOMPARE(model.index(1, 0).data().toString(), QStringLiteral("Beatrice"));
        rows.erase(rows.begin());
        model.set_rows(rows);
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.index(0, 0).data(CompanionsModel::Address).toString(),
                 QStringLiteral("http://b.localhost:8080"));
    }

    void publish_state_is_said_in_words() {
        auto row = summary("a", "Ada", models::TenantStatus::Active);
        QCOMPARE(publish_label(row), QStringLiteral("2 revisions ahead"));
        row.published_revision = 3;
        QCOMPARE(publish_label(row), QStringLiteral("Up to date"));
        row.published_revision.reset();
        QCOMPARE(publish_label(row), QStringLiteral("Never published"));
    }

    void search_finds_all_words_anywhere_and_status_narrows() {
        CompanionsModel model("http://localhost:8080");
        CompanionsFilter filter;
        filter.setSourceModel(&model);
        model.set_rows({summary("a", "Ada Lovelace", models::TenantStatus::Active),
                        summary("b", "Bea Potter", models::TenantStatus::Preview)});
        filter.set_search("LOVE ol");
        QCOMPARE(filter.rowCount(), 1);
        filter.set_search("nobody");
        QCOMPARE(filter.rowCount(), 0);
        filter.set_search("");
        filter.set_status(models::TenantStatus::Preview);
        QCOMPARE(filter.rowCount(), 1);
        QCOMPARE(filter.index(0, 0).data().toString(), QStringLiteral("Bea Potter"));
    }

    void a_name_becomes_a_proposal_for_the_address() {
        QCOMPARE(proposed_subdomain(QStringLiteral("Zoë van Dürén")), QStringLiteral("zoe-van-duren"));
        QCOMPARE(proposed_subdomain(QStringLiteral("  O'Hara & Co.  ")), QStringLiteral("o-hara-co"));
        QCOMPARE(proposed_subdomain(QStringLiteral("李")), QString());
    }

    void each_template_is_valid_and_paints_its_own_picture() {
        QList<QImage> pictures;
        for (const auto &site : models::site_templates()) {
            const auto documents = models::start_from(site, "Zoë");
            QVERIFY(!models::has_errors(models::validate_theme(documents.theme)));
            pictures << paint_site(documents, {}, {176, 110}, 1);
            QCOMPARE(pictures.last().size(), QSize(176, 110));
        }
        QVERIFY(pictures.size() >= 3);
        QVERIFY(pictures[0] != pictures[1] && pictures[1] != pictures[2]);
    }

    void the_list_shows_every_companion_and_a_double_click_opens_the_editor() {
        const Desk desk;
        QVERIFY(desk.wait_for_rows(2));
        QSignalSpy navigate(&desk.page, &Page::navigate);
        const auto row = desk.table()->model()->index(0, 0);
        QCOMPARE(row.data().toString(), QStringLiteral("Ada"));
        const auto place = desk.table()->visualRect(row).center();
        QTest::mouseClick(desk.table()->viewport(), Qt::LeftButton, {}, place);
        QTest::mouseDClick(desk.table()->viewport(), Qt::LeftButton, {}, place);
        QCOMPARE(navigate.count(), 1);
        QCOMPARE(navigate.first().at(0).toString(), QStringLiteral("editor"));
        QCOMPARE(navigate.first().at(1).toString(), to_text(desk.database.tenant_id()));
    }

    void every_site_gets_its_picture() {
        const Desk desk;
        QVERIFY(desk.wait_for_rows(2));
        for (int row = 0; row < 2; ++row) {
            QTRY_VERIFY_WITH_TIMEOUT(!desk.table()
                                          ->model()
                                          ->index(row, 0)
                                          .data(CompanionsModel::Thumbnail)
                                          .value<QImage>()
                                          .isNull(),
                                     10000);
        }
    }

    void a_search_without_matches_says_so_and_leads_back() {
        const Desk desk;
        QVERIFY(desk.wait_for_rows(2));
        auto *search = desk.find<QLineEdit>("companions.search");
        auto *state = desk.find<StateStack>("companions.state");
        QTest::keyClicks(search, "nobody");
        QCOMPARE(state->state(), StateStack::State::Empty);
        QVERIFY(state->message().contains("No results"));
        QTest::mouseClick(state->findChild<QPushButton *>("state.empty.button"), Qt::LeftButton);
        QCOMPARE(state->state(), StateStack::State::Content);
        QVERIFY(search->text().isEmpty());
    }

    void an_empty_platform_offers_to_create_the_first_companion() {
        const TestDatabase database;
        Worker worker(database.operator_url());
        CompanionsPage page(
            {.worker = &worker, .watcher = nullptr, .media_root = {}, .public_url = "http://localhost:8080"});
        page.resize(1000, 700);
        page.show();
        page.activate();
        auto *state = page.findChild<StateStack *>("companions.state");
        QTRY_COMPARE(state->state(), StateStack::State::Empty);
        QTest::mouseClick(state->findChild<QPushButton *>("state.empty.button"), Qt::LeftButton);
        QVERIFY(page.findChild<CreatePanel *>()->isVisible());
    }

    void a_companion_is_created_from_a_template_and_opens_in_the_editor() {
        Desk desk;
        QVERIFY(desk.wait_for_rows(2));
        QSignalSpy navigate(&desk.page, &Page::navigate);
        desk.click("companions.new");
        QTest::keyClicks(desk.find<QLineEdit>("create.name"), "Zoe Nova");
        QCOMPARE(desk.find<QLineEdit>("create.subdomain")->text(), QStringLiteral("zoe-nova"));
        QCOMPARE(desk.find<QLabel>("create.address")->text(), QStringLiteral("zoe-nova.localhost:8080"));
        desk.click("create.template.modern");
        desk.click("create.create");
        QVERIFY(desk.wait_for_rows(3));
        QTRY_COMPARE(navigate.count(), 1);
        const auto created = db::TenantStore(desk.session).find_by_subdomain("zoe-nova");
        QVERIFY(created.has_value());
        const auto draft = db::RevisionStore(desk.session).latest(created->id);
        QCOMPARE(draft->documents.theme["layout"].get<std::string>(), std::string("modern"));
        QCOMPARE(draft->documents.content["name"].get<std::string>(), std::string("Zoe Nova"));
    }

    void a_refusal_that_comes_after_the_form_was_closed_is_told_above_the_list() {
        Desk desk;
        QVERIFY(desk.wait_for_rows(2));
        desk.click("companions.new");
        QTest::keyClicks(desk.find<QLineEdit>("create.name"), "Cleo");
        auto *create = desk.find<QPushButton>("create.create");
        QVERIFY(create->isEnabled());
        db::TenantStore(desk.session)
            .create({"cleo", "Cleo", models::start_from(models::site_templates()[0], "Cleo")});
        create->click();
        desk.find<QPushButton>("create.cancel")->click();
        QTRY_VERIFY_WITH_TIMEOUT(
            desk.find<Banner>("companions.banner")->text().startsWith("Cleo was not created. "), 10000);
        db::TenantStore(desk.session)
            .create({"dora", "Dora", models::start_from(models::site_templates()[0], "Dora")});
        desk.page.activate();
        QVERIFY(desk.wait_for_rows(4)); // the list was read again
        QVERIFY(desk.find<Banner>("companions.banner")->text().startsWith("Cleo was not created. "));
    }

    void a_bad_or_taken_address_is_refused_beside_the_field() {
        Desk desk;
        QVERIFY(desk.wait_for_rows(2));
        desk.click("companions.new");
        auto *create = desk.find<QPushButton>("create.create");
        auto *subdomain = desk.find<QLineEdit>("create.subdomain");
        auto *name = desk.find<QLineEdit>("create.name");
        const auto long_name = QString::fromUtf8("e\u0301").repeated(101);
        name->insert(long_name);
        QCOMPARE(name->text(), long_name); // explained in a message, and not cut
        QVERIFY(desk.find<QLabel>("create.name_problem")->isVisible());
        QVERIFY(!create->isEnabled());
        name->setText(long_name.chopped(2));
        QVERIFY(!desk.find<QLabel>("create.name_problem")->isVisible());
        name->clear();
        QTest::keyClicks(name, "Ada");
        subdomain->clear();
        QTest::keyClicks(subdomain, "preview-ada");
        QVERIFY(!create->isEnabled());
        QVERIFY(!desk.find<QLabel>("create.problem")->text().isEmpty());
        subdomain->clear();
        QTest::keyClicks(subdomain, "ada");
        QVERIFY(!create->isEnabled());
        QVERIFY(desk.find<QLabel>("create.problem")->text().contains("Another companion"));
        QVERIFY(subdomain->property("invalid").toBool());
        subdomain->clear();
        QTest::keyClicks(subdomain, "cleo");
        QVERIFY(create->isEnabled());
        // The name is taken at this moment: the database refuses it, or the list has been updated already.
        db::TenantStore(desk.session)
            .create({"cleo", "Cleo", models::start_from(models::site_templates()[0], "Cleo")});
        create->click();
        auto *banner = desk.find<Banner>("create.banner");
        QTRY_VERIFY(banner->text().contains("subdomain") ||
                    desk.find<QLabel>("create.problem")->text().contains("Another companion"));
        QVERIFY(subdomain->property("invalid").toBool());
        QCOMPARE(desk.find<QLineEdit>("create.name")->text(), QStringLiteral("Ada"));
        QCOMPARE(db::TenantStore(desk.session).list().size(), std::size_t(3));
    }

    void the_gate_names_what_is_missing_and_opens_when_it_is_recorded() {
        Desk desk;
        const auto id = desk.database.tenant_id();
        db::RevisionStore(desk.session).publish(id, 1);
        QVERIFY(desk.wait_for_rows(2));
        desk.click_row(0);
        auto *missing = desk.find<QLabel>("detail.missing");
        QTRY_VERIFY(missing->text().contains("identity"));
        QVERIFY(missing->text().contains("2 published photos"));
        QVERIFY(!desk.find<QPushButton>("detail.go_live")->isEnabled());

        QVERIFY(!desk.find<QPushButton>("detail.record_identity")->isEnabled());
        desk.find<QCheckBox>("detail.adult")->click();
        QVERIFY2(!desk.find<QPushButton>("detail.record_identity")->isEnabled(), "no document is chosen");
        desk.find<QComboBox>("detail.document")->setCurrentIndex(0);
        desk.click("detail.record_identity");
        QTRY_VERIFY(desk.find<QLabel>("detail.identity")->text().contains("verified by Olivia Operator"));
        QVERIFY(!missing->text().contains("identity"));
        desk.find<QPushButton>("detail.release_all")->click();
        auto *live = desk.find<QPushButton>("detail.go_live");
        QTRY_VERIFY(live->isEnabled());
        live->click();
        QTRY_COMPARE(desk.status_of(id), models::TenantStatus::Active);
        QTRY_COMPARE(desk.table()->model()->index(0, 1).data().toString(), QStringLiteral("Live"));
    }

    void the_gate_counts_the_sharing_picture_and_the_photo_of_a_running_test() {
        Desk desk;
        const auto id = desk.database.tenant_id();
        db::RevisionStore revisions(desk.session);
        auto documents = revisions.latest(id)->documents;
        documents.content["seo"]["ogImage"] = "/media/ada/share-12345678-1920.jpg";
        revisions.save(id, 1, documents, "", "7e570000-0000-4000-8000-000000000009");
        revisions.publish(id, 2);
        models::Experiment test;
        test.tenant_id = id;
        test.name = "Faces";
        const std::string face = "/media/ada/face-12345678-960.jpg";
        test.variants = {{"control", "As it is", 0.5, models::Json::object()},
                         {"face", "Face", 0.5, {{"photo", {{"url", face}, {"alt", "A face"}}}}}};
        db::ExperimentStore tests(desk.session);
        db::ComplianceStore compliance(desk.session);
        compliance.record_release(id, face);
        tests.start(tests.create(test).id);
        compliance.withdraw_release(id, face);
        QVERIFY(desk.wait_for_rows(2));
        desk.click_row(0);
        auto *missing = desk.find<QLabel>("detail.missing");
        QTRY_VERIFY2(missing->text().contains("4 published photos"), qPrintable(missing->text()));
        desk.find<QPushButton>("detail.release_all")->click();
        QTRY_VERIFY2(missing->text().contains("1 published photo"), qPrintable(missing->text()));
        QCOMPARE(compliance.releases(id).size(), std::size_t(3));
        auto *banner = desk.find<Banner>("detail.banner");
        QTRY_VERIFY2(banner->text().contains("face-12345678-960.jpg (withdrawn on"),
                     qPrintable(banner->text()));
        for (int row = 0; row < 4; ++row) {
            auto *button = desk.find<QPushButton>(qPrintable(QString("detail.release.%1").arg(row)));
            if (button->text() == "Record release") {
                button->click(); // the withdrawn one, by itself
                break;
            }
        }
        QTRY_VERIFY(!missing->text().contains("published photo"));
        QCOMPARE(compliance.releases(id).size(), std::size_t(4));
    }

    void keeping_originals_is_a_tick_that_the_database_has() {
        Desk desk;
        const auto id = desk.database.tenant_id();
        db::PhotoLibrary library(desk.session);
        QVERIFY(desk.wait_for_rows(2));
        desk.click_row(0);
        auto *tick = desk.find<QCheckBox>("detail.originals");
        QTRY_VERIFY(tick->isVisible());
        QVERIFY(!tick->isChecked());
        tick->click();
        QTRY_VERIFY(library.keeps_originals(id));
        tick->click();
        QTRY_VERIFY(!library.keeps_originals(id));
    }

    void a_photo_of_two_people_needs_both_releases() {
        Desk desk;
        const auto id = desk.database.tenant_id();
        db::PhotoLibrary library(desk.session);
        const auto tenant = *db::TenantStore(desk.session).find(id);
        db::LibraryPhoto photo;
        photo.picture = "/media/" + tenant.media_folder + "/" + std::string(32, 'a');
        photo.photo.id = "two";
        photo.photo.url = photo.picture + "-1280.jpg";
        photo.content_hash = std::string(64, 'b');
        library.add(id, photo);
        auto documents = db::RevisionStore(desk.session).latest(id)->documents;
        documents.photos["hero"]["control"]["url"] = photo.photo.url;
        db::RevisionStore(desk.session).save(id, 1, documents, "", "7e570000-0000-4000-8000-000000000010");
        QVERIFY(desk.wait_for_rows(2));
        desk.click_row(0);
        const auto state = [&desk] {
            QStringList words;
            for (const auto *label : desk.page.findChildren<QLabel *>()) {
                if (label->objectName().startsWith("detail.photo_state.")) {
                    words << label->text();
                }
            }
            return words.join('\n');
        };
        const auto row_of = [&desk, &id, &photo] {
            const auto details = load_details(desk.session, id, {});
            const auto found = std::ranges::find(details.photos, photo.photo.url, &PhotoItem::url);
            return static_cast<int>(found - details.photos.begin());
        };
        QTRY_VERIFY(!state().isEmpty());
        const auto people = QString("detail.people.%1").arg(row_of());
        desk.find<QPushButton>(qPrintable(people))->click();
        const auto *scroll = desk.find<QScrollArea>("detail.scroll");
        const auto fits = [scroll] {
            return scroll->widget()->minimumSizeHint().width() <= scroll->viewport()->width();
        };
        QTRY_VERIFY(fits());
        desk.find<QSpinBox>("detail.people.count")->setValue(2);
        QTRY_VERIFY2(state().contains("0 of 2 people’s releases"), qPrintable(state()));
        QCOMPARE(library.find(id, photo.picture)->people, std::optional(2));
        library.set_people(id, photo.picture, 3); // another studio, which this one has not seen
        desk.find<QSpinBox>("detail.people.count")->setValue(1);
        QTRY_COMPARE(desk.find<QSpinBox>("detail.people.count")->value(), 3);
        QCOMPARE(library.find(id, photo.picture)->people, std::optional(3));
        desk.find<QSpinBox>("detail.people.count")->setValue(2);
        QTRY_COMPARE(library.find(id, photo.picture)->people, std::optional(2));
        QTRY_VERIFY2(state().contains("0 of 2 people’s releases"), qPrintable(state()));
        for (const auto *name : {"Mia", "Ada"}) {
            desk.find<QLineEdit>("detail.people.person")->setText(name);
            desk.find<QCheckBox>("detail.people.adult")->setChecked(true);
            desk.find<QPushButton>("detail.people.record")->click();
            QTRY_VERIFY(desk.find<QLineEdit>("detail.people.person")->text().isEmpty());
        }
        QTRY_VERIFY2(state().contains("2 of 2 people’s releases"), qPrintable(state()));
        QVERIFY(fits());
        auto *withdraw = desk.find<QPushButton>("detail.people.withdraw.0");
        QCOMPARE(withdraw->text(), QString("Withdraw…"));
        withdraw->click();
        QTRY_VERIFY(desk.find<QWidget>("detail.people.confirm")->isVisible());
        QCOMPARE(db::ComplianceStore(desk.session).releases(id).size(), std::size_t(2));
        desk.find<QPushButton>("detail.people.confirm.act")->click();
        QTRY_VERIFY2(state().contains("1 of 2 people’s releases"), qPrintable(state()));
        QCOMPARE(db::ComplianceStore(desk.session).releases(id).size(), std::size_t(1));
    }

    void a_photos_release_is_withdrawn_only_after_the_question_what_becomes_of_its_files() {
        Desk desk;
        const auto id = desk.database.tenant_id();
        db::ComplianceStore compliance(desk.session);
        const auto photo = load_details(desk.session, id, {}).photos.front();
        compliance.record_release(id, photo.url);
        QVERIFY(desk.wait_for_rows(2));
        desk.click_row(0);
        // The rows are made anew with each reading, so the button is looked for each time.
        const auto words = [&desk] {
            const auto *button = desk.page.findChild<QPushButton *>("detail.release.0");
            return button == nullptr ? QString() : button->text();
        };
        QTRY_COMPARE(words(), QString("Withdraw…"));
        desk.find<QPushButton>("detail.release.0")->click();
        auto *question = desk.find<QWidget>("detail.withdraw");
        QVERIFY(question->isVisible());
        QVERIFY(question->accessibleName().contains(photo.title));
        QVERIFY(question->accessibleName().contains("deleted for good"));
        QCOMPARE(compliance.releases(id).size(), std::size_t(1));
        desk.find<QPushButton>("detail.withdraw.cancel")->click();
        QVERIFY(!question->isVisible());
        desk.find<QPushButton>("detail.release.0")->click();
        desk.find<QPushButton>("detail.withdraw.act")->click();
        QTRY_VERIFY(compliance.releases(id).empty());
        QTRY_COMPARE(words(), QString("Record release"));
        QVERIFY(!question->isVisible());
    }

    void taking_a_site_offline_names_it_and_can_be_undone() {
        Desk desk;
        const auto id = desk.database.tenant_id();
        test_support::go_live(desk.session, id);
        QVERIFY(desk.wait_for_rows(2));
        desk.click_row(0);
        auto *offline = desk.find<QPushButton>("detail.offline");
        QTRY_COMPARE(offline->text(), QStringLiteral("Take Ada’s site offline"));
        QTRY_VERIFY(offline->isVisible());
        desk.page.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&desk.page));
        offline->click();
        QTRY_VERIFY(desk.find<QPushButton>("detail.confirm.cancel")->hasFocus());
        QCOMPARE(desk.status_of(id), models::TenantStatus::Active);
        desk.find<QPushButton>("detail.confirm.act")->click();
        QTRY_COMPARE(desk.status_of(id), models::TenantStatus::Inactive);
        auto *banner = desk.find<Banner>("detail.banner");
        QTRY_VERIFY(banner->text().contains("Ada’s site is offline"));
        QTRY_VERIFY(offline->isHidden());
        QVERIFY(banner->action_button()->hasFocus()); // the undo is at hand and in sight
        QCOMPARE(desk.find<QScrollArea>("detail.scroll")->verticalScrollBar()->value(), 0);
        QTest::mouseClick(banner->action_button(), Qt::LeftButton);
        QTRY_COMPARE(desk.status_of(id), models::TenantStatus::Active);
    }

    void a_custom_domain_is_checked_while_typing_and_saved() {
        Desk desk;
        QVERIFY(desk.wait_for_rows(2));
        desk.click_row(0);
        auto *domain = desk.find<QLineEdit>("detail.domain");
        auto *save = desk.find<QPushButton>("detail.save_domain");
        QTRY_VERIFY(domain->isVisible());
        QTest::keyClicks(domain, "Not a domain");
        QVERIFY(!save->isEnabled());
        QVERIFY(!desk.find<QLabel>("detail.domain_problem")->text().isEmpty());
        domain->clear();
        QTest::keyClicks(domain, "ada.com.au");
        QVERIFY(save->isEnabled());
        save->click();
        QTRY_COMPARE(db::TenantStore(desk.session).find(desk.database.tenant_id())->custom_domain,
                     std::optional<std::string>("ada.com.au"));
    }

    void what_was_typed_or_ticked_for_one_companion_is_gone_when_another_is_chosen() {
        const WheelGuard guard;
        Desk desk;
        QVERIFY(desk.wait_for_rows(2));
        desk.click_row(0);
        auto *name = desk.find<QLineEdit>("detail.name");
        auto *domain = desk.find<QLineEdit>("detail.domain");
        auto *adult = desk.find<QCheckBox>("detail.adult");
        auto *validity = desk.find<QComboBox>("detail.share_validity");
        QTRY_COMPARE(name->text(), QStringLiteral("Ada"));
        QTRY_VERIFY(name->isVisible());
        name->setText("Ada Lovelace");
        domain->setText("ada.com.au");
        adult->setChecked(true);
        desk.find<QComboBox>("detail.document")->setCurrentIndex(2);
        validity->setCurrentIndex(2);
        const QPointF middle(validity->rect().center());
        QWheelEvent wheel(middle, validity->mapToGlobal(middle), {}, {0, 120}, Qt::NoButton, Qt::NoModifier,
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(validity, &wheel);
        QCOMPARE(validity->currentIndex(), 2);
        desk.click_row(1);
        QTRY_COMPARE(name->text(), QStringLiteral("Bea"));
        QVERIFY(domain->text().isEmpty());
        QVERIFY(desk.find<QPushButton>("detail.rename")->isHidden());
        QVERIFY(desk.find<QPushButton>("detail.save_domain")->isHidden());
        QVERIFY(!adult->isChecked());
        QVERIFY(!desk.find<QPushButton>("detail.record_identity")->isEnabled());
        QCOMPARE(desk.find<QComboBox>("detail.document")->currentIndex(), -1);
        QCOMPARE(validity->currentIndex(), 1);
    }

    void in_a_small_window_the_names_keep_their_room_beside_the_panel() {
        Desk desk;
        QVERIFY(desk.wait_for_rows(2));
        desk.click_row(0);
        const auto published = static_cast<int>(CompanionsModel::Column::Published);
        QTRY_VERIFY(!desk.table()->isColumnHidden(published));
        desk.page.resize(824, 700); // of a window of 1024 × 700
        QTRY_VERIFY(desk.table()->isColumnHidden(published));
        QVERIFY(desk.table()->columnWidth(static_cast<int>(CompanionsModel::Column::Companion)) > 260);
        desk.click("detail.close");
        QTRY_VERIFY(!desk.table()->isColumnHidden(published));
    }

    void what_is_being_typed_survives_somebody_elses_change_of_the_same_companion() {
        Desk desk;
        QVERIFY(desk.wait_for_rows(2));
        desk.click_row(0);
        auto *domain = desk.find<QLineEdit>("detail.domain");
        auto *adult = desk.find<QCheckBox>("detail.adult");
        QTRY_VERIFY(domain->isVisible());
        domain->setText("ada.com");
        adult->setChecked(true);
        db::TenantStore(desk.session).rename(desk.database.tenant_id(), "Ada Lovelace");
        QTRY_COMPARE(desk.find<QLineEdit>("detail.name")->text(), QStringLiteral("Ada Lovelace"));
        QCOMPARE(domain->text(), QStringLiteral("ada.com"));
        QVERIFY(adult->isChecked());
    }

    void an_answer_about_a_companion_who_is_not_shown_any_more_carries_her_name() {
        Desk desk;
        QVERIFY(desk.wait_for_rows(2));
        desk.click_row(0);
        auto *name = desk.find<QLineEdit>("detail.name");
        QTRY_VERIFY(name->isVisible() && name->text() == "Ada");
        std::promise<void> gate;
        desk.worker.run([opened = gate.get_future().share()](db::Session &) { opened.wait(); });
        name->setText("Ada Lovelace");
        desk.find<QPushButton>("detail.rename")->click();
        desk.find<QPushButton>("detail.share")->click();
        desk.click_row(1);
        gate.set_value();
        auto *banner = desk.find<Banner>("detail.banner");
        QTRY_VERIFY2(banner->text().startsWith("Ada: "), qPrintable(banner->text()));
        QTRY_COMPARE(name->text(), QStringLiteral("Bea"));
        QVERIFY(desk.find<QLineEdit>("detail.share_link")->text().isEmpty());
    }

    void a_share_link_is_shown_once_and_can_be_revoked() {
        Desk desk;
        QVERIFY(desk.wait_for_rows(2));
        desk.click_row(0);
        auto *share = desk.find<QPushButton>("detail.share");
        QTRY_VERIFY(share->isVisible());
        share->click();
        auto *link = desk.find<QLineEdit>("detail.share_link");
        QTRY_VERIFY(link->text().startsWith("http://preview-ada.localhost:8080/?share="));
        const auto id = desk.database.tenant_id();
        QCOMPARE(db::ShareLinkStore(desk.session).list(id).size(), std::size_t(1));
        QTRY_VERIFY(desk.page.findChild<QPushButton *>("detail.revoke_link.0") != nullptr);
        desk.find<QPushButton>("detail.revoke_link.0")->click();
        QTRY_COMPARE(db::ShareLinkStore(desk.session).list(id).size(), std::size_t(0));
    }

    void somebody_elses_change_appears_by_itself() {
        Desk desk;
        QVERIFY(desk.wait_for_rows(2));
        // The first may be read when the listener connects, the second only because of its notification.
        for (const char *name : {"Ada Lovelace", "Ada Byron"}) {
            db::TenantStore(desk.session).rename(desk.database.tenant_id(), name);
            QTRY_COMPARE(desk.table()->model()->index(0, 0).data().toString(), QString(name));
        }
    }

    void a_lost_database_keeps_the_list_and_says_that_it_may_be_old() {
        Desk desk;
        QVERIFY(desk.wait_for_rows(2));
        QSignalSpy trouble(&desk.page, &Page::trouble);
        TestServer::instance().kill();
        desk.page.activate();
        auto *banner = desk.find<Banner>("companions.banner");
        QTRY_VERIFY(banner->text().contains("out of date"));
        QVERIFY(trouble.count() > 0);
        QCOMPARE(desk.table()->model()->rowCount(), 2);
        TestServer::instance().start();
        desk.page.activate();
        QTRY_VERIFY_WITH_TIMEOUT(!banner->isVisible(), 15000);
    }

    void the_sites_own_picture_takes_the_drawings_place_and_is_kept_for_the_next_start() {
        const TestDatabase database(TestDatabase::Tenants::Two);
        Worker worker(database.operator_url());
        const QTemporaryDir folder;
        CompanionsServices services;
        services.worker = &worker;
        services.public_url = "http://localhost:8080";
        services.thumbnail_folder = folder.filePath("sites");
        const auto ada = to_text(database.tenant_id());
        QList<QImage> images;
        {
            SiteThumbnails thumbnails(services, {176, 110}, 2.0);
            connect(&thumbnails, &SiteThumbnails::ready, this,
                    [&images](const QString &, const QImage &image) { images << image; });
            thumbnails.request(ada, "ada", 1);
            thumbnails.request(ada, "ada", 1);
            QTRY_COMPARE_WITH_TIMEOUT(images.size(), 2, 30000);
            QVERIFY(images[0] != images[1]);
            QTRY_COMPARE(QDir(services.thumbnail_folder).entryList(QDir::Files).size(), 1);
        }
        SiteThumbnails later(services, {176, 110}, 2.0);
        connect(&later, &SiteThumbnails::ready, this,
                [&images](const QString &, const QImage &image) { images << image; });
        later.request(ada, "ada", 1);
        QTRY_COMPARE_WITH_TIMEOUT(images.size(), 3, 10000);
        QCOMPARE(images[2].size(), QSize(352, 220));
        QCOMPARE(images[2].convertToFormat(QImage::Format_RGB32),
                 images[1].convertToFormat(QImage::Format_RGB32));
    }

    void a_sites_picture_loses_a_photo_whose_release_is_withdrawn() {
        const TestDatabase database(TestDatabase::Tenants::Two);
        Worker worker(database.operator_url());
        const QTemporaryDir folder;
        CompanionsServices services;
        services.worker = &worker;
        services.public_url = "http://localhost:8080";
        services.media_root = folder.filePath("media").toStdString();
        db::Session session(database.operator_url());
        const auto hero =
            models::read_photos(db::RevisionStore(session).latest(database.tenant_id())->documents.photos)
                .hero.control.url;
        const auto file = folder.filePath("media") + QString::fromStdString(hero).mid(6);
        QVERIFY(hero.starts_with("/media/") && QDir().mkpath(QFileInfo(file).path()));
        QImage red(1920, 1080, QImage::Format_RGB32);
        red.fill(QColor("#ff0000"));
        QVERIFY(red.save(file, "JPG", 100));
        QList<QImage> images;
        SiteThumbnails thumbnails(services, {176, 110}, 1.0);
        connect(&thumbnails, &SiteThumbnails::ready, this,
                [&images](const QString &, const QImage &image) { images << image; });
        const auto id = to_text(database.tenant_id());
        const auto is_red = [](const QImage &image) {
            for (int y = 0; y < image.height(); ++y) {
                for (int x = 0; x < image.width(); ++x) {
                    const auto color = image.pixelColor(x, y);
                    if (color.red() > 240 && color.green() < 20 && color.blue() < 20) {
                        return true;
                    }
                }
            }
            return false;
        };
        thumbnails.request(id, "ada", 1);
        QTRY_COMPARE_WITH_TIMEOUT(images.size(), 1, 30000);
        QVERIFY(is_red(images[0]));
        thumbnails.set_hidden({models::picture_of(hero)});
        thumbnails.request(id, "ada", 1);
        QTRY_COMPARE_WITH_TIMEOUT(images.size(), 2, 30000);
        QVERIFY(!is_red(images[1]));
    }

    void a_page_without_a_database_shows_the_error_with_a_way_to_try_again() {
        Worker worker("postgresql://nobody@127.0.0.1:1/none?connect_timeout=2");
        CompanionsPage page(
            {.worker = &worker, .watcher = nullptr, .media_root = {}, .public_url = "http://localhost"});
        page.show();
        page.activate();
        auto *state = page.findChild<StateStack *>("companions.state");
        QTRY_COMPARE(state->state(), StateStack::State::Error);
        QSignalSpy states(state, &StateStack::state_changed);
        QTest::mouseClick(state->findChild<QPushButton *>("state.error.button"), Qt::LeftButton);
        QTRY_COMPARE(states.count(), 2);
        QCOMPARE(states.first().first().value<StateStack::State>(), StateStack::State::Loading);
        QCOMPARE(state->state(), StateStack::State::Error);
    }
};

int main(int argc, char **argv) {
    preview::prepare_web_engine();
    QApplication application(argc, argv);
    CompanionsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "companions_test.moc"
