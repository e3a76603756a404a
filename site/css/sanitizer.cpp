// SPDX-License-Identifier: Apache-2.0
#include "site/css/sanitizer.h"

#include "base/text.h"
#include "site/css/compact.h"
#include "site/css/parser.h"
#include "site/css/serialize.h"

#include <algorithm>
#include <array>
#include <optional>

namespace studio::site {

namespace {

using css::Token;
using css::TokenKind;
using css::Tokens;

constexpr std::size_t max_css_bytes = 64 * 1024;
constexpr int max_depth = 4;

// None of these functions can load a resource or run code.
// clang-format off
constexpr std::array<std::string_view, 90> allowed_functions = {
    "abs", "acos", "asin", "atan", "atan2", "attr", "blur", "brightness", "calc", "circle", "clamp", "color",
    "color-mix", "conic-gradient", "contrast", "cos", "counter", "counters", "cubic-bezier", "drop-shadow",
    "ellipse", "env", "exp", "fit-content", "grayscale", "hsl", "hsla", "hue-rotate", "hwb", "hypot", "inset",
    "invert", "lab", "lch", "light-dark", "linear", "linear-gradient", "log", "matrix", "matrix3d", "max",
    "min", "minmax", "mod", "oklab", "oklch", "opacity", "path", "perspective", "polygon", "pow",
    "radial-gradient", "ray", "rect", "rem", "repeat", "repeating-conic-gradient", "repeating-linear-gradient",
    "repeating-radial-gradient", "rgb", "rgba", "rotate", "rotate3d", "rotatex", "rotatey", "rotatez", "round",
    "saturate", "scale", "scale3d", "scalex", "scaley", "scalez", "sepia", "shape", "sign", "sin", "skew",
    "skewx", "skewy", "sqrt", "steps", "tan", "translate", "translate3d", "translatex", "translatey",
    "translatez", "var", "xywh"};
// clang-format on

constexpr std::array<std::string_view, 14> allowed_pseudo_functions = {
    "not",  "is",  "where", "has",      "nth-child", "nth-last-child", "nth-of-type", "nth-last-of-type",
    "lang", "dir", "host",  "selector", "style",     "scroll-state"};

bool is_listed(std::span<const std::string_view> list, std::string_view name) {
    return std::find(list.begin(), list.end(), css::lower_case(name)) != list.end();
}

bool is_delim(const Token &token, std::string_view value) {
    return token.kind == TokenKind::Delim && token.value == value;
}

std::string text_of(Tokens tokens) {
    return base::shortened(css::serialize(std::vector<Token>(tokens.begin(), tokens.end())), 60);
}

class Sanitizer final {
public:
    explicit Sanitizer(std::string_view scope) : m_scope(css::tokenize(scope)) {}
    std::string rules(Tokens tokens, int depth);
    std::vector<std::string> take_dropped() { return std::move(m_dropped); }

private:
    void drop(std::string what) {
        if (m_dropped.size() < 100) {
            m_dropped.push_back(std::move(what));
        }
    }
    std::string rule(const css::Rule &rule, int depth);
    std::string declarations(Tokens block);
    bool is_declaration_fine(Tokens declaration);
    std::string selectors(Tokens prelude);
    std::optional<std::string> scoped(Tokens selector);
    std::size_t root_length(Tokens selector) const;

    std::vector<Token> m_scope;
    std::vector<std::string> m_dropped;
};

bool is_value_token(const Token &token) {
    switch (token.kind) {
    case TokenKind::Ident:
    case TokenKind::Hash:
    case TokenKind::String:
    case TokenKind::Number:
    case TokenKind::Percentage:
    case TokenKind::Dimension:
    case TokenKind::Whitespace:
    case TokenKind::OpenParen:
    case TokenKind::CloseParen:
    case TokenKind::OpenSquare:
    case TokenKind::CloseSquare:
    case TokenKind::Comma:
        return true;
    case TokenKind::Function:
        return is_listed(allowed_functions, token.value);
    case TokenKind::Delim:
        return token.value == "+" || token.value == "-" || token.value == "*" || token.value == "/";
    default:
        return false;
    }
}

// Cuts "!important" off the end.
Tokens without_important(Tokens value) {
    Tokens rest = css::trimmed(value);
    if (rest.empty() || rest.back().kind != TokenKind::Ident ||
        css::lower_case(rest.back().value) != "important") {
        return value;
    }
    rest = css::trimmed(rest.first(rest.size() - 1));
    return !rest.empty() && is_delim(rest.back(), "!") ? rest.first(rest.size() - 1) : value;
}

// A value of `position` with var() is refused, because the variable could hold "fixed".
bool is_position_fine(Tokens value) {
    static constexpr std::array<std::string_view, 4> allowed = {"static", "relative", "absolute", "sticky"};
    return value.size() == 1 && value[0].kind == TokenKind::Ident && is_listed(allowed, value[0].value);
}

bool Sanitizer::is_declaration_fine(Tokens declaration) {
    const Token &name = declaration.front();
    Tokens rest = css::trimmed(declaration.subspan(1));
    if (name.kind != TokenKind::Ident || rest.empty() || rest.front().kind != TokenKind::Colon) {
        drop("\"" + text_of(declaration) + "\": no declaration");
        return false;
    }
    const Tokens value = css::trimmed(without_important(rest.subspan(1)));
    const std::string property = css::lower_case(name.value);
    if (property == "behavior" || property.ends_with("binding") ||
        (property == "position" && !is_position_fine(value))) {
        drop("\"" + text_of(declaration) + "\": not allowed here");
        return false;
    }
    const auto bad =
        std::find_if(value.begin(), value.end(), [](const Token &token) { return !is_value_token(token); });
    if (value.empty() || bad != value.end() || !css::is_balanced(value)) {
        std::string why = ": the value is not valid";
        if (bad != value.end() && (bad->kind == TokenKind::Url || bad->kind == TokenKind::BadUrl)) {
            why = ": url() is not allowed";
        } else if (bad != value.end() && bad->kind == TokenKind::Function) {
            why = ": " + bad->value + "() is not allowed";
        }
        drop("\"" + text_of(declaration) + "\"" + why);
        return false;
    }
    return true;
}

std::string Sanitizer::declarations(Tokens block) {
    std::string result;
    for (const Tokens part : css::split(block, TokenKind::Semicolon)) {
        const Tokens declaration = css::trimmed(part);
        if (declaration.empty() || !is_declaration_fine(declaration)) {
            continue;
        }
        result += css::serialize(std::vector<Token>(declaration.begin(), declaration.end())) + ';';
    }
    return result;
}

// How many leading tokens name the page itself: "html", "body", ":root", "html body", or the scope's own
// text.
std::size_t Sanitizer::root_length(Tokens selector) const {
    const auto is_ident = [&](std::size_t at, std::string_view name) {
        return at < selector.size() && selector[at].kind == TokenKind::Ident &&
               css::lower_case(selector[at].value) == name;
    };
    if (is_ident(0, "html") && selector.size() > 2 && selector[1].kind == TokenKind::Whitespace &&
        is_ident(2, "body")) {
        return 3;
    }
    if (is_ident(0, "html") || is_ident(0, "body")) {
        return 1;
    }
    if (selector.size() > 1 && selector[0].kind == TokenKind::Colon && is_ident(1, "root")) {
        return 2;
    }
    const bool is_scope =
        selector.size() >= m_scope.size() && std::equal(m_scope.begin(), m_scope.end(), selector.begin());
    return is_scope ? m_scope.size() : 0;
}

bool is_selector_token(const Token &token) {
    switch (token.kind) {
    case TokenKind::Ident:
    case TokenKind::Hash:
    case TokenKind::String:
    case TokenKind::Number:
    case TokenKind::Dimension:
    case TokenKind::Whitespace:
    case TokenKind::OpenSquare:
    case TokenKind::CloseSquare:
    case TokenKind::CloseParen:
    case TokenKind::Comma:
    case TokenKind::Colon:
        return true;
    case TokenKind::Function:
        return is_listed(allowed_pseudo_functions, token.value);
    case TokenKind::Delim:
        return std::string_view(".*>+~=^$|-").find(token.value) != std::string_view::npos;
    default:
        return false;
    }
}

// A sibling of the scope's element would be outside of the scope.
bool leaves_scope(Tokens after_root) {
    int depth = 0;
    for (std::size_t at = 0; at < after_root.size(); ++at) {
        const Token &token = after_root[at];
        if (token.kind == TokenKind::Function || token.kind == TokenKind::OpenSquare) {
            ++depth;
        } else if (token.kind == TokenKind::CloseParen || token.kind == TokenKind::CloseSquare) {
            --depth;
        }
        if (depth > 0 || (token.kind != TokenKind::Whitespace && token.kind != TokenKind::Delim)) {
            continue;
        }
        const Tokens next = css::trimmed(after_root.subspan(at));
        if (is_delim(next.front(), "+") || is_delim(next.front(), "~")) {
            return true;
        }
        if (token.kind == TokenKind::Whitespace || is_delim(token, ">")) {
            return false;
        }
    }
    return false;
}

std::optional<std::string> Sanitizer::scoped(Tokens selector) {
    const bool fine = !selector.empty() && std::all_of(selector.begin(), selector.end(), is_selector_token) &&
                      css::is_balanced(selector) && !is_delim(selector.front(), ">") &&
                      !is_delim(selector.front(), "+") && !is_delim(selector.front(), "~");
    const std::size_t root = fine ? root_length(selector) : 0;
    if (!fine || (root > 0 && leaves_scope(selector.subspan(root)))) {
        drop("selector \"" + text_of(selector) + "\": not allowed here");
        return std::nullopt;
    }
    const Tokens rest = selector.subspan(root);
    return css::serialize(m_scope) + (root > 0 ? "" : " ") +
           css::serialize(std::vector<Token>(rest.begin(), rest.end()));
}

std::string Sanitizer::selectors(Tokens prelude) {
    std::string result;
    for (const Tokens part : css::split(prelude, TokenKind::Comma)) {
        const auto selector = scoped(css::trimmed(part));
        if (!selector) {
            return {}; // as browsers do: one invalid selector drops the whole rule
        }
        result += (result.empty() ? "" : ",") + *selector;
    }
    return result;
}

bool is_condition_token(const Token &token) {
    return is_value_token(token) || token.kind == TokenKind::Colon || is_delim(token, "=") ||
           is_delim(token, ">") || is_delim(token, "<") ||
           (token.kind == TokenKind::Function && is_listed(allowed_pseudo_functions, token.value));
}

// Whether "<" is a comparison. Before "/" or "!" it could begin markup that ends the page's style element.
bool compares(Tokens condition) {
    for (std::size_t at = 0; at < condition.size(); ++at) {
        if (!is_delim(condition[at], "<")) {
            continue;
        }
        const Tokens rest = css::trimmed(condition.subspan(at + 1));
        const bool size =
            !rest.empty() && (is_delim(rest[0], "=") || rest[0].kind == TokenKind::Ident ||
                              rest[0].kind == TokenKind::Number || rest[0].kind == TokenKind::Dimension ||
                              rest[0].kind == TokenKind::Function);
        if (!size) {
            return false;
        }
    }
    return true;
}

std::string Sanitizer::rule(const css::Rule &rule, int depth) {
    const std::string name =
        rule.at_name.empty() ? "\"" + text_of(css::trimmed(rule.prelude)) + "\"" : "@" + rule.at_name;
    if (!rule.complete || !rule.has_block) {
        drop(name +
             (rule.has_block || rule.at_name.empty() ? ": its block is not closed" : ": not allowed here"));
        return {};
    }
    const Tokens prelude = css::trimmed(rule.prelude);
    if (rule.at_name.empty()) {
        const std::string selector = selectors(prelude);
        const std::string body = selector.empty() ? std::string() : declarations(rule.block);
        return body.empty() ? std::string() : selector + '{' + body + '}';
    }
    const bool known = rule.at_name == "media" || rule.at_name == "supports";
    if (!known || depth >= max_depth || prelude.empty() || !css::is_balanced(prelude) ||
        !std::all_of(prelude.begin(), prelude.end(), is_condition_token) || !compares(prelude)) {
        drop(name + (known ? ": the condition is not allowed here" : ": not allowed here"));
        return {};
    }
    const std::string body = rules(rule.block, depth + 1);
    return body.empty() ? std::string()
                        : name + ' ' + css::serialize(std::vector<Token>(prelude.begin(), prelude.end())) +
                              '{' + body + '}';
}

std::string Sanitizer::rules(Tokens tokens, int depth) {
    std::string result;
    for (const css::Rule &parsed : css::parse_rules(tokens)) {
        result += rule(parsed, depth);
    }
    return result;
}

} // namespace

SanitizedCss sanitize_css(std::string_view text, std::string_view scope) {
    if (text.size() > max_css_bytes) {
        return {{}, {"all of it: longer than 64 KB"}};
    }
    const std::vector<Token> tokens = css::tokenize(text);
    Sanitizer sanitizer(scope);
    SanitizedCss result;
    result.css = css::compact(sanitizer.rules(tokens, 0));
    result.dropped = sanitizer.take_dropped();
    return result;
}

} // namespace studio::site
