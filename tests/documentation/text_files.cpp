// SPDX-License-Identifier: Apache-2.0
#include "tests/documentation/text_files.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <regex>
#include <sstream>
#include <stdexcept>

namespace studio::tests {

namespace fs = std::filesystem;

fs::path source_root() {
    return std::getenv("STUDIO_SOURCE_DIR");
}

std::string read_text(const fs::path &file) {
    std::ifstream stream(file);
    if (!stream) {
        throw std::runtime_error("cannot read " + file.string());
    }
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

std::vector<fs::path> files_below(const std::string &folder, const std::vector<std::string> &endings) {
    std::vector<fs::path> files;
    for (fs::recursive_directory_iterator i(source_root() / folder), end; i != end; ++i) {
        const std::string name = i->path().filename();
        if (i->is_directory() && (name == "build" || name == "node_modules" || name == ".git")) {
            i.disable_recursion_pending();
        }
        const bool wanted = std::any_of(endings.begin(), endings.end(),
                                        [&](const std::string &ending) { return name.ends_with(ending); });
        if (i->is_regular_file() && wanted) {
            files.push_back(i->path());
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

std::string text_of(const std::vector<fs::path> &files) {
    std::string text;
    for (const fs::path &file : files) {
        text += read_text(file) + "\n";
    }
    return text;
}

Names matches_in(const std::string &text, const std::string &pattern) {
    Names names;
    const std::regex expression(pattern);
    for (std::sregex_iterator match(text.begin(), text.end(), expression), end; match != end; ++match) {
        names.insert((*match)[1].str());
    }
    return names;
}

std::string section(const std::string &document, std::string_view heading) {
    const std::string level(heading.substr(0, heading.find(' ') + 1));
    std::istringstream lines(document);
    std::string line, result;
    bool inside = false;
    while (std::getline(lines, line)) {
        const bool ends = line.starts_with(level) || line.starts_with(level.substr(1));
        inside = line == heading || (inside && !ends);
        if (inside) {
            result += line + "\n";
        }
    }
    return result;
}

namespace {

std::string without_fenced_blocks(const std::string &text) {
    std::istringstream lines(text);
    std::string line, result;
    bool inside = false;
    while (std::getline(lines, line)) {
        const bool fence = line.starts_with("```");
        if (!inside && !fence) {
            result += line + "\n";
        }
        inside = inside != fence;
    }
    return result;
}

} // namespace

std::vector<std::string> code_spans(const std::string &document) {
    const std::string text = without_fenced_blocks(document);
    std::vector<std::string> spans;
    for (std::size_t begin = text.find('`'); begin != std::string::npos;) {
        const std::size_t end = text.find('`', begin + 1);
        if (end == std::string::npos) {
            break;
        }
        spans.push_back(text.substr(begin + 1, end - begin - 1));
        begin = text.find('`', end + 1);
    }
    return spans;
}

std::vector<std::string> first_cells(const std::string &text) {
    std::vector<std::string> cells;
    std::istringstream lines(text);
    std::string line;
    bool in_table = false;
    while (std::getline(lines, line)) {
        if (line.starts_with("|---")) {
            in_table = true;
        } else if (!line.starts_with("| ")) {
            in_table = false;
        } else if (in_table) {
            std::size_t end = line.find('|', 1);
            while (end != std::string::npos && line[end - 1] == '\\') {
                end = line.find('|', end + 1);
            }
            cells.push_back(line.substr(2, end - 2));
        }
    }
    return cells;
}

} // namespace studio::tests
