// SPDX-License-Identifier: Apache-2.0
// Another companion is opened before an answer about the former one arrives.
#include "db/stores/photo_library.h"
#include "preview/web_engine.h"
#include "tests/ui/editor/editor_desk.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/tenant_id.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDropEvent>
#include <QLabel>
#include <QListView>
#include <QMimeData>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>

using namespace studio;
using test_support::EditorDesk;
using test_support::EditorFixture;
using test_support::TestServer;

namespace {

void drop_file(QWidget *target, QPoint at, const QString &file) {
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(file)});
    QDragEnterEvent enter(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(target, &enter);
    QDragMoveEvent move(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(target, &move);
    QDropEvent drop(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(target, &drop);
}

} // namespace

class SwitchTest final : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<EditorDesk> m_desk;

    template <typename Widget> Widget *find(const QString &name) { return m_desk->find<Widget>(name); }
    EditorFixture &fixture() { return m_desk->fixture; }

    QString picture(const QString &name) {
        QImage image(900, 600, QImage::Format_RGB32);
        image.fill(Qt::darkCyan);
        const auto file = fixture().file(name);
        return image.save(file) ? file : QString();
    }

    void open_gallery() {
        m_desk->show_tab(EditorDesk::Photos);
        find<QToolButton>("section-head:gallery")->click();
    }

    bool shows(const QString &name) {
        return QTest::qWaitFor(
            [&] {
                return m_desk->line("/content/name") && m_desk->line("/content/name")->isVisible() &&
                       m_desk->line("/content/name")->text() == name;
            },
            20000);
    }

    QString left_behind() { return find<ui::Banner>("editor-left-behind")->text(); }

private slots:
    void init() {
        TestServer::instance().start();
        m_desk = std::make_unique<EditorDesk>();
        QVERIFY(m_desk->opened());
    }

    void cleanup() { m_desk.reset(); }

    void a_photo_that_is_ready_after_another_was_opened_waits_for_the_companion_it_was_added_to() {
        open_gallery();
        auto *gallery = find<QListView>("gallery");
        QCOMPARE(gallery->model()->rowCount(), 1);
        const auto file = picture("harbour.png");
        drop_file(gallery->viewport(), gallery->viewport()->rect().bottomRight() - QPoint(8, 8), file);
        QVERIFY(m_desk->add_offered());
        m_desk->page.open(ui::to_text(fixture().other_tenant()));
        QVERIFY(shows("Bea"));
        QTRY_VERIFY_WITH_TIMEOUT(left_behind().contains("harbour.png") && left_behind().contains("Ada"),
                                 30000);
        QVERIFY(!find<QAction>("action-undo")->isEnabled());
        QCOMPARE(gallery->model()->rowCount(), 1);
        m_desk->page.open(ui::to_text(fixture().tenant()));
        QVERIFY(shows("Ada"));
        QTRY_COMPARE_WITH_TIMEOUT(gallery->model()->rowCount(), 2, 10000);
        QTest::keyClick(m_desk->line("/content/name"), Qt::Key_S, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(fixture().latest().summary.number, 2, 10000);
        const auto saved = fixture().latest().documents.photos["gallery"];
        const auto folder = QString::fromStdString(fixture().stored().media_folder);
        QVERIFY(QString::fromStdString(saved.back()["url"]).startsWith("/media/" + folder + "/"));
        QTRY_COMPARE_WITH_TIMEOUT(
            db::PhotoLibrary(fixture().operator_session()).list(fixture().tenant()).size(), std::size_t(1),
            10000);
        QVERIFY(db::PhotoLibrary(fixture().operator_session()).list(fixture().other_tenant()).empty());
        QCOMPARE(fixture().latest_of_other().summary.number, 1);
        m_desk->page.open(ui::to_text(fixture().other_tenant()));
        QVERIFY(shows("Bea"));
        m_desk->page.open(ui::to_text(fixture().tenant()));
        QVERIFY(shows("Ada"));
        QCOMPARE(gallery->model()->rowCount(), 2); // once
    }

    void a_photo_that_fails_after_another_was_opened_is_said_with_the_name_of_whom_it_was_for() {
        open_gallery();
        auto *gallery = find<QListView>("gallery");
        const auto name = fixture().file("notes.png");
        QFile file(name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("these are notes");
        file.close();
        drop_file(gallery->viewport(), gallery->viewport()->rect().bottomRight() - QPoint(8, 8), name);
        QVERIFY(m_desk->add_offered());
        m_desk->page.open(ui::to_text(fixture().other_tenant()));
        QVERIFY(shows("Bea"));
        auto *banner = find<ui::Banner>("editor-photos");
        QTRY_VERIFY_WITH_TIMEOUT(banner->isVisible() && banner->text().contains("notes.png") &&
                                     !banner->text().contains("Importing"),
                                 20000);
        QVERIFY2(banner->text().contains("Ada"), qPrintable(banner->text()));
    }

    void a_photo_that_was_still_imported_when_the_editor_closed_is_there_the_next_time() {
        {
            ui::EditorPage page(fixture().services());
            page.resize(1280, 800);
            page.show();
            page.open(ui::to_text(fixture().tenant()));
            page.findChild<QTabBar *>("editor-tabs")->setCurrentIndex(EditorDesk::Photos);
            page.findChild<QToolButton *>("section-head:gallery")->click();
            auto *gallery = page.findChild<QListView *>("gallery");
            QTRY_COMPARE_WITH_TIMEOUT(gallery->model()->rowCount(), 1, 20000);
            drop_file(gallery->viewport(), gallery->viewport()->rect().bottomRight() - QPoint(8, 8),
                      picture("late.png"));
            page.findChild<QPushButton *>("import.add")->click();
        }
        open_gallery();
        m_desk->page.open(ui::to_text(fixture().other_tenant()));
        QVERIFY(shows("Bea"));
        m_desk->page.open(ui::to_text(fixture().tenant()));
        QVERIFY(shows("Ada"));
        QTRY_COMPARE_WITH_TIMEOUT(find<QListView>("gallery")->model()->rowCount(), 2, 30000);
    }

    void a_photo_finds_its_element_although_the_row_was_made_anew_and_moved() {
        open_gallery();
        auto *gallery = find<QListView>("gallery");
        gallery->setCurrentIndex(gallery->model()->index(0, 0));
        auto *field = find<QWidget>("field:/photos/gallery/0");
        QVERIFY(field);
        const auto before = fixture().latest().documents.photos["gallery"][0];
        drop_file(field, field->rect().center(), picture("portrait.png"));
        QVERIFY(m_desk->add_offered());
        find<QPushButton>("remove:/photos/gallery/0")->click();
        QTRY_COMPARE_WITH_TIMEOUT(gallery->model()->rowCount(), 0, 5000);
        find<QAction>("action-undo")->trigger(); // the same element, in a row that is created again
        QTRY_COMPARE_WITH_TIMEOUT(gallery->model()->rowCount(), 1, 5000);
        const auto url = [this] {
            return m_desk->page.findChild<QListView *>("gallery")
                ->model()
                ->index(0, 0)
                .data(Qt::UserRole)
                .toString();
        };
        QTRY_VERIFY_WITH_TIMEOUT(url().contains(QString::fromStdString(fixture().stored().media_folder)),
                                 30000);
    }

    void a_photo_whose_element_was_removed_is_dropped_with_a_word() {
        open_gallery();
        auto *gallery = find<QListView>("gallery");
        gallery->setCurrentIndex(gallery->model()->index(0, 0));
        auto *field = find<QWidget>("field:/photos/gallery/0");
        drop_file(field, field->rect().center(), picture("gone.png"));
        QVERIFY(m_desk->add_offered());
        find<QPushButton>("remove:/photos/gallery/0")->click();
        QTRY_VERIFY_WITH_TIMEOUT(left_behind().contains("gone.png"), 30000);
        QCOMPARE(gallery->model()->rowCount(), 0);
    }

    void history_shows_nothing_of_the_former_companion() {
        find<QAction>("action-history")->trigger();
        auto *revisions = find<QListView>("revisions");
        QTRY_COMPARE_WITH_TIMEOUT(revisions->model()->rowCount(), 1, 10000);
        m_desk->type(m_desk->line("/content/tagline"), "Changed");
        QTRY_VERIFY_WITH_TIMEOUT(find<QPushButton>("restore")->isVisibleTo(find<QWidget>("history-panel")),
                                 5000);
        EditorFixture::Gate gate(fixture().worker());
        m_desk->page.open(ui::to_text(fixture().other_tenant()));
        find<QAction>("action-history")->trigger();
        QCOMPARE(revisions->model()->rowCount(), 0);
        QVERIFY(find<QPushButton>("restore")->isHidden());
        QVERIFY(find<QLabel>("changes")->text().isEmpty());
        gate.open();
        QVERIFY(shows("Bea"));
    }

    // No late answer shows or changes anything of the companion that is open by then.
    void no_answer_about_one_companion_reaches_another_data() {
        QTest::addColumn<QString>("action");
        QTest::addColumn<QString>("button");
        QTest::newRow("save") << "action-save"
                              << "";
        QTest::newRow("publish") << ""
                                 << "publish-now";
        QTest::newRow("history") << "action-history"
                                 << "";
        QTest::newRow("share list") << "action-share"
                                    << "";
        QTest::newRow("share link") << "action-share"
                                    << "share-create";
        QTest::newRow("releases") << ""
                                  << "record-releases";
    }

    void no_answer_about_one_companion_reaches_another() {
        QFETCH(QString, action);
        QFETCH(QString, button);
        m_desk->type(m_desk->line("/content/tagline"), "Words of Ada");
        find<QPushButton>("publish")->click();
        QTRY_VERIFY_WITH_TIMEOUT(find<QPushButton>("publish-now")->isEnabled(), 10000);
        {
            EditorFixture::Gate gate(fixture().worker());
            if (!action.isEmpty()) {
                find<QAction>(action)->trigger();
            }
            if (!button.isEmpty()) {
                find<QPushButton>(button)->click();
            }
            m_desk->page.open(ui::to_text(fixture().other_tenant()));
        }
        QVERIFY(shows("Bea"));
        bool answered = false;
        fixture().worker().run([](db::Session &) {}).then(&m_desk->page, [&] { answered = true; });
        QTRY_VERIFY_WITH_TIMEOUT(answered, 10000);
        QVERIFY(!find<QAction>("action-undo")->isEnabled());
        QVERIFY(!find<QWidget>("side-panel")->isVisible());
        QVERIFY(find<QLineEdit>("share-link")->text().isEmpty());
        QCOMPARE(find<QListView>("revisions")->model()->rowCount(), 0);
        for (const auto *label : m_desk->page.findChildren<QLabel *>()) {
            const bool about_others = label->objectName().startsWith("editor-left-behind");
            QVERIFY2(!label->isVisible() || about_others || !label->text().contains("Ada"),
                     qPrintable(label->objectName() + ": " + label->text()));
        }
        QCOMPARE(fixture().latest_of_other().summary.number, 1);
        m_desk->page.open(ui::to_text(fixture().tenant()));
        QVERIFY(shows("Ada"));
        QCOMPARE(m_desk->line("/content/tagline")->text(), QString("Words of Ada"));
    }
};

int main(int argc, char **argv) {
    preview::prepare_web_engine();
    QApplication application(argc, argv);
    SwitchTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "switch_test.moc"
