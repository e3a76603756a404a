// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/editor_services.h"

namespace studio::ui {

QString tenant_origin(const QString &public_url, const QString &subdomain) {
    const auto separator = QStringLiteral("://");
    const auto at = public_url.indexOf(separator);
    const auto host_start = at < 0 ? 0 : at + separator.size();
    return public_url.left(host_start) + subdomain + QLatin1Char('.') + public_url.mid(host_start);
}

} // namespace studio::ui
