// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/bookings/booking_store.h"

#include <QString>
#include <QWidget>

#include <optional>
#include <string>

class QComboBox;
class QPlainTextEdit;

namespace studio::ui {

// Kind of place, and area or address.
class PlaceFields final : public QWidget {
    Q_OBJECT

public:
    // Object names begin with `name`.
    explicit PlaceFields(const QString &name, QWidget *parent = nullptr);
    void begin(const db::Booking &booking);
    // The booking was read again: what nobody touched follows.
    void follow(const db::Booking &booking);
    // What was entered, "" for none; nullopt where that is what the booking has.
    std::optional<std::string> kind() const;
    std::optional<std::string> place() const;
    // Also by a blank, or by a field that was emptied.
    bool is_edited() const;
    // nullopt: what the booking has.
    void enter(const std::optional<std::string> &kind, const std::optional<std::string> &place);

signals:
    void changed();

private:
    void show_place(const std::string &kind, const std::string &place);

    std::string m_given_kind, m_given_place;
    QComboBox *m_kind;
    QPlainTextEdit *m_place;
};

} // namespace studio::ui
