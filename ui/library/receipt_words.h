// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/stores/photo_library.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace studio::ui {

struct ReceiptWords {
    QString summary; // what was done last, in one sentence; "" without steps
    QStringList lines;
};

// What became of a photo, for the person who asked for it: what was asked for last comes first. The files of
// one step are one line. Without a CDN nothing is said of copies there.
ReceiptWords receipt_words(const std::vector<db::PhotoStep> &steps, bool has_cdn);

} // namespace studio::ui
