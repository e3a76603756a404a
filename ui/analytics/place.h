// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/session.h"

#include <QTimeZone>

namespace studio::ui {

// By what a companion's figures are counted: the clock of her days, and her currency as published, before
// that as drafted.
struct Place {
    QTimeZone zone = QTimeZone::utc();
    QString currency; // ISO code; "" for all companions together
};

// "" for all companions together. Throws db::Error.
Place read_place(db::Session &session, const std::string &tenant);

} // namespace studio::ui
