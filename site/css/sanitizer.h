// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace studio::site {

// A tenant's custom CSS made safe: at-rules other than @media and @supports, url(), expression, @import and
// anything that does not parse are dropped, and every selector is scoped below `scope` (".site"). `dropped`
// says what went and why.
struct SanitizedCss {
    std::string css;
    std::vector<std::string> dropped;
};
SanitizedCss sanitize_css(std::string_view css, std::string_view scope);

} // namespace studio::site
