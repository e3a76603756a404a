// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/booking/day.h"

#include <QDate>

namespace studio::ui {

inline models::Day to_day(QDate date) {
    return models::Day(std::chrono::days(QDate(1970, 1, 1).daysTo(date)));
}

inline QDate to_date(models::Day day) {
    return QDate(1970, 1, 1).addDays(day.time_since_epoch().count());
}

} // namespace studio::ui
