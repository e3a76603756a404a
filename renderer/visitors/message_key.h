// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string_view>

namespace studio::renderer {

// Signs by HMAC-SHA256 (RFC 2104). The key is absorbed once, so that a signature costs half a microsecond.
// Any thread.
class MessageKey final {
public:
    using Signature = std::array<char, 32>;

    // `key`: 64 bytes or less are used as they are, more are hashed, as the RFC says.
    explicit MessageKey(std::string_view key);
    // A key of its own for each purpose, from a secret of any length.
    MessageKey(std::string_view secret, std::string_view purpose);
    ~MessageKey();
    MessageKey(MessageKey &&) noexcept;
    MessageKey &operator=(MessageKey &&) noexcept;

    // Signs the parts one after another: a part whose length varies must come last, or be followed by a
    // separator.
    Signature sign(std::initializer_list<std::string_view> parts) const;

private:
    struct State;
    std::unique_ptr<const State> m_state;
};

// Takes the same time for any two texts of equal length.
bool equal_in_constant_time(std::string_view left, std::string_view right);

} // namespace studio::renderer
