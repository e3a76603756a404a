// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/erasures.h"

#include "app/ctl/failure.h"
#include "app/ctl/files.h"

#include <fmt/format.h>

#include <sstream>

namespace studio::ctl {

namespace {

constexpr const char *heading = "companion-studio erasures 1";
constexpr std::size_t largest_file = 256U << 20U;

} // namespace

std::string erasures_text(const std::vector<db::ErasedSubject> &subjects) {
    std::string text = std::string(heading) + "\n";
    for (const auto &subject : subjects)
        text += subject.line() + "\n";
    return text;
}

std::vector<db::ErasedSubject> read_erasures(const std::filesystem::path &file) {
    std::istringstream lines(read_file(file.string(), "--erasures", largest_file));
    std::string line;
    if (!std::getline(lines, line) || line != heading)
        throw CommandFailure(
            "--erasures",
            fmt::format("{} was not written by \"companionctl backup erasures\".", file.string()));
    std::vector<db::ErasedSubject> subjects;
    for (int number = 2; std::getline(lines, line); ++number) {
        auto subject = db::ErasedSubject::of_line(line);
        if (!subject)
            throw CommandFailure("--erasures",
                                 fmt::format("Line {} of {} cannot be read.", number, file.string()));
        subjects.push_back(std::move(*subject));
    }
    return subjects;
}

} // namespace studio::ctl
