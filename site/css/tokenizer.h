// SPDX-License-Identifier: Apache-2.0
// Turns text into tokens by CSS Syntax Module Level 3, section 4. Escapes are decoded, so `u\72l(` is
// recognised as `url(`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace studio::site::css {

enum class TokenKind {
    Ident,
    Function,
    AtKeyword,
    Hash,
    String,
    BadString,
    Url,
    BadUrl,
    Number,
    Percentage,
    Dimension,
    Whitespace,
    OpenCurly,
    CloseCurly,
    OpenSquare,
    CloseSquare,
    OpenParen,
    CloseParen,
    Comma,
    Colon,
    Semicolon,
    Delim,
    Cdo,
    Cdc
};

struct Token {
    TokenKind kind;
    std::string value;  // name, string, URL or the delimiter, decoded
    std::string number; // of Number, Percentage and Dimension, as written; value is then the unit
    bool is_id = false; // of Hash: its value is an identifier
    bool operator==(const Token &) const = default;
};

std::vector<Token> tokenize(std::string_view css);

} // namespace studio::site::css
