// SPDX-License-Identifier: Apache-2.0
#include "db/stores/compliance_store.h"
#include "db/stores/photo_library.h"
#include "models/documents/photos.h"
#include "preview/web_engine.h"
#include "tests/ui/editor/editor_desk.h"
#include "ui/editor/photos/crop_pair.h"
#include "ui/editor/photos/photo_imports.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/state_stack.h"

#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>

#include <sys/resource.h>

#include <cmath>
#include <csignal>

using namespace studio;
using test_support::EditorDesk;
using test_support::TestServer;

class PageTest final : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<EditorDesk> m_desk;

    template <typename Widget> Widget *find(const QString &name) { return m_desk->find<Widget>(name); }
    QLineEdit *line(const QString &pointer) { return m_desk->line(pointer); }
    void type(QLineEdit *line, const QString &text) { m_desk->type(line, text); }
    QVariant in_preview(const QString &script) { return m_desk->in_preview(script); }
    QString shown(const char *field) { return m_desk->shown(field); }

private slots:
    void init() {
        TestServer::instance().start();
        m_desk = std::make_unique<EditorDesk>();
        QVERIFY(m_desk->opened());
    }

    void cleanup() {
        TestServer::instance().start();
        m_desk.reset();
    }

    void typing_in_a_field_appears_in_the_preview() {
        type(line("/content/tagline"), "Typed with keys");
        QTRY_COMPARE_WITH_TIMEOUT(shown("/content/tagline"), QString("Typed with keys"), 5000);
    }

    void undo_by_key_in_a_line_edit_is_the_documents_and_the_focus_goes_to_the_field() {
        const auto before = line("/content/tagline")->text();
        type(line("/content/tagline"), "One");
        type(line("/content/name"), "Two");
        QTest::keyClick(line("/content/name"), Qt::Key_Z, Qt::ControlModifier);
        QTest::keyClick(line("/content/name"), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(line("/content/tagline")->text(), before);
        QTRY_VERIFY_WITH_TIMEOUT(line("/content/tagline")->hasFocus(), 2000);
        QTest::keyClick(line("/content/tagline"), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(line("/content/tagline")->text(), QString("One"));
        QTRY_COMPARE_WITH_TIMEOUT(shown("/content/tagline"), QString("One"), 5000);
    }

    void undo_reaches_into_a_section_that_is_closed() {
        find<QToolButton>("section-head:contact")->click();
        type(line("/content/contact/email"), "new@example.com");
        find<QToolButton>("section-head:contact")->click();
        QVERIFY(!line("/content/contact/email")->isVisible());
        find<QAction>("action-undo")->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(line("/content/contact/email")->hasFocus(), 2000);
        QCOMPARE(line("/content/contact/email")->text(), QString("hello@example.com"));
    }

    void a_wrong_colour_says_so_beside_the_field() {
        m_desk->show_tab(EditorDesk::Theme);
        type(line("/theme/colors/primary"), "#12");
        auto *message = find<QLabel>("message:/theme/colors/primary");
        QTRY_VERIFY_WITH_TIMEOUT(message->isVisible() && !message->text().isEmpty(), 2000);
        type(line("/theme/colors/primary"), "#123456");
        QTRY_VERIFY_WITH_TIMEOUT(!message->isVisible(), 2000);
    }

    void a_list_grows_is_reordered_by_keys_and_undone() {
        find<QToolButton>("section-head:services")->click();
        find<QPushButton>("add:/content/services")->click();
        QTRY_VERIFY_WITH_TIMEOUT(
            line("/content/services/1/name") && line("/content/services/1/name")->hasFocus(), 2000);
        QTest::keyClicks(line("/content/services/1/name"), "Concert");
        QTRY_VERIFY_WITH_TIMEOUT(shown("/content/services").contains("Concert"), 5000);
        auto *row = find<QFrame>("row:/content/services/1");
        QTest::keyClick(row, Qt::Key_Up, Qt::AltModifier);
        QTRY_VERIFY_WITH_TIMEOUT(
            line("/content/services/0/name") && line("/content/services/0/name")->text() == "Concert", 2000);
        find<QAction>("action-undo")->trigger();
        find<QAction>("action-undo")->trigger();
        find<QAction>("action-undo")->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(!find<QFrame>("row:/content/services/1"), 2000);
        QTRY_VERIFY_WITH_TIMEOUT(!shown("/content/services").contains("Concert"), 5000);
    }

    void saving_by_key_and_publishing_by_button_reach_the_database() {
        type(line("/content/tagline"), "Seen by everybody");
        QTest::keyClick(line("/content/tagline"), Qt::Key_S, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(m_desk->fixture.latest().summary.number, 2, 10000);
        find<QPushButton>("publish")->click();
        auto *now = find<QPushButton>("publish-now");
        QTRY_VERIFY_WITH_TIMEOUT(now->isVisible() && now->isEnabled(), 5000);
        now->click();
        QTRY_COMPARE_WITH_TIMEOUT(m_desk->fixture.stored().published_revision.value_or(0), 2, 10000);
        QCOMPARE(QString::fromStdString(m_desk->fixture.stored().published.content["tagline"]),
                 QString("Seen by everybody"));
    }

    void the_checklist_leads_to_the_field() {
        m_desk->show_tab(EditorDesk::Theme);
        type(line("/theme/colors/accent"), "#1");
        m_desk->show_tab(EditorDesk::Content);
        find<QPushButton>("publish")->click();
        QTRY_VERIFY_WITH_TIMEOUT(find<QAbstractButton>("check:/theme/colors/accent"), 3000);
        QVERIFY(!find<QPushButton>("publish-now")->isEnabled());
        find<QAbstractButton>("check:/theme/colors/accent")->click();
        QTRY_VERIFY_WITH_TIMEOUT(line("/theme/colors/accent")->hasFocus(), 2000);
    }

    void the_checklist_opens_the_card_of_the_service_that_it_means() {
        find<QToolButton>("section-head:services")->click();
        find<QToolButton>("open:/content/services/0")->click();
        auto *name = line("/content/services/0/name");
        name->setFocus();
        name->selectAll();
        QTest::keyClick(name, Qt::Key_Delete);
        find<QToolButton>("open:/content/services/0")->click();
        QVERIFY(!line("/content/services/0/name")->isVisible());
        find<QPushButton>("publish")->click();
        QTRY_VERIFY_WITH_TIMEOUT(find<QAbstractButton>("check:/content/services/0/name"), 3000);
        find<QAbstractButton>("check:/content/services/0/name")->click();
        QTRY_VERIFY_WITH_TIMEOUT(line("/content/services/0/name")->hasFocus(), 2000);
    }

    void in_a_small_window_a_panel_takes_the_forms_place_until_a_field_is_requested() {
        m_desk->page.resize(1060, 760);
        type(line("/content/tagline"), "Small window");
        const int preview_before = find<preview::PreviewView>("preview")->width();
        find<QPushButton>("publish")->click();
        QTRY_VERIFY_WITH_TIMEOUT(find<QWidget>("publish-panel")->isVisible(), 2000);
        QVERIFY(!find<QTabBar>("editor-tabs")->isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(find<preview::PreviewView>("preview")->width() > preview_before - 80, 2000);
        m_desk->page.resize(1600, 900);
        QTRY_VERIFY_WITH_TIMEOUT(find<QTabBar>("editor-tabs")->isVisible(), 2000);
        QVERIFY(find<QWidget>("publish-panel")->isVisible());
        m_desk->page.resize(1060, 760);
        m_desk->show_tab(EditorDesk::Theme);
        line("/theme/colors/accent")->selectAll();
        line("/theme/colors/accent")->insert("#1"); // the forms are out of sight: no keys
        QTRY_VERIFY_WITH_TIMEOUT(find<QAbstractButton>("check:/theme/colors/accent"), 3000);
        find<QAbstractButton>("check:/theme/colors/accent")->click();
        QTRY_VERIFY_WITH_TIMEOUT(line("/theme/colors/accent")->hasFocus(), 2000);
        QVERIFY(!find<QWidget>("publish-panel")->isVisible());
    }

    void before_publishing_it_says_what_visitors_will_see_change() {
        find<QPushButton>("publish")->click();
        auto *now = find<QPushButton>("publish-now");
        QTRY_VERIFY_WITH_TIMEOUT(now->isVisible() && now->isEnabled(), 5000);
        QVERIFY(!find<QLabel>("publish-changes")->isVisible()); // nothing is published to compare with
        now->click();
        QTRY_COMPARE_WITH_TIMEOUT(m_desk->fixture.stored().published_revision.value_or(0), 1, 10000);
        type(line("/content/tagline"), "Soon to be seen");
        QTRY_VERIFY_WITH_TIMEOUT(find<QLabel>("publish-changes")->isVisible() &&
                                     find<QLabel>("publish-changes")->text().contains("Soon to be seen"),
                                 3000);
    }

    void a_conflict_shows_both_sides_and_saves_the_choice() {
        m_desk->fixture.save_elsewhere(
            [](auto &documents) { documents.content["tagline"] = "Their tagline"; });
        type(line("/content/tagline"), "My tagline");
        QTest::keyClick(line("/content/tagline"), Qt::Key_S, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(find<QAbstractButton>("choose:0:theirs") &&
                                     find<QAbstractButton>("choose:0:theirs")->isVisible(),
                                 10000);
        QCOMPARE(QString::fromStdString(m_desk->fixture.latest().documents.content["tagline"]),
                 QString("Their tagline"));
        QVERIFY(!find<QAbstractButton>("choose:0:mine")->isChecked());
        QVERIFY(!find<QPushButton>("save-merged")->isEnabled());
        find<QAbstractButton>("choose:0:theirs")->click();
        QVERIFY(find<QPushButton>("save-merged")->isEnabled());
        type(line("/content/name"), "Typed meanwhile");
        find<QPushButton>("save-merged")->click();
        QTRY_COMPARE_WITH_TIMEOUT(m_desk->fixture.latest().summary.number, 3, 10000);
        QCOMPARE(QString::fromStdString(m_desk->fixture.latest().documents.content["tagline"]),
                 QString("Their tagline"));
        QCOMPARE(QString::fromStdString(m_desk->fixture.latest().documents.content["name"]),
                 QString("Typed meanwhile"));
        QCOMPARE(line("/content/tagline")->text(), QString("Their tagline"));
    }

    void a_file_that_is_no_image_is_refused_with_its_name_and_the_photo_stays() {
        const auto name = m_desk->fixture.file("notes.jpg");
        QFile file(name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("these are notes");
        file.close();
        import_into_hero(name);
        auto *banner = find<ui::Banner>("editor-photos");
        QTRY_VERIFY_WITH_TIMEOUT(banner->isVisible() && banner->text().contains("notes.jpg") &&
                                     !banner->text().contains("Importing"),
                                 20000);
        QVERIFY(QFile::exists(m_desk->fixture.file("media/ada/hero.jpg")));
    }

    void a_full_disk_in_the_media_folder_is_said_and_leaves_nothing_behind() {
        QImage noise(1200, 900, QImage::Format_RGB32);
        for (int y = 0; y < noise.height(); ++y) {
            for (int x = 0; x < noise.width(); ++x) {
                noise.setPixel(x, y,
                               static_cast<uint>((x * 7919 + y * 104729 + x * y * 31) * 2654435761U) |
                                   0xff000000U);
            }
        }
        const auto name = m_desk->fixture.file("noise.png");
        QVERIFY(noise.save(name));
        const auto before = QDir(m_desk->fixture.file("media/" + QString::fromStdString(
                                                                     m_desk->fixture.stored().media_folder)))
                                .entryList(QDir::Files)
                                .size();
        // A limit on file size stops writing as a full disk does, for root too.
        std::signal(SIGXFSZ, SIG_IGN);
        rlimit old{};
        getrlimit(RLIMIT_FSIZE, &old);
        const rlimit small{40000, old.rlim_max};
        setrlimit(RLIMIT_FSIZE, &small);
        import_into_hero(name);
        auto *banner = find<ui::Banner>("editor-photos");
        const bool said = QTest::qWaitFor(
            [&] { return banner->isVisible() && !banner->text().contains("Importing"); }, 30000);
        setrlimit(RLIMIT_FSIZE, &old);
        QVERIFY(said);
        QVERIFY2(banner->text().contains("full") || banner->text().contains("space") ||
                     banner->text().contains("room"),
                 qPrintable(banner->text()));
        QCOMPARE(QDir(m_desk->fixture.file("media/" +
                                           QString::fromStdString(m_desk->fixture.stored().media_folder)))
                     .entryList(QDir::Files)
                     .size(),
                 before);
    }

    void an_imported_photo_appears_in_the_preview_and_asks_for_a_description() {
        QImage picture(900, 600, QImage::Format_RGB32);
        picture.fill(Qt::darkMagenta);
        const auto name = m_desk->fixture.file("dusk.png");
        QVERIFY(picture.save(name));
        import_into_hero(name);
        QTRY_VERIFY_WITH_TIMEOUT(
            in_preview("document.querySelector('img[data-field=\"/photos/hero/control\"]').src")
                .toString()
                .contains(QString::fromStdString(m_desk->fixture.stored().media_folder)),
            30000);
        QTRY_VERIFY_WITH_TIMEOUT(find<QLabel>("message:/photos/hero/control/alt")->isVisible(), 3000);
        QTRY_COMPARE_WITH_TIMEOUT(m_desk->fixture.files_added,
                                  std::vector<models::TenantId>{m_desk->fixture.tenant()}, 15000);
    }

    void a_photo_of_the_library_is_put_with_its_alt_text() {
        auto &fixture = m_desk->fixture;
        db::LibraryPhoto photo;
        photo.picture = "/media/" + fixture.stored().media_folder + "/" + std::string(32, 'a');
        photo.photo.id = "a";
        photo.photo.url = photo.picture + "-1280.jpg";
        photo.photo.alt = "A harbour at dusk";
        photo.content_hash = std::string(64, 'a');
        db::PhotoLibrary(fixture.operator_session()).add(fixture.tenant(), photo);
        auto withdrawn = photo;
        withdrawn.picture.back() = 'b';
        withdrawn.photo.url = withdrawn.picture + "-1280.jpg";
        withdrawn.photo.alt = "Nobody sees this harbour";
        db::PhotoLibrary(fixture.operator_session()).add(fixture.tenant(), withdrawn);
        db::ComplianceStore compliance(fixture.operator_session());
        compliance.record_release(fixture.tenant(), withdrawn.photo.url);
        compliance.withdraw_release(fixture.tenant(), withdrawn.photo.url);
        m_desk->show_tab(EditorDesk::Photos);
        find<QPushButton>("choose-from-library:/photos/hero/control")->click();
        auto *list = find<QListWidget>("picker.list");
        QTRY_COMPARE_WITH_TIMEOUT(list->count(), 1, 10000);
        find<QLineEdit>("picker.search")->setText("mountain");
        QCOMPARE(list->count(), 0);
        find<QLineEdit>("picker.search")->setText("HARBOUR");
        QCOMPARE(list->count(), 1);
        list->setCurrentRow(0);
        find<QPushButton>("picker.use")->click();
        QTRY_COMPARE_WITH_TIMEOUT(line("/photos/hero/control/alt")->text(), QString("A harbour at dusk"),
                                  5000);
        QVERIFY(find<QWidget>("preview")->isVisible());
    }

    void a_photo_that_nobody_may_see_any_more_is_named_and_leaves_the_preview() {
        auto *banner = find<ui::Banner>("editor-withheld");
        QVERIFY(!banner->isVisible());
        const auto shows_hero = [this] {
            return m_desk->in_preview("document.documentElement.outerHTML.includes('hero.jpg')").toBool();
        };
        QTRY_VERIFY_WITH_TIMEOUT(shows_hero(), 20000);
        const auto hero = models::read_photos(m_desk->fixture.latest().documents.photos).hero.control;
        db::ComplianceStore compliance(m_desk->fixture.operator_session());
        compliance.record_release(m_desk->fixture.tenant(), hero.url);
        compliance.withdraw_release(m_desk->fixture.tenant(), hero.url);
        m_desk->page.activate();
        QTRY_VERIFY_WITH_TIMEOUT(banner->isVisible(), 10000);
        QVERIFY2(banner->text().contains("hero photo"), qPrintable(banner->text()));
        QTRY_VERIFY_WITH_TIMEOUT(!shows_hero(), 20000);
        banner->action_button()->click();
        QTRY_VERIFY_WITH_TIMEOUT(find<QWidget>("field:/photos/hero/control")->isVisible(), 5000);
    }

    void cancelling_what_was_dropped_imports_nothing() {
        QImage picture(900, 600, QImage::Format_RGB32);
        picture.fill(Qt::darkGreen);
        const auto name = m_desk->fixture.file("private.png");
        QVERIFY(picture.save(name));
        offer_for_hero(name);
        QTRY_VERIFY(find<QWidget>("import")->isVisible());
        find<QPushButton>("import.cancel")->click();
        QVERIFY(!find<QWidget>("import")->isVisible());
        const auto folder = QString::fromStdString(m_desk->fixture.stored().media_folder);
        QVERIFY(!QDir(m_desk->fixture.file("media/" + folder)).exists());
        QVERIFY(db::PhotoLibrary(m_desk->fixture.operator_session()).list(m_desk->fixture.tenant()).empty());
    }

    void a_photo_imported_while_the_database_is_away_is_in_the_library_later() {
        QImage picture(900, 600, QImage::Format_RGB32);
        picture.fill(Qt::darkYellow);
        const auto name = m_desk->fixture.file("later.png");
        QVERIFY(picture.save(name));
        const auto folder = QString::fromStdString(m_desk->fixture.stored().media_folder);
        TestServer::instance().kill();
        import_into_hero(name);
        QTRY_VERIFY_WITH_TIMEOUT(!QDir(m_desk->fixture.file("media/" + folder)).isEmpty(), 30000);
        QVERIFY(m_desk->fixture.files_added.empty());
        TestServer::instance().start();
        const auto registered = [this] {
            db::Session session(m_desk->fixture.database.operator_url());
            return db::PhotoLibrary(session).list(m_desk->fixture.tenant()).size();
        };
        QTRY_COMPARE_WITH_TIMEOUT(registered(), std::size_t(1), 30000);
        QTRY_COMPARE_WITH_TIMEOUT(m_desk->fixture.files_added.size(), std::size_t(1), 15000);
    }

    void the_crops_keep_the_focal_point_within_the_picture() {
        const auto phone = ui::crop_around_point({900, 600}, {390, 844}, {0.9, 0.5});
        QCOMPARE(phone.height(), 600.0);
        QCOMPARE(phone.right(), 900.0);
        const auto middle = ui::crop_around_point({900, 600}, {390, 844}, {0.5, 0.5});
        QVERIFY(std::abs(middle.center().x() - 450) < 0.01);
    }

    void a_lost_database_is_said_and_editing_goes_on() {
        TestServer::instance().kill();
        type(line("/content/tagline"), "Typed without a database");
        QTest::keyClick(line("/content/tagline"), Qt::Key_S, Qt::ControlModifier);
        auto *banner = find<ui::Banner>("editor-connection");
        QTRY_VERIFY_WITH_TIMEOUT(banner->isVisible(), 15000);
        type(line("/content/name"), "Still typing");
        QTRY_COMPARE_WITH_TIMEOUT(shown("/content/name").trimmed(), QString("Still typing"), 5000);
        TestServer::instance().start();
        QTRY_VERIFY_WITH_TIMEOUT(!banner->isVisible(), 20000);
        QTRY_COMPARE_WITH_TIMEOUT(m_desk->fixture.latest().summary.number, 2, 10000);
    }

    void every_control_has_a_name_for_screen_readers_and_for_tests() {
        for (const auto *head : {"services", "prices", "contact", "social", "testimonials", "location",
                                 "search", "consent", "legal"}) {
            find<QToolButton>(QString("section-head:") + head)->click();
        }
        QStringList nameless;
        for (auto *widget : m_desk->page.findChildren<QLineEdit *>()) {
            if (widget->objectName().startsWith("field:") && widget->accessibleName().isEmpty()) {
                nameless << widget->objectName();
            }
        }
        for (auto *button : m_desk->page.findChildren<QAbstractButton *>()) {
            if (button->isVisible() && button->text().isEmpty() && button->accessibleName().isEmpty()) {
                nameless << button->objectName() + " (button)";
            }
        }
        QCOMPARE(nameless, QStringList());
    }

private:
    void import_into_hero(const QString &file) {
        offer_for_hero(file);
        QVERIFY(m_desk->add_offered());
    }

    void offer_for_hero(const QString &file) {
        m_desk->show_tab(EditorDesk::Photos);
        auto *picture = find<QWidget>("field:/photos/hero/control");
        QVERIFY(picture);
        QVERIFY(QMetaObject::invokeMethod(picture, "files_dropped", Q_ARG(QStringList, QStringList{file})));
    }
};

int main(int argc, char **argv) {
    preview::prepare_web_engine();
    QApplication application(argc, argv);
    PageTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "page_test.moc"
