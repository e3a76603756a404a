// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/bookings/booking_store.h"
#include "ui/bookings/booking_decider.h"

#include <QWidget>

class QCheckBox;
class QLineEdit;
class QSpinBox;

namespace studio::ui {

// Which of a client's marks are blocked and for how long, each with what it does in words.
class BlockFields final : public QWidget {
    Q_OBJECT

public:
    // Object names begin with `name`.
    explicit BlockFields(const QString &name, QWidget *parent = nullptr);
    void begin(const db::Booking &booking);
    // No kinds where nothing is ticked.
    Decision::Block block() const;

signals:
    void changed();

private:
    QCheckBox *m_email, *m_phone, *m_address;
    QSpinBox *m_hours;
    QLineEdit *m_reason;
};

} // namespace studio::ui
