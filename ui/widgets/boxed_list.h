// SPDX-License-Identifier: Apache-2.0
#pragma once

class QListView;

namespace studio::ui {

// A list in a form: framed, with room around its lines.
void set_boxed(QListView *list);

} // namespace studio::ui
