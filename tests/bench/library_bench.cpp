// SPDX-License-Identifier: Apache-2.0
// library_bench OPERATOR_URL PHOTOS, on a display (Xvfb will do): how long the page of photos takes with so
// many of them. From opening it to painted tiles with their pictures, frames while scrolling, memory. Lines
// of JSON.
#include "db/stores/photo_library.h"
#include "db/stores/tenant_store.h"
#include "media/local_asset_store.h"
#include "tests/bench/timings.h"
#include "ui/library/library_grid.h"
#include "ui/library/library_model.h"
#include "ui/library/library_page.h"
#include "ui/library/thumbnail_source.h"
#include "ui/widgets/state_stack.h"
#include "ui/widgets/tenant_id.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QBuffer>
#include <QElapsedTimer>
#include <QImage>
#include <QPainter>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QTest>
#include <QWheelEvent>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <stdexcept>
#include <string>
#include <utility>

using namespace studio;

namespace {

constexpr int rounds = 20, frame_ms = 16;

double elapsed_ms(const QElapsedTimer &clock) {
    return static_cast<double>(clock.nsecsElapsed()) / 1e6;
}

double resident_mb() {
    std::ifstream file("/proc/self/status");
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("VmRSS:")) {
            return std::stod(line.substr(6)) / 1024;
        }
    }
    return 0;
}

void print(const std::string &what, const std::vector<double> &times, const char *goal) {
    std::printf("{\"bench\":\"library\",\"what\":\"%s\",\"times\":%zu,%s,\"goal_ms\":%s}\n", what.c_str(),
                times.size(), bench::spread(times).c_str(), goal);
}

// The file that the grid reads of an imported photo: WebP, 320 pixels wide.
std::string picture(int number) {
    QImage image(320, 240, QImage::Format_RGB32);
    image.fill(QColor::fromHsv(number * 7 % 360, 90 + number % 120, 200));
    QPainter painter(&image);
    painter.setPen(Qt::NoPen);
    for (int spot = 0; spot < 40; ++spot) {
        painter.setBrush(QColor::fromHsv((number + spot * 29) % 360, 120, 160));
        painter.drawEllipse(QPoint(spot * number * 13 % 320, spot * 31 % 240), 8 + spot % 20, 14);
    }
    painter.end();
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    if (!image.save(&buffer, "WEBP", 80)) {
        throw std::runtime_error("Qt cannot write WebP: install qt6-image-formats-plugins");
    }
    return bytes.toStdString();
}

models::TenantId add_photos(const std::string &url, media::AssetStore &store, int photos) {
    db::Session session(url);
    const auto tenant = db::TenantStore(session).find_by_subdomain("claire").value();
    db::PhotoLibrary library(session);
    for (int number = 1; number <= photos; ++number) {
        const auto hash = QString("%1").arg(number, 32, 16, QLatin1Char('0')).toStdString();
        const auto key = tenant.media_folder + "/" + hash;
        db::LibraryPhoto photo;
        photo.picture = "/media/" + key;
        photo.photo.id = hash;
        photo.photo.url = photo.picture + "-1600.jpg";
        photo.photo.alt = "Photo " + std::to_string(number);
        photo.photo.width = 1600;
        photo.photo.height = 1200;
        photo.photo.derivatives = {{photo.picture + "-320.webp", 320, "webp"}};
        photo.content_hash = hash + hash;
        for (const auto *name : {"-320.avif", "-320.webp", "-640.avif", "-640.webp", "-960.avif", "-960.webp",
                                 "-1280.avif", "-1280.webp", "-1600.jpg"}) {
            photo.files.push_back({key + name, "image/webp", 20000, false, false});
        }
        store.put(key + "-320.webp", picture(number), "image/webp");
        library.add(tenant.id, photo);
    }
    return tenant.id;
}

class Library final {
public:
    Library(ui::LibraryServices services, const models::TenantId &tenant, int photos)
        : m_page(std::move(services)), m_photos(photos) {
        m_page.setGeometry(0, 0, 1600, 1000);
        m_page.open(ui::to_text(tenant));
    }
    ui::LibraryGrid *grid() const { return m_page.findChild<ui::LibraryGrid *>(); }
    bool has_rows() const { return grid()->isVisible() && grid()->model()->rowCount() >= m_photos; }
    // Milliseconds until all visible tiles are painted, and until they have their pictures.
    std::pair<double, double> open() {
        QElapsedTimer clock;
        clock.start();
        m_page.show();
        m_page.activate();
        while (!has_rows()) {
            QCoreApplication::processEvents(QEventLoop::AllEvents, 1);
            if (clock.elapsed() > 20000) {
                throw std::runtime_error("waited in vain for the first tiles");
            }
        }
        grid()->viewport()->repaint();
        const double tiles = elapsed_ms(clock);
        while (!m_page.findChild<ui::ThumbnailSource *>()->is_idle()) {
            QCoreApplication::processEvents(QEventLoop::AllEvents, 1);
        }
        grid()->viewport()->repaint();
        return {tiles, elapsed_ms(clock)};
    }

private:
    ui::LibraryPage m_page;
    int m_photos;
};

// Scrolls and measures how long each turn of the event loop takes, painting included: for that long the
// window stands still.
void scroll(std::vector<double> &frames, const std::function<void(int)> &step, int steps) {
    for (int number = 0; number < steps; ++number) {
        QElapsedTimer frame;
        frame.start();
        step(number);
        QCoreApplication::processEvents(QEventLoop::AllEvents);
        double worst = elapsed_ms(frame);
        while (frame.elapsed() < frame_ms) {
            QElapsedTimer turn;
            turn.start();
            QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents, 2);
            worst = std::max(worst, elapsed_ms(turn));
        }
        frames.push_back(worst);
    }
}

void measure_scrolling(const Library &library) {
    auto *grid = library.grid();
    auto *bar = grid->verticalScrollBar();
    const auto wheel = [grid](int) {
        const QPointF place = grid->viewport()->rect().center();
        QWheelEvent event(place, grid->viewport()->mapToGlobal(place), {}, QPoint(0, -360), Qt::NoButton,
                          Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(grid->viewport(), &event);
    };
    const auto drag = [bar](int step) {
        bar->setValue(static_cast<int>(qint64(bar->maximum()) * step / 300));
    };
    std::vector<double> wheels, drags;
    const double before = resident_mb();
    scroll(wheels, wheel, 300);
    scroll(drags, drag, 300);
    const double once = resident_mb();
    for (int again = 0; again < 4; ++again) {
        scroll(drags, drag, 300);
    }
    print("frame, wheel", wheels, "32");
    print("frame, dragged over all", drags, "32");
    std::printf("{\"bench\":\"library\",\"what\":\"memory\",\"photos\":%d,\"before_mb\":%.1f,"
                "\"scrolled_once_mb\":%.1f,\"scrolled_five_times_mb\":%.1f}\n",
                grid->model()->rowCount(), before, once, resident_mb());
}

void run(const std::string &url, int photos) {
    const QTemporaryDir folder;
    media::LocalAssetStore store(folder.path().toStdString());
    const auto tenant = add_photos(url, store, photos);
    ui::LibraryServices services;
    services.database_url = url;
    services.assets = &store;
    services.media_root = store.root();
    std::vector<double> first_screens, with_pictures;
    for (int round = 0; round <= rounds; ++round) {
        Library library(services, tenant, photos);
        const auto [tiles, all] = library.open();
        if (round > 0) { // the first one also reads icons and fonts
            first_screens.push_back(tiles);
            with_pictures.push_back(all);
        }
    }
    print("first screen, with the sign-in of its session", first_screens, "200");
    print("first screen, all its pictures read", with_pictures, "null");
    Library library(services, tenant, photos);
    library.open();
    measure_scrolling(library);
}

} // namespace

int main(int argc, char **argv) {
    QApplication application(argc, argv);
    if (argc != 3) {
        std::fprintf(stderr, "usage: library_bench OPERATOR_URL PHOTOS\n");
        return 2;
    }
    const ui::Theme theme(application);
    try {
        run(argv[1], std::atoi(argv[2]));
        return 0;
    } catch (const std::exception &error) {
        std::fprintf(stderr, "library_bench: %s\n", error.what());
        return 1;
    }
}
