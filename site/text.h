// SPDX-License-Identifier: Apache-2.0
// Makes text from outside safe and readable on a page.
#pragma once

#include <string>
#include <string_view>

namespace studio::site {

// Valid UTF-8 without control characters except tab and line feed: invalid bytes become U+FFFD, control
// characters are left out.
std::string clean_text(std::string_view text);

// For markup that is made outside the templates (Markdown): & < > " ' become entities.
void append_html_escaped(std::string &out, std::string_view text);

// A URL that a page may carry: http(s), or a path on this host beginning with one '/'. Characters that could
// end an attribute, a srcset candidate or a CSS string are percent-encoded. "" where it is neither.
std::string safe_url(std::string_view url);

// The text with everything but letters, digits and -._~@ percent-encoded, for a part of a mailto: address or
// a query.
std::string percent_encoded(std::string_view text);

// The scheme, host and port of an http(s) URL; "" for a path.
std::string url_origin(std::string_view url);

// At most `max_characters` (as people count them) of the text, cut at a word and ended by "…" where it is
// longer; line breaks become spaces.
std::string summarised(std::string_view text, std::size_t max_characters);

// Reads the code point at `position` and moves `position` behind it; U+FFFD for invalid bytes.
char32_t next_code_point(std::string_view text, std::size_t &position);
void append_utf8(std::string &out, char32_t code_point);

} // namespace studio::site
