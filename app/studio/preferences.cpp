// SPDX-License-Identifier: Apache-2.0
#include "app/studio/preferences.h"

#include <QSettings>
#include <QStandardPaths>

namespace studio::app {

namespace {

constexpr auto appearance_key = "appearance";
constexpr auto side_bar_key = "sideBarCollapsed";
constexpr auto geometry_key = "windowGeometry";

QString preferences_file() {
    return configuration_folder() + QStringLiteral("/studio.ini");
}

} // namespace

QString configuration_folder() {
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
           QStringLiteral("/companion-studio");
}

Preferences load_preferences() {
    const QSettings settings(preferences_file(), QSettings::IniFormat);
    Preferences preferences;
    preferences.appearance =
        ui::parse_appearance(settings.value(appearance_key).toString()).value_or(ui::Appearance::System);
    preferences.side_bar_collapsed = settings.value(side_bar_key).toBool();
    preferences.window_geometry = settings.value(geometry_key).toByteArray();
    return preferences;
}

void save_preferences(const Preferences &preferences) {
    QSettings settings(preferences_file(), QSettings::IniFormat);
    settings.setValue(appearance_key, ui::to_string(preferences.appearance));
    settings.setValue(side_bar_key, preferences.side_bar_collapsed);
    settings.setValue(geometry_key, preferences.window_geometry);
}

} // namespace studio::app
