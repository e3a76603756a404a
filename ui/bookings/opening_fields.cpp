// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/opening_fields.h"

#include "base/time.h"
#include "models/booking/availability.h"
#include "ui/bookings/booking_words.h"
#include "ui/bookings/exceptions_fields.h"
#include "ui/bookings/service_places_fields.h"
#include "ui/bookings/weekly_hours_fields.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/tab_order.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>
#include <tuple>

namespace studio::ui {

namespace {

constexpr int minutes_an_hour = 60;
constexpr int max_buffer = 24 * 60;
constexpr int max_notice_hours = 60 * 24;
constexpr int max_ahead_days = 731;
constexpr int max_hold = 30 * 24;

QSpinBox *number(int least, int most, int step, const QString &suffix, QWidget *parent) {
    auto *field = new QSpinBox(parent);
    field->setRange(least, most);
    field->setSingleStep(step);
    field->setSuffix(suffix);
    return field;
}

// Whole hours that are at least so long.
int notice_hours(int minutes) {
    return (minutes + minutes_an_hour - 1) / minutes_an_hour;
}

} // namespace

OpeningFields::OpeningFields(QWidget *parent)
    : QWidget(parent), m_offers(new QCheckBox(tr("Clients choose from free times"), this)),
      m_hours(new WeeklyHoursFields(this)), m_exceptions(new ExceptionsFields(this)),
      m_buffer(number(0, max_buffer, 15, tr(" min"), this)),
      m_notice(number(0, max_notice_hours, 1, tr(" h"), this)),
      m_ahead(number(1, max_ahead_days, 1, tr(" days"), this)),
      m_hold(number(0, max_hold, 1, tr(" h"), this)), m_step(new QComboBox(this)),
      m_places(new ServicePlacesFields(this)), m_open_part(new QWidget(this)) {
    name_fields();
    auto *open = new QVBoxLayout(m_open_part);
    open->setContentsMargins(0, 0, 0, 0);
    open->setSpacing(16);
    open->addWidget(section_header(tr("Weekly hours"), {}, m_open_part));
    open->addWidget(m_hours);
    open->addWidget(section_header(tr("Dates with other hours"), {}, m_open_part));
    open->addWidget(m_exceptions);
    open->addWidget(section_header(tr("Rules for times"), {}, m_open_part));
    open->addWidget(build_rules());
    open->addWidget(section_header(tr("Places"), tr("Where each service is offered."), m_open_part));
    open->addWidget(m_places);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(16);
    layout->addWidget(m_offers);
    layout->addWidget(m_open_part);
    QWidget *const order[] = {m_offers, m_hours, m_exceptions, m_buffer, m_notice,
                              m_ahead,  m_step,  m_hold,       m_places};
    set_tab_order(order);
    connect(m_offers, &QCheckBox::toggled, this, &OpeningFields::follow_offer);
    connect(m_offers, &QCheckBox::toggled, this, &OpeningFields::changed);
    connect(m_hours, &WeeklyHoursFields::changed, this, &OpeningFields::changed);
    connect(m_exceptions, &ExceptionsFields::changed, this, &OpeningFields::changed);
    connect(m_places, &ServicePlacesFields::changed, this, &OpeningFields::changed);
    connect(m_step, &QComboBox::currentIndexChanged, this, &OpeningFields::changed);
    for (auto *field : {m_buffer, m_notice, m_ahead, m_hold}) {
        connect(field, &QSpinBox::valueChanged, this, &OpeningFields::changed);
    }
    follow_offer();
}

void OpeningFields::name_fields() {
    const std::tuple<QWidget *, const char *, QString> names[] = {
        {m_offers, "offers", m_offers->text()},     {m_buffer, "buffer", tr("Free time after a booking")},
        {m_notice, "notice", tr("Minimum notice")}, {m_ahead, "ahead", tr("Longest ahead")},
        {m_step, "step", tr("Bookings start")},     {m_hold, "hold", tr("A request holds its time for")}};
    for (const auto &[widget, name, words] : names) {
        widget->setObjectName(QStringLiteral("availability.") + QLatin1String(name));
        widget->setAccessibleName(words);
    }
    for (const auto &[words, minutes] :
         {std::pair(tr("On the quarter hour"), 15), std::pair(tr("On the half hour"), 30),
          std::pair(tr("On the hour"), 60)}) {
        m_step->addItem(words, minutes);
    }
}

QWidget *OpeningFields::build_rules() {
    auto *part = new QWidget(this);
    auto *grid = new QGridLayout(part);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(8);
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (auto *field : std::initializer_list<QWidget *>{m_buffer, m_notice, m_ahead, m_step, m_hold}) {
        grid->addWidget(new QLabel(field->accessibleName(), part), row, 0);
        grid->addWidget(field, row++, 1);
    }
    return part;
}

void OpeningFields::follow_offer() {
    m_open_part->setVisible(m_offers->isChecked());
}

void OpeningFields::show_availability(const models::Json &availability, const CompanionFacts &companion) {
    const auto hours = models::read_availability(availability);
    m_offers->setChecked(!availability.is_null());
    m_hours->show_hours(hours.weekly);
    m_exceptions->start_at(in_zone(base::now(), companion.zone).date());
    m_exceptions->show_exceptions(hours.exceptions);
    m_buffer->setValue(hours.buffer_minutes);
    m_notice->setValue(notice_hours(hours.notice_minutes));
    m_ahead->setValue(hours.max_days_ahead);
    m_step->setCurrentIndex(std::max(0, m_step->findData(hours.start_step_minutes)));
    m_hold->setValue(hours.hold_hours);
    m_places->show_places(hours, companion);
    follow_offer();
}

models::Json OpeningFields::availability(const models::Json &before) const {
    return m_offers->isChecked() ? hours(before) : models::Json();
}

models::Json OpeningFields::hours(const models::Json &before) const {
    auto hours = models::read_availability(before);
    hours.weekly = m_hours->hours().value_or(hours.weekly);
    hours.exceptions = m_exceptions->exceptions();
    hours.buffer_minutes = m_buffer->value();
    if (m_notice->value() != notice_hours(hours.notice_minutes)) {
        hours.notice_minutes = m_notice->value() * minutes_an_hour;
    }
    hours.max_days_ahead = m_ahead->value();
    hours.start_step_minutes = m_step->currentData().toInt();
    hours.hold_hours = m_hold->value();
    m_places->write_to(hours);
    return models::write_availability(hours, before.is_object() ? before : models::Json::object());
}

QString OpeningFields::problem() const {
    if (!m_offers->isChecked()) {
        return {};
    }
    if (!m_hours->hours()) {
        return tr("Correct the hours.");
    }
    return m_places->is_complete() ? QString() : tr("Choose at least one place for each service.");
}

} // namespace studio::ui
