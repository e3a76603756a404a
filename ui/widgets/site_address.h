// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace studio::ui {

// "http://localhost:8080" and "claire" → "http://claire.localhost:8080"; the custom domain if there is one,
// except on this machine's own platform, which answers only below its own domain.
QString site_address(const QString &public_url, const QString &subdomain, const QString &custom_domain = {});
// Without scheme, for people: "claire.localhost:8080".
QString short_address(const QString &address);

} // namespace studio::ui
