// SPDX-License-Identifier: Apache-2.0
#include "app/studio/options.h"

#include "app/workspace/database_address.h"
#include "app/workspace/workspace.h"

#include <QCommandLineParser>
#include <QDir>
#include <QUrl>

namespace studio::app {

namespace {

QString without_slash(QString url) {
    while (url.endsWith(QLatin1Char('/'))) {
        url.chop(1);
    }
    return url;
}

} // namespace

Options parse_options(const QStringList &arguments) {
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Edit, preview and publish companion sites."));
    const QCommandLineOption workspace("workspace", "Folder of the local workspace.", "DIR");
    const QCommandLineOption profile("profile", "Sign in as a login of the workspace, or at a saved profile.",
                                     "NAME");
    const QCommandLineOption page("page", "Open on this page.", "NAME");
    const QCommandLineOption database(
        "database", "Use this database and no workspace; @FILE reads its URL from a file.", "URL");
    const QCommandLineOption public_url("public-url", "Address of the public service.", "URL");
    const QCommandLineOption help({"h", "help"}, "Show this help.");
    const QCommandLineOption version("version", "Show the version.");
    parser.addOptions({workspace, profile, page, database, public_url, help, version});

    Options options;
    if (!parser.parse(arguments)) {
        options.problem = parser.errorText();
        return options;
    }
    if (!parser.positionalArguments().isEmpty()) {
        options.problem = QStringLiteral("Unknown argument: %1").arg(parser.positionalArguments().first());
    }
    if (parser.isSet(help)) {
        options.text = parser.helpText().replace(QStringLiteral("<executable_name>"),
                                                 QStringLiteral("companion-studio"));
    } else if (parser.isSet(version)) {
        options.text = QStringLiteral("companion-studio %1\n").arg(QCoreApplication::applicationVersion());
    }
    const auto folder = parser.value(workspace);
    options.workspace = folder.isEmpty() ? QString() : QDir(folder).absolutePath();
    options.profile = parser.value(profile);
    options.page = parser.value(page);
    try {
        options.database_url =
            QString::fromStdString(read_database_address(parser.value(database).toStdString()));
    } catch (const WorkspaceError &error) {
        options.problem = QString::fromUtf8(error.what());
    }
    options.public_url = without_slash(parser.value(public_url));
    const QUrl address(options.public_url);
    if (!options.public_url.isEmpty() &&
        (!address.scheme().startsWith(QLatin1String("http")) || address.host().isEmpty())) {
        options.problem = QStringLiteral("--public-url needs an address such as http://localhost:8080");
    }
    if (!options.database_url.isEmpty() && !options.workspace.isEmpty() && !options.profile.isEmpty()) {
        options.problem = QStringLiteral("--database names the login itself: leave --profile out");
    }
    return options;
}

} // namespace studio::app
