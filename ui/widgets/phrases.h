// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QString>

namespace studio::ui {

// `one` for the number 1, otherwise `many` with the number in place of %1.
QString counted(int number, const QString &one, const QString &many);
// The number of characters as people count them: an emoji or a letter with its marks is one.
int character_count(const QString &text);
// The first `most` characters, as people count them.
QString first_characters(const QString &text, int most);
// The text in at most `most` characters; where something is left out, the last of them is "…".
QString shortened(const QString &text, int most);
// The longest name of a person that the database accepts.
inline constexpr int max_name_characters = 100;
// What is wrong with a name of more than `most` characters, as a sentence; "" where it fits.
QString name_length_problem(const QString &name, int most);
// A name that fits into a button: the end of a long one becomes "…".
QString short_name(const QString &name);
// "10:42" today, "yesterday 10:42", "3 June".
QString clock_or_day(const QDateTime &time, const QDateTime &now);

} // namespace studio::ui
