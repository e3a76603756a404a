// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/json/json.h"
#include "ui/bookings/companion_facts.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QSpinBox;

namespace studio::ui {

class ExceptionsFields;
class ServicePlacesFields;
class WeeklyHoursFields;

// When and where bookings are offered: weekly hours, dates with other hours, the rules for a time, places.
class OpeningFields final : public QWidget {
    Q_OBJECT

public:
    explicit OpeningFields(QWidget *parent = nullptr);
    void show_availability(const models::Json &availability, const CompanionFacts &companion);
    // Null where no times are offered. Only what a field shows otherwise than before is changed.
    models::Json availability(const models::Json &before) const;
    // The same whether times are offered or not.
    models::Json hours(const models::Json &before) const;
    QString problem() const; // "" where all is right

signals:
    void changed();

private:
    void name_fields();
    QWidget *build_rules();
    void follow_offer();

    QCheckBox *m_offers;
    WeeklyHoursFields *m_hours;
    ExceptionsFields *m_exceptions;
    QSpinBox *m_buffer, *m_notice, *m_ahead, *m_hold;
    QComboBox *m_step;
    ServicePlacesFields *m_places;
    QWidget *m_open_part;
};

} // namespace studio::ui
