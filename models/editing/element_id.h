// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace studio::models {

// An id for a new element of a list that nobody else will make, without asking a server: "service-7k2m9qxd".
// `prefix` is what the element is, or a file's name.
std::string new_element_id(std::string_view prefix);

} // namespace studio::models
