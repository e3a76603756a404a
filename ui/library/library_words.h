// SPDX-License-Identifier: Apache-2.0
// Sentences about photos.
#pragma once

#include "ui/library/library_reading.h"

#include <QString>
#include <QStringList>

namespace studio::ui {

// "Draft: gallery photo 3".
QString use_words(const models::PhotoUse &use);
QStringList use_words(const std::vector<models::PhotoUse> &uses);
// What most needs attention: "Paused", "No release"; "" for nothing.
QString state_word(const LibraryEntry &entry);
// "Ada Stone, 1 March 2026 to 1 March 2027; website".
QString release_words(const db::PhotoRelease &release);
// "960 px wide file taken out of the store, 10:42".
QString step_words(const db::PhotoStep &step);
// "2027-03-01" as people write it; "" stays "".
QString day_words(const std::string &day);

} // namespace studio::ui
