// SPDX-License-Identifier: Apache-2.0
// Sources and documents of the tree, read as text.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace studio::tests {

using Names = std::set<std::string>;

std::filesystem::path source_root();
std::string read_text(const std::filesystem::path &file);
// The files below the folder whose names end in one of these, by name. Without built and installed files.
std::vector<std::filesystem::path> files_below(const std::string &folder,
                                               const std::vector<std::string> &endings);
// Their texts one after the other.
std::string text_of(const std::vector<std::filesystem::path> &files);

// What the pattern's first group matches, everywhere in the text.
Names matches_in(const std::string &text, const std::string &pattern);
// A Markdown document's lines from the heading to the next one of the same or a higher level.
std::string section(const std::string &document, std::string_view heading);
// What is between backticks, fenced blocks left out.
std::vector<std::string> code_spans(const std::string &document);
// The first cells of the rows of all tables in the text, without their headings.
std::vector<std::string> first_cells(const std::string &text);

} // namespace studio::tests
