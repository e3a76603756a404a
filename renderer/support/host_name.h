// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace studio::renderer {

// A Host field as it is looked up: lower case, without port and without the dot at the end. Lives on the
// stack.
class HostName final {
public:
    explicit HostName(std::string_view host_field);
    std::string_view text() const { return {m_text.data(), m_size}; }
    // "claire" for "claire.<domain>"; "" where the host is not exactly one label below the domain.
    std::string_view label_below(std::string_view domain) const;

private:
    std::array<char, 256> m_text;
    std::size_t m_size = 0;
};

} // namespace studio::renderer
