// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/boxed_list.h"

#include <QListView>

namespace studio::ui {

void set_boxed(QListView *list) {
    list->setProperty("boxed", true); // a selector of style_sheet.cpp
}

} // namespace studio::ui
