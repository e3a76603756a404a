// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/time_fields.h"

#include "base/time.h"
#include "ui/bookings/booking_words.h"
#include "ui/widgets/style_sheet.h"

#include <QDateEdit>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QTimeEdit>
#include <QTimeZone>
#include <QVBoxLayout>

namespace studio::ui {

namespace {
constexpr int shortest = 1; // a form lengthens no booking
constexpr int longest = 31 * 24 * 60;
} // namespace

TimeFields::TimeFields(const QString &name, QWidget *parent)
    : QWidget(parent), m_day(new QDateEdit(this)), m_time(new QTimeEdit(this)), m_minutes(new QSpinBox(this)),
      m_words(new QLabel(this)) {
    m_day->setObjectName(name + QStringLiteral(".day"));
    m_day->setAccessibleName(tr("Day"));
    m_day->setDisplayFormat(QStringLiteral("ddd d MMM yyyy"));
    m_time->setObjectName(name + QStringLiteral(".time"));
    m_time->setAccessibleName(tr("Start time"));
    m_time->setDisplayFormat(QStringLiteral("HH:mm"));
    m_minutes->setObjectName(name + QStringLiteral(".minutes"));
    m_minutes->setAccessibleName(tr("Length in minutes"));
    m_minutes->setRange(shortest, longest);
    m_minutes->setSingleStep(30);
    m_minutes->setSuffix(tr(" min"));
    m_words->setObjectName(name + QStringLiteral(".words"));
    m_words->setWordWrap(true);
    set_text_role(m_words, TextRole::Small);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_day, 3);
    row->addWidget(m_time, 2);
    row->addWidget(m_minutes, 2);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(row);
    layout->addWidget(m_words);
    connect(m_day, &QDateEdit::dateChanged, this, &TimeFields::say);
    connect(m_time, &QTimeEdit::timeChanged, this, &TimeFields::say);
    connect(m_minutes, &QSpinBox::valueChanged, this, &TimeFields::say);
}

void TimeFields::set_zone(const QString &zone, const QString &client_zone) {
    m_zone = zone;
    m_client_zone = client_zone == zone ? QString() : client_zone;
    say();
}

void TimeFields::set_span(std::optional<models::Time> start, std::optional<models::Time> end) {
    const auto tomorrow =
        QDateTime(in_zone(base::now(), m_zone).date().addDays(1), QTime(18, 0), clock_of(m_zone));
    const auto from = start ? in_zone(*start, m_zone) : tomorrow;
    {
        const QSignalBlocker quiet_day(m_day);
        const QSignalBlocker quiet_time(m_time);
        const QSignalBlocker quiet_minutes(m_minutes);
        m_day->setDate(from.date());
        m_time->setTime(from.time());
        m_minutes->setValue(
            start && end
                ? static_cast<int>(std::chrono::duration_cast<std::chrono::minutes>(*end - *start).count())
                : m_usual_minutes);
        m_given = start;
        m_given_local = QDateTime(m_day->date(), m_time->time(), Qt::UTC);
        m_given_minutes = m_minutes->value();
        m_length_is_chosen = false;
    }
    say();
}

void TimeFields::set_usual_length(std::chrono::minutes length) {
    const bool untouched = has_usual_length();
    m_usual_minutes = static_cast<int>(length.count());
    if (untouched) {
        m_given_minutes = m_usual_minutes; // before say() tells of it
        m_minutes->setValue(m_usual_minutes);
        m_given_minutes = m_minutes->value();
    }
}

bool TimeFields::has_usual_length() const {
    return !m_given && !m_length_is_chosen && m_minutes->value() == m_given_minutes;
}

void TimeFields::set_has_usual_length(bool usual) {
    m_length_is_chosen = !usual;
    if (usual) {
        m_given_minutes = m_minutes->value();
    }
}

void TimeFields::enter_span(models::Time start, models::Time end) {
    const auto from = in_zone(start, m_zone);
    m_day->setDate(from.date());
    m_time->setTime(from.time());
    m_minutes->setValue(
        static_cast<int>(std::chrono::duration_cast<std::chrono::minutes>(end - start).count()));
}

QWidget *TimeFields::first_field() const {
    return m_day;
}

bool TimeFields::is_edited() const {
    return QDateTime(m_day->date(), m_time->time(), Qt::UTC) != m_given_local ||
           m_minutes->value() != m_given_minutes;
}

QDateTime TimeFields::local_start() const {
    return {m_day->date(), m_time->time(), clock_of(m_zone)};
}

models::Time TimeFields::start() const {
    const bool untouched = QDateTime(m_day->date(), m_time->time(), Qt::UTC) == m_given_local;
    return m_given && untouched ? *m_given : to_time(local_start());
}

QString TimeFields::problem() const {
    const auto shown = in_zone(start(), m_zone);
    return shown.date() == m_day->date() && shown.time().hour() == m_time->time().hour() &&
                   shown.time().minute() == m_time->time().minute()
               ? QString()
               : tr("The clocks are put forward over %1: choose another time.")
                     .arg(m_time->time().toString(QStringLiteral("HH:mm")));
}

models::Time TimeFields::end() const {
    return start() + std::chrono::minutes(m_minutes->value());
}

void TimeFields::say() {
    auto text = long_span(start(), end(), m_zone);
    if (!m_client_zone.isEmpty()) {
        text += QLatin1Char('\n') + tr("For the client: %1").arg(long_span(start(), end(), m_client_zone));
    }
    m_words->setText(text);
    emit changed();
}

} // namespace studio::ui
