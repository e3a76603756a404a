// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace studio::app {

// The logins of a workspace with their passwords, in a file that only its user may read. A login's name is
// random, so each is stored under a label: "operator", "claire", or the name of a person whose account was
// added. Several programs may change one file: every change reads it again under a lock.
class Credentials final {
public:
    struct Login {
        std::string name, password;
    };

    // Reads the file where it exists. Throws WorkspaceError for one that cannot be read.
    explicit Credentials(std::filesystem::path file);

    bool knows(const std::string &label) const { return m_logins.contains(label); }
    // "" where the label is not known.
    std::string login(const std::string &label) const;
    std::string password(const std::string &label) const;
    // The label of a login; "" where it has none.
    std::string label_of(const std::string &login) const;
    // `name`, or `name 2`, `name 3`… if other logins have it as their label.
    std::string free_label(const std::string &name) const;
    const std::map<std::string, Login> &logins() const { return m_logins; }

    // The file is written before these functions return.
    void set(const std::string &label, const std::string &login, const std::string &password);
    void remove(const std::string &label);

private:
    void read();
    void write() const;

    std::filesystem::path m_file;
    std::map<std::string, Login> m_logins; // by label
};

} // namespace studio::app
