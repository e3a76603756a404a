// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/workspace/workspace.h"

#include <QMap>
#include <QProcess>
#include <QTemporaryDir>

#include <memory>

namespace studio::test_support {

// A scratch workspace with the demo companions and the real public service on a free port, both removed with
// the object.
class LocalService final {
public:
    LocalService();
    ~LocalService();
    LocalService(const LocalService &) = delete;
    LocalService &operator=(const LocalService &) = delete;

    // "" where both run; else what went wrong. `more`: further variables of the service's environment.
    QString start(const QMap<QString, QString> &more = {});
    QString folder() const { return m_folder.path(); }
    QString workspace() const { return m_folder.filePath(QStringLiteral("workspace")); }
    QString public_url() const { return QStringLiteral("http://localhost:%1").arg(m_port); }
    // http://NAME.localhost:PORT/
    QString tenant_url(const QString &subdomain) const;
    const app::WorkspaceAddresses &addresses() const { return m_addresses; }

private:
    QTemporaryDir m_folder;
    app::Workspace m_workspace;
    app::WorkspaceAddresses m_addresses;
    QProcess m_renderer;
    int m_port = 0;
};

} // namespace studio::test_support
