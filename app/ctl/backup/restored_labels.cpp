// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/backup/restored_labels.h"

#include "app/ctl/files.h"
#include "app/workspace/credentials.h"
#include "app/workspace/files.h"
#include "db/provision/provision.h"
#include "db/provision/restored_logins.h"
#include "db/stores/account_store.h"

#include <fmt/format.h>

#include <algorithm>

namespace studio::ctl {

namespace {

constexpr std::size_t largest_file = 10U << 20U;

// The labels of logins in the backup's workspace, by login.
std::map<std::string, std::string> labels_in(const models::Json &manifest) {
    std::map<std::string, std::string> labels;
    const auto found = manifest.find("labels");
    if (found != manifest.end() && found->is_object()) {
        for (const auto &[label, login] : found->items()) {
            if (login.is_string()) {
                labels[login.get<std::string>()] = label;
            }
        }
    }
    return labels;
}

} // namespace

RestoredLabels::RestoredLabels(std::filesystem::path workspace, db::Session &restored,
                               const models::Json &manifest,
                               const std::map<std::string, std::string> &passwords)
    : m_file(std::move(workspace) / "credentials.json"),
      m_before(read_file(m_file.string(), "--workspace", largest_file)) {
    const app::Credentials before(m_file);
    const auto labels = labels_in(manifest);
    const auto accounts = db::AccountStore(restored).list();
    for (const auto &account : accounts) {
        const auto password = passwords.find(account.login);
        if (password == passwords.end()) {
            continue; // a login that the cluster already has
        }
        const auto label = labels.find(account.login);
        add(label == labels.end() ? account.display_name : label->second, account.login, password->second);
    }
    const bool has_operator = std::any_of(m_entries.begin(), m_entries.end(),
                                          [](const Entry &entry) { return entry.label == "operator"; });
    const auto first = std::find_if(accounts.begin(), accounts.end(), [&](const auto &account) {
        return account.role == models::Role::Operator && !account.disabled &&
               passwords.contains(account.login);
    });
    if (!has_operator && first != accounts.end()) {
        add("operator", first->login, passwords.at(first->login));
    } else if (!has_operator) {
        db::ensure_operator(restored, before.login("operator"), "Operator");
    }
    for (const std::string label : {"operator", "staff"}) {
        const bool replaced = std::any_of(m_entries.begin(), m_entries.end(),
                                          [&](const Entry &entry) { return entry.label == label; });
        if (replaced) {
            m_old_logins.push_back(before.login(label));
        }
    }
}

void RestoredLabels::add(const std::string &label, const std::string &login, const std::string &password) {
    std::string free = label;
    const auto taken = [&] {
        return std::any_of(m_entries.begin(), m_entries.end(),
                           [&](const Entry &entry) { return entry.label == free; });
    };
    for (int number = 2; taken(); ++number) {
        free = fmt::format("{} {}", label, number);
    }
    m_entries.push_back({free, login, password});
}

RestoredLabels::~RestoredLabels() {
    if (!m_written || m_kept) {
        return;
    }
    try {
        app::write_private_file(m_file, m_before);
    } catch (const std::exception &error) {
        fmt::print(stderr, "companionctl: {}\n", error.what());
    }
}

void RestoredLabels::write() {
    m_written = true;
    app::Credentials credentials(m_file);
    for (const auto &entry : m_entries) {
        credentials.set(entry.label, entry.login, entry.password);
    }
}

void RestoredLabels::drop_old_logins(db::Session &server) {
    for (const auto &login : m_old_logins) {
        db::drop_login(server, login);
    }
}

} // namespace studio::ctl
