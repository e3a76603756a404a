// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/tenant/experiment.h"

#include <QImage>
#include <QSize>

#include <filesystem>

namespace studio::ui {

// A small picture of what a variant changes: the hero photo, the first photos of the gallery in the variant's
// order, the button with its label, or the layout. Null where the photo is not below `media_root`, the folder
// that /media/… shows. Can be called in any thread. `size` is in device-independent pixels.
QImage paint_variant(const models::Experiment &test, const models::Variant &variant,
                     const models::Documents &published, const std::filesystem::path &media_root, QSize size,
                     qreal device_pixel_ratio);

// The part of the photo that fills `pixels`, around its focal point; null as above.
QImage paint_photo(const models::Photo &photo, const std::filesystem::path &media_root, QSize pixels);

} // namespace studio::ui
