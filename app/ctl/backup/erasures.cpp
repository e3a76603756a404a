// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/backup/erasures.h"

#include "app/ctl/failure.h"
#include "app/ctl/files.h"

#include <fmt/format.h>

#include <charconv>
#include <sstream>

namespace studio::ctl {

namespace {

constexpr const char *heading = "companion-studio erasures 2";
constexpr std::size_t largest_file = 256U << 20U;

} // namespace

std::string erasures_text(const KeptErasures &erasures) {
    std::string text = fmt::format("{}\n{}\n", heading, base::to_microseconds(erasures.written_at));
    for (const auto &subject : erasures.subjects) {
        text += subject.line() + "\n";
    }
    return text;
}

KeptErasures read_erasures(const std::filesystem::path &file) {
    std::istringstream lines(read_file(file.string(), "--erasures", largest_file));
    std::string line;
    KeptErasures erasures;
    const auto read_time = [&] {
        std::int64_t microseconds = 0;
        const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), microseconds);
        erasures.written_at = base::from_microseconds(microseconds);
        return error == std::errc() && end == line.data() + line.size();
    };
    if (!std::getline(lines, line) || line != heading || !std::getline(lines, line) || !read_time()) {
        throw CommandFailure(
            "--erasures",
            fmt::format("{} was not written by \"companionctl backup erasures\".", file.string()));
    }
    for (int number = 3; std::getline(lines, line); ++number) {
        auto subject = db::ErasedSubject::of_line(line);
        if (!subject) {
            throw CommandFailure("--erasures",
                                 fmt::format("Line {} of {} cannot be read.", number, file.string()));
        }
        erasures.subjects.push_back(std::move(*subject));
    }
    return erasures;
}

} // namespace studio::ctl
