// SPDX-License-Identifier: Apache-2.0
#include "site/text.h"

#include "base/text.h"

#include <algorithm>
#include <array>

namespace studio::site {

namespace {

constexpr char32_t replacement = 0xFFFD;

bool is_plain(unsigned char byte) {
    return (byte >= 0x20 && byte < 0x7F) || byte == '\n' || byte == '\t';
}

bool is_web_url(std::string_view url) {
    return (base::starts_with_ignoring_case(url, "https://") && url.size() > 8) ||
           (base::starts_with_ignoring_case(url, "http://") && url.size() > 7);
}

void append_percent(std::string &out, char c) {
    static constexpr char digits[] = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += digits[byte >> 4];
    out += digits[byte & 15];
}

} // namespace

char32_t next_code_point(std::string_view text, std::size_t &position) {
    const auto byte_at = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    const unsigned char lead = byte_at(position++);
    if (lead < 0x80) {
        return lead;
    }
    const int length = lead >= 0xF0 && lead <= 0xF4  ? 3
                       : lead >= 0xE0 && lead < 0xF0 ? 2
                       : lead >= 0xC2 && lead < 0xE0 ? 1
                                                     : 0;
    if (length == 0) {
        return replacement;
    }
    char32_t value = lead & (0x3F >> length);
    const std::size_t start = position;
    for (int i = 0; i < length; ++i) {
        if (position >= text.size() || (byte_at(position) & 0xC0) != 0x80) {
            return replacement;
        }
        value = value << 6 | (byte_at(position++) & 0x3F);
    }
    static constexpr std::array<char32_t, 4> smallest{0, 0x80, 0x800, 0x10000};
    if (value < smallest[static_cast<std::size_t>(length)] || value > 0x10FFFF ||
        (value >= 0xD800 && value < 0xE000)) {
        position = start;
        return replacement;
    }
    return value;
}

void append_utf8(std::string &out, char32_t code_point) {
    if (code_point < 0x80) {
        out += static_cast<char>(code_point);
        return;
    }
    const int length = code_point < 0x800 ? 1 : code_point < 0x10000 ? 2 : 3;
    static constexpr std::array<unsigned, 4> leads{0, 0xC0, 0xE0, 0xF0};
    out += static_cast<char>(leads[static_cast<std::size_t>(length)] | (code_point >> (6 * length)));
    for (int i = length - 1; i >= 0; --i) {
        out += static_cast<char>(0x80 | (code_point >> (6 * i) & 0x3F));
    }
}

std::string clean_text(std::string_view text) {
    if (std::all_of(text.begin(), text.end(),
                    [](char c) { return is_plain(static_cast<unsigned char>(c)); })) {
        return std::string(text);
    }
    std::string result;
    result.reserve(text.size());
    for (std::size_t position = 0; position < text.size();) {
        const char32_t code_point = next_code_point(text, position);
        const bool control = (code_point < 0x20 && code_point != '\n' && code_point != '\t') ||
                             (code_point >= 0x7F && code_point < 0xA0);
        // Bidirectional overrides in one field would reverse the text around it.
        const bool override =
            (code_point >= 0x202A && code_point <= 0x202E) || (code_point >= 0x2066 && code_point <= 0x2069);
        if (!control && !override) {
            append_utf8(result, code_point);
        }
    }
    return result;
}

void append_html_escaped(std::string &out, std::string_view text) {
    for (const char c : text) {
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        case '\'':
            out += "&#39;";
            break;
        default:
            out += c;
        }
    }
}

std::string percent_encoded(std::string_view text) {
    std::string result;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                           std::string_view("-._~@").find(c) != std::string_view::npos;
        if (plain) {
            result += c;
        } else {
            append_percent(result, c);
        }
    }
    return result;
}

std::string safe_url(std::string_view url) {
    const bool path = url.size() > 1 && url[0] == '/' && url[1] != '/' && url[1] != '\\';
    if (!path && !is_web_url(url)) {
        return {};
    }
    static constexpr std::string_view unsafe = "\"'<>\\`{}|^(),;";
    std::string result;
    result.reserve(url.size());
    for (const char c : url) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte > 0x20 && byte < 0x7F && unsafe.find(c) == std::string_view::npos) {
            result += c;
        } else {
            append_percent(result, c);
        }
    }
    return result;
}

std::string url_origin(std::string_view url) {
    if (!is_web_url(url)) {
        return {};
    }
    const std::size_t host = url.find("://") + 3;
    const std::size_t end = std::min(url.find_first_of("/?#", host), url.size());
    const std::string_view authority = url.substr(host, end - host);
    const bool plain = !authority.empty() && std::all_of(authority.begin(), authority.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
               c == '-' || c == ':';
    });
    return plain ? std::string(url.substr(0, end)) : std::string();
}

std::string summarised(std::string_view text, std::size_t max_characters) {
    std::string flat = clean_text(text);
    std::replace_if(
        flat.begin(), flat.end(), [](char c) { return c == '\n' || c == '\t'; }, ' ');
    return base::shortened(flat, max_characters);
}

} // namespace studio::site
