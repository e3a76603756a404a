// SPDX-License-Identifier: Apache-2.0
#include "renderer/delivery/mail_message.h"

#include "models/values/web_address.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <ctime>

namespace studio::renderer {

namespace {

constexpr std::size_t max_encoded_bytes =
    39; // with "Subject: " this fits into the 76 characters of a line by RFC 2047
constexpr std::size_t max_plain_field = 60;
constexpr std::size_t max_line = 76;

// The text as one line: control characters become blanks.
std::string single_line(std::string_view text) {
    std::string line(text);
    std::replace_if(
        line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7F; },
        ' ');
    return line;
}

bool is_ascii(std::string_view text) {
    return std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) > 126; });
}

std::string base64(std::string_view bytes) {
    std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');
    const int length = EVP_EncodeBlock(reinterpret_cast<unsigned char *>(text.data()),
                                       reinterpret_cast<const unsigned char *>(bytes.data()),
                                       static_cast<int>(bytes.size()));
    text.resize(static_cast<std::size_t>(length));
    return text;
}

bool continues(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

// The number of bytes, at most `max_bytes`, that end with a whole character.
std::size_t whole_characters(std::string_view text, std::size_t max_bytes) {
    if (text.size() <= max_bytes) {
        return text.size();
    }
    std::size_t end = max_bytes;
    while (end > max_bytes - 4 && continues(text[end])) {
        --end;
    }
    return continues(text[end]) ? max_bytes : end;
}

// An address as in a header field: "Claire" <address>.
std::string mailbox(const MailAddress &address) {
    const std::string name = single_line(address.name);
    if (name.empty()) {
        return fmt::format("<{}>", address.address);
    }
    const bool plain =
        is_ascii(name) && name.size() <= max_plain_field && name.find_first_of("\"\\<>") == std::string::npos;
    return plain ? fmt::format("\"{}\" <{}>", name, address.address)
                 : fmt::format("{}\r\n <{}>", encoded_words(name), address.address);
}

void add_part(std::string &text, const std::string &boundary, std::string_view type, std::string_view body) {
    text += fmt::format("--{}\r\nContent-Type: {}\r\nContent-Transfer-Encoding: "
                        "quoted-printable\r\n\r\n{}\r\n",
                        boundary, type, quoted_printable(body));
}

std::string in_lines(const std::string &encoded) {
    std::string lines;
    for (std::size_t at = 0; at < encoded.size(); at += max_line) {
        lines += encoded.substr(at, max_line) + "\r\n";
    }
    return lines;
}

std::string calendar_type(const MailMessage &message) {
    return fmt::format("text/calendar; charset=utf-8; method={}", message.calendar_method);
}

std::string with_unix_lines(std::string_view text) {
    std::string lines(text);
    std::erase(lines, '\r');
    return lines;
}

std::string alternatives(const MailMessage &message, const std::string &boundary) {
    std::string text;
    add_part(text, boundary, "text/plain; charset=utf-8", message.plain);
    add_part(text, boundary, "text/html; charset=utf-8", message.html);
    if (!message.calendar.empty()) {
        add_part(text, boundary, calendar_type(message), with_unix_lines(message.calendar));
    }
    return text + fmt::format("--{}--\r\n", boundary);
}

std::string mixed(const MailMessage &message, const std::string &inner, const std::string &outer) {
    return fmt::format("--{0}\r\nContent-Type: multipart/alternative;\r\n boundary=\"{1}\"\r\n\r\n{2}\r\n"
                       "--{0}\r\nContent-Type: {3};\r\n name=\"invite.ics\"\r\n"
                       "Content-Disposition: attachment; filename=\"invite.ics\"\r\n"
                       "Content-Transfer-Encoding: base64\r\n\r\n{4}\r\n--{0}--\r\n",
                       outer, inner, alternatives(message, inner), calendar_type(message),
                       in_lines(base64(message.calendar)));
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '"')) {
        text.remove_prefix(1);
    }
    while (!text.empty() && (text.back() == ' ' || text.back() == '"')) {
        text.remove_suffix(1);
    }
    return text;
}

} // namespace

std::optional<MailAddress> MailAddress::parse(std::string_view text) {
    MailAddress result;
    const std::size_t open = text.rfind('<');
    if (open != std::string_view::npos && text.ends_with('>')) {
        result.name = trimmed(text.substr(0, open));
        text = text.substr(open + 1, text.size() - open - 2);
    }
    result.address = text;
    return models::is_email(result.address) ? std::optional(result) : std::nullopt;
}

std::string encoded_words(std::string_view text) {
    const std::string line = single_line(text);
    if (is_ascii(line) && line.size() <= max_plain_field && line.find("=?") == std::string::npos) {
        return line;
    }
    std::string words;
    std::string_view rest = line;
    while (!rest.empty()) {
        const std::size_t length = whole_characters(rest, max_encoded_bytes);
        words += (words.empty() ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?") + base64(rest.substr(0, length)) + "?=";
        rest.remove_prefix(length);
    }
    return words;
}

std::string quoted_printable(std::string_view text) {
    std::string encoded;
    std::size_t column = 0;
    const auto add = [&](std::string_view piece) {
        if (column + piece.size() > max_line - 1) {
            encoded += "=\r\n";
            column = 0;
        }
        encoded += piece;
        column += piece.size();
    };
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '\n') {
            encoded += "\r\n";
            column = 0;
            continue;
        }
        const bool ends_line = at + 1 == text.size() || text[at + 1] == '\n';
        const bool plain = (c > ' ' && c < 0x7F && c != '=') || ((c == ' ' || c == '\t') && !ends_line);
        if (plain) {
            add({&c, 1});
        } else {
            add(fmt::format("={:02X}", static_cast<unsigned char>(c)));
        }
    }
    return encoded;
}

std::string to_text(const MailMessage &message) {
    std::string boundary = "=_"; // cannot occur in quoted-printable text
    for (const char c : message.message_id) {
        if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')) {
            boundary.push_back(c);
        }
    }
    boundary.resize(std::min<std::size_t>(boundary.size(), 60));
    const std::string outer = "=m" + boundary.substr(1); // cannot occur there either
    const std::time_t date = base::to_seconds(message.date);
    std::tm utc{};
    gmtime_r(&date, &utc);
    std::string text = fmt::format("Date: {:%a, %d %b %Y %H:%M:%S} +0000\r\n", utc);
    const auto field = [&](std::string_view name, std::string_view value) {
        text += fmt::format("{}: {}\r\n", name, value);
    };
    field("From", mailbox(message.from));
    field("To", fmt::format("<{}>", single_line(message.to)));
    if (!message.reply_to.empty()) {
        field("Reply-To", fmt::format("<{}>", single_line(message.reply_to)));
    }
    field("Subject", encoded_words(message.subject));
    field("Message-ID", fmt::format("<{}>", single_line(message.message_id)));
    field("Auto-Submitted", "auto-generated");
    field("X-Auto-Response-Suppress", "All");
    field("MIME-Version", "1.0");
    const bool plain = message.calendar.empty();
    field("Content-Type", fmt::format("multipart/{};\r\n boundary=\"{}\"", plain ? "alternative" : "mixed",
                                      plain ? boundary : outer));
    text += "\r\n";
    text += plain ? alternatives(message, boundary) : mixed(message, boundary, outer);
    return text;
}

} // namespace studio::renderer
