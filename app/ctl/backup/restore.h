// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ctl/backup/backup.h"
#include "db/connection/session.h"

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace studio::ctl {

// Where a backup goes: an empty database and an empty media folder, which are both replaced by the backup's.
struct RestoreTarget {
    std::string database_url; // as the login that restores
    std::string server_url;   // the same login on another database of the server, for renaming databases
    std::filesystem::path media;
};

// A restored database beside the one that it will replace. Before put_in_place(), or if that fails, the old
// database and the media folder are unchanged: the destructor removes what was created.
class Restore final {
public:
    // The suffix of the replaced database's name until drop_old().
    static constexpr const char *old_suffix = "_before_restore";

    explicit Restore(RestoreTarget target);
    ~Restore();
    Restore(const Restore &) = delete;
    Restore &operator=(const Restore &) = delete;

    // Throws CommandFailure and db::Error.
    void read(const UnpackedBackup &backup);
    // A session on the restored database, with the present schema; valid until put_in_place().
    db::Session &session() { return *m_session; }
    db::Session &server() { return m_server; }
    // Creates the logins that the cluster lacks; returns their passwords.
    const std::map<std::string, std::string> &make_logins();
    // The last step: replaces the database. `before` is called when everything else is in place.
    void put_in_place(const UnpackedBackup &backup, const std::function<void()> &before = {});
    // Removes the database that was replaced.
    void drop_old();

private:
    void put_files(const std::filesystem::path &from);
    void take_back() noexcept;

    RestoreTarget m_target;
    std::string m_name, m_beside;
    db::Session m_server;
    std::optional<db::Session> m_session;
    std::map<std::string, std::string> m_passwords;
    std::vector<std::filesystem::path> m_placed; // in the media folder
    bool m_done = false;
};

} // namespace studio::ctl
