// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace studio::ui {

// "http://localhost:8080" and "claire" → "http://claire.localhost:8080"; with the custom domain where there
// is one and the platform is not this machine's own, which answers to no domain but its own.
QString site_address(const QString &public_url, const QString &subdomain, const QString &custom_domain = {});
// Without scheme, for people: "claire.localhost:8080".
QString short_address(const QString &address);

} // namespace studio::ui
