// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

class QWidget;

namespace studio::ui {

// Tab goes from field to field in this order. A widget that cannot have the focus stands for the fields in
// it, in the order of their creation.
void set_tab_order(std::span<QWidget *const> fields);

} // namespace studio::ui
