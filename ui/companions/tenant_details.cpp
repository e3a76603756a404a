// SPDX-License-Identifier: Apache-2.0
#include "ui/companions/tenant_details.h"

#include "db/connection/error.h"
#include "db/experiments/experiment_store.h"
#include "db/stores/compliance_store.h"
#include "db/stores/revision_store.h"
#include "db/stores/share_link_store.h"
#include "db/stores/tenant_store.h"
#include "models/tenant/photo_releases.h"
#include "ui/companions/site_painter.h"

#include <QCoreApplication>

#include <algorithm>

namespace studio::ui {

namespace {

constexpr QSize picture_size(144, 108);

QString tr(const char *text) {
    return QCoreApplication::translate("studio::ui::tenant_details", text);
}

QString place_words(const models::ReachingPhoto &reaching) {
    const auto detail = QString::fromStdString(reaching.detail);
    switch (reaching.place) {
    case models::PhotoPlace::Hero:
        return tr("Hero photo");
    case models::PhotoPlace::HeroVariant:
        return tr("Hero variant %1").arg(detail);
    case models::PhotoPlace::Gallery:
        return tr("Gallery photo");
    case models::PhotoPlace::Testimonial:
        return tr("Testimonial photo");
    case models::PhotoPlace::Sharing:
        return tr("Sharing picture");
    case models::PhotoPlace::Test:
        break;
    }
    return tr("Variant of the A/B test “%1”").arg(detail);
}

void add_all(std::vector<PhotoItem> &items, const models::Documents &documents,
             const std::vector<models::Experiment> &tests, bool published) {
    for (const auto &reaching : models::photos_that_reach_visitors(documents, tests)) {
        const auto same = std::ranges::find(items, reaching.photo.url, &PhotoItem::url);
        if (same != items.end()) {
            same->published = same->published || published;
            continue;
        }
        const auto alt = QString::fromStdString(reaching.photo.alt);
        PhotoItem item;
        item.url = reaching.photo.url;
        item.title = alt.isEmpty() ? place_words(reaching) : alt;
        item.published = published;
        items.push_back(std::move(item));
    }
}

} // namespace

TenantDetails load_details(db::Session &session, const models::TenantId &id,
                           const std::filesystem::path &media_root) {
    auto tenant = db::TenantStore(session).find(id);
    if (!tenant) {
        throw db::Error(db::ErrorKind::NotFound, "This companion no longer exists.");
    }
    TenantDetails details;
    details.tenant = std::move(*tenant);
    db::ComplianceStore compliance(session);
    details.verification = compliance.verification(id);
    details.share_links = db::ShareLinkStore(session).list(id);
    auto running = db::ExperimentStore(session).list(id), waiting = running;
    std::erase_if(running, [](const auto &test) { return test.status != models::ExperimentStatus::Active; });
    if (details.tenant.published_revision) {
        add_all(details.photos, details.tenant.published, running, true);
    }
    if (const auto latest = db::RevisionStore(session).latest(id)) {
        details.latest_revision = latest->summary.number;
        add_all(details.photos, latest->documents, waiting, false);
    }
    const auto releases = compliance.releases(id);
    for (auto &photo : details.photos) {
        const auto release = std::find_if(releases.begin(), releases.end(), [&photo](const auto &candidate) {
            return models::picture_of(candidate.photo_url) == models::picture_of(photo.url);
        });
        if (release != releases.end()) {
            photo.release = *release;
        }
        photo.picture = load_photo(photo.url, media_root, picture_size);
    }
    return details;
}

QStringList missing_for_live(const TenantDetails &details) {
    QStringList missing;
    if (!details.tenant.published_revision) {
        missing << tr("Publish the site in the editor.");
    }
    if (!details.verification || !details.verification->adult_confirmed) {
        missing << tr("Record that her identity is verified and that she is 18 or older.");
    }
    const auto unreleased =
        std::count_if(details.photos.begin(), details.photos.end(),
                      [](const auto &photo) { return photo.published && !photo.release; });
    if (unreleased == 1) {
        missing << tr("Record the release of 1 published photo.");
    } else if (unreleased > 1) {
        missing << tr("Record the release of %1 published photos.").arg(unreleased);
    }
    return missing;
}

} // namespace studio::ui
