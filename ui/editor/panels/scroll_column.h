// SPDX-License-Identifier: Apache-2.0
#pragma once

class QScrollArea;
class QVBoxLayout;
class QWidget;

namespace studio::ui {

// Lines below each other that scroll upwards and downwards; fewer than fill the height stay at the top.
QScrollArea *scroll_column(QVBoxLayout *lines, QWidget *parent);
// Takes the lines' widgets away.
void clear_lines(QVBoxLayout *lines);

} // namespace studio::ui
