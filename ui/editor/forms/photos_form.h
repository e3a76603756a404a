// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editor/forms/form_parts.h"

namespace studio::ui {

// The form of the photos document: hero photo with its variants, gallery, and testimonial photos.
class PhotosForm final : public Form {
    Q_OBJECT

public:
    explicit PhotosForm(const FormParts &parts, QWidget *parent = nullptr);

private:
    void build_hero(QVBoxLayout *column);
    void build_variants(QVBoxLayout *column);
    void build_gallery(QVBoxLayout *column);
    void build_testimonials(QVBoxLayout *column);
};

} // namespace studio::ui
