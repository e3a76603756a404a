// SPDX-License-Identifier: Apache-2.0
// Sentences about photos.
#pragma once

#include "ui/library/library_reading.h"
#include "ui/photos/release_state.h"

#include <QString>
#include <QStringList>

namespace studio::ui {

// "Draft: gallery photo 3".
QString use_words(const models::PhotoUse &use);
QStringList use_words(const std::vector<models::PhotoUse> &uses);
// The alt text, else the one that it has in the draft, else the caption, else "No alt text".
QString title_of(const LibraryEntry &entry);
// All that needs attention, most of all first: "Paused", "No release".
QStringList state_words(const LibraryEntry &entry);
// The first of them and how many more there are, "No release +2", without what the title says; "" for
// nothing.
QString state_word(const LibraryEntry &entry);
// "photo-1600.jpg removed from the store, 10:42"; "Live page: gallery photo 3 no longer shows it, 10:42".
QString step_words(const db::PhotoStep &step);

} // namespace studio::ui
