// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/workspace_lease.h"
#include "app/workspace/workspace.h"

#include <QObject>
#include <QStringList>
#include <QThreadPool>

#include <memory>
#include <optional>
#include <string>

namespace studio::app {

// This machine's workspace while a studio uses it: its database is started in the background, started again
// when it has died, and stopped at the end if this is the last studio on it. Knows the logins' addresses.
class LocalWorkspace final : public QObject {
    Q_OBJECT

public:
    // An empty folder means the usual one.
    explicit LocalWorkspace(const QString &folder);
    ~LocalWorkspace() override; // waits for a start that is under way

    // Ends with started() or failed(). If it takes long, slow() says why.
    void start();
    // Starts a server that has crashed. Ends with revived() or revival_failed(); a call before that does
    // nothing.
    void revive();
    // Reads the addresses again: accounts are added and passwords change while the studio runs, both here and
    // by companionctl.
    void read_logins();

    bool running() const { return m_workspace.running(); }
    // Whether a person stopped or removed it, with companionctl for example.
    bool stopped() const { return m_workspace.stopped(); }
    bool removed() const { return !m_workspace.cluster_directory().has_value(); }
    QString folder() const;
    // The addresses as they were read last; nullopt before the first start has ended.
    const std::optional<WorkspaceAddresses> &addresses() const { return m_addresses; }
    // The labels that a person can sign in with.
    QStringList people() const;
    // The database URL of a label; "" where it has no such login.
    std::string database_url(const QString &label) const;

signals:
    void slow(const QString &words);
    void started();
    void failed(const QString &reason);
    void revived();
    void revival_failed(const QString &reason);

private:
    void say_if_still_starting(int after_ms, const QString &words);

    Workspace m_workspace;
    std::unique_ptr<WorkspaceLease> m_lease;
    std::optional<WorkspaceAddresses> m_addresses;
    bool m_starting = false;
    int m_starts = 0; // so that a message of one start is not shown during the next
    bool m_reviving = false;
    QThreadPool m_background;
};

} // namespace studio::app
