// SPDX-License-Identifier: Apache-2.0
// How the studio writes times and names.
#pragma once

#include "models/tenant/tenant.h"

#include <QDateTime>
#include <QString>
#include <QTimeZone>

#include <string>

namespace studio::ui {

QDateTime to_date_time(models::Time time); // local time
QDateTime to_date_time(models::Time time, const QTimeZone &zone);
// "just now", "5 minutes ago", "today 10:42", "yesterday 10:42", "3 March", "3 March 2024".
QString relative_time(const QDateTime &time, const QDateTime &now);
QString full_time(const QDateTime &time);         // "Tuesday, 3 March 2026 10:42"
QString status_word(models::TenantStatus status); // "Live", "Preview", "Offline"
QString role_word(models::Role role);
// The label of an author as the stores name them: a person's name, or "studio_owner" and "renderer" for what
// was done automatically.
QString author_label(const std::string &name);

} // namespace studio::ui
