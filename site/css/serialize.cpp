// SPDX-License-Identifier: Apache-2.0
#include "site/css/serialize.h"

#include "site/css/tokenizer.h"

#include <algorithm>

namespace studio::site::css {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

void append_hex_escape(std::string &out, char c) {
    static constexpr char digits[] = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(c);
    out += '\\';
    if (byte >= 16) {
        out += digits[byte >> 4];
    }
    out += digits[byte & 15];
    out += ' ';
}

// `may_start_with_digit` for hashes and the rest of a name.
void append_name(std::string &out, std::string_view name, bool may_start_with_digit) {
    for (std::size_t i = 0; i < name.size(); ++i) {
        const char c = name[i];
        const bool leading = i == 0 || (i == 1 && name[0] == '-');
        const bool lone_dash = c == '-' && i == 0 && name.size() == 1 && !may_start_with_digit;
        const bool plain = is_letter(c) || c == '_' || (c == '-' && !lone_dash) ||
                           (static_cast<unsigned char>(c) & 0x80) != 0 ||
                           (is_digit(c) && (may_start_with_digit || !leading));
        if (plain) {
            out += c;
        } else {
            append_hex_escape(out, c);
        }
    }
}

void append_string(std::string &out, std::string_view value) {
    out += '"';
    for (const char c : value) {
        const bool plain =
            static_cast<unsigned char>(c) >= 0x20 && c != 0x7F && c != '"' && c != '\\' && c != '<';
        if (plain) {
            out += c;
        } else {
            append_hex_escape(out, c);
        }
    }
    out += '"';
}

// Escapes a unit such as "e3", which would be read as an exponent.
void append_unit(std::string &out, std::string_view unit) {
    if (!unit.empty() && (unit[0] == 'e' || unit[0] == 'E') && unit.size() > 1 &&
        (is_digit(unit[1]) || unit[1] == '-')) {
        append_hex_escape(out, unit[0]);
        append_name(out, unit.substr(1), true);
    } else {
        append_name(out, unit, false);
    }
}

bool begins_like_name(TokenKind kind) {
    return kind == TokenKind::Ident || kind == TokenKind::Function || kind == TokenKind::Url ||
           kind == TokenKind::BadUrl || kind == TokenKind::Cdc;
}

bool is_numeric(TokenKind kind) {
    return kind == TokenKind::Number || kind == TokenKind::Percentage || kind == TokenKind::Dimension;
}

// Whether the two tokens would be read as one if nothing stood between them.
bool would_merge(const Token &left, const Token &right) {
    const auto is_delim = [](const Token &token, std::string_view any) {
        return token.kind == TokenKind::Delim && any.find(token.value) != std::string_view::npos;
    };
    switch (left.kind) {
    case TokenKind::Ident:
        return begins_like_name(right.kind) || is_numeric(right.kind) || right.kind == TokenKind::OpenParen ||
               is_delim(right, "-");
    case TokenKind::AtKeyword:
    case TokenKind::Hash:
    case TokenKind::Dimension:
        return begins_like_name(right.kind) || is_numeric(right.kind) || is_delim(right, "-");
    case TokenKind::Number:
        return begins_like_name(right.kind) || is_numeric(right.kind) || is_delim(right, "%");
    case TokenKind::Delim:
        if (is_delim(left, "#@")) {
            return begins_like_name(right.kind) || is_numeric(right.kind) || is_delim(right, "-");
        }
        if (is_delim(left, "-+.")) {
            return is_numeric(right.kind) ||
                   (is_delim(left, "-") && (begins_like_name(right.kind) || is_delim(right, "-")));
        }
        return is_delim(left, "/") && is_delim(right, "*");
    default:
        return false;
    }
}

} // namespace

void serialize(std::string &out, const Token &token) {
    switch (token.kind) {
    case TokenKind::Ident:
        append_name(out, token.value, false);
        break;
    case TokenKind::Function:
        append_name(out, token.value, false);
        out += '(';
        break;
    case TokenKind::AtKeyword:
        out += '@';
        append_name(out, token.value, false);
        break;
    case TokenKind::Hash:
        out += '#';
        append_name(out, token.value, !token.is_id);
        break;
    case TokenKind::String:
        append_string(out, token.value);
        break;
    case TokenKind::Url:
        out += "url(";
        append_string(out, token.value);
        out += ')';
        break;
    case TokenKind::Number:
        out += token.number;
        break;
    case TokenKind::Percentage:
        out += token.number;
        out += '%';
        break;
    case TokenKind::Dimension:
        out += token.number;
        append_unit(out, token.value);
        break;
    case TokenKind::Whitespace:
        out += ' ';
        break;
    case TokenKind::OpenCurly:
        out += '{';
        break;
    case TokenKind::CloseCurly:
        out += '}';
        break;
    case TokenKind::OpenSquare:
        out += '[';
        break;
    case TokenKind::CloseSquare:
        out += ']';
        break;
    case TokenKind::OpenParen:
        out += '(';
        break;
    case TokenKind::CloseParen:
        out += ')';
        break;
    case TokenKind::Comma:
        out += ',';
        break;
    case TokenKind::Colon:
        out += ':';
        break;
    case TokenKind::Semicolon:
        out += ';';
        break;
    case TokenKind::Delim:
        if (token.value == "<") {
            out += "\\3c ";
        } else {
            out += token.value == "\\" ? "" : token.value;
        }
        break;
    case TokenKind::BadString:
    case TokenKind::BadUrl:
    case TokenKind::Cdo:
    case TokenKind::Cdc:
        break;
    }
}

std::string serialize(const std::vector<Token> &tokens) {
    std::string result;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (i > 0 && would_merge(tokens[i - 1], tokens[i])) {
            result += "/**/";
        }
        serialize(result, tokens[i]);
    }
    return result;
}

} // namespace studio::site::css
