// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/page.h"

#include <functional>
#include <vector>

namespace studio::ui {

// A page that may be made when it is first shown: start-up pays for one page only.
struct PageEntry {
    QString id;    // equals Page::id()
    QString title; // in the side bar
    QString icon;  // line_icon name
    std::function<Page *(QWidget *parent)> make;
};

using PageEntries = std::vector<PageEntry>;

} // namespace studio::ui
