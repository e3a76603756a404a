// SPDX-License-Identifier: Apache-2.0
#include "models/documents/parse_document.h"

#include "base/text.h"
#include "models/json/json_read.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace studio::models {

namespace {

std::string place(std::string_view text, std::size_t offset) {
    const std::string_view before = text.substr(0, std::min(offset, text.size()));
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const std::size_t start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
    return fmt::format("line {}, column {}", line, before.size() - start + 1);
}

// The position at which nesting becomes too deep; npos where it does not.
std::size_t too_deep_at(std::string_view text) {
    std::size_t depth = 0;
    bool in_string = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (in_string) {
            if (c == '\\') {
                ++at;
            } else if (c == '"') {
                in_string = false;
            }
        } else if (c == '"') {
            in_string = true;
        } else if (c == '{' || c == '[') {
            if (++depth > max_document_depth) {
                return at;
            }
        } else if ((c == '}' || c == ']') && depth > 0) {
            --depth;
        }
    }
    return std::string_view::npos;
}

std::size_t invalid_utf8_at(std::string_view text) {
    std::size_t low = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool starts = (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
        if (!starts) {
            continue;
        }
        if (!base::is_valid_utf8(text.substr(low, at - low))) {
            return low;
        }
        low = at;
    }
    return low;
}

// Finds the first name that occurs twice in one object, where one of the two values would be lost.
class DuplicateNames final {
public:
    bool operator()(int, Json::parse_event_t event, Json &value) {
        if (event == Json::parse_event_t::object_start) {
            m_names.emplace_back();
        } else if (event == Json::parse_event_t::object_end) {
            m_names.pop_back();
        } else if (event == Json::parse_event_t::key &&
                   !m_names.back().insert(value.get<std::string>()).second && m_found.empty()) {
            m_found = value.get<std::string>();
        }
        return true;
    }
    const std::string &found() const { return m_found; }

private:
    std::vector<std::set<std::string>> m_names;
    std::string m_found;
};

ParsedDocument refused(std::string message) {
    return {Json(), {{"", std::move(message), Severity::Error}}};
}

} // namespace

ParsedDocument parse_document(std::string_view text, std::size_t max_bytes) {
    if (text.size() > max_bytes) {
        return refused(fmt::format("The document is {} KB; at most {} KB are allowed.", text.size() / 1024,
                                   max_bytes / 1024));
    }
    if (text.starts_with("\xEF\xBB\xBF")) {
        text.remove_prefix(3);
    }
    if (!base::is_valid_utf8(text)) {
        return refused(fmt::format("The document is not valid UTF-8 at {}: save it as UTF-8.",
                                   place(text, invalid_utf8_at(text))));
    }
    if (const std::size_t deep = too_deep_at(text); deep != std::string_view::npos) {
        return refused(fmt::format("The document is nested deeper than {} levels at {}: flatten it.",
                                   max_document_depth, place(text, deep)));
    }
    try {
        DuplicateNames duplicates;
        Json document = Json::parse(text.begin(), text.end(), std::ref(duplicates));
        if (!duplicates.found().empty()) {
            return refused(
                fmt::format("The field \"{}\" appears twice in one object: keep one.", duplicates.found()));
        }
        return {std::move(document), {}};
    } catch (const Json::parse_error &error) {
        const std::size_t offset = error.byte > 0 ? error.byte - 1 : 0;
        return refused(
            fmt::format("The document is not valid JSON at {}: check quotes, commas and brackets there.",
                        place(text, offset)));
    } catch (const Json::exception &) {
        return refused("The document contains a number that is too large: the largest is about 1e308.");
    }
}

} // namespace studio::models
