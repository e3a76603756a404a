// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/documents/photos.h"
#include "site/pages/page_context.h"

#include <string>

namespace studio::site {

struct PictureUse {
    std::string pointer; // "/photos/gallery/0"
    std::string sizes;   // of the img element
    std::string css_class;
    std::string fallback_alt; // where the photo has none
    bool eager = false;       // above the fold
    int widest = 4096;        // derivatives wider than this are left out
    int only = 0;             // >0: offers only the derivative nearest to this width
};

// The URL of a photo's file, with media_base in place of "/media"; "" where it may not be shown.
std::string picture_url(const SiteSettings &settings, const std::string &url);
// As picture_url(), with scheme and host.
std::string absolute_url(const std::string &origin, const std::string &url);

// Includes image.tpl at {{>name}}. False, and nothing included, where the photo has no URL.
bool fill_picture(PageContext &context, Part parent, const char *name, const models::Photo &photo,
                  const PictureUse &use);

// "/media/a-480.webp 480w, …" of the derivatives up to `widest`.
std::string source_set(const SiteSettings &settings, const models::Photo &photo, int widest);

} // namespace studio::site
