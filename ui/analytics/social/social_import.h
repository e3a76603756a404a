// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/analytics/social_csv.h"

#include <QDialog>

namespace studio::ui {

// Shows what was read from a file before anything is imported: its rows, or its errors. The file is to be
// imported if the dialog is accepted. The objectNames of its parts are "social.import.words", ".table",
// ".accept", ".cancel".
class SocialImport final : public QDialog {
    Q_OBJECT

public:
    static constexpr std::size_t max_shown = 500;
    // `replaced`: how many stored days the import would replace.
    SocialImport(const QString &companion, const models::SocialFile &file, std::int64_t replaced,
                 QWidget *parent);
};

} // namespace studio::ui
