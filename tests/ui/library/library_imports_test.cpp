// SPDX-License-Identifier: Apache-2.0
// Files and folders that become photos.
#include "tests/support/test_server.h"
#include "tests/ui/library/library_desk.h"
#include "ui/library/import_strip.h"
#include "ui/library/library_imports.h"
#include "ui/widgets/banner.h"

#include <QApplication>
#include <QDropEvent>
#include <QFile>
#include <QFrame>
#include <QLabel>
#include <QListWidget>
#include <QMimeData>
#include <QPushButton>
#include <QSpinBox>
#include <QUrl>

using namespace studio;
using namespace studio::ui;
using test_support::LibraryDesk;
using test_support::LibraryFixture;
using test_support::TestServer;

namespace {

void drop(LibraryPage &page, const QStringList &paths) {
    QMimeData data;
    QList<QUrl> urls;
    for (const auto &path : paths) {
        urls << QUrl::fromLocalFile(path);
    }
    data.setUrls(urls);
    QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(&page, &enter);
    QDropEvent event(QPointF(10, 10), Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(&page, &event);
}

// Everything is shown first, with what it tells.
void add_all(const LibraryPage &page) {
    auto *add = page.findChild<QPushButton *>("import.add");
    QVERIFY(QTest::qWaitFor([add] { return add->isVisible(); }, 5000));
    auto *all = page.findChild<QPushButton *>("import.add_all");
    (all->isVisible() ? all : add)->click();
}

void drop_and_add(LibraryPage &page, const QStringList &paths) {
    drop(page, paths);
    add_all(page);
}

} // namespace

class LibraryImportsTest final : public QObject {
    Q_OBJECT

private slots:
    void init() { m_fixture = std::make_unique<LibraryFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void dropped_files_and_folders_are_added_and_the_queue_of_uploads_is_told() {
        auto &at = *m_fixture;
        const auto file = at.picture_file("one.jpg", 1);
        at.picture_file("album/two.jpg", 5);
        at.picture_file("album/deep/three.jpg", 11);
        QFile other(at.folder.filePath("album/notes.txt"));
        QVERIFY(other.open(QIODevice::WriteOnly));
        other.close();
        int told = 0;
        auto services = at.services(at.database.operator_url());
        services.files_added = [&](const models::TenantId &tenant) { told += tenant == at.ada() ? 1 : 0; };
        LibraryDesk desk(services);
        open_ada(desk);
        drop_and_add(desk.page, {file, at.folder.filePath("album")});
        QVERIFY(finished(desk));
        QCOMPARE(words(desk), QString("3 photos added."));
        QVERIFY(desk.shows(3));
        QCOMPARE(told, 3);
        const auto photos = at.list(at.ada());
        QCOMPARE(photos.size(), std::size_t{3});
        for (const auto &photo : photos) {
            QVERIFY(!photo.files.empty());
            QVERIFY(photo.picture.starts_with("/media/" + at.media_folder(at.ada()) + "/"));
            QVERIFY(at.store.read(photo.photo.url.substr(7)).has_value());
        }
        QVERIFY(at.list(at.bea()).empty());
    }

    void pictures_of_a_dropped_folder_are_looked_at_before_anything_is_imported() {
        auto &at = *m_fixture;
        at.picture_file("album/one.jpg", 1);
        at.picture_file("album/deep/two.jpg", 5);
        LibraryDesk desk(at.services(at.database.operator_url()));
        open_ada(desk);
        drop(desk.page, {at.folder.filePath("album")});
        const auto *panel = desk.find<QFrame>("import");
        QTRY_VERIFY_WITH_TIMEOUT(panel->isVisible(), 5000);
        QCOMPARE(desk.find<QPushButton>("import.add_all")->text(), QString("Add all 2"));
        QTRY_VERIFY_WITH_TIMEOUT(desk.find<QLabel>("import.facts")->text().contains("file tells"), 5000);
        desk.find<QSpinBox>("import.people")->setValue(2);
        desk.find<QPushButton>("import.add")->click(); // deep/two.jpg
        desk.find<QPushButton>("import.cancel")->click();
        QVERIFY(finished(desk));
        QCOMPARE(words(desk), QString("1 photo added."));
        QCOMPARE(at.list(at.ada()).size(), std::size_t{1});
        QCOMPARE(at.list(at.ada()).front().people, std::optional(2));
        QVERIFY(!panel->isVisible());
    }

    void a_folder_without_pictures_is_said() {
        auto &at = *m_fixture;
        QVERIFY(QDir(at.folder.path()).mkpath("empty"));
        LibraryDesk desk(at.services(at.database.operator_url()));
        open_ada(desk);
        drop(desk.page, {at.folder.filePath("empty")});
        QTRY_VERIFY_WITH_TIMEOUT(desk.find<Banner>("library.banner")->isVisible(), 5000);
        QVERIFY(!desk.find<QFrame>("import")->isVisible());
    }

    void the_same_file_again_is_named_and_not_added() {
        auto &at = *m_fixture;
        const auto file = at.picture_file("one.jpg", 1);
        QVERIFY(QFile::copy(file, at.folder.filePath("copy.jpg")));
        LibraryDesk desk(at.services(at.database.operator_url()));
        open_ada(desk);
        drop_and_add(desk.page, {file, at.folder.filePath("copy.jpg")});
        QVERIFY(finished(desk));
        QCOMPARE(words(desk), QString("1 photo added, 1 was there already."));
        QCOMPARE(at.list(at.ada()).size(), std::size_t{1});
        QVERIFY(line(desk, 0).startsWith("copy.jpg is among the photos of Ada already"));
    }

    void the_same_file_with_a_covered_face_is_another_photo() {
        auto &at = *m_fixture;
        Worker worker(at.database.operator_url());
        LibraryImports imports(worker, at.store);
        ImportStrip strip(imports);
        const auto file = at.picture_file("one.jpg", 1);
        ImportTarget target;
        target.tenant = at.ada();
        target.name = "Ada";
        target.media_folder = at.media_folder(at.ada());
        const auto add = [&] {
            imports.add({file}, target);
            return QTest::qWaitFor([&] { return !imports.is_busy(); }, 60000);
        };
        QVERIFY(add());
        target.edits.covers.emplace_back().region = {0.2, 0.2, 0.3, 0.3};
        target.people = 2;
        QVERIFY(add());
        QCOMPARE(imports.count(ImportResult::Kind::Added), 2);
        const auto *lines = strip.findChild<QListWidget *>("library.imports.list");
        QVERIFY(lines->item(0)->text().contains("same file is there with other edits"));
        const auto photos = at.list(at.ada());
        QCOMPARE(photos.size(), std::size_t{2});
        QCOMPARE(photos[0].content_hash, photos[1].content_hash);
        QCOMPARE(photos[0].people, std::optional(2)); // the newest is the first
        QCOMPARE(photos[1].people, std::optional<int>());

        QVERIFY(add()); // with the same edits
        QCOMPARE(imports.count(ImportResult::Kind::Known), 1);
        QCOMPARE(at.list(at.ada()).size(), std::size_t{2});
        std::size_t noted = 0;
        for (const auto &photo : photos) {
            noted += photo.files.size();
        }
        QCOMPARE(at.store.list(target.media_folder + "/").size(), noted); // no file belongs to no photo
    }

    void a_photo_that_looks_like_another_one_is_added_and_named() {
        auto &at = *m_fixture;
        const auto file = at.picture_file("one.jpg", 1);
        QImage smaller = QImage(file).scaled(700, 500, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
        QVERIFY(smaller.save(at.folder.filePath("smaller.jpg"), "JPG", 60));
        LibraryDesk desk(at.services(at.database.operator_url()));
        open_ada(desk);
        drop_and_add(desk.page, {file, at.folder.filePath("smaller.jpg")});
        QVERIFY(finished(desk));
        QCOMPARE(at.list(at.ada()).size(), std::size_t{2});
        QVERIFY2(line(desk, 0).contains("smaller.jpg was added to Ada and looks like"),
                 qPrintable(line(desk, 0)));
        auto *both = desk.find<QListWidget>("library.imports.list")->findChild<QPushButton *>();
        QVERIFY(both != nullptr);
        QCOMPARE(both->text(), QString("Show both"));
        QTRY_COMPARE_WITH_TIMEOUT(desk.grid()->model()->rowCount(), 2, 15000);
        both->click();
        QCOMPARE(desk.grid()->selected().size(), 2);
    }

    void a_broken_file_is_listed_with_its_reason_and_can_be_tried_again() {
        auto &at = *m_fixture;
        QFile broken(at.folder.filePath("broken.jpg"));
        QVERIFY(broken.open(QIODevice::WriteOnly));
        broken.write("no picture");
        broken.close();
        LibraryDesk desk(at.services(at.database.operator_url()));
        open_ada(desk);
        drop_and_add(desk.page, {broken.fileName(), at.picture_file("good.jpg", 2)});
        QVERIFY(finished(desk));
        QCOMPARE(words(desk), QString("1 photo added, 1 could not be added."));
        QVERIFY2(line(desk, 0).startsWith("Not added: “broken.jpg”"), qPrintable(line(desk, 0)));
        QVERIFY(QFile::remove(broken.fileName()));
        QVERIFY(QFile::copy(at.picture_file("other.jpg", 9), broken.fileName()));
        desk.find<QPushButton>("library.imports.retry")->click();
        QVERIFY(finished(desk));
        QCOMPARE(words(desk), QString("2 photos added."));
        desk.find<QPushButton>("library.imports.close")->click();
        QVERIFY(!desk.find<QFrame>("library.imports")->isVisible());
    }

    void a_photo_that_the_database_could_not_take_is_tried_again_later() {
        auto &at = *m_fixture;
        LibraryDesk desk(at.services(at.database.operator_url()));
        open_ada(desk);
        const auto file = at.picture_file("one.jpg", 1);
        TestServer::instance().stop();
        drop_and_add(desk.page, {file});
        const bool answered = finished(desk);
        const auto said = words(desk);
        TestServer::instance().start();
        QVERIFY(answered);
        QVERIFY2(said.contains("1 could not be added"), qPrintable(said));
        for (int turn = 0; turn < 5 && !words(desk).startsWith("1 photo added"); ++turn) {
            desk.find<QPushButton>("library.imports.retry")->click();
            QVERIFY(finished(desk));
        }
        QCOMPARE(at.list(at.ada()).size(), std::size_t{1});
    }

    void files_stay_the_photos_of_the_companion_for_whom_they_were_dropped() {
        auto &at = *m_fixture;
        LibraryDesk desk(at.services(at.database.operator_url()));
        open_ada(desk);
        drop_and_add(desk.page, {at.picture_file("one.jpg", 1), at.picture_file("two.jpg", 6)});
        desk.choose_companion("Bea");
        QVERIFY(finished(desk));
        QCOMPARE(at.list(at.ada()).size(), std::size_t{2});
        QVERIFY(at.list(at.bea()).empty());
        QTRY_COMPARE_WITH_TIMEOUT(desk.state(), StateStack::State::Empty, 15000);
    }

private:
    static void open_ada(const LibraryDesk &desk) {
        if (!desk.settled()) {
            qFatal("the page did not load");
        }
        desk.choose_companion("Ada");
        if (!QTest::qWaitFor([&] { return desk.state() == StateStack::State::Empty; }, 20000)) {
            qFatal("the page does not show ada");
        }
    }
    static QString words(const LibraryDesk &desk) {
        return desk.find<QLabel>("library.imports.words")->text();
    }
    static QString line(const LibraryDesk &desk, int row) {
        const auto *item = desk.find<QListWidget>("library.imports.list")->item(row);
        return item == nullptr ? QString() : item->text();
    }
    static bool finished(const LibraryDesk &desk) {
        return QTest::qWaitFor([&] { return desk.find<QPushButton>("library.imports.close")->isVisible(); },
                               60000);
    }

    std::unique_ptr<LibraryFixture> m_fixture;
};

int main(int argc, char **argv) {
    QApplication application(argc, argv);
    LibraryImportsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "library_imports_test.moc"
