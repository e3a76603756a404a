// SPDX-License-Identifier: Apache-2.0
#include "models/booking/reply_templates.h"

#include "models/booking/booking_emails.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace studio::models {

namespace {

constexpr std::array<std::string_view, 7> names{"name",  "companion", "service", "date",
                                                "start", "end",       "place"};

bool is_ascii_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_language_part(std::string_view part, bool first) {
    const auto fits = [first](char c) { return is_ascii_letter(c) || (!first && c >= '0' && c <= '9'); };
    return part.size() >= 2 && part.size() <= (first ? 3U : 8U) &&
           std::all_of(part.begin(), part.end(), fits);
}

} // namespace

std::span<const std::string_view> reply_placeholders() {
    return names;
}

std::optional<std::string> placeholder_unknown_in_reply(std::string_view text) {
    if (auto unknown = unknown_placeholder(text)) {
        return unknown;
    }
    std::optional<std::string> first;
    fill_placeholders(text, [&first](std::string_view name) {
        if (!first && std::find(names.begin(), names.end(), name) == names.end()) {
            first = fmt::format("{{{{{}}}}}", name);
        }
        return std::string();
    });
    return first;
}

std::string listed_placeholders(std::span<const std::string_view> placeholders) {
    std::string list;
    for (const std::string_view name : placeholders) {
        list += fmt::format("{}{{{{{}}}}}", list.empty() ? "" : ", ", name);
    }
    return list;
}

bool is_language_code(std::string_view text) {
    bool first = true;
    while (true) {
        const std::size_t end = std::min(text.find('-'), text.size());
        if (!is_language_part(text.substr(0, end), first)) {
            return false;
        }
        if (end == text.size()) {
            return true;
        }
        text.remove_prefix(end + 1);
        first = false;
    }
}

} // namespace studio::models
