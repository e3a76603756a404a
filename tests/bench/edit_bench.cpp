// SPDX-License-Identifier: Apache-2.0
// Time from a key stroke in the editor's tagline field to changed pixels of the tagline on the screen, in the
// preview. Usage: edit_bench DATABASE_URL MEDIA_FOLDER ROUNDS, on a display (Xvfb will do). Prints one line
// of JSON.
#include "db/stores/tenant_store.h"
#include "media/local_asset_store.h"
#include "preview/draft_page.h"
#include "preview/preview_view.h"
#include "preview/web_engine.h"
#include "ui/async/worker.h"
#include "ui/editor/editor_page.h"
#include "ui/widgets/tenant_id.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QScreen>
#include <QTemporaryDir>
#include <QTest>
#include <QWebEngineScript>
#include <QWebEngineView>

#include <algorithm>
#include <cstdio>

using namespace studio;

namespace {

QImage grab(const QRect &region) {
    return QGuiApplication::primaryScreen()
        ->grabWindow(0, region.x(), region.y(), region.width(), region.height())
        .toImage();
}

// Where the preview shows the tagline, in pixels of the screen.
QRect tagline_on_screen(preview::PreviewView &view) {
    QRect place;
    bool done = false;
    view.page()->runJavaScript(
        QStringLiteral("(()=>{const b=document.querySelector('.site .tagline').getBoundingClientRect();"
                       "return [b.x,b.y,b.width,b.height]})()"),
        QWebEngineScript::ApplicationWorld, [&](const QVariant &answer) {
            const auto box = answer.toList();
            const auto zoom = view.web_view()->zoomFactor();
            const auto at = view.web_view()->mapToGlobal(QPoint(0, 0));
            place = QRectF(at.x() + box.value(0).toDouble() * zoom, at.y() + box.value(1).toDouble() * zoom,
                           box.value(2).toDouble() * zoom, box.value(3).toDouble() * zoom)
                        .toAlignedRect();
            done = true;
        });
    return QTest::qWaitFor([&] { return done; }, 10000) ? place : QRect();
}

void settle(const QRect &region) {
    auto before = grab(region);
    for (int still = 0; still < 3;) {
        QTest::qWait(25);
        const auto now = grab(region);
        still = now == before ? still + 1 : 0;
        before = now;
    }
}

// Milliseconds; -1 where nothing changed within two seconds.
double key_to_screen(QLineEdit *line, const QRect &region, bool add) {
    settle(region);
    const auto before = grab(region);
    QElapsedTimer clock;
    clock.start();
    QTest::keyClick(line, add ? Qt::Key_M : Qt::Key_Backspace);
    while (clock.elapsed() < 2000) {
        QCoreApplication::processEvents(QEventLoop::AllEvents, 1);
        if (grab(region) != before) {
            return static_cast<double>(clock.nsecsElapsed()) / 1e6;
        }
    }
    return -1;
}

int run(const char *url, const char *media, int rounds) {
    db::Session session(url);
    const auto claire = db::TenantStore(session).find_by_subdomain("claire");
    if (!claire) {
        std::fprintf(stderr, "edit_bench: no tenant claire in this database\n");
        return 1;
    }
    QTemporaryDir journal;
    ui::Worker worker(url);
    media::LocalAssetStore store{std::filesystem::path(media)};
    ui::EditorServices services{&worker, &store, media, journal.path(), "bench", "http://localhost:8080",
                                {},      {}};
    services.site.platform_origin = "http://localhost:8080";
    ui::EditorPage page(services);
    page.setGeometry(0, 0, 1280, 800);
    page.show();
    page.open(ui::to_text(claire->id));
    const auto line = [&page] {
        return page.findChild<QLineEdit *>(QStringLiteral("field:/content/tagline"));
    };
    if (!QTest::qWaitFor([&] { return line() && line()->isVisible(); }, 20000)) {
        std::fprintf(stderr, "edit_bench: the editor did not open\n");
        return 1;
    }
    line()->setFocus();
    line()->end(false);
    QTest::qWait(3000);
    const auto region = tagline_on_screen(*page.findChild<preview::PreviewView *>());
    std::vector<double> times;
    for (int i = 0; i < rounds; ++i) {
        const auto time = key_to_screen(line(), region, i % 2 == 0);
        if (time < 0) {
            std::fprintf(stderr, "edit_bench: edit %d never reached the screen\n", i);
            return 1;
        }
        times.push_back(time);
    }
    std::sort(times.begin(), times.end());
    const auto at = [&times](double share) {
        return times[static_cast<std::size_t>(share * static_cast<double>(times.size() - 1))];
    };
    std::printf("{\"bench\":\"edit\",\"edits\":%d,\"median_ms\":%.1f,\"p95_ms\":%.1f,\"max_ms\":%.1f}\n",
                rounds, at(0.5), at(0.95), at(1));
    return 0;
}

} // namespace

int main(int argc, char **argv) {
    preview::prepare_web_engine();
    QApplication application(argc, argv);
    if (argc != 4) {
        std::fprintf(stderr, "usage: edit_bench DATABASE_URL MEDIA_FOLDER ROUNDS\n");
        return 2;
    }
    ui::Theme theme(application);
    return run(argv[1], argv[2], std::atoi(argv[3]));
}
