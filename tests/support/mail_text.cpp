// SPDX-License-Identifier: Apache-2.0
#include "tests/support/mail_text.h"

#include <openssl/evp.h>

#include <algorithm>
#include <stdexcept>
#include <vector>

namespace studio::test_support {

namespace {

[[noreturn]] void fail(const std::string &why) {
    throw std::runtime_error("no mail that can be read: " + why);
}

std::string from_base64(const std::string &text) {
    std::string bytes(text.size(), '\0');
    const int length =
        EVP_DecodeBlock(reinterpret_cast<unsigned char *>(bytes.data()),
                        reinterpret_cast<const unsigned char *>(text.data()), static_cast<int>(text.size()));
    if (length < 0) {
        fail("base64");
    }
    const auto padding = std::count(text.begin(), text.end(), '=');
    bytes.resize(static_cast<std::size_t>(length - padding));
    return bytes;
}

std::string decoded_words(std::string text) {
    const std::string begin = "=?UTF-8?B?", between = "?= " + begin;
    for (std::size_t at; (at = text.find(between)) != std::string::npos;) {
        const auto start = text.rfind(begin, at);
        const std::string word = from_base64(text.substr(start + begin.size(), at - start - begin.size()));
        text.replace(start, at + 3 - start, word); // a blank between two encoded words does not count
    }
    for (std::size_t start; (start = text.find(begin)) != std::string::npos;) {
        const auto end = text.find("?=", start);
        if (end == std::string::npos || end - start > 73) {
            fail("an encoded word");
        }
        text.replace(start, end + 2 - start,
                     from_base64(text.substr(start + begin.size(), end - start - begin.size())));
    }
    return text;
}

std::multimap<std::string, std::string> read_fields(const std::string &head) {
    std::multimap<std::string, std::string> fields;
    auto last = fields.end();
    for (std::size_t at = 0; at < head.size();) {
        const auto end = head.find("\r\n", at);
        const std::string line = head.substr(at, end - at);
        at = end + 2;
        if (line.find_first_of("\r\n") != std::string::npos) {
            fail("a bare CR or LF in a field");
        }
        if (line.size() > 998) {
            fail("a long line");
        }
        if (line.starts_with(' ') || line.starts_with('\t')) {
            if (last == fields.end()) {
                fail("a fold at the start");
            }
            last->second += line;
            continue;
        }
        const auto colon = line.find(": ");
        if (colon == std::string::npos || line.find_first_of(" \t") < colon) {
            fail("a line that is no field: " + line);
        }
        std::string name = line.substr(0, colon);
        std::transform(name.begin(), name.end(), name.begin(), ::tolower);
        last = fields.emplace(name, line.substr(colon + 2));
    }
    for (auto &[name, value] : fields) {
        value = decoded_words(value);
    }
    return fields;
}

std::string from_quoted_printable(const std::string &text) {
    std::string bytes;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '=' && text.compare(at, 3, "=\r\n") == 0) {
            at += 2;
        } else if (text[at] == '=') {
            bytes.push_back(static_cast<char>(std::stoi(text.substr(at + 1, 2), nullptr, 16)));
            at += 2;
        } else if (text.compare(at, 2, "\r\n") == 0) {
            bytes.push_back('\n');
            ++at;
        } else {
            bytes.push_back(text[at]);
        }
    }
    return bytes;
}

struct MailPart {
    std::multimap<std::string, std::string> fields;
    std::string body; // as it was sent

    std::string field(const std::string &name) const {
        const auto found = fields.find(name);
        return found == fields.end() ? std::string() : found->second;
    }
};

// The parts of a multipart body that begins at `from`.
std::vector<MailPart> parts_of(const std::string &data, const std::string &type, std::size_t from) {
    const auto open = type.find("boundary=\"");
    if (open == std::string::npos) {
        fail("its type");
    }
    const std::string boundary = "--" + type.substr(open + 10, type.find('"', open + 10) - open - 10);
    std::vector<MailPart> parts;
    std::size_t at = data.find(boundary + "\r\n", from);
    while (at != std::string::npos && data.compare(at + boundary.size(), 2, "--") != 0) {
        const auto begin = data.find("\r\n\r\n", at), next = data.find("\r\n" + boundary, begin);
        if (begin == std::string::npos || next == std::string::npos) {
            fail("a part without end");
        }
        parts.push_back({read_fields(data.substr(at + boundary.size() + 2, begin - at - boundary.size())),
                         data.substr(begin + 4, next - begin - 4)});
        at = next + 2;
    }
    if (at == std::string::npos || data.substr(at) != boundary + "--\r\n") {
        fail("no last boundary");
    }
    return parts;
}

void read_alternatives(MailText &mail, const std::vector<MailPart> &parts) {
    for (const MailPart &part : parts) {
        if (part.field("content-transfer-encoding") != "quoted-printable") {
            fail("a part's encoding");
        }
        const std::string kind = part.field("content-type");
        std::string text = from_quoted_printable(part.body);
        if (kind.starts_with("text/calendar")) {
            mail.calendar_type = kind;
            mail.calendar = std::move(text);
        } else {
            (kind.starts_with("text/html") ? mail.html : mail.plain) = std::move(text);
        }
    }
}

void read_attachment(MailText &mail, const MailPart &part) {
    if (part.field("content-transfer-encoding") != "base64" ||
        part.field("content-disposition") != "attachment; filename=\"invite.ics\"") {
        fail("an attachment");
    }
    std::string encoded = part.body;
    std::erase_if(encoded, [](char c) { return c == '\r' || c == '\n'; });
    mail.attachment = from_base64(encoded);
}

} // namespace

std::string MailText::field(const std::string &name) const {
    return fields.count(name) == 1 ? fields.find(name)->second : std::string();
}

MailText read_mail(const std::string &data) {
    MailText mail;
    const auto end = data.find("\r\n\r\n");
    if (end == std::string::npos) {
        fail("no end of its fields");
    }
    mail.fields = read_fields(data.substr(0, end + 2));
    const std::string type = mail.field("content-type");
    if (type.starts_with("multipart/alternative;")) {
        read_alternatives(mail, parts_of(data, type, end));
        return mail;
    }
    const auto parts =
        type.starts_with("multipart/mixed;") ? parts_of(data, type, end) : std::vector<MailPart>{};
    if (parts.size() != 2 || !parts[0].field("content-type").starts_with("multipart/alternative;")) {
        fail("its type");
    }
    read_alternatives(mail, parts_of(parts[0].body, parts[0].field("content-type"), 0));
    read_attachment(mail, parts[1]);
    return mail;
}

} // namespace studio::test_support
