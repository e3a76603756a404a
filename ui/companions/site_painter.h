// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/documents/documents.h"

#include <QImage>
#include <QSize>

#include <filesystem>

namespace studio::ui {

// Draws a small picture of a tenant's site with its colours, layout and hero photo, without its text.
// `media_root` is the folder that /media/… shows. Safe in any thread. `size` in device-independent pixels.
QImage paint_site(const models::Documents &documents, const std::filesystem::path &media_root, QSize size,
                  qreal device_pixel_ratio);

// Loads a photo from its file below `media_root`: the smallest derivative that is large enough for `size`;
// null where there is none.
QImage load_photo(const std::string &url, const std::filesystem::path &media_root, QSize size);

} // namespace studio::ui
