// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/booking/tour.h"

#include <QDate>
#include <QDateTime>
#include <QString>

#include <vector>

namespace studio::ui {

struct OpenHours {
    QDateTime start, end; // on the clock of `zone`
    bool operator==(const OpenHours &) const = default;
};

// Her hours that begin on these days, taken or not: of a date with other hours, of the tour that she is on,
// else of the week. `zone`: of home, on whose clock they are given.
std::vector<OpenHours> open_hours(const models::Availability &availability,
                                  const std::vector<models::Tour> &tours, QDate first, QDate last,
                                  const QString &zone);

} // namespace studio::ui
