// SPDX-License-Identifier: Apache-2.0
// Names of assets: "<subdomain>/<stem>-<hash8>-<width>.webp". A key is a relative path of plain segments.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace studio::media {

// Segments of a key, or empty where it is no key: each segment is 1..128 of a-z, A-Z, 0-9, '.', '_' and '-'
// and does not start with a dot; at most 8 segments. So no key leads out of its folder or to a hidden file.
std::vector<std::string> key_segments(std::string_view key);

// A file's name made fit for a key: "Été à Bondi (3).JPG" → "t-bondi-3"; "photo" where nothing is left.
std::string key_stem(std::string_view file_name);

// The first eight hex digits of the SHA-256 of `bytes`.
std::string content_hash(std::string_view bytes);

} // namespace studio::media
