// SPDX-License-Identifier: Apache-2.0
#include "renderer/http/content_negotiation.h"

#include <algorithm>
#include <charconv>

namespace studio::renderer::http {

namespace {

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::string_view next_item(std::string_view &list) {
    const auto comma = list.find(',');
    const std::string_view item = trimmed(list.substr(0, comma));
    list = comma == std::string_view::npos ? std::string_view{} : list.substr(comma + 1);
    return item;
}

bool equals_ignoring_case(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [&](char x, char y) { return lower(x) == lower(y); });
}

// The quality of "q=0.8" in thousandths; 1000 without one, 0 where it cannot be read.
int quality(std::string_view parameters) {
    parameters = trimmed(parameters);
    if (parameters.empty()) {
        return 1000;
    }
    if (parameters.size() < 3 || (parameters[0] != 'q' && parameters[0] != 'Q') || parameters[1] != '=') {
        return 0;
    }
    const std::string_view digits = parameters.substr(2);
    if (digits.size() > 5 || (digits[0] != '0' && digits[0] != '1') ||
        (digits.size() > 1 && digits[1] != '.')) {
        return 0;
    }
    int value = (digits[0] - '0') * 1000;
    int scale = 100;
    for (std::size_t i = 2; i < digits.size(); ++i, scale /= 10) {
        if (digits[i] < '0' || digits[i] > '9') {
            return 0;
        }
        value += (digits[i] - '0') * scale;
    }
    return std::min(value, 1000);
}

std::optional<std::uint64_t> number(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return value;
}

} // namespace

Encoding preferred_encoding(std::string_view accept_encoding) {
    constexpr int unsaid = -1;
    int brotli = unsaid, gzip = unsaid, identity = unsaid, any = unsaid;
    while (!accept_encoding.empty()) {
        const std::string_view item = next_item(accept_encoding);
        const auto semicolon = item.find(';');
        const std::string_view name = trimmed(item.substr(0, semicolon));
        const int q = semicolon == std::string_view::npos ? 1000 : quality(item.substr(semicolon + 1));
        if (equals_ignoring_case(name, "br")) {
            brotli = q;
        } else if (equals_ignoring_case(name, "gzip") || equals_ignoring_case(name, "x-gzip")) {
            gzip = q;
        } else if (equals_ignoring_case(name, "identity")) {
            identity = q;
        } else if (name == "*") {
            any = q;
        }
    }
    const auto said = [any](int own, int otherwise) {
        return own != unsaid ? own : any != unsaid ? any : otherwise;
    };
    brotli = said(brotli, 0);
    gzip = said(gzip, 0);
    identity = identity != unsaid ? identity : any == 0 ? 0 : 1;
    if (brotli > 0 && brotli >= gzip && brotli >= identity) {
        return Encoding::Brotli;
    }
    if (gzip > 0 && gzip >= identity) {
        return Encoding::Gzip;
    }
    return Encoding::Identity;
}

bool matches_etag(std::string_view if_none_match, std::string_view etag) {
    if (trimmed(if_none_match) == "*") {
        return true;
    }
    while (!if_none_match.empty()) {
        std::string_view item = next_item(if_none_match);
        if (item.starts_with("W/")) {
            item.remove_prefix(2);
        }
        if (item == etag) {
            return true;
        }
    }
    return false;
}

RangeChoice choose_range(std::string_view range, std::uint64_t size) {
    constexpr std::string_view unit = "bytes=";
    if (range.size() <= unit.size() || !equals_ignoring_case(range.substr(0, unit.size()), unit)) {
        return {};
    }
    const std::string_view spec = trimmed(range.substr(unit.size()));
    const auto dash = spec.find('-');
    if (dash == std::string_view::npos || spec.find(',') != std::string_view::npos) {
        return {};
    }
    const std::string_view before = trimmed(spec.substr(0, dash)), after = trimmed(spec.substr(dash + 1));
    const RangeChoice unsatisfiable{RangeChoice::Kind::Unsatisfiable, {}};
    if (before.empty()) {
        const auto suffix = number(after);
        if (!suffix) {
            return {};
        }
        if (*suffix == 0 || size == 0) {
            return unsatisfiable;
        }
        const std::uint64_t length = std::min(*suffix, size);
        return {RangeChoice::Kind::Part, {size - length, length}};
    }
    const auto first = number(before);
    const auto last = after.empty() ? std::optional<std::uint64_t>(UINT64_MAX) : number(after);
    if (!first || !last || *last < *first) {
        return {};
    }
    if (*first >= size) {
        return unsatisfiable;
    }
    return {RangeChoice::Kind::Part, {*first, std::min(*last, size - 1) - *first + 1}};
}

} // namespace studio::renderer::http
