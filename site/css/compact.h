// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace studio::site::css {

// Removes comments and unnecessary white space from one of our own style sheets.
std::string compact(std::string_view css);

} // namespace studio::site::css
