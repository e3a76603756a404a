// SPDX-License-Identifier: Apache-2.0
// Names of assets: "<subdomain>/<stem>-<hash8>-<width>.webp" in the local folder, "<folder>/<hash32>.webp" in
// a bucket. A key is a relative path of plain segments.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace studio::media {

// The segments of a key, or none where the text is not a valid key. A segment has 1 to 128 of the characters
// a-z, A-Z, 0-9, '.', '_' and '-' and does not start with a dot; a key has at most 8 segments. So no key
// leads out of the media folder or to a hidden file.
std::vector<std::string> key_segments(std::string_view key);

// Turns a file's name into the readable part of a key: "Été à Bondi (3).JPG" → "t-bondi-3"; "photo" where
// nothing is left.
std::string key_stem(std::string_view file_name);

// The first eight hex digits of the SHA-256 of `bytes`.
std::string content_hash(std::string_view bytes);

// A random name for a companion's folder in a bucket: 32 hex digits. Drawn once and kept, so that addresses
// tell nothing of whose they are.
std::string new_folder();

// "<folder>/<the first 128 bits of the SHA-256 of `content`, in hex><ending>". Never made of a file's name:
// the same content has the same key, and the key tells nothing of it. `ending` is such as "-1280.webp".
std::string key_of_content(std::string_view folder, std::string_view content, std::string_view ending);

} // namespace studio::media
