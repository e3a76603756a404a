// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/files.h"

#include "app/ctl/failure.h"
#include "app/workspace/files.h"
#include "app/workspace/workspace.h"

#include <fmt/format.h>

#include <fstream>
#include <iostream>

namespace studio::ctl {

std::string read_file(const std::string &path, const char *field, std::size_t max_bytes) {
    std::ifstream file;
    if (path != "-") {
        std::error_code error;
        if (std::filesystem::is_directory(path, error)) {
            throw CommandFailure(field, fmt::format("{} is a folder: name a file.", path));
        }
        file.open(path, std::ios::binary);
        if (!file) {
            throw CommandFailure(field,
                                 fmt::format("{} cannot be read: does it exist, and may you read it?", path));
        }
    }
    std::istream &input = path == "-" ? std::cin : file;
    std::string text;
    char part[65536];
    while (input.read(part, sizeof part) || input.gcount() > 0) {
        text.append(part, static_cast<std::size_t>(input.gcount()));
        if (text.size() > max_bytes) {
            throw CommandFailure(field, fmt::format("{} is larger than {} KB.", path, max_bytes / 1024));
        }
    }
    if (input.bad()) {
        throw CommandFailure(field, fmt::format("{} could not be read completely.", path));
    }
    return text;
}

void write_file(const std::filesystem::path &path, const std::string &text, const char *field) {
    try {
        app::write_private_file(path, text);
    } catch (const app::WorkspaceError &error) {
        throw CommandFailure(field, error.what());
    }
}

} // namespace studio::ctl
