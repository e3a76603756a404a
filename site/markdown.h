// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace studio::site {

// Markdown to HTML: CommonMark without raw HTML; links http(s), mailto and tel only, with rel="noopener
// nofollow".
std::string markdown_to_html(std::string_view markdown);

// As markdown_to_html(), for a place whose own heading has level `parent_heading` (1..5): the
// text's headings become the levels right below it, without gaps.
std::string markdown_below_heading(std::string_view markdown, int parent_heading);

} // namespace studio::site
