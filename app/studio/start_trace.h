// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace studio::app {

// With COMPANION_STUDIO_START_TRACE=1 writes {"event":"usable","ms":412} to stderr: milliseconds since the
// kernel created this process, in steps of 10 (its clock ticks).
void trace_start(std::string_view event);

} // namespace studio::app
