// SPDX-License-Identifier: Apache-2.0
// What a person changes on the page of photos.
#include "db/connection/error.h"
#include "db/stores/share_link_store.h"
#include "tests/ui/library/library_desk.h"
#include "ui/library/library_changes.h"
#include "ui/library/takedown_receipt.h"
#include "ui/library/variants_view.h"
#include "ui/photos/library_record.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/confirm_bar.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QDropEvent>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>

#include <algorithm>
#include <chrono>

using namespace studio;
using namespace studio::ui;
using test_support::LibraryDesk;
using test_support::LibraryFixture;

class LibraryChangesTest final : public QObject {
    Q_OBJECT

private slots:
    void init() {
        m_fixture = std::make_unique<LibraryFixture>();
        auto &at = *m_fixture;
        m_photos.clear();
        for (int number = 1; number <= 3; ++number) {
            m_photos.push_back(at.add(at.ada(), number, "Photo " + std::to_string(number)));
        }
    }
    void cleanup() { m_fixture.reset(); }

    void several_photos_get_the_same_texts_and_releases_at_once() {
        const auto desk = opened();
        desk->select({m_photos[0], m_photos[2]});
        QCOMPARE(desk->find<QLabel>("library.bulk.count")->text(), QString("2 photos selected"));
        desk->find<QLineEdit>("library.bulk.alt")->setText("In the garden");
        desk->find<QSpinBox>("library.bulk.people")->setValue(1);
        desk->find<QLineEdit>("library.bulk.release.person")->setText("Ada Stone");
        desk->find<QPushButton>("library.bulk.apply")->click();
        auto *problem = desk->find<QLabel>("library.bulk.release.problem");
        QVERIFY(problem->isVisibleTo(problem->parentWidget())); // an adult was not confirmed
        desk->find<QCheckBox>("library.bulk.release.adult")->setChecked(true);
        desk->find<QLineEdit>("library.bulk.release.until")->setText("2100-02-30");
        desk->find<QPushButton>("library.bulk.apply")->click();
        QVERIFY(problem->text().contains("2027-03-01"));
        QCOMPARE(stored(0).photo.alt, std::string("Photo 1"));
        desk->find<QLineEdit>("library.bulk.release.until")->setText("2100-02-28");
        desk->find<QPushButton>("library.bulk.apply")->click();
        QTRY_COMPARE_WITH_TIMEOUT(stored(2).photo.alt, std::string("In the garden"), 15000);
        QTRY_VERIFY_WITH_TIMEOUT(desk->find<QLineEdit>("library.bulk.alt")->text().isEmpty(), 15000);
        QCOMPARE(stored(0).photo.alt, std::string("In the garden"));
        QCOMPARE(stored(0).people, std::optional<int>(1));
        QCOMPARE(stored(1).photo.alt, std::string("Photo 2"));
        db::Session session(m_fixture->database.operator_url());
        auto releases = db::ComplianceStore(session).releases(m_fixture->ada());
        std::erase_if(releases, [](const auto &release) { return release.person != "Ada Stone"; });
        QCOMPARE(releases.size(), std::size_t{2});
        QCOMPARE(releases.front().valid_until, std::string("2100-02-28"));
    }

    void what_another_studio_stored_meanwhile_stays() {
        auto &at = *m_fixture;
        const auto desk = opened();
        desk->select({m_photos[0]});
        db::Session session(at.database.operator_url());
        db::PhotoLibrary library(session);
        library.set_people(at.ada(), m_photos[0].picture, 2);
        library.set_licence(at.ada(), m_photos[0].picture, "Pia", "for this site");
        library.describe(at.ada(), m_photos[0].picture, "Photo 1", "By the sea", {0.25, 0.75});
        desk->find<QLineEdit>("library.alt")->end(false);
        QTest::keyClicks(desk->find<QLineEdit>("library.alt"), " at noon");
        QTRY_COMPARE_WITH_TIMEOUT(stored(0).photo.alt, std::string("Photo 1 at noon"), 15000);
        QCOMPARE(stored(0).people, std::optional(2));
        QCOMPARE(stored(0).photo.caption, std::string("By the sea"));
        QVERIFY((stored(0).photo.focal_point == models::FocalPoint{0.25, 0.75}));
        QCOMPARE(stored(0).photographer, std::string("Pia"));
        QCOMPARE(stored(0).licence, std::string("for this site"));
        QTRY_COMPARE_WITH_TIMEOUT(desk->find<QSpinBox>("library.people")->value(), 2, 15000);
    }

    void a_number_of_people_does_not_fall_by_what_was_typed_before_it_rose() {
        auto &at = *m_fixture;
        db::Session session(at.database.operator_url());
        db::PhotoLibrary library(session);
        library.set_people(at.ada(), m_photos[0].picture, 2);
        const auto desk = opened();
        desk->select({m_photos[0]});
        library.set_people(at.ada(), m_photos[0].picture, 3);
        desk->find<QSpinBox>("library.people")->setValue(1);
        auto *banner = desk->find<Banner>("library.not_saved");
        QTRY_VERIFY_WITH_TIMEOUT(banner->isVisible(), 15000);
        QVERIFY(banner->text().contains("number of people"));
        QCOMPARE(stored(0).people, std::optional(3));
        QTRY_COMPARE_WITH_TIMEOUT(desk->find<QSpinBox>("library.people")->value(), 3, 15000);
        desk->find<QSpinBox>("library.people")->setValue(1);
        QTRY_COMPARE_WITH_TIMEOUT(stored(0).people, std::optional(1), 15000);
    }

    void who_may_not_lower_the_number_of_people_still_saves_everything_else() {
        auto &at = *m_fixture;
        db::Session session(at.database.operator_url());
        db::PhotoLibrary(session).set_people(at.ada(), m_photos[0].picture, 2);
        db::Session own(at.database.companion_url());
        TextChange change;
        change.people = 1;
        change.people_seen = 2;
        change.photographer = "Pia";
        QVERIFY(save_texts(own, at.ada(), m_photos[0].picture, change) == TextsSaved::PeopleRefused);
        QCOMPARE(stored(0).photographer, std::string("Pia"));
        QCOMPARE(stored(0).people, std::optional(2));
    }

    void a_photo_that_is_noted_again_with_fewer_people_keeps_its_number() {
        auto &at = *m_fixture;
        db::Session session(at.database.operator_url());
        db::PhotoLibrary(session).set_people(at.ada(), m_photos[0].picture, 2);
        auto noted = stored(0);
        noted.people = 1;
        noted.photographer = "Pia";
        add_to_library(session, at.ada(), noted);
        QCOMPARE(stored(0).people, std::optional(2));
        QCOMPARE(stored(0).photographer, std::string("Pia"));
        noted.people = 3;
        add_to_library(session, at.ada(), noted);
        QCOMPARE(stored(0).people, std::optional(3));
    }

    void a_release_of_several_photos_leaves_out_and_names_what_the_person_took_back() {
        db::Session session(m_fixture->database.operator_url());
        db::ComplianceStore compliance(session);
        BulkChange change;
        change.release = db::PhotoRelease{};
        change.release->tenant_id = m_fixture->ada();
        change.release->photo_url = m_photos[0].photo.url;
        change.release->person = "Ada Stone";
        compliance.record_person_release(*change.release);
        compliance.withdraw_person_release(m_fixture->ada(), m_photos[0].photo.url, "Ada Stone");
        QString said;
        try {
            save_bulk(session, m_fixture->ada(), {m_photos[0].picture, m_photos[1].picture}, change);
        } catch (const db::Error &error) {
            said = QString::fromUtf8(error.what());
        }
        QVERIFY2(said.contains("(Ada Stone, withdrawn on"), qPrintable(said));
        auto releases = compliance.releases(m_fixture->ada());
        std::erase_if(releases, [](const auto &release) { return release.person != "Ada Stone"; });
        QCOMPARE(releases.size(), std::size_t{1});
        QCOMPARE(releases.front().photo_url, m_photos[1].photo.url);
    }

    void replacing_a_photo_changes_every_place_of_the_draft_as_one_revision() {
        auto &at = *m_fixture;
        at.save_draft(at.ada(), [&](models::Documents &documents) {
            documents.photos["hero"]["control"] = {{"url", m_photos[0].photo.url}, {"alt", "Old"}};
            documents.photos["gallery"].push_back({{"id", "x"}, {"url", m_photos[0].photo.url}});
            documents.content["seo"]["ogImage"] = m_photos[0].photo.url;
        });
        const int before = at.latest(at.ada()).summary.number;
        const auto desk = opened();
        desk->select({m_photos[0]});
        desk->find<QPushButton>("library.replace")->click();
        QVERIFY(desk->find<Banner>("library.replacing")->isVisible());
        desk->select({m_photos[1]});
        const auto *question = desk->find<ConfirmBar>("library.confirm");
        QVERIFY(question->isVisible());
        QVERIFY2(question->accessibleName().contains("Of the new photo this is open: No release"),
                 qPrintable(question->accessibleName()));
        QCOMPARE(at.latest(at.ada()).summary.number, before);
        desk->find<QPushButton>("library.confirm.act")->click();
        QTRY_COMPARE_WITH_TIMEOUT(at.latest(at.ada()).summary.number, before + 1, 15000);
        const auto latest = at.latest(at.ada());
        const auto photos = models::read_photos(latest.documents.photos);
        QCOMPARE(photos.hero.control.url, m_photos[1].photo.url);
        QCOMPARE(photos.hero.control.alt, std::string("Photo 2"));
        QCOMPARE(photos.gallery.back().url, m_photos[1].photo.url);
        QCOMPARE(photos.gallery.back().id, std::string("x"));
        QCOMPARE(latest.documents.content["seo"]["ogImage"].get<std::string>(), m_photos[1].photo.url);
        QVERIFY(QString::fromStdString(latest.summary.note).contains("Photo 2"));
        QVERIFY(!desk->find<Banner>("library.replacing")->isVisible());
    }

    void the_question_before_replacing_has_the_one_button_that_cancels() {
        m_fixture->save_draft(m_fixture->ada(), [&](models::Documents &documents) {
            documents.photos["hero"]["control"] = {{"url", m_photos[0].photo.url}, {"alt", "Old"}};
        });
        const auto desk = opened();
        desk->select({m_photos[0]});
        desk->find<QPushButton>("library.replace")->click();
        QVERIFY(desk->find<Banner>("library.replacing")->isVisible());
        desk->select({m_photos[1]});
        QVERIFY(desk->find<ConfirmBar>("library.confirm")->isVisible());
        QVERIFY(!desk->find<Banner>("library.replacing")->isVisible());
        desk->find<QPushButton>("library.confirm.cancel")->click();
        desk->select({m_photos[2]});
        QVERIFY2(!desk->find<ConfirmBar>("library.confirm")->isVisible(), "replacing is over");
    }

    void a_photo_that_nobody_may_see_takes_no_place() {
        auto &at = *m_fixture;
        at.save_draft(at.ada(), [&](models::Documents &documents) {
            documents.photos["hero"]["control"] = {{"url", m_photos[0].photo.url}, {"alt", "Old"}};
        });
        db::Session session(at.database.operator_url());
        db::PhotoLibrary(session).pause(at.ada(), m_photos[1].picture);
        const auto key = QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString();
        QVERIFY_EXCEPTION_THROWN(
            replace_everywhere(session, at.ada(), m_photos[0].picture, m_photos[1].picture, "", key),
            db::Error);
        QCOMPARE(replace_everywhere(session, at.ada(), m_photos[0].picture, m_photos[2].picture, "", key), 1);
    }

    void a_takedown_says_what_goes_and_shows_its_steps() {
        auto &at = *m_fixture;
        at.save_draft(at.ada(), [&](models::Documents &documents) {
            documents.photos["gallery"].push_back({{"id", "x"}, {"url", m_photos[0].photo.url}});
        });
        db::Session session(at.database.operator_url());
        db::ShareLinkStore(session).create(at.ada(), std::chrono::hours(24));
        int asked = 0;
        auto services = at.services(at.database.operator_url());
        services.steps_asked = [&](const models::TenantId &tenant) { asked += tenant == at.ada() ? 1 : 0; };
        const auto desk = opened(services);
        desk->select({m_photos[0]});
        desk->find<QPushButton>("library.take_down")->click();
        const auto *confirm = desk->find<ConfirmBar>("library.confirm");
        QVERIFY(confirm->isVisible());
        QVERIFY2(confirm->accessibleName().contains("Draft: gallery photo 2"),
                 qPrintable(confirm->accessibleName()));
        QVERIFY(at.stored(at.ada(), m_photos[0].picture).has_value());
        desk->find<QPushButton>("library.confirm.act")->click();
        QVERIFY(desk->shows(2));
        QVERIFY(!at.stored(at.ada(), m_photos[0].picture).has_value());
        QCOMPARE(asked, 1);
        QVERIFY(desk->find<TakedownReceipt>("library.receipt")->isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(receipt(*desk).size() == 2, 15000);
        const auto lines = receipt(*desk);
        QVERIFY2(lines[0].startsWith("Draft link until") && lines[0].contains("no longer shows it"),
                 qPrintable(lines[0]));
        QCOMPARE(lines[1], QString("1 file is to be removed"));
        const auto summary = desk->find<QLabel>("library.receipt.words")->text();
        QVERIFY2(summary.startsWith("Taken down: 0 of 1 files"), qPrintable(summary));
        desk->find<QPushButton>("library.receipt.copy")->click();
        const auto copied = QGuiApplication::clipboard()->text();
        QVERIFY2(copied.contains(summary) && copied.contains(lines[0]), qPrintable(copied));
    }

    void several_photos_are_paused_resumed_and_taken_down_with_one_question_and_one_receipt() {
        auto &at = *m_fixture;
        int asked = 0;
        auto services = at.services(at.database.operator_url());
        services.steps_asked = [&](const models::TenantId &) { ++asked; };
        const auto desk = opened(services);
        const auto *confirm = desk->find<ConfirmBar>("library.confirm");
        const auto press = [&](const char *button, const QString &words, const QString &act) {
            auto *pressed = desk->find<QPushButton>(button);
            QVERIFY(pressed->isVisibleTo(pressed->parentWidget()));
            QCOMPARE(pressed->text(), words);
            pressed->click();
            QVERIFY(confirm->isVisible());
            for (const auto *name : {"Photo 1", "Photo 3"}) {
                QVERIFY2(confirm->accessibleName().contains(name), qPrintable(confirm->accessibleName()));
            }
            QCOMPARE(desk->find<QPushButton>("library.confirm.act")->text(), act);
            desk->find<QPushButton>("library.confirm.act")->click();
        };
        desk->select({m_photos[0], m_photos[2]});
        QVERIFY(!desk->find<QPushButton>("library.bulk.resume")->isVisible());
        press("library.bulk.pause", "Pause 2 photos…", "Pause 2 photos");
        QTRY_VERIFY_WITH_TIMEOUT(stored(0).paused && stored(2).paused, 15000);
        QVERIFY(!stored(1).paused);
        QTRY_COMPARE_WITH_TIMEOUT(receipt(*desk).filter("is to be hidden").size(), 2, 15000);
        QCOMPARE(receipt(*desk).filter("“Photo").size(), 2);
        QTRY_VERIFY_WITH_TIMEOUT(shows_as_paused(*desk, 0) && shows_as_paused(*desk, 2), 15000);

        desk->select({m_photos[0], m_photos[1], m_photos[2]});
        QCOMPARE(desk->find<QPushButton>("library.bulk.pause")->text(), QString("Pause 1 photo…"));
        press("library.bulk.resume", "Resume 2 photos…", "Resume 2 photos");
        QTRY_VERIFY_WITH_TIMEOUT(!stored(0).paused && !stored(2).paused, 15000);
        QTRY_VERIFY_WITH_TIMEOUT(!shows_as_paused(*desk, 0) && !shows_as_paused(*desk, 2), 15000);

        desk->select({m_photos[0], m_photos[2]});
        press("library.bulk.take_down", "Take down 2 photos…", "Take down 2 photos");
        QVERIFY(desk->shows(1));
        QVERIFY(at.stored(at.ada(), m_photos[1].picture).has_value());
        QTRY_COMPARE_WITH_TIMEOUT(receipt(*desk).filter("is to be removed").size(), 2, 15000);
        QVERIFY(desk->find<TakedownReceipt>("library.receipt")->isVisible());
        QCOMPARE(asked, 3);
    }

    void choosing_another_photo_takes_back_the_question() {
        const auto desk = opened();
        desk->select({m_photos[0]});
        desk->find<QPushButton>("library.take_down")->click();
        QVERIFY(desk->find<ConfirmBar>("library.confirm")->isVisible());
        desk->select({m_photos[1]});
        QVERIFY(!desk->find<ConfirmBar>("library.confirm")->isVisible());
    }

    void a_paused_photo_is_resumed_by_the_same_button() {
        const auto desk = opened();
        desk->select({m_photos[0]});
        auto *button = desk->find<QPushButton>("library.pause");
        const auto label = button->text();
        const auto *steps = desk->find<QPushButton>("library.steps");
        QVERIFY2(!steps->isVisibleTo(steps->parentWidget()), "there is no receipt yet");
        button->click();
        QTRY_VERIFY_WITH_TIMEOUT(steps->isVisibleTo(steps->parentWidget()), 15000);
        QTRY_VERIFY_WITH_TIMEOUT(stored(0).paused, 15000);
        QTRY_VERIFY_WITH_TIMEOUT(button->text() != label, 15000);
        button->click();
        QTRY_VERIFY_WITH_TIMEOUT(!stored(0).paused, 15000);
    }

    void tiles_are_put_in_order_by_dragging_and_by_keys() {
        auto &at = *m_fixture;
        const auto desk = opened();
        const auto order = [&] {
            QStringList pictures;
            for (const auto &photo : at.list(at.ada())) {
                pictures << QString::fromStdString(photo.picture);
            }
            return pictures;
        };
        const auto before = order();
        auto *grid = desk->grid();
        const std::unique_ptr<QMimeData> data(desk->model()->mimeData({desk->model()->index(2)}));
        const auto tile = grid->visualRect(desk->model()->index(0));
        QDragEnterEvent enter(QPoint(tile.left() + 10, tile.center().y()), Qt::MoveAction, data.get(),
                              Qt::LeftButton, {});
        QApplication::sendEvent(grid->viewport(), &enter);
        QDropEvent drop(QPointF(tile.left() + 10, tile.center().y()), Qt::MoveAction, data.get(),
                        Qt::LeftButton, {});
        QApplication::sendEvent(grid->viewport(), &drop);
        const QStringList moved{before[2], before[0], before[1]};
        QTRY_COMPARE_WITH_TIMEOUT(order(), moved, 15000);
        QTRY_COMPARE_WITH_TIMEOUT(desk->model()->row_of(before[2]), 0, 15000);
        grid->select({before[2]});
        grid->setFocus();
        QTest::keyClick(grid, Qt::Key_Right, Qt::AltModifier);
        const QStringList again{before[0], before[2], before[1]};
        QTRY_COMPARE_WITH_TIMEOUT(order(), again, 15000);
    }

    void shares_of_the_variants_always_make_a_hundred_and_are_saved_in_the_draft() {
        auto &at = *m_fixture;
        at.save_draft(at.ada(), [&](models::Documents &documents) {
            documents.photos["hero"]["variants"] =
                models::Json::array({{{"id", "b"}, {"url", m_photos[0].photo.url}, {"weight", 0.3}},
                                     {{"id", "c"}, {"url", m_photos[1].photo.url}, {"weight", 0.3}}});
        });
        const auto desk = opened();
        auto *first = desk->find<QSpinBox>("library.share.0"),
             *second = desk->find<QSpinBox>("library.share.1");
        const auto *control = desk->find<QLabel>("library.share.control");
        QCOMPARE(control->text(), QString("40 %"));
        first->setValue(90);
        QCOMPARE(second->value(), 10);
        QCOMPARE(control->text(), QString("0 %"));
        QVERIFY(desk->find<QLabel>("library.variants.words")->text().startsWith("Nobody sees the control"));
        second->setValue(5);
        QCOMPARE(control->text(), QString("5 %"));
        desk->find<QPushButton>("library.variants.save")->click();
        QTRY_COMPARE_WITH_TIMEOUT(
            models::read_photos(at.latest(at.ada()).documents.photos).hero.variants[0].weight, 0.9, 15000);
        const auto hero = models::read_photos(at.latest(at.ada()).documents.photos).hero;
        QCOMPARE(hero.variants[1].weight, 0.05);
        QSignalSpy navigated(&desk->page, &Page::navigate);
        QSignalSpy chosen(&desk->page, &Page::companion_chosen);
        desk->find<QPushButton>("library.variants.test")->click();
        QCOMPARE(navigated.first().first().toString(), QString("experiments"));
        QCOMPARE(chosen.last().first().toString(), to_text(at.ada()));
    }

    void a_replacement_on_top_of_another_persons_save_loses_nothing() {
        auto &at = *m_fixture;
        at.save_draft(at.ada(), [&](models::Documents &documents) {
            documents.photos["gallery"].push_back({{"id", "x"}, {"url", m_photos[0].photo.url}});
        });
        at.save_draft(at.ada(),
                      [](models::Documents &documents) { documents.content["tagline"] = "By another"; });
        db::Session session(at.database.operator_url());
        const auto key = QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString();
        QCOMPARE(replace_everywhere(session, at.ada(), m_photos[0].picture, m_photos[1].picture, "note", key),
                 1);
        const auto latest = at.latest(at.ada());
        QCOMPARE(latest.documents.content["tagline"].get<std::string>(), std::string("By another"));
        QCOMPARE(replace_everywhere(session, at.ada(), m_photos[0].picture, m_photos[1].picture, "note", key),
                 0);
        QCOMPARE(at.latest(at.ada()).summary.number, latest.summary.number);
    }

private:
    std::unique_ptr<LibraryDesk> opened() {
        return opened(m_fixture->services(m_fixture->database.operator_url()));
    }
    std::unique_ptr<LibraryDesk> opened(const LibraryServices &services) {
        auto desk = std::make_unique<LibraryDesk>(services);
        if (!desk->settled()) {
            qFatal("the page did not load");
        }
        desk->choose_companion("Ada");
        if (!desk->shows(3)) {
            qFatal("the page does not show ada's photos");
        }
        return desk;
    }
    static QStringList receipt(const LibraryDesk &desk) {
        QStringList lines;
        const auto *list = desk.find<QListWidget>("library.receipt.list");
        for (int row = 0; row < list->count(); ++row) {
            lines << list->item(row)->text();
        }
        return lines;
    }
    bool shows_as_paused(const LibraryDesk &desk, std::size_t index) const {
        const auto *entry = desk.model()->find(QString::fromStdString(m_photos[index].picture));
        return entry != nullptr && entry->photo.paused;
    }
    db::LibraryPhoto stored(std::size_t index) {
        return *m_fixture->stored(m_fixture->ada(), m_photos[index].picture);
    }

    std::unique_ptr<LibraryFixture> m_fixture;
    std::vector<db::LibraryPhoto> m_photos;
};

int main(int argc, char **argv) {
    QApplication application(argc, argv);
    LibraryChangesTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "library_changes_test.moc"
