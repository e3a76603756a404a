// SPDX-License-Identifier: Apache-2.0
// Words that must not be in anything that a client gets by email or sees behind its links, because other
// people may see it too.
#pragma once

#include <algorithm>
#include <cctype>
#include <iterator>
#include <string>
#include <vector>

namespace studio::test_support {

// The telling words and the given names that occur in the text.
inline std::vector<std::string> telling_words(std::string text, const std::vector<std::string> &names = {}) {
    std::vector<std::string> found;
    const auto lower = [](std::string word) {
        std::transform(word.begin(), word.end(), word.begin(),
                       [](unsigned char c) { return std::tolower(c); });
        return word;
    };
    std::vector<std::string> words{"companion",  "escort",   "incall",  "outcall",
                                   "girlfriend", "intimate", "sensual", "courtesan",
                                   "adult",      "dating",   "18+",     "at her place"};
    words.insert(words.end(), names.begin(), names.end());
    text = lower(std::move(text));
    std::copy_if(words.begin(), words.end(), std::back_inserter(found),
                 [&](const std::string &word) { return text.find(lower(word)) != std::string::npos; });
    return found;
}

} // namespace studio::test_support
