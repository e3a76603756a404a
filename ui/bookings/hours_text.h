// SPDX-License-Identifier: Apache-2.0
// Hours of a day as people type them: "10:00-14:00, 18:00-02:00"; empty is closed.
#pragma once

#include "models/booking/availability.h"

#include <QString>

#include <optional>

namespace studio::ui {

QString hours_text(const models::HourSpans &spans);
// nullopt where it is not such a text or its spans overlap. An end that is not later than the start is on the
// next day.
std::optional<models::HourSpans> read_hours(const QString &text);

} // namespace studio::ui
