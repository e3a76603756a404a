// SPDX-License-Identifier: Apache-2.0
#include "ui/photos/record_releases.h"

#include "ui/photos/release_state.h"
#include "ui/widgets/words.h"

#include <QCoreApplication>

namespace studio::ui {

namespace {

QString tr(const char *text) {
    return QCoreApplication::translate("studio::ui::releases", text);
}

QString words_of(const db::WithdrawnRelease &release) {
    const auto day =
        day_words(to_date_time(release.withdrawn_at).toUTC().date().toString(Qt::ISODate).toStdString());
    const auto url = QString::fromStdString(release.photo_url);
    const auto photo = url.section(QLatin1Char('/'), -1);
    return release.person.empty()
               ? tr("%1 (withdrawn on %2)").arg(photo, day)
               : tr("%1 (%2, withdrawn on %3)").arg(photo, QString::fromStdString(release.person), day);
}

} // namespace

QString record_releases(db::Session &session, const models::TenantId &tenant, const QStringList &urls) {
    db::ComplianceStore compliance(session);
    if (urls.size() == 1) {
        compliance.record_release(tenant, urls.front().toStdString());
        return {};
    }
    std::vector<std::string> photos;
    for (const auto &url : urls) {
        photos.push_back(url.toStdString());
    }
    db::PhotoRelease whole;
    whole.tenant_id = tenant;
    return left_out_words(compliance.record_releases(photos, whole));
}

QString left_out_words(const std::vector<db::WithdrawnRelease> &left_out) {
    QStringList photos;
    for (const auto &release : left_out) {
        photos << words_of(release);
    }
    return photos.isEmpty() ? QString()
                            : tr("Left out, because a release was withdrawn: %1. Record each of these by "
                                 "itself.")
                                  .arg(photos.join(QStringLiteral(", ")));
}

} // namespace studio::ui
