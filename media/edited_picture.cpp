// SPDX-License-Identifier: Apache-2.0
#include "media/edited_picture.h"

#include "media/picture.h"
#include "media/picture_file.h"

#include <utility>

namespace studio::media {

struct EditedPicture::Data {
    Pixels upright;
};

EditedPicture::EditedPicture(const std::filesystem::path &file, int max_width) {
    const SourcePicture source = read_source_picture(file);
    m_data = std::make_unique<Data>(
        Data{upright_pixels(source.bytes, source.format, file.filename().string(), max_width)});
}

EditedPicture::~EditedPicture() = default;
EditedPicture::EditedPicture(EditedPicture &&) noexcept = default;
EditedPicture &EditedPicture::operator=(EditedPicture &&) noexcept = default;

Pixels EditedPicture::upright() const {
    return m_data->upright;
}

Pixels EditedPicture::edited(const PictureEdits &edits, Covers covers) const {
    return with_edits(m_data->upright, edits, covers);
}

Pixels preview_of(const std::filesystem::path &file, int max_width, const PictureEdits &edits,
                  Covers covers) {
    return EditedPicture(file, max_width).edited(edits, covers);
}

} // namespace studio::media
