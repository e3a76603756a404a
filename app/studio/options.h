// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>

namespace studio::app {

// The command line of companion-studio.
struct Options {
    QString workspace;    // --workspace DIR; "": the default one
    QString profile;      // --profile NAME: a login of the workspace ("claire") or a saved profile
    QString page;         // --page NAME
    QString database_url; // --database URL: this database, no workspace
    QString public_url;   // --public-url URL; "": http://localhost:8080, or the profile's
    QString problem;      // why the command line is invalid; "" if it is valid
    QString text;         // --help and --version: the text to print instead of starting
};

Options parse_options(const QStringList &arguments);

} // namespace studio::app
