// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace studio::renderer {

// RFC 4648 section 5, without padding.
std::string to_base64url(std::string_view bytes);
// nullopt for any other character, for padding, and where unused bits are set: each value has one spelling.
std::optional<std::string> from_base64url(std::string_view text);

} // namespace studio::renderer
