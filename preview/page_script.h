// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace studio::preview {

// preview/page_script.js, compiled in.
extern const char *const page_script;

} // namespace studio::preview
