// SPDX-License-Identifier: Apache-2.0
// What a photo looks like with a person's edits, as pixels for the screen. Nothing is stored.
#pragma once

#include "media/apply_edits.h"

#include <filesystem>
#include <memory>

namespace studio::media {

// A file decoded once, upright, in sRGB, at most `max_width` pixels wide and never enlarged; then any number
// of previews. Decoding 24 megapixels takes some 0.2 s: not for the thread that draws. One thread at a time.
class EditedPicture final {
public:
    // Throws Error, as the importer does for the same file.
    EditedPicture(const std::filesystem::path &file, int max_width);
    ~EditedPicture();
    EditedPicture(EditedPicture &&) noexcept;
    EditedPicture &operator=(EditedPicture &&) noexcept;

    // Without any edit: what Region is measured on.
    Pixels upright() const;
    // Throws Error where the edits leave nothing of the picture.
    Pixels edited(const PictureEdits &edits, Covers covers = Covers::Shown) const;

private:
    struct Data;
    std::unique_ptr<Data> m_data;
};

// The same in one step.
Pixels preview_of(const std::filesystem::path &file, int max_width, const PictureEdits &edits,
                  Covers covers = Covers::Shown);

} // namespace studio::media
