// SPDX-License-Identifier: Apache-2.0
#include "media/asset_key.h"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

namespace studio::media {
namespace {

constexpr std::size_t max_segments = 8;
constexpr std::size_t max_segment_length = 128;
constexpr std::size_t folder_bytes = 16;

bool is_digit_or_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_segment(std::string_view text) {
    return !text.empty() && text.size() <= max_segment_length && text.front() != '.' &&
           std::all_of(text.begin(), text.end(),
                       [](char c) { return is_digit_or_letter(c) || c == '.' || c == '_' || c == '-'; });
}

std::string sha256(std::string_view bytes) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int length = 0;
    if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &length, EVP_sha256(), nullptr) != 1) {
        throw std::runtime_error("SHA-256 is not available in this OpenSSL");
    }
    return {digest.begin(), digest.begin() + length};
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

} // namespace

std::vector<std::string> key_segments(std::string_view key) {
    std::vector<std::string> segments;
    for (;;) {
        const auto slash = key.find('/');
        const auto segment = key.substr(0, slash);
        if (!is_segment(segment) || segments.size() == max_segments) {
            return {};
        }
        segments.emplace_back(segment);
        if (slash == std::string_view::npos) {
            return segments;
        }
        key.remove_prefix(slash + 1);
    }
}

std::string sha256_hex(std::string_view bytes) {
    return hex(sha256(bytes));
}

bool is_media_folder(std::string_view text) {
    return text.size() == 2 * folder_bytes &&
           text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool is_private_key(std::string_view key) {
    return ("/" + std::string(key) + "/").find("/originals/") != std::string::npos;
}

std::string content_type_of_key(std::string_view key) {
    constexpr std::pair<std::string_view, const char *> types[] = {
        {".avif", "image/avif"}, {".webp", "image/webp"}, {".jpg", "image/jpeg"}, {".jpeg", "image/jpeg"},
        {".png", "image/png"},   {".heic", "image/heic"}, {".tif", "image/tiff"}, {".tiff", "image/tiff"}};
    for (const auto &[ending, type] : types) {
        if (key.ends_with(ending)) {
            return type;
        }
    }
    return "application/octet-stream";
}

std::string new_folder() {
    std::array<unsigned char, folder_bytes> random{};
    if (RAND_bytes(random.data(), static_cast<int>(random.size())) != 1) {
        throw std::runtime_error("OpenSSL has no random numbers");
    }
    return hex(std::string(random.begin(), random.end()));
}

std::string key_of_content(std::string_view folder, std::string_view content, std::string_view ending) {
    return std::string(folder) + "/" + hex(sha256(content).substr(0, 16)) + std::string(ending);
}

} // namespace studio::media
