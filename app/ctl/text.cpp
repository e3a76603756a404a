// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/text.h"

#include "base/text.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <random>

namespace studio::ctl {

std::string table(const std::vector<std::string> &headings,
                  const std::vector<std::vector<std::string>> &rows) {
    std::vector<std::size_t> widths;
    for (const auto &heading : headings) {
        widths.push_back(base::character_count(heading));
    }
    for (const auto &row : rows) {
        for (std::size_t at = 0; at < row.size(); ++at) {
            widths[at] = std::max(widths[at], base::character_count(row[at]));
        }
    }
    std::string text;
    const auto add_row = [&](const std::vector<std::string> &cells) {
        std::string line;
        for (std::size_t at = 0; at < cells.size(); ++at) {
            line += cells[at] + std::string(widths[at] - base::character_count(cells[at]) + 2, ' ');
        }
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + "\n";
    };
    add_row(headings);
    for (const auto &row : rows) {
        add_row(row);
    }
    return text;
}

std::string counted(std::int64_t count, const std::string &one, const std::string &many) {
    return fmt::format("{} {}", count, count == 1 ? one : many.empty() ? one + "s" : many);
}

std::string iso_time(models::Time time) {
    const std::time_t seconds = std::chrono::system_clock::to_time_t(
        std::chrono::time_point_cast<std::chrono::system_clock::duration>(time));
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(seconds));
}

std::string make_uuid() {
    std::random_device device;
    std::array<unsigned, 4> words{};
    for (auto &word : words) {
        word = device();
    }
    words[1] = (words[1] & 0xFFFF0FFFU) | 0x4000U;
    words[2] = (words[2] & 0x3FFFFFFFU) | 0x80000000U;
    return fmt::format("{:08x}-{:04x}-{:04x}-{:04x}-{:04x}{:08x}", words[0], words[1] >> 16,
                       words[1] & 0xFFFFU, words[2] >> 16, words[2] & 0xFFFFU, words[3]);
}

} // namespace studio::ctl
