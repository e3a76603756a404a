// SPDX-License-Identifier: Apache-2.0
#include "app/workspace/database_address.h"

#include "app/workspace/workspace.h"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <string_view>

namespace studio::app {

namespace {

void overwrite(char *from, std::size_t length) {
    std::fill_n(from, length, '*');
}

// postgresql://LOGIN:PASSWORD@HOST
void hide_in_url(char *word) {
    const std::string_view text(word);
    const std::size_t scheme = text.find("postgres");
    const std::size_t slashes = text.find("://", scheme == std::string_view::npos ? 0 : scheme);
    if (scheme == std::string_view::npos || slashes == std::string_view::npos)
        return;
    const std::size_t start = slashes + 3;
    const std::size_t at = text.rfind('@');
    const std::size_t colon = text.find(':', start);
    if (at != std::string_view::npos && colon < at)
        overwrite(word + colon + 1, at - colon - 1);
}

// …?password=PASSWORD&… and "host=… password=PASSWORD …"
void hide_in_keywords(char *word) {
    char *found = std::strstr(word, "password=");
    for (; found != nullptr; found = std::strstr(found, "password=")) {
        found += std::strlen("password=");
        const bool quoted = *found == '\'';
        const std::size_t length = quoted ? std::strlen(found) : std::strcspn(found, " &");
        overwrite(found, length);
        found += length;
    }
}

} // namespace

std::string read_database_address(const std::string &words) {
    if (!words.starts_with('@'))
        return words;
    const std::string path = words.substr(1);
    std::ifstream file(path);
    std::string address;
    std::getline(file, address);
    address.erase(address.find_last_not_of(" \t\r") + 1);
    if (address.empty())
        throw WorkspaceError("The file " + path +
                             " cannot be read or is empty: its first line must be the database's URL.");
    return address;
}

void hide_passwords(int count, char **words) {
    for (int at = 1; at < count; ++at) {
        hide_in_url(words[at]);
        hide_in_keywords(words[at]);
    }
}

} // namespace studio::app
