// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/bookings/booking_preferences.h"

#include <QMenu>

namespace studio::ui {

// What a person chose about the bookings page on this computer, in a file: how new requests are told of,
// which is in the menu, and the views of the queue.
class PreferencesMenu final : public QMenu {
    Q_OBJECT

public:
    // "" keeps nothing.
    explicit PreferencesMenu(const QString &file, QWidget *parent = nullptr);
    const BookingPreferences &preferences() const { return m_preferences; }
    void save_view(const QString &name, const QueueFilter &filter);
    void remove_view(const QString &name);

signals:
    void changed(const studio::ui::BookingPreferences &preferences);
    void failed(const QString &file); // it could not be written

private:
    void add_choice(const char *name, const QString &text, bool BookingPreferences::*member);
    template <typename Change> void change(Change change);

    QString m_file;
    BookingPreferences m_preferences;
};

} // namespace studio::ui
