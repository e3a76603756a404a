// SPDX-License-Identifier: Apache-2.0
#include "site/css/parser.h"

#include <algorithm>
#include <optional>

namespace studio::site::css {

namespace {

std::optional<TokenKind> closing(TokenKind kind) {
    switch (kind) {
    case TokenKind::OpenCurly:
        return TokenKind::CloseCurly;
    case TokenKind::OpenSquare:
        return TokenKind::CloseSquare;
    case TokenKind::OpenParen:
    case TokenKind::Function:
        return TokenKind::CloseParen;
    default:
        return std::nullopt;
    }
}

// The position after the bracket that opens at `at`, or tokens.size() + 1 where it never closes.
std::size_t after_block(Tokens tokens, std::size_t at) {
    std::vector<TokenKind> open;
    for (; at < tokens.size(); ++at) {
        if (const auto close = closing(tokens[at].kind)) {
            open.push_back(*close);
        } else if (!open.empty() && tokens[at].kind == open.back()) {
            open.pop_back();
        }
        if (open.empty()) {
            return at + 1;
        }
    }
    return tokens.size() + 1;
}

} // namespace

std::string lower_case(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return result;
}

Tokens trimmed(Tokens tokens) {
    while (!tokens.empty() && tokens.front().kind == TokenKind::Whitespace) {
        tokens = tokens.subspan(1);
    }
    while (!tokens.empty() && tokens.back().kind == TokenKind::Whitespace) {
        tokens = tokens.first(tokens.size() - 1);
    }
    return tokens;
}

bool is_balanced(Tokens tokens) {
    std::vector<TokenKind> open;
    for (const Token &token : tokens) {
        if (const auto close = closing(token.kind)) {
            open.push_back(*close);
        } else if (token.kind == TokenKind::CloseCurly || token.kind == TokenKind::CloseSquare ||
                   token.kind == TokenKind::CloseParen) {
            if (open.empty() || open.back() != token.kind) {
                return false;
            }
            open.pop_back();
        }
    }
    return open.empty();
}

std::vector<Tokens> split(Tokens tokens, TokenKind separator) {
    std::vector<Tokens> parts;
    std::size_t start = 0;
    for (std::size_t at = 0; at < tokens.size();) {
        if (tokens[at].kind == separator) {
            parts.push_back(tokens.subspan(start, at - start));
            start = ++at;
        } else if (closing(tokens[at].kind)) {
            at = std::min(after_block(tokens, at), tokens.size());
        } else {
            ++at;
        }
    }
    parts.push_back(tokens.subspan(start));
    return parts;
}

std::vector<Rule> parse_rules(Tokens tokens) {
    std::vector<Rule> rules;
    std::size_t at = 0;
    while (at < tokens.size()) {
        const TokenKind kind = tokens[at].kind;
        if (kind == TokenKind::Whitespace || kind == TokenKind::Cdo || kind == TokenKind::Cdc) {
            ++at;
            continue;
        }
        Rule rule;
        if (kind == TokenKind::AtKeyword) {
            rule.at_name = lower_case(tokens[at++].value);
        }
        const std::size_t start = at;
        while (at < tokens.size() && tokens[at].kind != TokenKind::OpenCurly &&
               (rule.at_name.empty() || tokens[at].kind != TokenKind::Semicolon)) {
            at = closing(tokens[at].kind) ? std::min(after_block(tokens, at), tokens.size()) : at + 1;
        }
        rule.prelude = tokens.subspan(start, at - start);
        if (at < tokens.size() && tokens[at].kind == TokenKind::OpenCurly) {
            const std::size_t after = after_block(tokens, at);
            rule.has_block = true;
            rule.complete = after <= tokens.size();
            const std::size_t end = std::min(after, tokens.size() + 1) - 1;
            rule.block = tokens.subspan(at + 1, end - at - 1);
            at = std::min(after, tokens.size());
        } else {
            ++at;
        }
        rules.push_back(rule);
    }
    return rules;
}

} // namespace studio::site::css
