// SPDX-License-Identifier: Apache-2.0
// A tenant's id as signals, item data and pages' targets carry it.
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
