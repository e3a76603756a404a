// SPDX-License-Identifier: Apache-2.0
#include "app/studio/options.h"
#include "app/studio/quit_on_signal.h"
#include "app/studio/studio.h"
#include "app/workspace/database_address.h"
#include "preview/web_engine.h"
#include "ui/widgets/theme.h"

#include <QApplication>

#include <cstdio>

int main(int argc, char **argv) {
    studio::preview::prepare_web_engine();
    // WebEngine, which is loaded later, wants it now.
    QCoreApplication::setAttribute(Qt::AA_ShareOpenGLContexts);
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("companion-studio"));
    QApplication::setApplicationVersion(QStringLiteral(STUDIO_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("companion-studio"));
    const auto options = studio::app::parse_options(QApplication::arguments());
    studio::app::hide_passwords(argc, argv);
    if (!options.problem.isEmpty() || !options.text.isEmpty()) {
        const bool wrong = !options.problem.isEmpty();
        std::fprintf(wrong ? stderr : stdout, "%s%s\n", wrong ? "companion-studio: " : "",
                     qUtf8Printable(wrong ? options.problem : options.text));
        return wrong ? 2 : 0;
    }
    studio::ui::Theme theme(application);
    studio::app::Studio studio(options, theme);
    studio::app::on_quit_signal(&studio, [&studio] {
        studio.window().close();
        QApplication::quit();
    });
    studio.start();
    return QApplication::exec();
}
