// SPDX-License-Identifier: Apache-2.0
#include "app/studio/palette_commands.h"

#include "ui/shell/main_window.h"
#include "ui/widgets/tenant_id.h"

#include <QCoreApplication>

namespace studio::app {

std::vector<ui::Command> palette_commands(ui::MainWindow &window,
                                          const std::vector<models::TenantSummary> &editable) {
    std::vector<ui::Command> commands;
    for (const auto &entry : window.entries()) {
        commands.push_back({entry.title, QCoreApplication::translate("PaletteCommands", "Page"), entry.icon,
                            [&window, id = entry.id] { window.show_page(id); }});
    }
    for (const auto &tenant : editable) {
        commands.push_back({QString::fromStdString(tenant.name), QString::fromStdString(tenant.subdomain),
                            QStringLiteral("editor"), [&window, id = ui::to_text(tenant.id)] {
                                window.show_page(QStringLiteral("editor"), id);
                            }});
    }
    return commands;
}

} // namespace studio::app
