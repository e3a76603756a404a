// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/theme.h"

#include <QByteArray>
#include <QString>

namespace studio::app {

// What the program remembers about this person on this machine.
struct Preferences {
    ui::Appearance appearance = ui::Appearance::System;
    bool side_bar_collapsed = false;
    QByteArray window_geometry;
};

// $XDG_CONFIG_HOME/companion-studio
QString configuration_folder();
Preferences load_preferences();
void save_preferences(const Preferences &preferences);

} // namespace studio::app
