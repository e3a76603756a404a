// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editor/fields/picture_choice_field.h"

namespace studio::ui {

// The drawings from which layout, spacing and shadow are chosen.
QList<PictureChoiceField::Choice> layout_pictures();
QList<PictureChoiceField::Choice> spacing_pictures();
QList<PictureChoiceField::Choice> shadow_pictures();

} // namespace studio::ui
