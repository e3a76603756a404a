// SPDX-License-Identifier: Apache-2.0
#pragma once

class QScrollArea;
class QVBoxLayout;
class QWidget;

namespace studio::ui {

// A column of lines that scrolls vertically; if they do not fill the height they stay at the top.
QScrollArea *scroll_column(QVBoxLayout *lines, QWidget *parent);
// Removes the widgets of the lines.
void clear_lines(QVBoxLayout *lines);

} // namespace studio::ui
