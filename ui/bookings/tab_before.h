// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

class QLayout;
class QWidget;

namespace studio::ui {

// Tab goes through these fields and parts, in this order, just before it comes to `field`: for what is made
// later than what stands below it.
void set_tab_before(QWidget *field, const std::vector<QWidget *> &parts);
// The same for the lines of a layout.
void set_tab_before(QWidget *field, const QLayout *lines);
std::vector<QWidget *> lines_of(const QLayout *lines);

} // namespace studio::ui
