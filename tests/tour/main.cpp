// SPDX-License-Identifier: Apache-2.0
// studio_tour FOLDER [OPTIONS OF companion-studio]: saves a picture of every page and state in FOLDER, and
// ends.
#include "app/studio/options.h"
#include "app/studio/quit_on_signal.h"
#include "app/studio/studio.h"
#include "preview/web_engine.h"
#include "tests/tour/screenshot_tour.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QDir>

#include <cstdio>

int main(int argc, char **argv) {
    studio::preview::prepare_web_engine();
    QCoreApplication::setAttribute(Qt::AA_ShareOpenGLContexts); // needed now by WebEngine, loaded later
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("companion-studio"));
    QStringList arguments = QApplication::arguments();
    if (arguments.size() < 2 || arguments.at(1).startsWith(QLatin1Char('-'))) {
        std::fputs("studio_tour: name the folder for the pictures first\n", stderr);
        return 2;
    }
    const QString folder = QDir(arguments.takeAt(1)).absolutePath();
    const auto options = studio::app::parse_options(arguments);
    if (!options.problem.isEmpty()) {
        std::fprintf(stderr, "studio_tour: %s\n", qUtf8Printable(options.problem));
        return 2;
    }
    studio::ui::Theme theme(application);
    studio::app::Studio studio(options, theme);
    const studio::app::ScreenshotTour tour(studio, theme, folder);
    studio::app::on_quit_signal(&studio, [] { QApplication::quit(); });
    studio.start();
    return QApplication::exec();
}
