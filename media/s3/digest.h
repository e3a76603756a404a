// SPDX-License-Identifier: Apache-2.0
// Hashes and encodings as S3 wants them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace studio::media::s3 {

std::string sha256(std::string_view bytes); // 32 bytes
std::string hmac_sha256(std::string_view key, std::string_view bytes);
std::string md5(std::string_view bytes); // 16 bytes

std::string hex(std::string_view bytes); // lower case
std::string base64(std::string_view bytes);

// Of the file's first `bytes` bytes, in hex. Throws Error where the file cannot be read or is shorter.
std::string sha256_hex_of_file(const std::filesystem::path &file, std::uint64_t bytes);

// Every byte but letters, digits, '-', '.', '_' and '~' becomes %XX; '/' stays where `keep_slashes`.
std::string percent_encoded(std::string_view text, bool keep_slashes);

} // namespace studio::media::s3
