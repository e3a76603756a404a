// SPDX-License-Identifier: Apache-2.0
#include "renderer/support/keyed_hash.h"

#include <openssl/sha.h>

#include <bit>
#include <cstring>
#include <string>

namespace studio::renderer {

namespace {

struct State {
    std::uint64_t v0, v1, v2, v3;

    void round() {
        v0 += v1;
        v1 = std::rotl(v1, 13) ^ v0;
        v0 = std::rotl(v0, 32);
        v2 += v3;
        v3 = std::rotl(v3, 16) ^ v2;
        v0 += v3;
        v3 = std::rotl(v3, 21) ^ v0;
        v2 += v1;
        v1 = std::rotl(v1, 17) ^ v2;
        v2 = std::rotl(v2, 32);
    }

    void take(std::uint64_t word) {
        v3 ^= word;
        round();
        round();
        v0 ^= word;
    }
};

std::uint64_t little_endian(const char *bytes) {
    static_assert(std::endian::native == std::endian::little);
    std::uint64_t word;
    std::memcpy(&word, bytes, sizeof word);
    return word;
}

} // namespace

HashKey derive_key(std::string_view secret, std::string_view purpose) {
    std::string input(purpose);
    input.push_back('\0');
    input.append(secret);
    unsigned char digest[SHA256_DIGEST_LENGTH];
    SHA256(reinterpret_cast<const unsigned char *>(input.data()), input.size(), digest);
    HashKey key;
    std::memcpy(key.data(), digest, sizeof key);
    return key;
}

std::uint64_t keyed_hash(const HashKey &key, std::string_view bytes) {
    State state{key[0] ^ 0x736f6d6570736575u, key[1] ^ 0x646f72616e646f6du, key[0] ^ 0x6c7967656e657261u,
                key[1] ^ 0x7465646279746573u};
    std::size_t position = 0;
    for (; position + 8 <= bytes.size(); position += 8) {
        state.take(little_endian(bytes.data() + position));
    }
    std::uint64_t last = static_cast<std::uint64_t>(bytes.size()) << 56;
    for (std::size_t i = 0; position + i < bytes.size(); ++i) {
        last |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[position + i])) << (8 * i);
    }
    state.take(last);
    state.v2 ^= 0xff;
    for (int i = 0; i < 4; ++i) {
        state.round();
    }
    return state.v0 ^ state.v1 ^ state.v2 ^ state.v3;
}

} // namespace studio::renderer
