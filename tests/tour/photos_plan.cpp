// SPDX-License-Identifier: Apache-2.0
// The tour's pictures of adding a photo: the panel before its import, the privacy editor, choosing from the
// library, and releases.
#include "tests/tour/screenshot_tour.h"
#include "ui/photos/region_canvas.h"

#include <QImage>
#include <QPainter>
#include <QTabBar>
#include <QTemporaryDir>

namespace studio::app {

namespace {

constexpr int picture_rest_ms = 1500, panel_rest_ms = 1200;

// Two people of plain shapes in front of a wall.
QStringList draw_people() {
    static const QTemporaryDir folder; // until the tour ends
    QImage picture(1800, 1200, QImage::Format_RGB32);
    QPainter painter(&picture);
    QLinearGradient wall(0, 0, 0, picture.height());
    wall.setColorAt(0, QColor("#d9c7b8"));
    wall.setColorAt(1, QColor("#8f7a6b"));
    painter.fillRect(picture.rect(), wall);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    for (const int middle : {600, 1200}) {
        painter.setBrush(QColor::fromHsv(middle / 4, 120, 110));
        painter.drawEllipse(QPoint(middle, 1200), 300, 520);
        painter.setBrush(QColor("#e8b999"));
        painter.drawEllipse(QPoint(middle, 520), 130, 170);
        painter.setBrush(QColor("#40302a"));
        painter.drawEllipse(QPoint(middle - 45, 490), 14, 14);
        painter.drawEllipse(QPoint(middle + 45, 490), 14, 14);
    }
    painter.end();
    QStringList files;
    for (const auto *name : {"evening.jpg", "terrace.jpg"}) {
        files << folder.filePath(QLatin1String(name));
        picture.save(files.last(), "JPG", 88);
    }
    return files;
}

} // namespace

void ScreenshotTour::plan_incoming() {
    add_page("incoming-before", QStringLiteral("editor"), QStringLiteral("claire"), picture_rest_ms);
    act([this] {
        if (auto *tabs = m_subject->findChild<QTabBar *>(QStringLiteral("editor-tabs"))) {
            tabs->setCurrentIndex(1);
        }
        auto *field = m_subject->findChild<QWidget *>(QStringLiteral("field:/photos/hero/control"));
        if (field == nullptr ||
            !QMetaObject::invokeMethod(field, "files_dropped", Q_ARG(QStringList, draw_people().mid(0, 1)))) {
            complain(QStringLiteral("no photo can be dropped on the hero photo"));
        }
    });
    picture(
        "incoming", [] {}, picture_rest_ms);
    press(QStringLiteral("import.edit"));
    act([] {});
    m_steps.back().rest_ms = picture_rest_ms;
    act([this] {
        auto *canvas = m_subject->findChild<ui::RegionCanvas *>(QStringLiteral("privacy.canvas"));
        if (canvas == nullptr) {
            complain(QStringLiteral("the privacy editor is not open"));
            return;
        }
        emit canvas->drawn({0.26, 0.28, 0.15, 0.3});
        emit canvas->drawn({0.59, 0.28, 0.15, 0.3});
    });
    picture(
        "privacy-hide", [] {}, picture_rest_ms);
    for (const auto &[tab, name] : {std::pair{1, "privacy-crop"}, {2, "privacy-result"}}) {
        picture(
            name,
            [this, tab = tab] {
                if (auto *tabs = m_subject->findChild<QTabBar *>(QStringLiteral("privacy.tabs"))) {
                    tabs->setCurrentIndex(tab);
                }
            },
            picture_rest_ms);
    }
    press(QStringLiteral("privacy.cancel"));
    press(QStringLiteral("import.cancel"));
    press(QStringLiteral("choose-from-library:/photos/hero/control"));
    picture(
        "picker", [] {}, picture_rest_ms);
    press(QStringLiteral("picker.cancel"));
    add_page("", QStringLiteral("companions"), QStringLiteral("claire"), panel_rest_ms);
    press(QStringLiteral("detail.people.0"));
    picture(
        "companions-people", [this] { scroll_to_end(QStringLiteral("detail.scroll")); }, panel_rest_ms);
}

} // namespace studio::app
