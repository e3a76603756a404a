// SPDX-License-Identifier: Apache-2.0
#include "media/local_asset_store.h"
#include "ui/photos/edit_history.h"
#include "ui/photos/import_panel.h"
#include "ui/photos/library_record.h"
#include "ui/photos/privacy_editor.h"
#include "ui/photos/release_fields.h"
#include "ui/photos/release_state.h"

#include <QApplication>
#include <QBuffer>
#include <QComboBox>
#include <QFile>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace studio;
using namespace studio::ui;

namespace {

db::PhotoRelease release(const std::string &person, const std::string &until = {}) {
    db::PhotoRelease one;
    one.person = person;
    one.valid_until = until;
    one.recorded_at = models::Time(std::chrono::hours(24 * 20000)); // in October 2024
    return one;
}

QByteArray number(quint32 value, int bytes) { // little-endian
    QByteArray text;
    for (int at = 0; at < bytes; ++at) {
        text += static_cast<char>((value >> (8 * at)) & 0xff);
    }
    return text;
}

// A JPEG whose EXIF names the artist.
bool write_with_artist(const QString &path, const QByteArray &artist) {
    QByteArray jpeg;
    QBuffer buffer(&jpeg);
    QImage image(800, 600, QImage::Format_RGB32);
    image.fill(Qt::darkCyan);
    constexpr int first_entry = 8, text_at = 26, artist_tag = 0x013b, ascii = 2;
    const auto name = artist + '\0';
    const auto tiff = QByteArray("II") + number(42, 2) + number(first_entry, 4) + number(1, 2) +
                      number(artist_tag, 2) + number(ascii, 2) +
                      number(static_cast<quint32>(name.size()), 4) + number(text_at, 4) + number(0, 4) + name;
    const auto length = static_cast<int>(2 + 6 + tiff.size());
    QByteArray segment("\xff\xe1", 2);
    segment += static_cast<char>(length >> 8);
    segment += static_cast<char>(length & 0xff);
    segment += QByteArray("Exif\0\0", 6) + tiff;
    QFile file(path);
    return buffer.open(QIODevice::WriteOnly) && image.save(&buffer, "JPG") &&
           file.open(QIODevice::WriteOnly) && file.write(jpeg.insert(2, segment)) > 0;
}

bool near(const media::Region &one, const media::Region &other) {
    constexpr double slack = 0.02;
    return std::abs(one.x - other.x) < slack && std::abs(one.y - other.y) < slack &&
           std::abs(one.width - other.width) < slack && std::abs(one.height - other.height) < slack;
}

} // namespace

class PhotosTest final : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    QString picture(const QString &name) {
        QImage image(800, 600, QImage::Format_RGB32);
        image.fill(QColor("#3a6ea5"));
        const auto file = m_folder.filePath(name);
        return image.save(file) ? file : QString();
    }

    static void drag(QWidget *widget, QPointF from, QPointF to) {
        QTest::mousePress(widget, Qt::LeftButton, {}, from.toPoint());
        QTest::mouseMove(widget, ((from + to) / 2).toPoint());
        QTest::mouseMove(widget, to.toPoint());
        QTest::mouseRelease(widget, Qt::LeftButton, {}, to.toPoint());
    }

    template <typename Widget> static Widget *find(QWidget &in, const char *name) {
        auto *widget = in.findChild<Widget *>(QLatin1String(name));
        if (widget == nullptr) {
            qFatal("no widget %s", name);
        }
        return widget;
    }

private slots:
    void what_is_missing_is_said_as_the_database_counts_it() {
        db::PictureState one;
        one.releases = 1;
        QCOMPARE(state_words(release_state(one, {release("Mia")}, 2, "2026-12-01")),
                 QString("1 of 2 people’s releases"));
        QCOMPARE(state_words(release_state({}, {}, std::nullopt, "2026-12-01")), QString("No release"));
        one.agreed = true;
        QCOMPARE(state_words(release_state(one, {release("Mia")}, 1, "2026-12-01")), QString("Released"));
        QVERIFY(!state_of({{"/media/ada/other", one}}, "/media/ada/one").agreed);
    }

    void the_end_of_a_release_is_said_before_and_after() {
        db::PictureState agreed;
        agreed.releases = 1;
        agreed.agreed = true;
        QCOMPARE(state_words(release_state(agreed, {release("Mia", "2026-12-01")}, 1, "2026-12-01")),
                 QString("Released, one ends on 1 December 2026"));
        QCOMPARE(state_words(release_state({}, {release("Mia", "2026-12-01")}, 1, "2026-12-02")),
                 QString("The release of Mia ended on 1 December 2026"));
        QVERIFY(release_state(agreed, {release("Mia", "2027-01-15")}, 1, "2026-12-01").next_end.empty());
    }

    void a_turn_takes_the_crop_with_it_and_four_turns_change_nothing() {
        media::PictureEdits edits;
        edits.crop = media::Region{0.1, 0.2, 0.3, 0.4};
        const auto once = turned(edits);
        QVERIFY(near(*once.crop, {0.4, 0.1, 0.4, 0.3}));
        const auto round = turned(turned(turned(once)));
        QCOMPARE(round.quarter_turns, 0);
        QVERIFY(near(*round.crop, *edits.crop));
    }

    void a_sliders_steps_are_undone_together() {
        EditHistory history;
        auto edits = history.edits();
        for (const double degrees : {1.0, 2.0, 3.0}) {
            edits.straighten = degrees;
            history.change(edits, true);
        }
        history.undo();
        QVERIFY(history.edits() == media::PictureEdits{});
        history.redo();
        QCOMPARE(history.edits().straighten, 3.0);
    }

    void two_movements_of_a_slider_are_undone_one_by_one() {
        PrivacyEditor editor(picture("tilted.png"), {});
        auto *slider = find<QSlider>(editor, "privacy.straighten");
        for (const int end : {4, 10}) {
            slider->setSliderDown(true);
            slider->setValue(end - 1);
            slider->setValue(end);
            slider->setSliderDown(false);
        }
        QCOMPARE(editor.edits().straighten, 5.0);
        find<QPushButton>(editor, "privacy.undo")->click();
        QCOMPARE(editor.edits().straighten, 2.0);
        find<QPushButton>(editor, "privacy.undo")->click();
        QCOMPARE(editor.edits().straighten, 0.0);
    }

    void a_cover_is_chosen_by_a_person_alone() {
        PrivacyEditor editor(picture("faces.png"), {});
        auto *canvas = find<RegionCanvas>(editor, "privacy.canvas");
        auto *fill = find<QComboBox>(editor, "privacy.fill");
        auto *tabs = find<QTabBar>(editor, "privacy.tabs");
        find<QPushButton>(editor, "privacy.add")->click();
        QCOMPARE(canvas->selected(), 0);
        tabs->setCurrentIndex(1);
        tabs->setCurrentIndex(0);
        QCOMPARE(canvas->selected(), -1);
        fill->setCurrentIndex(fill->findText("Black")); // of the next one
        QCOMPARE(editor.edits().covers[0].color, std::string());
        find<QPushButton>(editor, "privacy.add")->click();
        QCOMPARE(editor.edits().covers[1].color, std::string("#000000"));
        find<QPushButton>(editor, "privacy.undo")->click();
        QCOMPARE(editor.edits().covers.size(), std::size_t(1));
        QCOMPARE(canvas->selected(), -1);
        fill->setCurrentIndex(fill->findText("White"));
        QCOMPARE(editor.edits().covers[0].color, std::string());
    }

    void a_cover_is_drawn_moved_resized_removed_and_brought_back() {
        PrivacyEditor editor(picture("face.png"), {});
        editor.resize(900, 700);
        editor.show();
        QVERIFY(QTest::qWaitForWindowActive(&editor));
        auto *canvas = find<RegionCanvas>(editor, "privacy.canvas");
        auto *done = find<QPushButton>(editor, "privacy.done");
        const auto place = [canvas](double x, double y) {
            const auto rect = canvas->picture_rect();
            return QPointF(rect.x() + x * rect.width(), rect.y() + y * rect.height());
        };
        // Until the picture is there nothing can be drawn.
        QVERIFY(QTest::qWaitFor(
            [&] {
                drag(canvas, place(0.2, 0.2), place(0.4, 0.5));
                return !editor.edits().covers.empty();
            },
            10000));
        QVERIFY(near(editor.edits().covers[0].region, {0.2, 0.2, 0.2, 0.3}));
        QVERIFY(editor.edits().covers[0].kind == media::Cover::Kind::Fill);
        drag(canvas, place(0.3, 0.35), place(0.5, 0.45));
        QVERIFY(near(editor.edits().covers[0].region, {0.4, 0.3, 0.2, 0.3}));
        drag(canvas, place(0.6, 0.6), place(0.7, 0.8));
        QVERIFY(near(editor.edits().covers[0].region, {0.4, 0.3, 0.3, 0.5}));
        auto *fill = find<QComboBox>(editor, "privacy.fill");
        fill->setCurrentIndex(fill->findText("Black"));
        QCOMPARE(editor.edits().covers[0].color, std::string("#000000"));
        canvas->setFocus();
        QTest::keyClick(canvas, Qt::Key_Right);
        QVERIFY(near(editor.edits().covers[0].region, {0.41, 0.3, 0.3, 0.5}));
        QTest::keyClick(canvas, Qt::Key_Delete);
        QVERIFY(editor.edits().covers.empty());
        QTest::keyClick(canvas, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(editor.edits().covers.size(), std::size_t(1));
        QSignalSpy finished(&editor, &PrivacyEditor::finished);
        done->click();
        QCOMPARE(finished.count(), 1);
        QVERIFY(finished[0][0].value<media::PictureEdits>() == editor.edits());
    }

    void crop_turn_and_straighten_become_edits() {
        PrivacyEditor editor(picture("room.png"), {});
        editor.resize(900, 700);
        editor.show();
        QVERIFY(QTest::qWaitForWindowActive(&editor));
        find<QTabBar>(editor, "privacy.tabs")->setCurrentIndex(1);
        auto *canvas = find<RegionCanvas>(editor, "privacy.canvas");
        QVERIFY(QTest::qWaitFor(
            [&] {
                drag(canvas, canvas->picture_rect().bottomRight(), canvas->picture_rect().center());
                return editor.edits().crop.has_value();
            },
            10000));
        QVERIFY(near(*editor.edits().crop, {0, 0, 0.5, 0.5}));
        find<QPushButton>(editor, "privacy.turn")->click();
        QCOMPARE(editor.edits().quarter_turns, 1);
        find<QSlider>(editor, "privacy.straighten")->setValue(5);
        QCOMPARE(editor.edits().straighten, 2.5);
        auto *level = find<QPushButton>(editor, "privacy.level");
        QVERIFY2(level->text().startsWith("2.5"), qPrintable(level->text()));
        level->click();
        QCOMPARE(editor.edits().straighten, 0.0);
        QVERIFY(!level->isEnabled());
        find<QPushButton>(editor, "privacy.turn_left")->click();
        QCOMPARE(editor.edits().quarter_turns, 0);
        find<QPushButton>(editor, "privacy.whole")->click();
        QVERIFY(!editor.edits().crop);
    }

    void the_words_name_all_that_a_file_tells_and_that_none_is_published() {
        media::FileFacts facts;
        facts.place_words = "near Sydney, Australia";
        facts.taken_at = "14 March 2026, 18:20";
        facts.device = "Apple iPhone 14";
        facts.names = {"Mia Stone"};
        const auto words = facts_words(facts);
        for (const auto *part :
             {"None of it is published", "Sydney", "14 March 2026", "iPhone", "Mia Stone"}) {
            QVERIFY2(words.contains(part), part);
        }
        QVERIFY(facts_words({}).contains("nothing"));
    }

    void what_was_missing_is_not_said_any_longer_once_it_is_typed() {
        ReleaseFields fields("release");
        fields.show();
        QVERIFY(!fields.release());
        auto *problem = find<QLabel>(fields, "release.problem");
        QVERIFY(problem->isVisible());
        QTest::keyClicks(find<QLineEdit>(fields, "release.person"), "Mia");
        QVERIFY(!problem->isVisible());
    }

    void the_person_whom_the_file_names_is_suggested_as_photographer() {
        const auto file = m_folder.filePath("artist.jpg");
        QVERIFY(write_with_artist(file, "Petra Photographer"));
        ImportPanel panel;
        panel.show();
        panel.offer(1, "Ada", {file, picture("nobody.png")});
        auto *photographer = find<QLineEdit>(panel, "import.photographer");
        QTRY_COMPARE_WITH_TIMEOUT(photographer->text(), QString("Petra Photographer"), 10000);
        find<QPushButton>(panel, "import.skip")->click();
        QVERIFY2(photographer->text().isEmpty(), "it was the other file's");
        QTRY_VERIFY(find<QLabel>(panel, "import.facts")->text().contains("tells nothing"));
        QVERIFY(photographer->text().isEmpty());
    }

    void nothing_is_chosen_before_add_and_cancel_keeps_nothing() {
        ImportPanel panel;
        panel.resize(900, 800);
        panel.show();
        QSignalSpy chosen(&panel, &ImportPanel::chosen), emptied(&panel, &ImportPanel::emptied);
        panel.offer(7, "Ada", {picture("one.png"), picture("two.png"), picture("three.png")});
        QVERIFY(find<QLabel>(panel, "import.title")->text().contains("one.png"));
        QTRY_VERIFY_WITH_TIMEOUT(!find<QLabel>(panel, "import.picture")->pixmap().isNull(), 10000);
        QTRY_VERIFY(find<QLabel>(panel, "import.facts")->text().contains("tells nothing"));
        QCOMPARE(chosen.count(), 0);
        find<QSpinBox>(panel, "import.people")->setValue(2);
        find<QLineEdit>(panel, "import.photographer")->setText("Zoe");
        find<QPushButton>(panel, "import.add")->click();
        QCOMPARE(chosen.count(), 1);
        const auto first = chosen[0][0].value<ImportChoice>();
        QCOMPARE(first.offer, 7);
        QCOMPARE(first.people, std::optional(2));
        QCOMPARE(first.photographer, QString("Zoe"));
        QVERIFY(find<QLabel>(panel, "import.title")->text().contains("two.png"));
        QCOMPARE(find<QSpinBox>(panel, "import.people")->value(), -1); // said for each photo
        find<QPushButton>(panel, "import.cancel")->click();
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(emptied.count(), 1);
        QVERIFY(panel.is_empty());
    }

    void add_all_takes_each_file_with_the_photographer_that_was_said() {
        ImportPanel panel;
        panel.show();
        QSignalSpy chosen(&panel, &ImportPanel::chosen);
        panel.offer(1, "Ada", {picture("one.png"), picture("two.png")});
        find<QLineEdit>(panel, "import.photographer")->setText("Zoe");
        find<QPushButton>(panel, "import.add_all")->click();
        QCOMPARE(chosen.count(), 2);
        QCOMPARE(chosen[1][0].value<ImportChoice>().photographer, QString("Zoe"));
        QVERIFY(!chosen[1][0].value<ImportChoice>().people);
    }

    void a_cover_made_in_the_panel_goes_with_the_file() {
        ImportPanel panel;
        panel.resize(900, 800);
        panel.show();
        QSignalSpy chosen(&panel, &ImportPanel::chosen);
        panel.offer(1, "Ada", {picture("one.png")});
        find<QPushButton>(panel, "import.edit")->click();
        find<QPushButton>(panel, "privacy.add")->click();
        auto *done = find<QPushButton>(panel, "privacy.done");
        QTRY_VERIFY(done->isEnabled());
        done->click();
        find<QPushButton>(panel, "import.add")->click();
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen[0][0].value<ImportChoice>().edits.covers.size(), std::size_t(1));
    }

    void an_imported_photo_survives_the_file_that_keeps_it() {
        QTemporaryDir media;
        media::LocalAssetStore store(media.path().toStdString());
        const auto imported =
            media::PhotoImporter(store).import_file(picture("kept.png").toStdString(), std::string(32, 'a'));
        auto photo = library_photo(imported);
        photo.people = 2;
        photo.photographer = "Zoe";
        const auto read = read_library_photo(models::Json::parse(to_json(photo).dump()));
        QVERIFY(read);
        QCOMPARE(read->picture, photo.picture);
        QVERIFY(read->photo == photo.photo);
        QCOMPARE(read->content_hash, photo.content_hash);
        QCOMPARE(read->likeness, photo.likeness);
        QCOMPARE(read->people, std::optional(2));
        QCOMPARE(read->files.size(), photo.files.size());
        QVERIFY(!read_library_photo(models::Json::object()));
    }
};

QTEST_MAIN(PhotosTest)
#include "photos_test.moc"
