// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/tenant/tenant.h"
#include "ui/shell/command_palette.h"

#include <vector>

namespace studio::ui {
class MainWindow;
}

namespace studio::app {

// What the command palette offers: each page of the window, and each of these companions in the editor.
std::vector<ui::Command> palette_commands(ui::MainWindow &window,
                                          const std::vector<models::TenantSummary> &editable);

} // namespace studio::app
