// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/library/library_reading.h"

#include <QString>

#include <array>

namespace studio::ui {

enum class LibraryFilter { All, Unused, NoAlt, NoRelease, EndingSoon, InTest, TooSmall, NotStored, Paused };
inline constexpr std::array library_filters{
    LibraryFilter::All,       LibraryFilter::Unused,     LibraryFilter::NoAlt,
    LibraryFilter::NoRelease, LibraryFilter::EndingSoon, LibraryFilter::InTest,
    LibraryFilter::TooSmall,  LibraryFilter::NotStored,  LibraryFilter::Paused};

QString filter_label(LibraryFilter filter);
bool passes(const LibraryEntry &entry, LibraryFilter filter);
// Every word of `words` is in the alt text or the caption, in any case of letters.
bool has_words(const LibraryEntry &entry, const QString &words);

} // namespace studio::ui
