// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace studio::preview {

// The text of preview/page_script.js, compiled into the program.
extern const char *const page_script;

} // namespace studio::preview
