// SPDX-License-Identifier: Apache-2.0
#include "app/workspace/credentials.h"

#include "app/workspace/files.h"
#include "app/workspace/workspace.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>

namespace studio::app {

namespace {

std::filesystem::path lock_of(const std::filesystem::path &file) {
    return file.string() + ".lock";
}

} // namespace

Credentials::Credentials(std::filesystem::path file) : m_file(std::move(file)) {
    read();
}

void Credentials::read() {
    m_logins.clear();
    if (!std::filesystem::exists(m_file)) {
        return;
    }
    std::ifstream stream(m_file);
    const nlohmann::json document = nlohmann::json::parse(stream, nullptr, false);
    if (!document.is_object()) {
        throw WorkspaceError("The file " + m_file.string() +
                             " with the workspace's passwords cannot be read. Restore it from a backup.");
    }
    for (const auto &[label, kept] : document.items()) {
        if (kept.is_object()) {
            m_logins[label] = {kept.value("login", ""), kept.value("password", "")};
        }
    }
}

void Credentials::write() const {
    nlohmann::json document = nlohmann::json::object();
    for (const auto &[label, kept] : m_logins) {
        document[label] = {{"login", kept.name}, {"password", kept.password}};
    }
    write_private_file(m_file, document.dump(2) + "\n");
}

std::string Credentials::login(const std::string &label) const {
    const auto found = m_logins.find(label);
    return found == m_logins.end() ? std::string() : found->second.name;
}

std::string Credentials::password(const std::string &label) const {
    const auto found = m_logins.find(label);
    return found == m_logins.end() ? std::string() : found->second.password;
}

std::string Credentials::label_of(const std::string &login) const {
    const auto found = std::find_if(m_logins.begin(), m_logins.end(),
                                    [&](const auto &kept) { return kept.second.name == login; });
    return found == m_logins.end() ? std::string() : found->first;
}

std::string Credentials::free_label(const std::string &name) const {
    std::string label = name;
    for (int number = 2; knows(label) || label == "owner";
         ++number) { // "owner" is the label of the schema's owner
        label = name + " " + std::to_string(number);
    }
    return label;
}

void Credentials::set(const std::string &label, const std::string &login, const std::string &password) {
    const FileLock lock(lock_of(m_file));
    read();
    m_logins[label] = {login, password};
    write();
}

void Credentials::remove(const std::string &label) {
    const FileLock lock(lock_of(m_file));
    read();
    if (m_logins.erase(label) > 0) {
        write();
    }
}

} // namespace studio::app
