// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace studio::renderer {

// A 128-bit identifier.
struct Uuid {
    std::array<std::uint8_t, 16> bytes{};

    // "3f0c0e3e-5a4b-4c6d-8e9f-000000000001", in either case; nothing else.
    static std::optional<Uuid> parse(std::string_view text);
    // From the operating system's random numbers. Throws std::runtime_error where it has none.
    static Uuid random();
    // A uuid of version 8 (RFC 9562) made of a hash's first 16 bytes.
    static Uuid of_hash(std::string_view hash);

    std::string text() const;
    std::string_view view() const { return {reinterpret_cast<const char *>(bytes.data()), bytes.size()}; }
    auto operator<=>(const Uuid &) const = default;
};

} // namespace studio::renderer
