// SPDX-License-Identifier: Apache-2.0
// How figures are formatted as text.
#pragma once

#include "ui/charts/figure_table_model.h"
#include "ui/widgets/badge.h"

namespace studio::ui {

QString format_count(qint64 count);                                // "1,234"
QString format_percent(double rate);                               // "4.2 %", "0.04 %"
QString format_share(const Share &share);                          // "4.2 %", "2 of 3", "–"
QString share_sentence(const Share &share);                        // "3 visits: too few for a rate"
QString format_duration(double seconds);                           // "48 s", "2 min 13 s", "1 h 4 min"
QString format_amount(double amount, const QString &currency);     // "A$1,250"
QString file_name_part(const QString &words);                      // for the name of a file: "claire-dubois"
QString format_axis_label(const QVariant &value, FigureKind kind); // shorter: "4 Nov", "14:00"
QString format_figure(const QVariant &value, FigureKind kind, const QString &currency = {});

// The change from the previous period.
struct Change {
    QString text; // "+12 %"; "" where there is nothing to compare with
    Tone tone = Tone::Neutral;
};
// If the previous count is below ten, the text has both counts instead of a rate.
Change count_change(double now, double before);
// The change between two rates, in percentage points, if both are based on enough visits to be shown.
Change share_change(const Share &now, const Share &before);

} // namespace studio::ui
