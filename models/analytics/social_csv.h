// SPDX-License-Identifier: Apache-2.0
// Figures of social media accounts, and reading them from a file of comma-separated values.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace studio::models {

// A platform's figures of a companion's account on one day; nullopt where the platform gives no figure.
struct SocialMetric {
    std::string platform; // by network_name(): "instagram"; at most 50 characters
    std::chrono::sys_days day;
    std::optional<int> followers, posts, reach;
    std::optional<double> engagement_rate; // percent, 0 to 100, two decimals are kept
    bool operator==(const SocialMetric &) const = default;
};

// Something wrong in a file. Rows are numbered as in a spreadsheet: the header is row 1. Row 0 means the
// whole file.
struct SocialIssue {
    int row = 0;
    std::string column; // "followers"; "" where it is about the whole row
    std::string sentence;
    bool operator==(const SocialIssue &) const = default;
};
// "Row 7, followers: write a whole number, not “many”."
std::string to_text(const SocialIssue &issue);

// What was read from a file: either metrics or issues, since a file with any issue gives no metrics.
struct SocialFile {
    std::vector<SocialMetric> metrics; // in the file's order
    std::vector<SocialIssue> issues;   // the first ones, at most `max_issues`
    std::vector<std::string> ignored;  // titles of unknown columns
};

constexpr std::size_t max_issues = 50, max_social_rows = 100'000, max_social_bytes = 10'000'000;

// CSV (RFC 4180) in UTF-8, with or without a byte order mark; the separator is a comma, a semicolon or a tab,
// as in the header or as a first line "sep=;" says. The header names, in any order and letter case: platform,
// date and at least one of followers, engagement, posts, reach. Days are 2026-03-01, 2026/03/01, 01.03.2026
// or Mar 1, 2026, with or without a time of day, which is left out; 03/04/2026 is refused, for it may be two
// days. Whole numbers may have separated thousands (1,234 1.234 1 234) and zeros as decimals (1234.0);
// engagement is a percentage with a decimal point or comma, with or without its sign. An empty cell is no
// figure; a row without any figure, or a second one for a day of a platform, is an issue.
SocialFile read_social_csv(std::string_view text);

} // namespace studio::models
