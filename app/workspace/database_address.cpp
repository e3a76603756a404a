// SPDX-License-Identifier: Apache-2.0
#include "app/workspace/database_address.h"

#include "app/workspace/workspace.h"
#include "db/connection/connection_string.h"

#include <algorithm>
#include <cstring>
#include <fstream>

namespace studio::app {

namespace {

bool may_hold_password(const std::string &word) {
    const std::size_t sign = word.find('=');
    const bool in_option = word.starts_with("--") && sign != std::string::npos; // --database=ADDRESS
    return db::may_hold_password(in_option ? word.substr(sign + 1) : word);
}

} // namespace

std::string read_database_address(const std::string &words) {
    if (!words.starts_with('@')) {
        return words;
    }
    const std::string path = words.substr(1);
    std::ifstream file(path);
    std::string address;
    std::getline(file, address);
    address.erase(address.find_last_not_of(" \t\r") + 1);
    if (address.empty()) {
        throw WorkspaceError("The file " + path +
                             " cannot be read or is empty: its first line must be the database's URL.");
    }
    return address;
}

void hide_passwords(int count, char **words) {
    for (int at = 1; at < count; ++at) {
        if (may_hold_password(words[at])) {
            std::fill_n(words[at], std::strlen(words[at]), '*');
        }
    }
}

} // namespace studio::app
