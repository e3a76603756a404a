// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/booking/availability.h"

#include <QDate>
#include <QWidget>

#include <vector>

class QDateEdit;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace studio::ui {

// Dates on which other hours hold than in the week: a line for each, and a form for another one.
class ExceptionsFields final : public QWidget {
    Q_OBJECT

public:
    explicit ExceptionsFields(QWidget *parent = nullptr);
    // `today`: on the companion's clock; the day of the form where nobody chose one.
    void start_at(QDate today);
    void show_exceptions(const std::vector<models::HoursException> &exceptions);
    const std::vector<models::HoursException> &exceptions() const { return m_exceptions; }

signals:
    void changed();

private:
    void fill_lines();
    void check();
    void add();

    std::vector<models::HoursException> m_exceptions; // by day
    QDate m_proposed_day;
    QVBoxLayout *m_lines;
    QDateEdit *m_day;
    QLineEdit *m_hours, *m_note;
    QPushButton *m_add;
};

} // namespace studio::ui
