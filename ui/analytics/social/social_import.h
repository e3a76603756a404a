// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/analytics/social_csv.h"

#include <QDialog>

namespace studio::ui {

// What was read of a file, before any of it is imported: its rows, or what is wrong with it. Accepted means
// import. Parts are "social.import.words", ".table", ".accept", ".cancel".
class SocialImport final : public QDialog {
    Q_OBJECT

public:
    static constexpr std::size_t max_shown = 500;
    // `replaced`: days that are there already and would be replaced.
    SocialImport(const QString &companion, const models::SocialFile &file, std::int64_t replaced,
                 QWidget *parent);
};

} // namespace studio::ui
