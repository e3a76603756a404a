// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"

#include <QTimeZone>

namespace studio::ui {

// Time zone and currency of a companion's figures: as published, before that as drafted.
struct Place {
    QTimeZone zone = QTimeZone::utc();
    QString currency; // ISO code; "" for all companions together
};

// "" for all companions together. Throws db::Error.
Place read_place(db::Session &session, const models::TenantId &tenant);

} // namespace studio::ui
