// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace studio::renderer {

// For bytes that are compressed once and sent often, but must be ready a few milliseconds after a publish.
std::string gzip(std::string_view bytes);
std::string brotli(std::string_view bytes);

} // namespace studio::renderer
