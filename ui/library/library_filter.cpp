// SPDX-License-Identifier: Apache-2.0
#include "ui/library/library_filter.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace studio::ui {

namespace {

QString tr(const char *text) {
    return QCoreApplication::translate("LibraryFilter", text);
}

} // namespace

QString filter_label(LibraryFilter filter) {
    switch (filter) {
    case LibraryFilter::All:
        return tr("All photos");
    case LibraryFilter::Unused:
        return tr("Unused");
    case LibraryFilter::NoAlt:
        return tr("No alt text");
    case LibraryFilter::NoRelease:
        return tr("No release");
    case LibraryFilter::EndingSoon:
        return tr("Release ends soon");
    case LibraryFilter::InTest:
        return tr("In a test");
    case LibraryFilter::TooSmall:
        return tr("Too small");
    case LibraryFilter::NotStored:
        return tr("Not at the store yet");
    case LibraryFilter::Paused:
        return tr("Paused");
    }
    return {};
}

bool passes(const LibraryEntry &entry, LibraryFilter filter) {
    switch (filter) {
    case LibraryFilter::All:
        return true;
    case LibraryFilter::Unused:
        return entry.uses.empty();
    case LibraryFilter::NoAlt:
        return entry.needs_alt();
    case LibraryFilter::NoRelease:
        return !entry.is_released();
    case LibraryFilter::EndingSoon:
        return !entry.ends.empty();
    case LibraryFilter::InTest:
        return entry.is_in_test();
    case LibraryFilter::TooSmall:
        return entry.is_too_small();
    case LibraryFilter::NotStored:
        return !entry.photo.stored();
    case LibraryFilter::Paused:
        return entry.photo.paused;
    }
    return true;
}

bool has_words(const LibraryEntry &entry, const QString &words) {
    const auto text = QString::fromStdString(entry.photo.photo.alt) + QLatin1Char('\n') +
                      QString::fromStdString(entry.photo.photo.caption);
    const auto wanted = words.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    return std::all_of(wanted.begin(), wanted.end(),
                       [&text](const QString &word) { return text.contains(word, Qt::CaseInsensitive); });
}

} // namespace studio::ui
