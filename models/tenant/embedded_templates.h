// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace studio::models {

// The text of resources/starting_sites/NAME, such as "elegant/theme.json"; "" where there is none.
std::string_view embedded_template(std::string_view name);

} // namespace studio::models
