// SPDX-License-Identifier: Apache-2.0
#include "app/workspace/credentials.h"

#include "app/workspace/files.h"
#include "app/workspace/workspace.h"

#include <nlohmann/json.hpp>

#include <fstream>

namespace studio::app {

Credentials::Credentials(std::filesystem::path file) : m_file(std::move(file)) {
    if (!std::filesystem::exists(m_file))
        return;
    std::ifstream stream(m_file);
    const nlohmann::json document = nlohmann::json::parse(stream, nullptr, false);
    if (!document.is_object())
        throw WorkspaceError("The file " + m_file.string() +
                             " with the workspace's passwords cannot be read. Put it back from a backup.");
    for (const auto &[login, password] : document.items())
        if (password.is_string())
            m_passwords[login] = password.get<std::string>();
}

std::string Credentials::password(const std::string &login) const {
    const auto found = m_passwords.find(login);
    return found == m_passwords.end() ? std::string() : found->second;
}

void Credentials::set(const std::string &login, const std::string &password) {
    m_passwords[login] = password;
    write_private_file(m_file, nlohmann::json(m_passwords).dump(2) + "\n");
}

} // namespace studio::app
