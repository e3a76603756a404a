// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"

#include <QTimeZone>

namespace studio::ui {

// The time zone and currency of a companion's figures: the published ones, or the draft's before the first
// publication.
struct Place {
    QTimeZone zone = QTimeZone::utc();
    QString currency; // ISO code; "" for all companions together
};

// An empty id stands for all companions together. Throws db::Error.
Place read_place(db::Session &session, const models::TenantId &tenant);

} // namespace studio::ui
