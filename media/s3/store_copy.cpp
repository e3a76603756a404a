// SPDX-License-Identifier: Apache-2.0
#include "media/s3/store_copy.h"

#include <array>
#include <string_view>
#include <utility>

namespace studio::media::s3 {

std::string content_type_of(const std::string &key) {
    constexpr std::array<std::pair<std::string_view, const char *>, 8> types{{{".webp", "image/webp"},
                                                                              {".jpg", "image/jpeg"},
                                                                              {".jpeg", "image/jpeg"},
                                                                              {".avif", "image/avif"},
                                                                              {".png", "image/png"},
                                                                              {".heic", "image/heic"},
                                                                              {".tif", "image/tiff"},
                                                                              {".tiff", "image/tiff"}}};
    for (const auto &[ending, type] : types) {
        if (key.ends_with(ending)) {
            return type;
        }
    }
    return "application/octet-stream";
}

bool is_original(std::string_view key) {
    return key.find("/originals/") != std::string_view::npos;
}

ObjectFacts facts_of(const std::string &key, const std::string &content_type) {
    return is_original(key) ? original_facts(content_type) : derivative_facts(content_type);
}

} // namespace studio::media::s3
