// SPDX-License-Identifier: Apache-2.0
#include "renderer/visitors/uuid.h"

#include <openssl/rand.h>

#include <cstring>
#include <stdexcept>

namespace studio::renderer {

namespace {

constexpr std::size_t text_size = 36;

bool is_dash(std::size_t position) {
    return position == 8 || position == 13 || position == 18 || position == 23;
}

int hex_value(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

void mark(Uuid &uuid, unsigned version) {
    uuid.bytes[6] = static_cast<std::uint8_t>((uuid.bytes[6] & 0x0f) | (version << 4));
    uuid.bytes[8] = static_cast<std::uint8_t>((uuid.bytes[8] & 0x3f) | 0x80);
}

} // namespace

std::optional<Uuid> Uuid::parse(std::string_view text) {
    if (text.size() != text_size) {
        return std::nullopt;
    }
    Uuid uuid;
    std::size_t digits = 0;
    for (std::size_t i = 0; i < text_size; ++i) {
        if (is_dash(i)) {
            if (text[i] != '-') {
                return std::nullopt;
            }
            continue;
        }
        const int value = hex_value(text[i]);
        if (value < 0) {
            return std::nullopt;
        }
        auto &byte = uuid.bytes[digits++ / 2];
        byte = static_cast<std::uint8_t>((byte << 4) | value);
    }
    return uuid;
}

Uuid Uuid::random() {
    Uuid uuid;
    if (RAND_bytes(uuid.bytes.data(), static_cast<int>(uuid.bytes.size())) != 1) {
        throw std::runtime_error("the operating system gave no random numbers");
    }
    mark(uuid, 4);
    return uuid;
}

Uuid Uuid::of_hash(std::string_view hash) {
    if (hash.size() < 16) {
        throw std::invalid_argument("a hash of at least 16 bytes is needed");
    }
    Uuid uuid;
    std::memcpy(uuid.bytes.data(), hash.data(), uuid.bytes.size());
    mark(uuid, 8);
    return uuid;
}

std::string Uuid::text() const {
    constexpr char digits[] = "0123456789abcdef";
    std::string result(text_size, '-');
    std::size_t position = 0;
    for (const std::uint8_t byte : bytes) {
        if (is_dash(position)) {
            ++position;
        }
        result[position++] = digits[byte >> 4];
        result[position++] = digits[byte & 15];
    }
    return result;
}

} // namespace studio::renderer
