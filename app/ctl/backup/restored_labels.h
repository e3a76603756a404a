// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"
#include "models/json/json.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace studio::ctl {

// The credentials.json of a workspace into which a backup is restored: the labels that its logins had in the
// backup, or their people's names, with the new passwords. The logins that the new workspace had are removed.
class RestoredLabels final {
public:
    RestoredLabels(std::filesystem::path workspace, db::Session &restored, const models::Json &manifest,
                   const std::map<std::string, std::string> &passwords);
    // Unless keep() was called, restores the file's former text.
    ~RestoredLabels();
    RestoredLabels(const RestoredLabels &) = delete;
    RestoredLabels &operator=(const RestoredLabels &) = delete;

    void write();
    void keep() { m_kept = true; }
    void drop_old_logins(db::Session &server);

private:
    struct Entry {
        std::string label, login, password;
    };
    void add(const std::string &label, const std::string &login, const std::string &password);

    std::filesystem::path m_file;
    std::string m_before; // the file's text
    std::vector<Entry> m_entries;
    std::vector<std::string> m_old_logins;
    bool m_written = false, m_kept = false;
};

} // namespace studio::ctl
