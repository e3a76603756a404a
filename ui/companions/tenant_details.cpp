// SPDX-License-Identifier: Apache-2.0
#include "ui/companions/tenant_details.h"

#include "db/error.h"
#include "db/revision_store.h"
#include "models/photo_releases.h"
#include "models/photos.h"
#include "ui/companions/site_painter.h"

#include <QCoreApplication>

#include <algorithm>

namespace studio::ui {

namespace {

constexpr QSize picture_size(144, 108);

QString tr(const char *text) {
    return QCoreApplication::translate("studio::ui::tenant_details", text);
}

void add(std::vector<PhotoItem> &items, const models::Photo &photo, const QString &place, bool published) {
    if (photo.url.empty()) {
        return;
    }
    const auto same =
        std::find_if(items.begin(), items.end(), [&](const auto &item) { return item.url == photo.url; });
    if (same != items.end()) {
        same->published = same->published || published;
        return;
    }
    const auto alt = QString::fromStdString(photo.alt);
    PhotoItem item;
    item.url = photo.url;
    item.title = alt.isEmpty() ? place : alt;
    item.published = published;
    items.push_back(std::move(item));
}

void add_all(std::vector<PhotoItem> &items, const models::Json &document, bool published) {
    const auto photos = models::read_photos(document);
    add(items, photos.hero.control, tr("Hero photo"), published);
    for (const auto &variant : photos.hero.variants) {
        add(items, variant.photo, tr("Hero variant %1").arg(QString::fromStdString(variant.id)), published);
    }
    for (const auto &photo : photos.gallery) {
        add(items, photo, tr("Gallery photo"), published);
    }
    for (const auto &photo : photos.testimonials) {
        add(items, photo, tr("Testimonial photo"), published);
    }
}

} // namespace

TenantDetails load_details(db::Session &session, const std::string &id,
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
    if (details.tenant.published_revision) {
        add_all(details.photos, details.tenant.published.photos, true);
    }
    if (const auto latest = db::RevisionStore(session).latest(id)) {
        details.latest_revision = latest->summary.number;
        add_all(details.photos, latest->documents.photos, false);
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
