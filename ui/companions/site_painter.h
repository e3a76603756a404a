// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/documents/documents.h"

#include <QImage>
#include <QSize>

#include <filesystem>

namespace studio::ui {

// A small picture of a tenant's site in its own colours, layout and hero photo: the composition, not the
// text. `media_root` is the folder that /media/… shows. Safe in any thread. `size` in device-independent
// pixels.
QImage paint_site(const models::Documents &documents, const std::filesystem::path &media_root, QSize size,
                  qreal device_pixel_ratio);

// The photo's file below `media_root`, the smallest derivative at least `width` pixels wide; null where there
// is none.
QImage load_photo(const std::string &url, const std::filesystem::path &media_root, QSize size);

} // namespace studio::ui
