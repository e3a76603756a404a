// SPDX-License-Identifier: Apache-2.0
// Pieces of which forms are put together.
#pragma once

#include <QString>

#include <initializer_list>

class QPlainTextEdit;
class QWidget;

namespace studio::ui {

// A text of so many lines, which Tab leaves.
QPlainTextEdit *text_field(const QString &accessible, int lines, QWidget *parent);
// Below each other.
QWidget *part(QWidget *parent, std::initializer_list<QWidget *> widgets);
// Beside each other: the first takes the room that the second leaves.
QWidget *pair(QWidget *first, QWidget *second, QWidget *parent);

} // namespace studio::ui
