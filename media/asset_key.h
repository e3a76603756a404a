// SPDX-License-Identifier: Apache-2.0
// Names of assets, the same in the local folder and in a bucket: "<media folder>/<hash32>-<width>.webp", and
// "<media folder>/originals/<hash32>.jpg" of a file that is kept as it came. A key is a relative path of
// plain segments.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace studio::media {

// The segments of a key, or none where the text is not a valid key. A segment has 1 to 128 of the characters
// a-z, A-Z, 0-9, '.', '_' and '-' and does not start with a dot; a key has at most 8 segments. So no key
// leads out of the media folder or to a hidden file.
std::vector<std::string> key_segments(std::string_view key);

// The SHA-256 of `bytes` as 64 hex digits.
std::string sha256_hex(std::string_view bytes);

// Whether the text is such as new_folder() makes it.
bool is_media_folder(std::string_view text);

// Whether the key is of a file that only its owner may read: one with a segment "originals". In a bucket its
// object is private, and the public service never answers its address. Also of keys that are not valid.
bool is_private_key(std::string_view key);

// "image/avif" for "….avif"; "application/octet-stream" where the ending is not one of a picture.
std::string content_type_of_key(std::string_view key);

// A random name for a companion's folder: 32 hex digits. Drawn once and kept, so that addresses
// tell nothing of whose they are.
std::string new_folder();

// "<folder>/<the first 128 bits of the SHA-256 of `content`, in hex><ending>". Never made of a file's name:
// the same content has the same key, and the key tells nothing of it. `ending` is such as "-1280.webp".
std::string key_of_content(std::string_view folder, std::string_view content, std::string_view ending);

} // namespace studio::media
