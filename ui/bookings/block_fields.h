// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/bookings/booking_store.h"
#include "ui/bookings/booking_decider.h"
#include "ui/bookings/decision_draft.h"

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
    BlockEntry entry() const;
    // Whether the person changed anything since begin().
    bool is_edited() const { return entry() != m_given; }
    // After begin().
    void enter(const BlockEntry &entry);

signals:
    void changed();

private:
    BlockEntry m_given; // what begin() filled in
    QCheckBox *m_email, *m_phone, *m_address;
    QSpinBox *m_hours;
    QLineEdit *m_reason;
};

} // namespace studio::ui
