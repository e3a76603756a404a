// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/bookings/booking_decision_store.h"
#include "db/bookings/booking_store.h"
#include "ui/bookings/decision_draft.h"

#include <QWidget>

#include <optional>
#include <string>

class QComboBox;
class QDateEdit;
class QLabel;
class QLineEdit;

namespace studio::ui {

// What became of a deposit: asked for, received, returned or kept.
class DepositFields final : public QWidget {
    Q_OBJECT

public:
    // Object names begin with `name`.
    explicit DepositFields(const QString &name, QWidget *parent = nullptr);
    void begin(const db::Booking &booking, const QString &zone, const std::string &currency);
    // nullopt while the amount cannot be read or is missing().
    std::optional<db::BookingDecisionStore::Deposit> deposit() const;
    // What is wrong with what was entered, and what was not entered yet; "" for nothing.
    QString problem() const;
    QString missing() const;
    void focus_amount();
    DepositEntry entry() const;
    // Whether the person changed anything since begin().
    bool is_edited() const { return entry() != m_given; }
    // After begin().
    void enter(const DepositEntry &entry);

signals:
    void changed();

private:
    QDate today() const; // on the companion's clock
    void offer(const db::Booking &booking);
    void show_fields();

    DepositEntry m_given; // what begin() filled in
    QString m_zone;
    std::string m_currency;
    bool m_was_received = false;
    QComboBox *m_what;
    QLabel *m_consequence, *m_amount_label, *m_day_label, *m_method_label;
    QLineEdit *m_amount;
    QDateEdit *m_day;
    QLineEdit *m_method;
};

} // namespace studio::ui
