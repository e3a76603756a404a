// SPDX-License-Identifier: Apache-2.0
#include "site/css/tokenizer.h"

#include "site/text.h"

#include <array>

namespace studio::site::css {

namespace {

constexpr char32_t end_of_text = 0xFFFFFFFF;

bool is_digit(char32_t c) {
    return c >= '0' && c <= '9';
}
bool is_hex(char32_t c) {
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
bool is_name_start(char32_t c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c >= 0x80 && c != end_of_text);
}
bool is_name(char32_t c) {
    return is_name_start(c) || is_digit(c) || c == '-';
}
bool is_white(char32_t c) {
    return c == ' ' || c == '\n' || c == '\t';
}
bool is_non_printable(char32_t c) {
    return c <= 8 || c == 0x0B || (c >= 0x0E && c <= 0x1F) || c == 0x7F;
}

std::u32string preprocess(std::string_view css) {
    std::u32string points;
    points.reserve(css.size());
    for (std::size_t position = 0; position < css.size();) {
        char32_t c = next_code_point(css, position);
        if (c == '\r') {
            if (position < css.size() && css[position] == '\n') {
                ++position;
            }
            c = '\n';
        }
        points.push_back(c == '\f' ? U'\n' : c == 0 ? char32_t{0xFFFD} : c);
    }
    return points;
}

class Tokenizer final {
public:
    explicit Tokenizer(std::string_view css) : m_text(preprocess(css)) {}
    std::vector<Token> run();

private:
    char32_t peek(std::size_t ahead = 0) const {
        return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : end_of_text;
    }
    bool valid_escape(std::size_t ahead = 0) const {
        return peek(ahead) == '\\' && peek(ahead + 1) != '\n' && peek(ahead + 1) != end_of_text;
    }
    bool starts_ident(std::size_t ahead = 0) const {
        if (peek(ahead) == '-') {
            return is_name_start(peek(ahead + 1)) || peek(ahead + 1) == '-' || valid_escape(ahead + 1);
        }
        return is_name_start(peek(ahead)) || valid_escape(ahead);
    }
    bool starts_number() const {
        const std::size_t sign = peek() == '+' || peek() == '-' ? 1 : 0;
        return is_digit(peek(sign)) || (peek(sign) == '.' && is_digit(peek(sign + 1)));
    }
    bool skip_comment();
    char32_t escape();
    std::string name();
    Token numeric();
    Token ident_like();
    Token url();
    Token string(char32_t quote);
    void skip_bad_url();
    Token next();

    std::u32string m_text;
    std::size_t m_at = 0;
};

bool Tokenizer::skip_comment() {
    if (peek() != '/' || peek(1) != '*') {
        return false;
    }
    m_at += 2;
    while (peek() != end_of_text && !(peek() == '*' && peek(1) == '/')) {
        ++m_at;
    }
    m_at = std::min(m_at + 2, m_text.size());
    return true;
}

char32_t Tokenizer::escape() {
    ++m_at; // the backslash
    if (!is_hex(peek())) {
        return peek() == end_of_text ? char32_t{0xFFFD} : m_text[m_at++];
    }
    char32_t value = 0;
    for (int digits = 0; digits < 6 && is_hex(peek()); ++digits) {
        const char32_t c = m_text[m_at++];
        value = value * 16 + (is_digit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
    }
    if (is_white(peek())) {
        ++m_at;
    }
    return value == 0 || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000) ? char32_t{0xFFFD} : value;
}

std::string Tokenizer::name() {
    std::string result;
    for (;;) {
        if (is_name(peek())) {
            append_utf8(result, m_text[m_at++]);
        } else if (valid_escape()) {
            append_utf8(result, escape());
        } else {
            return result;
        }
    }
}

Token Tokenizer::numeric() {
    Token token{TokenKind::Number, {}, {}, false};
    const auto take = [&] { append_utf8(token.number, m_text[m_at++]); };
    const auto take_digits = [&] {
        while (is_digit(peek())) {
            take();
        }
    };
    if (peek() == '+' || peek() == '-') {
        take();
    }
    take_digits();
    if (peek() == '.' && is_digit(peek(1))) {
        take();
        take_digits();
    }
    if (peek() == 'e' || peek() == 'E') {
        const std::size_t sign = peek(1) == '+' || peek(1) == '-' ? 2 : 1;
        if (is_digit(peek(sign))) {
            for (std::size_t i = 0; i < sign; ++i) {
                take();
            }
            take_digits();
        }
    }
    if (starts_ident()) {
        token.kind = TokenKind::Dimension;
        token.value = name();
    } else if (peek() == '%') {
        ++m_at;
        token.kind = TokenKind::Percentage;
    }
    return token;
}

void Tokenizer::skip_bad_url() {
    while (peek() != end_of_text && peek() != ')') {
        if (valid_escape()) {
            escape();
        } else {
            ++m_at;
        }
    }
    if (peek() == ')') {
        ++m_at;
    }
}

Token Tokenizer::url() {
    Token token{TokenKind::Url, {}, {}, false};
    const auto bad = [&] {
        skip_bad_url();
        return Token{TokenKind::BadUrl, {}, {}, false};
    };
    while (is_white(peek())) {
        ++m_at;
    }
    for (;;) {
        const char32_t c = peek();
        if (c == ')' || c == end_of_text) {
            m_at += c == ')' ? 1 : 0;
            return token;
        }
        if (is_white(c)) {
            while (is_white(peek())) {
                ++m_at;
            }
            if (peek() == ')' || peek() == end_of_text) {
                continue;
            }
            return bad();
        }
        if (c == '"' || c == '\'' || c == '(' || is_non_printable(c) || (c == '\\' && !valid_escape())) {
            return bad();
        }
        append_utf8(token.value, c == '\\' ? escape() : m_text[m_at++]);
    }
}

Token Tokenizer::ident_like() {
    Token token{TokenKind::Ident, name(), {}, false};
    if (peek() != '(') {
        return token;
    }
    ++m_at;
    token.kind = TokenKind::Function;
    const bool is_url = token.value.size() == 3 && (token.value[0] | 0x20) == 'u' &&
                        (token.value[1] | 0x20) == 'r' && (token.value[2] | 0x20) == 'l';
    if (!is_url) {
        return token;
    }
    std::size_t ahead = 0;
    while (is_white(peek(ahead))) {
        ++ahead;
    }
    return peek(ahead) == '"' || peek(ahead) == '\'' ? token : url();
}

Token Tokenizer::string(char32_t quote) {
    Token token{TokenKind::String, {}, {}, false};
    for (;;) {
        const char32_t c = peek();
        if (c == end_of_text) {
            return token;
        }
        if (c == '\n') {
            return Token{TokenKind::BadString, {}, {}, false};
        }
        if (c == '\\' && peek(1) == end_of_text) {
            ++m_at;
        } else if (c == '\\' && peek(1) == '\n') {
            m_at += 2;
        } else if (c == '\\') {
            append_utf8(token.value, escape());
        } else {
            ++m_at;
            if (c == quote) {
                return token;
            }
            append_utf8(token.value, c);
        }
    }
}

Token Tokenizer::next() {
    const auto simple = [&](TokenKind kind, std::size_t length = 1) {
        m_at += length;
        return Token{kind, {}, {}, false};
    };
    const char32_t c = peek();
    if (is_white(c)) {
        while (is_white(peek())) {
            ++m_at;
        }
        return Token{TokenKind::Whitespace, {}, {}, false};
    }
    switch (c) {
    case '"':
    case '\'':
        ++m_at;
        return string(c);
    case '{':
        return simple(TokenKind::OpenCurly);
    case '}':
        return simple(TokenKind::CloseCurly);
    case '[':
        return simple(TokenKind::OpenSquare);
    case ']':
        return simple(TokenKind::CloseSquare);
    case '(':
        return simple(TokenKind::OpenParen);
    case ')':
        return simple(TokenKind::CloseParen);
    case ',':
        return simple(TokenKind::Comma);
    case ':':
        return simple(TokenKind::Colon);
    case ';':
        return simple(TokenKind::Semicolon);
    default:
        break;
    }
    if (c == '#' && (is_name(peek(1)) || valid_escape(1))) {
        ++m_at;
        const bool is_id = starts_ident();
        return Token{TokenKind::Hash, name(), {}, is_id};
    }
    if (starts_number()) {
        return numeric();
    }
    if (c == '<' && peek(1) == '!' && peek(2) == '-' && peek(3) == '-') {
        return simple(TokenKind::Cdo, 4);
    }
    if (c == '-' && peek(1) == '-' && peek(2) == '>') {
        return simple(TokenKind::Cdc, 3);
    }
    if (starts_ident()) {
        return ident_like();
    }
    if (c == '@' && starts_ident(1)) {
        ++m_at;
        return Token{TokenKind::AtKeyword, name(), {}, false};
    }
    Token token{TokenKind::Delim, {}, {}, false};
    append_utf8(token.value, m_text[m_at++]);
    return token;
}

std::vector<Token> Tokenizer::run() {
    std::vector<Token> tokens;
    while (peek() != end_of_text) {
        if (!skip_comment()) {
            tokens.push_back(next());
        }
    }
    return tokens;
}

} // namespace

std::vector<Token> tokenize(std::string_view css) {
    return Tokenizer(css).run();
}

} // namespace studio::site::css
