// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace studio::app {

// The passwords of a workspace's logins, in a file that only its user may read.
class Credentials final {
public:
    // Reads the file where it exists. Throws WorkspaceError for one that cannot be read.
    explicit Credentials(std::filesystem::path file);

    bool knows(const std::string &login) const { return m_passwords.contains(login); }
    // "" where the login is not known.
    std::string password(const std::string &login) const;
    // Kept in the file before it returns.
    void set(const std::string &login, const std::string &password);
    const std::map<std::string, std::string> &passwords() const { return m_passwords; }

private:
    std::filesystem::path m_file;
    std::map<std::string, std::string> m_passwords;
};

} // namespace studio::app
