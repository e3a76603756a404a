// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace studio::renderer {

using HashKey = std::array<std::uint64_t, 2>;

// A key from a secret of any length, a different one for each purpose.
HashKey derive_key(std::string_view secret, std::string_view purpose);

// SipHash-2-4 (Aumasson, Bernstein 2012): a keyed hash that is fast on short input.
std::uint64_t keyed_hash(const HashKey &key, std::string_view bytes);

} // namespace studio::renderer
