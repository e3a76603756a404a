// SPDX-License-Identifier: Apache-2.0
// The files of resources/site and the fonts, compiled into the library by site/embed.cmake.
#pragma once

#include <span>
#include <string_view>

namespace studio::site {

enum class EmbeddedKind { Template, Style, Static };

struct EmbeddedFile {
    EmbeddedKind kind;
    std::string_view name;         // "hero.tpl", "site.js"
    std::string_view hashed_name;  // "site.3f2a9c81.js"
    std::string_view content_type; // of Static files
    std::string_view bytes;
};

std::span<const EmbeddedFile> embedded_files();

} // namespace studio::site
