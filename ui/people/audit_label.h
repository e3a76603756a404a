// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/stores/audit_store.h"

#include <QString>

namespace studio::ui {

// An audit entry as a sentence, such as "Changed the companion: status preview → active".
QString audit_label(const db::AuditEntry &entry);

} // namespace studio::ui
