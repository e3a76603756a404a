// SPDX-License-Identifier: Apache-2.0
// Converts a tenant's id to the text that signals, item data and navigate() use, and back.
#pragma once

#include "models/tenant/ids.h"

#include <QString>

namespace studio::ui {

inline models::TenantId to_tenant_id(const QString &text) {
    return models::TenantId(text.toStdString());
}

inline QString to_text(const models::TenantId &id) {
    return QString::fromStdString(id.text());
}

} // namespace studio::ui
