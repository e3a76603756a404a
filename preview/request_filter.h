// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preview/scheme.h"

#include <QWebEngineUrlRequestInterceptor>

namespace studio::preview {

// Blocks every request of the page except those to its own scheme and those for pictures that a document
// names by an http(s) address.
class RequestFilter final : public QWebEngineUrlRequestInterceptor {
    Q_OBJECT

public:
    using QWebEngineUrlRequestInterceptor::QWebEngineUrlRequestInterceptor;

    void interceptRequest(QWebEngineUrlRequestInfo &request) override {
        const auto scheme = request.requestUrl().scheme();
        const bool picture = request.resourceType() == QWebEngineUrlRequestInfo::ResourceTypeImage;
        const bool web = scheme == QLatin1String("http") || scheme == QLatin1String("https");
        const bool inline_data = scheme == QLatin1String("data");
        if (scheme != QLatin1String(scheme_name) && !inline_data && !(picture && web)) {
            request.block(true);
        }
    }
};

} // namespace studio::preview
