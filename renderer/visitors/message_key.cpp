// SPDX-License-Identifier: Apache-2.0
#include "renderer/visitors/message_key.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/sha.h>

#include <cstring>
#include <stdexcept>
#include <string>

namespace studio::renderer {

namespace {

constexpr std::size_t block_size = 64;

struct FreeContext {
    void operator()(EVP_MD_CTX *context) const { EVP_MD_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_MD_CTX, FreeContext>;

void require(int result) {
    if (result != 1) {
        throw std::runtime_error("SHA-256 failed");
    }
}

Context absorbed(std::string_view key, unsigned char pad) {
    unsigned char block[block_size];
    std::memset(block, pad, sizeof block);
    for (std::size_t i = 0; i < key.size(); ++i) {
        block[i] ^= static_cast<unsigned char>(key[i]);
    }
    Context context(EVP_MD_CTX_new());
    require(context != nullptr);
    require(EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr));
    require(EVP_DigestUpdate(context.get(), block, sizeof block));
    OPENSSL_cleanse(block, sizeof block);
    return context;
}

std::string sha256(std::string_view text) {
    std::string digest(SHA256_DIGEST_LENGTH, '\0');
    SHA256(reinterpret_cast<const unsigned char *>(text.data()), text.size(),
           reinterpret_cast<unsigned char *>(digest.data()));
    return digest;
}

std::string purpose_key(std::string_view secret, std::string_view purpose) {
    std::string input(purpose);
    input.push_back('\0');
    input.append(secret);
    return sha256(input);
}

} // namespace

struct MessageKey::State {
    Context inner, outer;
};

MessageKey::MessageKey(std::string_view key) {
    const std::string hashed = key.size() > block_size ? sha256(key) : std::string();
    if (!hashed.empty()) {
        key = hashed;
    }
    m_state = std::make_unique<const State>(State{absorbed(key, 0x36), absorbed(key, 0x5c)});
}

MessageKey::MessageKey(std::string_view secret, std::string_view purpose)
    : MessageKey(purpose_key(secret, purpose)) {}

MessageKey::~MessageKey() = default;
MessageKey::MessageKey(MessageKey &&) noexcept = default;
MessageKey &MessageKey::operator=(MessageKey &&) noexcept = default;

MessageKey::Signature MessageKey::sign(std::initializer_list<std::string_view> parts) const {
    thread_local const Context scratch(EVP_MD_CTX_new());
    unsigned char inner[SHA256_DIGEST_LENGTH];
    require(EVP_MD_CTX_copy_ex(scratch.get(), m_state->inner.get()));
    for (const std::string_view part : parts) {
        require(EVP_DigestUpdate(scratch.get(), part.data(), part.size()));
    }
    require(EVP_DigestFinal_ex(scratch.get(), inner, nullptr));
    Signature signature;
    require(EVP_MD_CTX_copy_ex(scratch.get(), m_state->outer.get()));
    require(EVP_DigestUpdate(scratch.get(), inner, sizeof inner));
    require(EVP_DigestFinal_ex(scratch.get(), reinterpret_cast<unsigned char *>(signature.data()), nullptr));
    return signature;
}

bool equal_in_constant_time(std::string_view left, std::string_view right) {
    return left.size() == right.size() && CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

} // namespace studio::renderer
