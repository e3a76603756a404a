// SPDX-License-Identifier: Apache-2.0
// The states of the page of photos in the tour, over pictures that are added as a person would.
#include "tests/tour/screenshot_tour.h"
#include "ui/library/library_grid.h"
#include "ui/library/library_page.h"

#include <QAbstractButton>
#include <QFile>
#include <QImage>
#include <QLineEdit>
#include <QPainter>
#include <QScrollArea>
#include <QTemporaryDir>

namespace studio::app {

namespace {

constexpr int answer_rest_ms = 1500, pictures = 8;

// Evening landscapes of plain shapes, one small, and a file that is no picture.
QStringList draw_pictures() {
    static const QTemporaryDir folder; // until the tour ends
    QStringList files;
    for (int number = 0; number < pictures; ++number) {
        QImage picture(number == 0 ? QSize(900, 600) : QSize(1800, 1200 + number % 3 * 400),
                       QImage::Format_RGB32);
        QPainter painter(&picture);
        QLinearGradient sky(0, 0, 0, picture.height());
        sky.setColorAt(0, QColor::fromHsv(200 + number * 18 % 150, 120, 210));
        sky.setColorAt(1, QColor::fromHsv(20 + number * 5, 110, 230));
        painter.fillRect(picture.rect(), sky);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(QColor::fromHsv(40, 60, 255));
        painter.drawEllipse(QPoint(picture.width() * (number + 1) / (pictures + 1), picture.height() / 3),
                            120, 120);
        painter.setBrush(QColor::fromHsv(150 + number * 10, 90, 90));
        painter.drawEllipse(QPoint(picture.width() * (pictures - number) / pictures, picture.height() + 300),
                            picture.width() / 2, 700);
        painter.end();
        files << folder.filePath(QStringLiteral("evening-%1.jpg").arg(number));
        picture.save(files.last(), "JPG", 88);
    }
    QFile broken(folder.filePath(QStringLiteral("letter.jpg")));
    if (broken.open(QIODevice::WriteOnly)) {
        broken.write("Dear Claire");
        files << broken.fileName();
    }
    return files;
}

} // namespace

void ScreenshotTour::add_photos() {
    act([this] {
        if (auto *page = qobject_cast<ui::LibraryPage *>(m_subject->current_page())) {
            page->offer_paths(draw_pictures());
            page->findChild<QAbstractButton *>(QStringLiteral("import.add_all"))->click();
        } else {
            complain(QStringLiteral("the page of photos is not in front"));
        }
    });
    m_steps.back().settled = [this] {
        const auto *close = m_subject->findChild<QAbstractButton *>(QStringLiteral("library.imports.close"));
        return close != nullptr && close->isVisible();
    };
}

void ScreenshotTour::plan_library() {
    const auto page = QStringLiteral("library");
    const auto claire = QStringLiteral("claire");
    const auto grid = [this] {
        return m_subject->findChild<ui::LibraryGrid *>(QStringLiteral("library.grid"));
    };
    add_page(m_look == QLatin1String("light") ? "library-before" : "", page, claire, answer_rest_ms);
    if (m_look == QLatin1String("light")) { // the dark pictures show the same ones
        add_photos();
        picture(
            "library-added", [] {}, answer_rest_ms);
        press(QStringLiteral("library.imports.close"));
    }
    picture(
        "library", [] {}, answer_rest_ms);
    const auto select = [grid](int row) {
        if (auto *found = grid()) {
            found->setCurrentIndex(found->model()->index(row, 0));
        }
    };
    picture(
        "library-detail", [select] { select(1); }, answer_rest_ms);
    picture("library-detail-end", [this] { scroll_to_end(QStringLiteral("library.detail")); });
    press(QStringLiteral("library.take_down"));
    picture("library-take-down", [] {});
    press(QStringLiteral("library.confirm.cancel"));
    press(QStringLiteral("library.pause"));
    press(QStringLiteral("library.steps"));
    picture(
        "library-receipt", [] {}, answer_rest_ms);
    press(QStringLiteral("library.receipt.close"));
    act([select] { select(1); });
    press(QStringLiteral("library.pause"));
    picture(
        "library-bulk",
        [grid] {
            if (auto *found = grid()) {
                found->selectAll();
            }
        },
        answer_rest_ms);
    choose(QStringLiteral("library.filter"), QStringLiteral("No alt text"));
    picture(
        "library-no-alt", [] {}, answer_rest_ms);
    const auto search = [this](const QString &text) {
        if (auto *field = m_subject->findChild<QLineEdit *>(QStringLiteral("library.search"))) {
            field->setText(text);
        }
    };
    picture("library-nothing", [search] { search(QStringLiteral("nothing at all")); });
    act([search] { search({}); });
    choose(QStringLiteral("library.filter"), QStringLiteral("All photos"));
    trigger(QStringLiteral("library.show_variants"));
    picture(
        "library-variants", [] {}, answer_rest_ms);
    press(QStringLiteral("library.variants.close"));
}

} // namespace studio::app
