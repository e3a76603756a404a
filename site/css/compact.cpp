// SPDX-License-Identifier: Apache-2.0
#include "site/css/compact.h"

#include "site/css/serialize.h"
#include "site/css/tokenizer.h"

namespace studio::site::css {

namespace {

bool swallows_space_after(TokenKind kind) {
    return kind == TokenKind::OpenCurly || kind == TokenKind::CloseCurly || kind == TokenKind::Semicolon ||
           kind == TokenKind::Comma || kind == TokenKind::Colon || kind == TokenKind::OpenParen ||
           kind == TokenKind::Function || kind == TokenKind::OpenSquare;
}

bool swallows_space_before(TokenKind kind) {
    return kind == TokenKind::OpenCurly || kind == TokenKind::CloseCurly || kind == TokenKind::Semicolon ||
           kind == TokenKind::Comma || kind == TokenKind::CloseParen;
}

} // namespace

std::string compact(std::string_view css) {
    std::vector<Token> kept;
    const std::vector<Token> tokens = tokenize(css);
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const Token &token = tokens[i];
        if (token.kind == TokenKind::Whitespace &&
            (kept.empty() || i + 1 == tokens.size() || swallows_space_after(kept.back().kind) ||
             swallows_space_before(tokens[i + 1].kind))) {
            continue;
        }
        if (token.kind == TokenKind::CloseCurly && !kept.empty() &&
            kept.back().kind == TokenKind::Semicolon) {
            kept.pop_back();
        }
        kept.push_back(token);
    }
    return serialize(kept);
}

} // namespace studio::site::css
