// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/preferences_menu.h"

#include <algorithm>

namespace studio::ui {

PreferencesMenu::PreferencesMenu(const QString &file, QWidget *parent)
    : QMenu(parent), m_file(file), m_preferences(load_booking_preferences(file)) {
    add_choice("bookings.notifies", tr("Notify me of new requests"), &BookingPreferences::notifies);
    add_choice("bookings.names_companion", tr("Name the companion in notifications"),
               &BookingPreferences::names_companion);
    add_choice("bookings.plays_sound", tr("Play a sound"), &BookingPreferences::plays_sound);
}

void PreferencesMenu::add_choice(const char *name, const QString &text, bool BookingPreferences::*member) {
    auto *action = addAction(text);
    action->setObjectName(QLatin1String(name));
    action->setCheckable(true);
    action->setChecked(m_preferences.*member);
    connect(action, &QAction::toggled, this, [this, member](bool on) {
        change([member, on](BookingPreferences &preferences) { preferences.*member = on; });
    });
}

void PreferencesMenu::save_view(const QString &name, const QueueFilter &filter) {
    change([&name, &filter](BookingPreferences &preferences) {
        std::erase_if(preferences.views, [&name](const SavedView &view) { return view.name == name; });
        preferences.views.push_back({name, filter});
    });
}

void PreferencesMenu::remove_view(const QString &name) {
    change([&name](BookingPreferences &preferences) {
        std::erase_if(preferences.views, [&name](const SavedView &view) { return view.name == name; });
    });
}

// Another studio of the same login may have written the file since it was read.
template <typename Change> void PreferencesMenu::change(Change change) {
    if (!m_file.isEmpty()) {
        m_preferences = load_booking_preferences(m_file);
    }
    change(m_preferences);
    if (!save_booking_preferences(m_file, m_preferences)) {
        emit failed(m_file);
    }
    emit changed(m_preferences);
}

} // namespace studio::ui
