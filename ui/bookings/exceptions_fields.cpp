// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/exceptions_fields.h"

#include "ui/bookings/day_dates.h"
#include "ui/bookings/hours_text.h"
#include "ui/bookings/tab_before.h"
#include "ui/widgets/line_icon.h"
#include "ui/widgets/style_sheet.h"

#include <QDateEdit>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace studio::ui {

namespace {
constexpr int max_note = 200;
}

ExceptionsFields::ExceptionsFields(QWidget *parent)
    : QWidget(parent), m_lines(new QVBoxLayout), m_day(new QDateEdit(QDate::currentDate(), this)),
      m_hours(new QLineEdit(this)), m_note(new QLineEdit(this)),
      m_add(new QPushButton(line_icon(QStringLiteral("plus")), tr("Add date"), this)) {
    m_day->setObjectName(QStringLiteral("exceptions.day"));
    m_day->setAccessibleName(tr("Date with other hours"));
    m_proposed_day = m_day->date();
    m_day->setDisplayFormat(QStringLiteral("ddd d MMM yyyy"));
    m_hours->setObjectName(QStringLiteral("exceptions.hours"));
    m_hours->setAccessibleName(tr("Hours on that date"));
    m_hours->setPlaceholderText(tr("Closed"));
    m_note->setObjectName(QStringLiteral("exceptions.note"));
    m_note->setAccessibleName(tr("Note on that date"));
    m_note->setPlaceholderText(tr("Note (optional)"));
    m_note->setMaxLength(max_note);
    m_add->setObjectName(QStringLiteral("exceptions.add"));
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_day);
    row->addWidget(m_hours, 1);
    row->addWidget(m_note, 1);
    row->addWidget(m_add);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    m_lines->setSpacing(2);
    layout->addLayout(m_lines);
    layout->addLayout(row);
    connect(m_hours, &QLineEdit::textChanged, this, &ExceptionsFields::check);
    connect(m_add, &QPushButton::clicked, this, &ExceptionsFields::add);
}

// A day that nobody chose follows today's.
void ExceptionsFields::start_at(QDate today) {
    if (m_day->date() == m_proposed_day && m_hours->text().isEmpty() && m_note->text().isEmpty()) {
        m_day->setDate(today);
        m_proposed_day = today;
    }
}

void ExceptionsFields::show_exceptions(const std::vector<models::HoursException> &exceptions) {
    m_exceptions = exceptions;
    fill_lines();
}

void ExceptionsFields::fill_lines() {
    while (auto *item = m_lines->takeAt(0)) {
        if (auto *line = item->widget()) {
            line->hide();
            line->deleteLater(); // one of its buttons may have been pressed
        }
        delete item;
    }
    for (const auto &exception : m_exceptions) {
        auto *line = new QWidget(this);
        const auto day = QLocale().toString(to_date(exception.day), QStringLiteral("ddd d MMM yyyy"));
        const auto hours = exception.hours.empty() ? tr("closed") : hours_text(exception.hours);
        const auto note = QString::fromStdString(exception.note);
        auto *text = new QLabel(
            note.isEmpty() ? tr("%1: %2").arg(day, hours) : tr("%1: %2 (%3)").arg(day, hours, note), line);
        text->setTextFormat(Qt::PlainText);
        text->setWordWrap(true);
        auto *button = new QToolButton(line);
        button->setIcon(line_icon(QStringLiteral("trash")));
        button->setObjectName(QStringLiteral("exceptions.remove.") +
                              to_date(exception.day).toString(Qt::ISODate));
        button->setAccessibleName(tr("Remove %1").arg(day));
        connect(button, &QToolButton::clicked, this, [this, removed = exception.day] {
            std::erase_if(m_exceptions, [removed](const auto &known) { return known.day == removed; });
            fill_lines();
            emit changed();
        });
        auto *row = new QHBoxLayout(line);
        row->setContentsMargins(0, 0, 0, 0);
        row->addWidget(text, 1);
        row->addWidget(button);
        m_lines->addWidget(line);
    }
    set_tab_before(m_day, m_lines);
}

void ExceptionsFields::check() {
    const bool readable = read_hours(m_hours->text()).has_value();
    set_invalid(m_hours, !readable);
    m_add->setEnabled(readable);
}

// A date has one line: the newest.
void ExceptionsFields::add() {
    const auto day = to_day(m_day->date());
    std::erase_if(m_exceptions, [day](const auto &known) { return known.day == day; });
    m_exceptions.push_back({day, read_hours(m_hours->text()).value_or(models::HourSpans()),
                            m_note->text().trimmed().toStdString()});
    std::ranges::sort(m_exceptions, {}, &models::HoursException::day);
    m_hours->clear();
    m_note->clear();
    fill_lines();
    emit changed();
}

} // namespace studio::ui
