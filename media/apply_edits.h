// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "media/picture_edits.h"
#include "media/pixels.h"

namespace studio::media {

enum class Covers { Shown, LeftOut };

// The upright picture with the edits. A covered region is 15 % wider and higher than its Region says, and
// nothing of what was in it is left: hard inside, with a soft edge outwards only. A mosaic's cells are
// rounded to 16 levels a channel after noise of at most 4 was added; the noise follows from the covered
// pixels, so that the same file with the same edits gives the same picture. Throws Error where a number of
// the edits is out of its range, or where they leave nothing of the picture.
Pixels with_edits(Pixels picture, const PictureEdits &edits, Covers covers = Covers::Shown);

} // namespace studio::media
