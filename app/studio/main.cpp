// SPDX-License-Identifier: Apache-2.0
#include "app/studio/options.h"
#include "app/studio/quit_on_signal.h"
#include "app/studio/screenshot_tour.h"
#include "app/studio/studio.h"
#include "preview/scheme.h"
#include "ui/widgets/theme.h"

#include <QApplication>

#include <cstdio>
#include <memory>
#include <unistd.h>

namespace {

// Chromium's sandbox refuses to start for root. The preview shows nothing but our own pages from memory, with scripts
// and network shut off, so as root (containers, ./dev on a bare machine) it runs without that sandbox.
void allow_web_engine_as_root() {
    if (geteuid() == 0) {
        qputenv("QTWEBENGINE_DISABLE_SANDBOX", "1");
    }
}

} // namespace

int main(int argc, char **argv) {
    allow_web_engine_as_root();
    studio::preview::register_scheme();
    QCoreApplication::setAttribute(Qt::AA_ShareOpenGLContexts); // WebEngine, which is loaded later, wants it now
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("companion-studio"));
    QApplication::setApplicationVersion(QStringLiteral(STUDIO_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("companion-studio"));
    const auto options = studio::app::parse_options(QApplication::arguments());
    if (!options.problem.isEmpty() || !options.text.isEmpty()) {
        const bool wrong = !options.problem.isEmpty();
        std::fprintf(wrong ? stderr : stdout, "%s%s\n", wrong ? "companion-studio: " : "",
                     qUtf8Printable(wrong ? options.problem : options.text));
        return wrong ? 2 : 0;
    }
    studio::ui::Theme theme(application);
    studio::app::Studio studio(options, theme);
    std::unique_ptr<studio::app::ScreenshotTour> tour;
    if (!options.screenshot_tour.isEmpty()) {
        tour = std::make_unique<studio::app::ScreenshotTour>(studio, theme, options.screenshot_tour);
    }
    studio::app::on_quit_signal(&studio, [&studio] {
        studio.window().close();
        QApplication::quit();
    });
    studio.start();
    return QApplication::exec();
}
