// SPDX-License-Identifier: Apache-2.0
// Feeds bytes to the sanitizer of custom CSS and reads its result back: it contains nothing that loads, runs,
// ends the element or leaves the scope, and sanitizing it again changes nothing.
#include "site/css/parser.h"
#include "site/css/sanitizer.h"
#include "tests/fuzz/require.h"

#include <array>
#include <cstdint>
#include <string>

namespace {

using namespace studio::site;
using studio::fuzz::is_utf8;
using studio::fuzz::require;

constexpr std::string_view scope = ".site";

constexpr std::array<std::string_view, 11> never{
    "url",        "src",        "image",        "image-set",         "element", "paint",
    "cross-fade", "expression", "-moz-element", "-webkit-image-set", "format"};

void check_tokens(const std::vector<css::Token> &tokens) {
    for (const css::Token &token : tokens) {
        require(token.kind != css::TokenKind::Url && token.kind != css::TokenKind::BadUrl &&
                token.kind != css::TokenKind::BadString && token.kind != css::TokenKind::Cdo &&
                token.kind != css::TokenKind::Cdc);
        if (token.kind != css::TokenKind::Function) {
            continue;
        }
        for (const std::string_view name : never) {
            require(css::lower_case(token.value) != name);
        }
    }
}

void check_declarations(css::Tokens block) {
    for (const css::Tokens part : css::split(block, css::TokenKind::Semicolon)) {
        const css::Tokens declaration = css::trimmed(part);
        if (declaration.empty()) {
            continue;
        }
        require(declaration.front().kind == css::TokenKind::Ident);
        const std::string property = css::lower_case(declaration.front().value);
        require(property != "behavior" && property != "-moz-binding");
        for (const css::Token &token : declaration) {
            require(property != "position" || css::lower_case(token.value) != "fixed");
        }
    }
}

void check_rules(css::Tokens tokens, int depth) {
    require(depth < 6);
    for (const css::Rule &rule : css::parse_rules(tokens)) {
        require(rule.has_block && rule.complete);
        if (!rule.at_name.empty()) {
            require(rule.at_name == "media" || rule.at_name == "supports");
            check_rules(rule.block, depth + 1);
            continue;
        }
        for (const css::Tokens selector : css::split(rule.prelude, css::TokenKind::Comma)) {
            const css::Tokens given = css::trimmed(selector);
            require(given.size() >= 2 && given[0].value == "." && given[1].value == scope.substr(1));
        }
        check_declarations(rule.block);
    }
}

} // namespace

namespace {

// "<" compares sizes in a condition and never begins a tag or a comment of HTML.
bool begins_no_markup(std::string_view css) {
    for (std::size_t at = css.find('<'); at != std::string_view::npos; at = css.find('<', at + 1)) {
        const std::string_view next = css.substr(at + 1, 2);
        if (next.starts_with('!') || next.starts_with('?') || (next.starts_with('/') && next != "/*")) {
            return false;
        }
    }
    return css.find('\0') == std::string_view::npos;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    const SanitizedCss once = sanitize_css({reinterpret_cast<const char *>(data), size}, scope);
    require(is_utf8(once.css) && begins_no_markup(once.css));
    for (const std::string &reason : once.dropped) {
        require(!reason.empty());
    }
    const std::vector<css::Token> tokens = css::tokenize(once.css);
    require(css::is_balanced(tokens));
    check_tokens(tokens);
    check_rules(tokens, 0);
    const SanitizedCss twice = sanitize_css(once.css, scope);
    require(twice.css == once.css && twice.dropped.empty());
    return 0;
}
