// SPDX-License-Identifier: Apache-2.0
#include "app/studio/local_workspace.h"

#include "app/studio/local_people.h"
#include "ui/async/background.h"

#include <QTimer>

#include <utility>

namespace studio::app {

namespace {

constexpr int preparing_ms = 2500, slow_start_ms = 30000;

std::filesystem::path folder_of(const QString &folder) {
    return folder.isEmpty() ? Workspace::default_directory() : std::filesystem::path(folder.toStdString());
}

} // namespace

LocalWorkspace::LocalWorkspace(const QString &folder) : m_workspace(folder_of(folder)) {}

LocalWorkspace::~LocalWorkspace() {
    m_background.waitForDone();
    if (m_lease && m_lease->release()) {
        try {
            m_workspace.stop();
        } catch (const WorkspaceError &error) {
            qWarning("%s", error.what());
        }
    }
}

void LocalWorkspace::start() {
    struct Started {
        WorkspaceAddresses addresses;
        bool by_us = false;
    };
    m_starting = true;
    ++m_starts;
    // The first start makes a database and draws the demo's pictures: if it takes long, the start page says
    // so.
    say_if_still_starting(preparing_ms,
                          tr("Preparing your workspace for the first time: a private database and four "
                             "demo sites. This takes a few seconds."));
    say_if_still_starting(slow_start_ms, tr("This is taking longer than usual. Saved work is safe; if the "
                                            "database does not respond, an error appears here."));
    ui::run_in_background(m_background,
                          [workspace = m_workspace]() mutable {
                              const bool ran_before = workspace.running();
                              return Started{workspace.start(), !ran_before};
                          })
        .then(this,
              [this](const Started &start) {
                  m_starting = false;
                  m_lease = std::make_unique<WorkspaceLease>(m_workspace.directory());
                  if (start.by_us) {
                      m_lease->started_here();
                  }
                  m_addresses = start.addresses;
                  emit started();
              })
        .onFailed(this, [this](const std::exception &error) {
            m_starting = false;
            emit failed(QString::fromUtf8(error.what()));
        });
}

void LocalWorkspace::say_if_still_starting(int after_ms, const QString &words) {
    QTimer::singleShot(after_ms, this, [this, words, start = m_starts] {
        if (m_starting && start == m_starts) {
            emit slow(words);
        }
    });
}

void LocalWorkspace::revive() {
    if (std::exchange(m_reviving, true)) {
        return;
    }
    ui::run_in_background(m_background, [workspace = m_workspace]() mutable { return workspace.start(); })
        .then(this,
              [this](const WorkspaceAddresses &addresses) {
                  m_reviving = false;
                  m_addresses = addresses;
                  emit revived();
              })
        .onFailed(this, [this](const std::exception &error) {
            m_reviving = false;
            emit revival_failed(QString::fromUtf8(error.what()));
        });
}

void LocalWorkspace::read_logins() {
    if (!m_addresses) {
        return;
    }
    try {
        m_addresses = m_workspace.addresses();
    } catch (const WorkspaceError &error) { // the server does not run: the addresses known so far stay
        qWarning("%s", error.what());
    }
}

QString LocalWorkspace::folder() const {
    return QString::fromStdString(m_workspace.directory().string());
}

QStringList LocalWorkspace::people() const {
    return m_addresses ? people_of(*m_addresses) : QStringList();
}

std::string LocalWorkspace::database_url(const QString &label) const {
    if (!m_addresses) {
        return {};
    }
    const auto login = m_addresses->logins.find(label.toStdString());
    return login == m_addresses->logins.end() ? std::string() : login->second;
}

} // namespace studio::app
