// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace studio::models {

// A random id for a new element of a list, so that no other program makes the same one: "service-7k2m9qxd".
// `prefix` is what the element is, or a file's name.
std::string new_element_id(std::string_view prefix);

} // namespace studio::models
