// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace studio::base {

// The version of the whole product, such as "1.2.3": the VERSION of project() in the top CMakeLists.txt.
const char *version();

} // namespace studio::base
