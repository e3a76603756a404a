// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/backup/restore.h"

#include "app/ctl/failure.h"
#include "db/connection/connection_string.h"
#include "db/connection/error.h"
#include "db/provision/migrator.h"
#include "db/provision/provision.h"
#include "db/provision/restored_logins.h"

#include <fmt/format.h>

#include <exception>

namespace studio::ctl {

namespace fs = std::filesystem;

namespace {

constexpr const char *beside_suffix = "_being_restored";

} // namespace

Restore::Restore(RestoreTarget target)
    : m_target(std::move(target)), m_name(db::database_of(m_target.database_url)),
      m_beside(m_name + beside_suffix), m_server(m_target.server_url) {}

Restore::~Restore() {
    if (!m_done) {
        take_back();
    }
}

void Restore::read(const UnpackedBackup &backup) {
    const std::string owner = db::owner_of_database(m_server, m_name);
    db::drop_database(m_server, m_beside); // may exist from an interrupted restore
    db::provision_database(m_server, m_beside, owner);
    const std::string beside_url = db::with_database(m_target.database_url, m_beside);
    restore_database(beside_url, backup.dump);
    m_session.emplace(beside_url);
    db::migrate(*m_session);
    db::renew_installation_id(*m_session);
}

const std::map<std::string, std::string> &Restore::make_logins() {
    m_passwords = db::make_restored_logins(*m_session);
    return m_passwords;
}

// The folder is empty before, so a failure is undone by removing the files.
void Restore::put_files(const fs::path &from) {
    std::error_code error;
    fs::create_directories(m_target.media, error);
    for (const auto &entry : fs::directory_iterator(from)) {
        const fs::path to = m_target.media / entry.path().filename();
        m_placed.push_back(to);
        fs::rename(entry.path(), to, error);
        if (error == std::errc::cross_device_link) {
            fs::copy(entry.path(), to, fs::copy_options::recursive, error);
        }
        if (error) {
            throw CommandFailure("--media", fmt::format("{} could not be written: {}. Nothing was changed.",
                                                        to.string(), error.message()));
        }
    }
}

void Restore::put_in_place(const UnpackedBackup &backup, const std::function<void()> &before) {
    if (fs::exists(backup.media)) {
        put_files(backup.media);
    }
    if (before) {
        before();
    }
    m_session.reset();
    db::replace_database(m_server, m_name, m_beside, m_name + old_suffix);
    m_done = true;
}

void Restore::drop_old() {
    db::drop_database(m_server, m_name + old_suffix);
}

void Restore::take_back() noexcept {
    try {
        for (const auto &path : m_placed) {
            fs::remove_all(path);
        }
        m_session.reset();
        db::drop_database(m_server, m_beside);
        for (const auto &[login, password] : m_passwords) {
            db::drop_login(m_server, login);
        }
    } catch (const std::exception &error) {
        fmt::print(stderr, "companionctl: what the restore created could not be removed: {}\n", error.what());
    }
}

} // namespace studio::ctl
