// SPDX-License-Identifier: Apache-2.0
#pragma once

class QListView;

namespace studio::ui {

// Gives a list in a form a frame and space around its lines.
void set_boxed(QListView *list);

} // namespace studio::ui
