// SPDX-License-Identifier: Apache-2.0
#include "media/s3/digest.h"

#include "media/s3/error.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <vector>

namespace studio::media::s3 {

namespace {

using Context = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;
using Digest = std::array<unsigned char, EVP_MAX_MD_SIZE>;

std::string as_text(const Digest &digest, unsigned int length) {
    return {digest.begin(), digest.begin() + length};
}

std::string digest_of(std::string_view bytes, const EVP_MD *kind) {
    Digest digest{};
    unsigned int length = 0;
    if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &length, kind, nullptr) != 1) {
        throw std::runtime_error("OpenSSL could not make a hash");
    }
    return as_text(digest, length);
}

bool is_unreserved(unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

} // namespace

std::string sha256(std::string_view bytes) {
    return digest_of(bytes, EVP_sha256());
}

std::string md5(std::string_view bytes) {
    return digest_of(bytes, EVP_md5());
}

std::string hmac_sha256(std::string_view key, std::string_view bytes) {
    Digest digest{};
    unsigned int length = 0;
    const std::vector<unsigned char> data(bytes.begin(), bytes.end());
    if (!HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), data.data(), data.size(), digest.data(),
              &length)) {
        throw std::runtime_error("OpenSSL could not make a keyed hash");
    }
    return as_text(digest, length);
}

std::string hex(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const char byte : bytes) {
        const auto value = static_cast<unsigned char>(byte);
        text += digits[value >> 4U];
        text += digits[value & 15U];
    }
    return text;
}

std::string base64(std::string_view bytes) {
    const std::vector<unsigned char> data(bytes.begin(), bytes.end());
    std::vector<unsigned char> text((bytes.size() + 2) / 3 * 4 + 1);
    const int length = EVP_EncodeBlock(text.data(), data.data(), static_cast<int>(data.size()));
    return {text.begin(), text.begin() + length};
}

std::string sha256_hex_of_file(const std::filesystem::path &file, std::uint64_t bytes) {
    std::ifstream stream(file, std::ios::binary);
    const Context context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr);
    std::vector<char> block(256 * 1024);
    for (std::uint64_t left = bytes; left > 0;) {
        const auto wanted = static_cast<std::streamsize>(std::min<std::uint64_t>(left, block.size()));
        if (!stream.read(block.data(), wanted)) {
            throw Error(ErrorKind::FileChanged,
                        "The file " + file.string() +
                            " could not be read to its end: it was changed or removed "
                            "meanwhile. Add it again.");
        }
        EVP_DigestUpdate(context.get(), block.data(), static_cast<std::size_t>(wanted));
        left -= static_cast<std::uint64_t>(wanted);
    }
    Digest digest{};
    unsigned int length = 0;
    EVP_DigestFinal_ex(context.get(), digest.data(), &length);
    return hex(as_text(digest, length));
}

std::string percent_encoded(std::string_view text, bool keep_slashes) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string encoded;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (is_unreserved(byte) || (c == '/' && keep_slashes)) {
            encoded += c;
        } else {
            encoded += '%';
            encoded += digits[byte >> 4U];
            encoded += digits[byte & 15U];
        }
    }
    return encoded;
}

} // namespace studio::media::s3
