// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/weekly_hours_fields.h"

#include "ui/bookings/hours_text.h"
#include "ui/widgets/line_icon.h"
#include "ui/widgets/style_sheet.h"

#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QSignalBlocker>
#include <QToolButton>

namespace studio::ui {

WeeklyHoursFields::WeeklyHoursFields(QWidget *parent) : QWidget(parent), m_problem(new QLabel(this)) {
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setVerticalSpacing(6);
    grid->setHorizontalSpacing(8);
    grid->setColumnMinimumWidth(0, 92);
    grid->setColumnStretch(1, 1);
    for (std::size_t day = 0; day < m_days.size(); ++day) {
        const auto name = QLocale().standaloneDayName(static_cast<int>(day) + 1);
        auto *field = new QLineEdit(this);
        field->setObjectName(QStringLiteral("hours.%1").arg(day));
        field->setAccessibleName(tr("Hours on %1").arg(name));
        field->setPlaceholderText(tr("Closed"));
        auto *copy_button = new QToolButton(this);
        copy_button->setObjectName(QStringLiteral("hours.copy.%1").arg(day));
        copy_button->setIcon(line_icon(QStringLiteral("copy")));
        copy_button->setToolTip(tr("Copy to …"));
        copy_button->setAccessibleName(tr("Copy the hours of %1").arg(name));
        copy_button->setPopupMode(QToolButton::InstantPopup);
        auto *menu = new QMenu(copy_button);
        menu->addAction(tr("Monday to Friday"), this, [this, day] { copy(day, {0, 1, 2, 3, 4}); });
        menu->addAction(tr("Saturday and Sunday"), this, [this, day] { copy(day, {5, 6}); });
        menu->addAction(tr("Every day"), this,
                        [this, day] {
                            copy(day, {0, 1, 2, 3, 4, 5, 6});
                        })
            ->setObjectName(QStringLiteral("hours.copy_all.%1").arg(day));
        copy_button->setMenu(menu);
        grid->addWidget(new QLabel(name, this), static_cast<int>(day), 0);
        grid->addWidget(field, static_cast<int>(day), 1);
        grid->addWidget(copy_button, static_cast<int>(day), 2);
        connect(field, &QLineEdit::textChanged, this, &WeeklyHoursFields::check);
        m_days[day] = field;
    }
    m_problem->setObjectName(QStringLiteral("hours.problem"));
    m_problem->setWordWrap(true);
    grid->addWidget(m_problem, static_cast<int>(m_days.size()), 0, 1, 3);
    check();
}

void WeeklyHoursFields::show_hours(const models::WeeklyHours &hours) {
    for (std::size_t day = 0; day < m_days.size(); ++day) {
        const QSignalBlocker quiet(m_days[day]);
        m_days[day]->setText(hours_text(hours[day]));
    }
    check();
}

std::optional<models::WeeklyHours> WeeklyHoursFields::hours() const {
    models::WeeklyHours hours;
    for (std::size_t day = 0; day < m_days.size(); ++day) {
        const auto spans = read_hours(m_days[day]->text());
        if (!spans) {
            return std::nullopt;
        }
        hours[day] = *spans;
    }
    return hours;
}

void WeeklyHoursFields::copy(std::size_t from, const std::vector<std::size_t> &to) {
    const auto text = m_days[from]->text();
    for (const auto day : to) {
        m_days[day]->setText(text);
    }
}

void WeeklyHoursFields::check() {
    bool right = true;
    for (auto *field : m_days) {
        const bool readable = read_hours(field->text()).has_value();
        set_invalid(field, !readable);
        right = right && readable;
    }
    set_text_role(m_problem, right ? TextRole::Small : TextRole::Negative);
    m_problem->setText(
        right ? tr("For example 10:00–14:00, 18:00–02:00. An end before the start is on the next day.")
              : tr("Write hours such as 10:00–14:00, 18:00–02:00. They must not overlap."));
    emit changed();
}

} // namespace studio::ui
