// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace studio::site::css {

// Our own style sheets without comments and needless white space.
std::string compact(std::string_view css);

} // namespace studio::site::css
