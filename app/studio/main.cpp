// SPDX-License-Identifier: Apache-2.0
#include "app/studio/options.h"
#include "app/studio/quit_on_signal.h"
#include "app/studio/studio.h"
#include "app/workspace/database_address.h"
#include "base/version.h"
#include "preview/web_engine.h"
#include "ui/widgets/theme.h"

#include <QApplication>

#include <cstdio>

namespace {

// Read before QApplication is created, because that ends the program where there is no display, which --help
// does not need.
studio::app::Options read_options(int argc, char **argv) {
    QStringList arguments;
    for (int at = 0; at < argc; ++at) {
        arguments << QString::fromLocal8Bit(argv[at]);
    }
    return studio::app::parse_options(arguments);
}

} // namespace

int main(int argc, char **argv) {
    QCoreApplication::setApplicationName(QStringLiteral("companion-studio"));
    QCoreApplication::setApplicationVersion(QString::fromLatin1(studio::base::version()));
    const auto options = read_options(argc, argv);
    studio::app::hide_passwords(argc, argv);
    if (!options.problem.isEmpty() || !options.text.isEmpty()) {
        const bool wrong = !options.problem.isEmpty();
        std::fprintf(wrong ? stderr : stdout, "%s%s\n", wrong ? "companion-studio: " : "",
                     qUtf8Printable(wrong ? options.problem : options.text));
        return wrong ? 2 : 0;
    }
    studio::preview::prepare_web_engine();
    // Qt WebEngine, which is loaded later, needs this to be set before QApplication.
    QCoreApplication::setAttribute(Qt::AA_ShareOpenGLContexts);
    QApplication application(argc, argv);
    QApplication::setDesktopFileName(QStringLiteral("companion-studio"));
    studio::ui::Theme theme(application);
    studio::app::Studio studio(options, theme);
    studio::app::on_quit_signal(&studio, [&studio] {
        if (studio.window().leave_for_now()) {
            QApplication::exit();
        }
    });
    studio.start();
    return QApplication::exec();
}
