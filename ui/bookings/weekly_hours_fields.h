// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/booking/availability.h"

#include <QWidget>

#include <array>
#include <optional>

class QLabel;
class QLineEdit;

namespace studio::ui {

// The hours of each day of the week as text, with a button that copies a day to others.
class WeeklyHoursFields final : public QWidget {
    Q_OBJECT

public:
    explicit WeeklyHoursFields(QWidget *parent = nullptr);
    void show_hours(const models::WeeklyHours &hours);
    // nullopt while a day cannot be read; it is marked.
    std::optional<models::WeeklyHours> hours() const;

signals:
    void changed();

private:
    void copy(std::size_t from, const std::vector<std::size_t> &to);
    void check();

    std::array<QLineEdit *, 7> m_days{};
    QLabel *m_problem;
};

} // namespace studio::ui
