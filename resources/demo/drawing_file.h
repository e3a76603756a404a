// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "resources/demo/art/scenes.h"

#include <filesystem>

namespace studio::demo {

// The drawings of one tenant. Throws std::runtime_error that names what is wrong.
std::vector<Drawing> read_drawings(const std::filesystem::path &file);

} // namespace studio::demo
