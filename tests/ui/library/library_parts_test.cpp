// SPDX-License-Identifier: Apache-2.0
// The parts of the page of photos that need no database.
#include "ui/library/library_words.h"
#include "ui/library/receipt_words.h"
#include "ui/library/thumbnail_source.h"
#include "ui/library/variant_shares.h"
#include "ui/widgets/phrases.h"
#include "ui/widgets/words.h"

#include <QApplication>
#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <numeric>

using namespace studio;
using namespace studio::ui;

namespace {

models::Photo sized_photo() {
    models::Photo photo;
    photo.url = "/media/f/a-1600.jpg";
    photo.width = 1600;
    photo.height = 800;
    for (const int width : {320, 640, 1280}) {
        for (const auto *format : {"avif", "webp"}) {
            photo.derivatives.push_back(
                {"/media/f/a-" + std::to_string(width) + "." + format, width, format});
        }
    }
    return photo;
}

} // namespace

class LibraryPartsTest final : public QObject {
    Q_OBJECT

private slots:
    void shares_never_exceed_a_hundred_whatever_is_typed() {
        QCOMPARE(shares_of({0.335, 0.335, 0.335}), (std::vector<int>{34, 34, 32}));
        QCOMPARE(shares_of({0.25}), std::vector<int>{25});
        auto shares = shares_of({0.3, 0.3, 0.2});
        shares = with_share(shares, 0, 95);
        QCOMPARE(shares, (std::vector<int>{95, 5, 0}));
        QCOMPARE(control_share(shares), 0);
        shares = with_share(shares, 2, 150);
        QCOMPARE(shares, (std::vector<int>{0, 0, 100}));
        shares = with_share(shares, 2, 40);
        QCOMPARE(control_share(shares), 60);
    }

    void the_smallest_file_that_covers_is_read_first_and_avif_last() {
        // 300 × 200 from a picture twice as wide as high needs a width of 400.
        const auto files = thumbnail_files(sized_photo(), "/root", {300, 200});
        QCOMPARE(files.first(), QString("/root/f/a-640.webp"));
        QVERIFY(files.indexOf("/root/f/a-320.webp") > files.indexOf("/root/f/a-1600.jpg"));
        QVERIFY(files.last().endsWith(".avif"));
        QCOMPARE(files.size(), 7);
    }

    void addresses_outside_of_the_media_folder_are_not_read() {
        models::Photo photo;
        photo.url = "/media/../secret.jpg";
        QVERIFY(thumbnail_files(photo, "/root", {10, 10}).isEmpty());
        photo.url = "https://elsewhere.example/a.jpg";
        QVERIFY(thumbnail_files(photo, "/root", {10, 10}).isEmpty());
    }

    void small_pictures_are_read_in_the_background_and_kept() {
        const QTemporaryDir folder;
        QVERIFY(QDir(folder.path()).mkpath("f"));
        QImage picture(1600, 800, QImage::Format_RGB32);
        picture.fill(QColor("#3a6ea5"));
        QVERIFY(picture.save(folder.filePath("f/a-1600.jpg"), "JPG"));
        ThumbnailSource source(folder.path().toStdString());
        QSignalSpy ready(&source, &ThumbnailSource::ready);
        const auto photo = sized_photo(); // its smaller files are not there
        QVERIFY(source.find(photo, {164, 123}).isNull());
        QVERIFY(ready.wait(10000));
        const auto read = source.find(photo, {164, 123});
        QCOMPARE(read.height(), 123);
        QVERIFY(read.width() >= 164 && read.width() < 400);
        QVERIFY(source.kept_kb() > 0);
    }

    void a_photo_that_is_not_there_is_looked_for_again_only_when_that_is_asked_for() {
        const QTemporaryDir folder;
        ThumbnailSource source(folder.path().toStdString());
        QSignalSpy ready(&source, &ThumbnailSource::ready);
        QVERIFY(source.find(sized_photo(), {164, 123}).isNull());
        QVERIFY(!ready.wait(300));
        QVERIFY(QDir(folder.path()).mkpath("f"));
        QImage picture(1600, 800, QImage::Format_RGB32);
        picture.fill(Qt::gray);
        QVERIFY(picture.save(folder.filePath("f/a-1600.jpg"), "JPG"));
        QVERIFY(source.find(sized_photo(), {164, 123}).isNull());
        QVERIFY(!ready.wait(300));
        source.forget_missing();
        QVERIFY(source.find(sized_photo(), {164, 123}).isNull());
        QVERIFY(ready.wait(10000));
    }

    void memory_stays_below_its_limit_however_many_are_read() {
        const QTemporaryDir folder;
        QVERIFY(QDir(folder.path()).mkpath("f"));
        QImage picture(1200, 1200, QImage::Format_RGB32);
        picture.fill(Qt::gray);
        QVERIFY(picture.save(folder.filePath("f/a-1200.jpg"), "JPG"));
        ThumbnailSource source(folder.path().toStdString());
        QSignalSpy ready(&source, &ThumbnailSource::ready);
        models::Photo photo;
        photo.url = "/media/f/a-1200.jpg";
        photo.width = photo.height = 1200;
        for (int size = 1100; size < 1130; ++size) { // about 5 MB each
            source.find(photo, {size, size});
            QVERIFY(ready.wait(10000));
        }
        QVERIFY(source.kept_kb() > 0 && source.kept_kb() <= ThumbnailSource::most_kb);
    }

    void a_crop_keeps_the_focal_point_and_stays_within_the_picture() {
        const auto crop = crop_around({1600, 800}, {100, 100}, {0.9, 0.5});
        QCOMPARE(crop.size(), QSizeF(800, 800));
        QCOMPARE(crop.right(), 1600.0);
        QCOMPARE(crop_around({1600, 800}, {100, 100}, {0.5, 0.5}).left(), 400.0);
    }

    void placeholders_have_the_mean_colours_of_the_photo() {
        models::Photo photo;
        QVERIFY(placeholder_image(photo).isNull());
        for (int cell = 0; cell < 12; ++cell) {
            photo.placeholder += cell == 5 ? "ff0000" : "102030";
        }
        QCOMPARE(placeholder_image(photo).pixelColor(1, 1), QColor("#ff0000"));
        QCOMPARE(placeholder_image(photo).pixelColor(0, 0), QColor("#102030"));
    }

    void what_most_needs_attention_is_said_first() {
        LibraryEntry entry;
        entry.photo.photo.width = 800;
        entry.photo.photo.alt = "A door";
        entry.photo.files = {{"f/a-800.jpg", "image/jpeg", 1, false, true}};
        QCOMPARE(state_word(entry), QString("No release"));
        QCOMPARE(entry.missing_releases(), 1);
        entry.state.agreed = true;
        entry.state.releases = 1;
        QCOMPARE(state_word(entry), QString("Too small"));
        QCOMPARE(entry.missing_releases(), 0);
        entry.photo.people = 3;
        entry.state.agreed = false;
        QCOMPARE(state_word(entry), QString("No release"));
        QCOMPARE(entry.missing_releases(), 2);
        entry.photo.paused = true;
        QCOMPARE(state_word(entry), QString("Paused"));
    }

    void a_receipt_begins_with_what_was_done_last_and_tells_files_together() {
        const auto at = models::Time(std::chrono::hours(24 * 20000));
        std::vector<db::PhotoStep> steps;
        const auto add = [&](const std::string &action, const std::string &key, const std::string &reason,
                             bool done) {
            db::PhotoStep step;
            step.action = action;
            step.key = key;
            step.reason = reason;
            if (done) {
                step.done_at = at;
            } else {
                step.problem = "The store is away.";
            }
            steps.push_back(step);
        };
        for (const auto *file : {"f/a-320.webp", "f/a-640.webp"}) {
            add("hide", file, "paused", true);
        }
        add("page", "gallery 1", "deleted", true);
        for (const auto *file : {"f/a-320.webp", "f/a-640.webp"}) {
            add("remove", file, "deleted", true);
            add("purge", file, "deleted", true);
        }
        const auto day = clock_or_day(to_date_time(at), QDateTime::currentDateTime());
        auto words = receipt_words(steps, false);
        QCOMPARE(words.summary,
                 QString("Taken down: all 2 files were removed (%1), and nobody can open them.").arg(day));
        QCOMPARE(words.lines.size(), 5);
        QCOMPARE(words.lines[0], QString("Taken down:"));
        QVERIFY(words.lines[1].startsWith("Live page: gallery photo 1 no longer shows it"));
        QCOMPARE(words.lines[2], QString("2 files removed from the store, %1").arg(day));
        QCOMPARE(words.lines[3], QString("Paused:"));
        QCOMPARE(words.lines[4], QString("2 files hidden at the store, %1").arg(day));
        QVERIFY2(receipt_words(steps, true).lines.filter("CDN").size() == 1, "there is a CDN");
        add("remove", "f/a-960.webp", "deleted", false);
        words = receipt_words(steps, false);
        QCOMPARE(words.summary,
                 QString("Taken down: 2 of 3 files are done. The rest is tried again until it worked."));
        QCOMPARE(words.lines[3], QString("1 file is to be removed. Tried: The store is away."));
        QVERIFY(receipt_words({}, true).summary.isEmpty());
    }

    void a_receipt_names_each_place_that_a_photo_left() {
        const auto words = [](const std::string &action, const std::string &key) {
            db::PhotoStep step;
            step.action = action;
            step.key = key;
            step.reason = "deleted";
            step.done_at = models::Time{};
            return step_words(step).section(QLatin1Char(','), 0, 0);
        };
        QCOMPARE(words("page", "hero"), QString("Live page: hero photo no longer shows it"));
        QCOMPARE(words("page", "gallery 3"), QString("Live page: gallery photo 3 no longer shows it"));
        QCOMPARE(words("page", "variant b 2"), QString("Live page: hero variant b 2 no longer shows it"));
        QCOMPARE(words("page", "testimonial 1"),
                 QString("Live page: testimonial photo 1 no longer shows it"));
        QCOMPARE(words("page", "landing page"), QString("The platform’s landing page no longer shows it"));
        QCOMPARE(words("test", "Which hero"), QString("Test: “Which hero” no longer shows it"));
        QCOMPARE(words("sharing", "share picture"), QString("Share picture no longer shows it"));
        QCOMPARE(words("draft", "2199-03-01T12:00:00Z"),
                 QString("Draft link until 1 March 2199 no longer shows it"));
        QCOMPARE(words("remove", "f/a-800.jpg"), QString("a-800.jpg removed from the store"));
    }
};

int main(int argc, char **argv) {
    QApplication application(argc, argv);
    LibraryPartsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "library_parts_test.moc"
