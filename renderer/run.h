// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "renderer/configuration.h"

namespace studio::renderer {

// The whole service, until SIGTERM or SIGINT. The process's exit code: 0 after a drain, 1 where it could not
// start, 2 where the environment is wrong.
int run(const Environment &environment);

} // namespace studio::renderer
