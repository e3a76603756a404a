// SPDX-License-Identifier: Apache-2.0
#include "tests/support/test_server.h"
#include "tests/ui/library/library_desk.h"
#include "ui/library/bulk_panel.h"
#include "ui/library/photo_detail.h"
#include "ui/widgets/banner.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QDate>
#include <QElapsedTimer>
#include <QFrame>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalSpy>
#include <QSpinBox>

#include <algorithm>

using namespace studio;
using namespace studio::ui;
using test_support::LibraryDesk;
using test_support::LibraryFixture;
using test_support::TestServer;

class LibraryTest final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::Australia)); }
    void init() { m_fixture = std::make_unique<LibraryFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void a_companion_without_photos_is_offered_to_add_some() {
        LibraryDesk desk(m_fixture->services(m_fixture->database.operator_url()));
        QVERIFY(desk.settled());
        QCOMPARE(desk.state(), StateStack::State::Empty);
        QVERIFY(desk.find<QPushButton>("library.add")->isVisible());
    }

    void filters_and_words_leave_the_photos_that_fit() {
        auto &at = *m_fixture;
        const auto used = at.add(at.ada(), 1, "Beach at dawn");
        at.release(at.ada(), used, "Ada");
        const auto ending = at.add(at.ada(), 2, "Dinner table");
        at.release(at.ada(), ending, "Ada",
                   QDate::currentDate().addDays(10).toString(Qt::ISODate).toStdString());
        at.add(at.ada(), 3, "");
        at.add(at.ada(), 4, "Small one", [](db::LibraryPhoto &photo) { photo.photo.width = 800; });
        const auto paused = at.add(at.ada(), 5, "Paused one");
        db::Session session(at.database.operator_url());
        db::PhotoLibrary(session).pause(at.ada(), paused.picture);
        auto waiting = at.photo(at.ada(), 6);
        waiting.photo.alt = "On its way";
        db::PhotoLibrary(session).add(at.ada(), waiting);
        at.save_draft(at.ada(), [&](models::Documents &documents) {
            documents.photos["gallery"].push_back({{"id", "new"}, {"url", used.photo.url}, {"alt", "Beach"}});
        });
        LibraryDesk desk(at.services(at.database.operator_url()));
        const QAbstractItemModelTester tester(desk.model(),
                                              QAbstractItemModelTester::FailureReportingMode::QtTest);
        desk.choose_companion("Ada");
        QVERIFY(desk.shows(6));
        desk.choose_filter(LibraryFilter::Unused);
        QVERIFY(!desk.alts().contains("Beach at dawn"));
        QCOMPARE(desk.model()->rowCount(), 5);
        desk.choose_filter(LibraryFilter::NoAlt);
        QCOMPARE(desk.alts(), QStringList{""});
        desk.choose_filter(LibraryFilter::NoRelease);
        QVERIFY(!desk.alts().contains("Beach at dawn") && !desk.alts().contains("Dinner table"));
        desk.choose_filter(LibraryFilter::TooSmall);
        QCOMPARE(desk.alts(), QStringList{"Small one"});
        desk.choose_filter(LibraryFilter::Paused);
        QCOMPARE(desk.alts(), QStringList{"Paused one"});
        desk.choose_filter(LibraryFilter::NotStored);
        QCOMPARE(desk.alts(), QStringList{"On its way"});
        desk.choose_filter(LibraryFilter::InTest);
        QCOMPARE(desk.find<StateStack>("library.rows")->state(), StateStack::State::Empty);
        auto *banner = desk.find<Banner>("library.ending");
        QVERIFY(banner->isVisible());
        emit banner->action_requested();
        QCOMPARE(desk.alts(), QStringList{"Dinner table"});
        desk.choose_filter(LibraryFilter::All);
        desk.find<QLineEdit>("library.search")->setText("DAWN beach");
        QCOMPARE(desk.alts(), QStringList{"Beach at dawn"});
    }

    void one_photo_says_where_it_is_used_and_what_it_lacks() {
        auto &at = *m_fixture;
        const auto photo = at.add(at.ada(), 1, "Beach", [](db::LibraryPhoto &each) { each.people = 2; });
        at.release(at.ada(), photo, "Ada");
        at.save_draft(at.ada(), [&](models::Documents &documents) {
            documents.photos["hero"]["control"] = {{"url", photo.photo.url}, {"alt", "Beach"}};
        });
        LibraryDesk desk(at.services(at.database.operator_url()));
        desk.choose_companion("Ada");
        QVERIFY(desk.shows(1));
        desk.select({photo});
        QCOMPARE(desk.find<QLabel>("library.uses")->text(), QString("Draft: hero photo"));
        QCOMPARE(desk.find<QLabel>("library.release.words.0")->text(), QString("Ada"));
        QVERIFY(desk.find<QLabel>("library.releases")->text().contains("1 release is missing"));
    }

    void the_tiles_of_a_row_share_its_width() {
        auto &at = *m_fixture;
        at.add(at.ada(), 1, "Beach");
        LibraryDesk desk(at.services(at.database.operator_url()));
        desk.choose_companion("Ada");
        QVERIFY(desk.shows(1));
        for (const int width : {900, 1000, 1100}) {
            desk.page.resize(width, 700);
            const auto left = [&desk] {
                const int room = desk.grid()->viewport()->width(), cell = desk.grid()->gridSize().width();
                return room - room / cell * cell;
            };
            QTRY_VERIFY2(left() < 20, qPrintable(QString::number(left())));
        }
    }

    void the_panel_beside_the_photos_fits_its_frame_and_shows_texts_from_their_beginning() {
        auto &at = *m_fixture;
        const std::string alt(290, 'a');
        const auto one = at.add(at.ada(), 1, alt), two = at.add(at.ada(), 2, "Other");
        LibraryDesk desk(at.services(at.database.operator_url()));
        desk.choose_companion("Ada");
        QVERIFY(desk.shows(2));
        const auto fits = [&desk](const char *name) {
            const auto *scroll = desk.find<QScrollArea>(name);
            return scroll->isVisible() &&
                   scroll->widget()->minimumSizeHint().width() <= scroll->viewport()->width();
        };
        desk.select({one});
        QTRY_VERIFY(fits("library.detail"));
        QCOMPARE(desk.find<QLineEdit>("library.alt")->cursorPosition(), 0);
        desk.select({one, two});
        QTRY_VERIFY(fits("library.bulk"));
    }

    void a_release_is_withdrawn_in_the_photos_panel_after_one_question() {
        auto &at = *m_fixture;
        const auto photo = at.add(at.ada(), 1, "Beach");
        at.release(at.ada(), photo, "Petra", "2027-03-01");
        int asked = 0;
        auto services = at.services(at.database.operator_url());
        services.steps_asked = [&asked](const models::TenantId &) { ++asked; };
        LibraryDesk desk(services);
        desk.choose_companion("Ada");
        QVERIFY(desk.shows(1));
        desk.select({photo});
        QCOMPARE(desk.find<QLabel>("library.release.words.0")->text(), QString("Petra, until 1 March 2027"));
        desk.find<QPushButton>("library.release.withdraw.0")->click();
        auto *question = desk.find<QWidget>("library.release.confirm");
        QVERIFY(question->isVisible());
        QVERIFY(question->accessibleName().contains("Petra"));
        QVERIFY(question->accessibleName().contains("deleted for good"));
        desk.find<QPushButton>("library.release.confirm.act")->click();
        db::Session session(at.database.operator_url());
        QTRY_VERIFY_WITH_TIMEOUT(
            [&] {
                const auto left = db::ComplianceStore(session).releases(at.ada());
                return std::ranges::none_of(left, [](const auto &each) { return each.person == "Petra"; });
            }(),
            15000);
        QTRY_COMPARE(asked, 1);
        QTRY_VERIFY(!desk.find<QWidget>("library.release.list")->isVisible());
        QVERIFY(desk.find<QLabel>("library.releases")->text().contains("1 release is missing"));
    }

    void a_photo_that_has_its_alt_text_only_in_the_draft_is_called_by_it() {
        auto &at = *m_fixture;
        const auto photo = at.add(at.ada(), 1, "");
        at.save_draft(at.ada(), [&](models::Documents &documents) {
            documents.photos["hero"]["control"] = {{"url", photo.photo.url}, {"alt", "Typed in the editor"}};
        });
        LibraryDesk desk(at.services(at.database.operator_url()));
        desk.choose_companion("Ada");
        QVERIFY(desk.shows(1));
        desk.select({photo});
        const auto hint = desk.find<QLineEdit>("library.alt")->placeholderText();
        QVERIFY2(hint.contains("Typed in the editor"), qPrintable(hint));
    }

    void a_photo_that_is_used_nowhere_leads_to_the_editor() {
        auto &at = *m_fixture;
        const auto photo = at.add(at.ada(), 1, "Beach");
        LibraryDesk desk(at.services(at.database.operator_url()));
        desk.choose_companion("Ada");
        QVERIFY(desk.shows(1));
        desk.select({photo});
        QSignalSpy navigated(&desk.page, &LibraryPage::navigate);
        auto *button = desk.find<QPushButton>("library.open_editor");
        QVERIFY(button->isVisibleTo(button->parentWidget()));
        button->click();
        QCOMPARE(navigated.count(), 1);
        QCOMPARE(navigated[0][0].toString(), QString("editor"));
        QCOMPARE(navigated[0][1].toString(), to_text(at.ada()));
    }

    void who_may_not_record_releases_reads_them_and_withdraws_none() {
        auto &at = *m_fixture;
        const auto photo = at.add(at.ada(), 1, "Beach");
        at.release(at.ada(), photo, "Petra");
        auto services = at.services(at.database.operator_url());
        services.may_record_releases = false;
        LibraryDesk desk(services);
        desk.choose_companion("Ada");
        QVERIFY(desk.shows(1));
        desk.select({photo});
        QCOMPARE(desk.find<QLabel>("library.release.words.0")->text(), QString("Petra"));
        QVERIFY(desk.page.findChild<QPushButton *>("library.release.withdraw.0") == nullptr);
    }

    void texts_are_stored_after_the_last_key() {
        auto &at = *m_fixture;
        const auto photo = at.add(at.ada(), 1, "");
        LibraryDesk desk(at.services(at.database.operator_url()));
        desk.choose_companion("Ada");
        QVERIFY(desk.shows(1));
        desk.select({photo});
        QTest::keyClicks(desk.find<QLineEdit>("library.alt"), "A red door");
        QTest::keyClicks(desk.find<QLineEdit>("library.photographer"), "Robin Vale");
        desk.find<QSpinBox>("library.people")->setValue(3);
        QTRY_COMPARE_WITH_TIMEOUT(at.stored(at.ada(), photo.picture)->photo.alt, std::string("A red door"),
                                  15000);
        QTRY_COMPARE_WITH_TIMEOUT(at.stored(at.ada(), photo.picture)->people, std::optional<int>(3), 15000);
        QTRY_COMPARE_WITH_TIMEOUT(at.stored(at.ada(), photo.picture)->photographer, std::string("Robin Vale"),
                                  15000);
        QTRY_VERIFY_WITH_TIMEOUT(desk.page.may_close(), 15000);
        QCOMPARE(at.stored(at.ada(), photo.picture)->photo.alt, std::string("A red door"));
    }

    void a_photo_whose_files_are_not_at_the_store_says_how_they_come_there() {
        auto &at = *m_fixture;
        db::Session session(at.database.operator_url());
        const auto photo = at.photo(at.ada(), 1);
        db::PhotoLibrary(session).add(at.ada(), photo);
        LibraryDesk desk(at.services(at.database.operator_url()));
        desk.choose_companion("Ada");
        QVERIFY(desk.shows(1));
        desk.select({photo});
        const auto words = desk.find<QLabel>("library.stored")->text();
        QVERIFY2(words.contains("1 file is not at the store") && words.contains("adding the same file again"),
                 qPrintable(words));
    }

    void what_is_typed_stays_while_the_database_is_away_and_is_stored_later() {
        auto &at = *m_fixture;
        const auto one = at.add(at.ada(), 1, ""), two = at.add(at.ada(), 2, "Other");
        LibraryDesk desk(at.services(at.database.operator_url()));
        desk.choose_companion("Ada");
        QVERIFY(desk.shows(2));
        desk.select({one});
        TestServer::instance().stop();
        QTest::keyClicks(desk.find<QLineEdit>("library.alt"), "Typed in vain");
        auto *banner = desk.find<Banner>("library.not_saved");
        QTRY_VERIFY_WITH_TIMEOUT(banner->isVisible(), 20000);
        desk.select({two});
        QCOMPARE(desk.find<QLineEdit>("library.alt")->text(), QString("Other"));
        desk.select({one});
        QCOMPARE(desk.find<QLineEdit>("library.alt")->text(), QString("Typed in vain"));
        QVERIFY(!desk.page.may_close());
        TestServer::instance().start();
        QTRY_VERIFY_WITH_TIMEOUT(
            (emit banner->action_requested(), QTest::qWaitFor([&] { return !banner->isVisible(); }, 2000)),
            30000);
        QCOMPARE(at.stored(at.ada(), one.picture)->photo.alt, std::string("Typed in vain"));
        QVERIFY(desk.page.may_close());
    }

    void a_page_that_cannot_read_says_so_and_tries_again() {
        TestServer::instance().stop();
        LibraryDesk desk(m_fixture->services(m_fixture->database.operator_url()));
        QSignalSpy trouble(&desk.page, &Page::trouble);
        QTRY_COMPARE_WITH_TIMEOUT(desk.state(), StateStack::State::Error, 20000);
        QVERIFY(!trouble.isEmpty());
        TestServer::instance().start();
        QTRY_VERIFY_WITH_TIMEOUT(
            (emit desk.find<StateStack>("library.state")->retry_requested(),
             QTest::qWaitFor([&] { return desk.state() == StateStack::State::Empty; }, 2000)),
            30000);
    }

    void photos_of_another_companion_never_stand_below_a_name() {
        auto &at = *m_fixture;
        for (int number = 1; number <= 20; ++number) {
            at.add(at.ada(), number, "Ada's");
            at.add(at.bea(), number, "Bea's");
        }
        LibraryDesk desk(at.services(at.database.operator_url()));
        QVERIFY(desk.shows(20));
        const auto *companion = desk.find<QComboBox>("library.companion");
        bool right = true;
        const auto check = [&] {
            const auto expected = companion->currentText() + QLatin1String("'s");
            for (const auto &alt : desk.alts()) {
                right = right && alt == expected;
            }
        };
        connect(desk.model(), &QAbstractItemModel::modelReset, &desk.page, check);
        connect(desk.model(), &QAbstractItemModel::dataChanged, &desk.page, check);
        for (int turn = 0; turn < 30; ++turn) {
            desk.choose_companion(turn % 2 == 0 ? "Bea" : "Ada");
            check();
            QTest::qWait(turn % 7 * 3); // time is the subject: answers arrive between the switches
            check();
        }
        desk.choose_companion("Bea");
        QVERIFY(desk.shows(20));
        check();
        QVERIFY(right);
    }

    void a_companion_sees_her_own_photos_and_changes_them_only_where_she_may_edit() {
        auto &at = *m_fixture;
        at.add(at.ada(), 1, "Ada's");
        const auto of_bea = at.add(at.bea(), 2, "Bea's");
        auto services = at.services(at.database.other_companion_url());
        services.may_edit = false;
        services.may_test = services.may_record_releases = false;
        LibraryDesk desk(services);
        QVERIFY(desk.shows(1));
        QCOMPARE(desk.alts(), QStringList{"Bea's"});
        QVERIFY(!desk.find<QComboBox>("library.companion")->isVisible());
        QVERIFY(!desk.find<QPushButton>("library.add")->isVisible());
        desk.select({of_bea});
        QVERIFY(desk.find<QLineEdit>("library.alt")->isReadOnly());
        QVERIFY(!desk.find<QPushButton>("library.take_down")->isVisible());
        desk.page.offer_paths({at.picture_file("new.jpg", 1)});
        QVERIFY(!desk.find<QFrame>("library.imports")->isVisible());
        QVERIFY(!desk.find<QFrame>("import")->isVisible());
    }

    void a_dropped_file_is_added_after_it_was_looked_at_with_what_was_said_of_it() {
        auto &at = *m_fixture;
        at.add(at.ada(), 1, "Ada's");
        LibraryDesk desk(at.services(at.database.operator_url()));
        QVERIFY(desk.shows(1));
        desk.page.offer_paths({at.picture_file("new.jpg", 1)});
        auto *add = desk.find<QPushButton>("import.add");
        QTRY_VERIFY(add->isVisible());
        QVERIFY(!desk.find<QFrame>("library.imports")->isVisible());
        desk.find<QSpinBox>("import.people")->setValue(2);
        desk.find<QLineEdit>("import.photographer")->setText("Zoe");
        add->click();
        db::Session session(at.database.operator_url());
        db::PhotoLibrary library(session);
        QTRY_COMPARE_WITH_TIMEOUT(library.list(at.ada()).size(), std::size_t(2), 30000);
        const auto zoes = [&] {
            const auto photos = library.list(at.ada());
            return std::ranges::count_if(photos, [](const auto &photo) {
                return photo.photographer == "Zoe" && photo.people == std::optional(2);
            });
        };
        QTRY_COMPARE_WITH_TIMEOUT(zoes(), 1, 5000);
        QVERIFY(!add->isVisible());
    }

    void a_thousand_photos_show_their_first_screen_soon() {
        auto &at = *m_fixture;
        db::Session session(at.database.operator_url());
        db::PhotoLibrary library(session);
        auto photo = at.photo(at.ada(), 1);
        const auto folder = photo.picture.substr(0, photo.picture.rfind('/') + 1);
        for (int number = 1; number <= 1000; ++number) {
            const auto hash = QString("%1").arg(number, 32, 16, QLatin1Char('0')).toStdString();
            photo.picture = folder + hash;
            photo.photo.url = photo.picture + "-1600.jpg";
            photo.content_hash = std::string(32, 'c') + hash;
            photo.files.front().key = photo.picture.substr(7) + "-1600.jpg";
            library.add(at.ada(), photo);
        }
        LibraryDesk desk(at.services(at.database.operator_url()));
        QVERIFY(desk.settled());
        QElapsedTimer clock;
        clock.start();
        desk.page.activate();
        desk.choose_companion("Ada");
        QVERIFY(desk.shows(1000));
        desk.grid()->repaint();
        QVERIFY2(clock.elapsed() < 5000, qPrintable(QString::number(clock.elapsed())));
        desk.grid()->scrollToBottom();
        desk.grid()->repaint();
        QVERIFY(desk.grid()->indexAt(desk.grid()->viewport()->rect().center()).row() > 900);
    }

private:
    std::unique_ptr<LibraryFixture> m_fixture;
};

int main(int argc, char **argv) {
    QApplication application(argc, argv);
    LibraryTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "library_test.moc"
