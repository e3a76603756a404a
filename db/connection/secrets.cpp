// SPDX-License-Identifier: Apache-2.0
#include "db/connection/secrets.h"

#include "db/connection/error.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

#include <array>
#include <string_view>
#include <vector>

namespace studio::db {

namespace {

using Digest = std::array<unsigned char, SHA256_DIGEST_LENGTH>;

void fill_random(unsigned char *bytes, std::size_t count) {
    if (RAND_bytes(bytes, static_cast<int>(count)) != 1) {
        throw Error(ErrorKind::Other, "This computer provides no secure random numbers.");
    }
}

Digest keyed_hash(const Digest &key, std::string_view text) {
    Digest result{};
    unsigned int length = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
         reinterpret_cast<const unsigned char *>(text.data()), text.size(), result.data(), &length);
    return result;
}

// The number of letters in `alphabet` must be a power of two, so that each is equally likely.
std::string random_letters(std::string_view alphabet, std::size_t length) {
    std::vector<unsigned char> bytes(length);
    fill_random(bytes.data(), bytes.size());
    std::string letters;
    for (const unsigned char byte : bytes) {
        letters += alphabet[byte & (alphabet.size() - 1)];
    }
    return letters;
}

std::string base64(const unsigned char *bytes, std::size_t count) {
    std::vector<unsigned char> encoded(4 * ((count + 2) / 3) + 1);
    const int length = EVP_EncodeBlock(encoded.data(), bytes, static_cast<int>(count));
    return std::string(encoded.begin(), encoded.begin() + length);
}

} // namespace

std::string random_token(std::size_t length) {
    return random_letters("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", length);
}

std::string random_login() {
    return "u" + random_letters("abcdefghijklmnopqrstuvwxyz234567", 12);
}

std::string scram_verifier(const std::string &password) {
    constexpr int iterations = 4096;
    std::array<unsigned char, 16> salt{};
    fill_random(salt.data(), salt.size());
    Digest salted{};
    PKCS5_PBKDF2_HMAC(password.data(), static_cast<int>(password.size()), salt.data(),
                      static_cast<int>(salt.size()), iterations, EVP_sha256(),
                      static_cast<int>(salted.size()), salted.data());
    const Digest client_key = keyed_hash(salted, "Client Key");
    const Digest server_key = keyed_hash(salted, "Server Key");
    Digest stored_key{};
    SHA256(client_key.data(), client_key.size(), stored_key.data());
    return "SCRAM-SHA-256$" + std::to_string(iterations) + ":" + base64(salt.data(), salt.size()) + "$" +
           base64(stored_key.data(), stored_key.size()) + ":" + base64(server_key.data(), server_key.size());
}

} // namespace studio::db
