// SPDX-License-Identifier: Apache-2.0
// Feeds bytes to the Markdown writer, and reads its HTML back: nothing but the elements and attributes that
// it knows, each closed where it was opened.
#include "site/markdown.h"
#include "tests/fuzz/require.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace {

using studio::fuzz::is_utf8;
using studio::fuzz::require;

constexpr std::array<std::string_view, 22> elements{
    "blockquote", "ul", "ol",     "li",   "p",   "table", "thead", "tbody", "tr", "th", "td",
    "em",         "a",  "strong", "code", "del", "pre",   "h2",    "h3",    "h4", "h5", "h6"};

bool is_known_target(std::string_view target) {
    return target.starts_with("http://") || target.starts_with("https://") || target.starts_with("mailto:") ||
           target.starts_with("tel:");
}

void check_attributes(std::string_view name, std::string_view attributes) {
    constexpr std::string_view link = " href=\"", link_end = "\" rel=\"noopener nofollow\"";
    if (name == "a") {
        require(attributes.starts_with(link) && attributes.ends_with(link_end));
        attributes.remove_prefix(link.size());
        attributes.remove_suffix(link_end.size());
        require(is_known_target(attributes) && attributes.find_first_of("\"'<>") == std::string_view::npos);
    } else if (name == "ol" && !attributes.empty()) {
        constexpr std::string_view start = " start=\"";
        require(attributes.starts_with(start) && attributes.ends_with('"'));
        attributes.remove_prefix(start.size());
        require(attributes.find_first_not_of("0123456789") == attributes.size() - 1);
    } else {
        require(attributes == (name == "pre" ? " tabindex=\"0\"" : ""));
    }
}

void check_html(std::string_view html) {
    std::vector<std::string_view> open;
    for (std::size_t at = html.find('<'); at != std::string_view::npos; at = html.find('<', at + 1)) {
        const std::size_t end = html.find('>', at);
        require(end != std::string_view::npos);
        const std::string_view tag = html.substr(at + 1, end - at - 1);
        if (tag == "hr" || tag == "br") {
            continue;
        }
        if (tag.starts_with('/')) {
            require(!open.empty() && open.back() == tag.substr(1));
            open.pop_back();
            continue;
        }
        const std::string_view name = tag.substr(0, tag.find(' '));
        require(std::find(elements.begin(), elements.end(), name) != elements.end());
        require(name != "a" || std::find(open.begin(), open.end(), "a") == open.end());
        check_attributes(name, tag.substr(name.size()));
        open.push_back(name);
    }
    require(open.empty());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    for (const int parent : {1, 5}) {
        const std::string html = studio::site::markdown_below_heading(text, parent);
        require(is_utf8(html) && html.find('\0') == std::string::npos);
        check_html(html);
    }
    return 0;
}
