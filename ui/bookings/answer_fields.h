// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/json/json.h"

#include <QWidget>

#include <string>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPlainTextEdit;
class QSpinBox;

namespace studio::ui {

// By which rules bookings are answered: times to answer, reminders, the morning's agenda, the deposit.
class AnswerFields final : public QWidget {
    Q_OBJECT

public:
    explicit AnswerFields(QWidget *parent = nullptr);
    void show_rules(const models::Json &rules, const std::string &currency);
    models::Json rules(models::Json before) const;
    // What is wrong with what was entered, and what was not entered yet; "" for nothing.
    QString problem() const;
    QString missing() const;
    void focus_amount();

signals:
    void changed();

private:
    void name_fields();
    void show_agenda(const std::string &at);
    void follow_deposit();
    bool asks_for_amount() const;

    std::string m_currency = "AUD";
    QSpinBox *m_answer, *m_client_answer, *m_reminder, *m_percent, *m_due, *m_deposit_reminder;
    QComboBox *m_agenda, *m_deposit;
    QLineEdit *m_amount;
    QPlainTextEdit *m_how_to_pay;
    QCheckBox *m_replies;
};

} // namespace studio::ui
