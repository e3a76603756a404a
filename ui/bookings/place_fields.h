// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/bookings/booking_store.h"

#include <QString>
#include <QWidget>

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
    // What was entered; "" where that is what the booking has, which stays as it is then.
    std::string kind() const;
    std::string place() const;
    bool is_edited() const { return !kind().empty() || !place().empty(); }
    void enter(const std::string &kind, const std::string &place);

signals:
    void changed();

private:
    void show_place(const std::string &kind, const std::string &place);

    std::string m_given_kind, m_given_place;
    QComboBox *m_kind;
    QPlainTextEdit *m_place;
};

} // namespace studio::ui
