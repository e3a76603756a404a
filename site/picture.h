// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/documents/photos.h"
#include "site/pages/page_context.h"

#include <string>
#include <string_view>

namespace studio::site {

struct PictureUse {
    std::string pointer; // "/photos/gallery/0"; "" where no field of a document stands behind it
    std::string sizes;   // how wide it is shown: the value of the attribute "sizes"
    std::string css_class;
    std::string fallback_alt; // where the photo has none
    bool eager = false;       // above the fold
    int widest = 4096;        // derivatives wider than this are left out
    int only = 0;             // >0: of each format only the derivative nearest to this width
    bool decorative = false;  // the text beside it says what it shows: no alternative text
};

// The URL of a photo's file, with media_base in place of "/media"; "" where the address is no "/media/…":
// such a picture is not shown.
std::string picture_url(const SiteSettings &settings, const std::string &url);
// As picture_url(), with scheme and host.
std::string absolute_url(const std::string &origin, const std::string &url);

// Includes image.tpl at {{>name}}: a picture element with AVIF and WebP where the photo has them, and the
// JPEG in the img. False, and nothing included, where the photo has no URL.
bool fill_picture(PageContext &context, Part parent, const char *name, const models::Photo &photo,
                  const PictureUse &use);

// "/media/a-480.avif 480w, …" of the derivatives of one format ("avif", "webp", "jpeg") up to `widest`; ""
// where there are none.
std::string source_set(const SiteSettings &settings, const models::Photo &photo, std::string_view format,
                       int widest);

// The value of a Link header by which a browser loads the photo's best format before it reads the page.
std::string preload_header(const SiteSettings &settings, const models::Photo &photo,
                           const std::string &sizes);

} // namespace studio::site
