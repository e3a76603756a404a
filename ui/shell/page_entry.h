// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/page.h"

#include <functional>
#include <vector>

namespace studio::ui {

// A page that is created when it is first shown, so that starting creates only one page.
struct PageEntry {
    QString id;    // equals Page::id()
    QString title; // in the side bar
    QString icon;  // name for line_icon()
    std::function<Page *(QWidget *parent)> make;
};

using PageEntries = std::vector<PageEntry>;

} // namespace studio::ui
