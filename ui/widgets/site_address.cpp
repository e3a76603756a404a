// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/site_address.h"

#include <QUrl>

namespace studio::ui {

QString site_address(const QString &public_url, const QString &subdomain, const QString &custom_domain) {
    QUrl url(public_url);
    const bool local = url.host() == QLatin1String("localhost");
    if (!custom_domain.isEmpty() && !local) {
        url.setHost(custom_domain);
        url.setPort(-1);
    } else {
        url.setHost(subdomain + QLatin1Char('.') + url.host());
    }
    return url.toString(QUrl::RemovePath);
}

QString short_address(const QString &address) {
    const QUrl url(address);
    return url.port() < 0 ? url.host() : QStringLiteral("%1:%2").arg(url.host()).arg(url.port());
}

} // namespace studio::ui
