// SPDX-License-Identifier: Apache-2.0
#include "ui/analytics/filters/place.h"

#include "db/analytics/analytics_store.h"
#include "db/stores/revision_store.h"

namespace studio::ui {

namespace {

std::string text_at(const models::Json &document, const char *pointer) {
    const models::Json::json_pointer place(pointer);
    return document.contains(place) && document.at(place).is_string() ? document.at(place).get<std::string>()
                                                                      : std::string();
}

} // namespace

Place read_place(db::Session &session, const models::TenantId &tenant) {
    if (tenant.empty()) {
        return {};
    }
    db::RevisionStore store(session);
    auto revision = store.latest(tenant);
    for (const auto &summary : store.list(tenant)) {
        if (summary.published && revision && summary.number != revision->summary.number) {
            revision = store.find(tenant, summary.number);
        }
    }
    const auto name = db::AnalyticsStore(session).zone(tenant);
    const QTimeZone zone(QByteArray::fromStdString(name));
    Place place;
    if (!name.empty() && zone.isValid()) { // with an empty name Qt would take this machine's zone
        place.zone = zone;
    }
    if (revision) {
        place.currency = QString::fromStdString(text_at(revision->documents.content, "/pricing/currency"));
    }
    return place;
}

} // namespace studio::ui
