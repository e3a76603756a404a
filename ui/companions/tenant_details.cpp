// SPDX-License-Identifier: Apache-2.0
#include "ui/companions/tenant_details.h"

#include "db/connection/error.h"
#include "db/experiments/experiment_store.h"
#include "db/stores/compliance_store.h"
#include "db/stores/photo_library.h"
#include "db/stores/revision_store.h"
#include "db/stores/share_link_store.h"
#include "db/stores/tenant_store.h"
#include "models/tenant/photo_releases.h"
#include "ui/companions/site_painter.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>

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

// What the library and the releases say of each photo.
void add_states(db::Session &session, const models::TenantId &id, std::vector<PhotoItem> &photos) {
    std::map<std::string, std::vector<db::PhotoRelease>> releases;
    for (auto &release : db::ComplianceStore(session).releases(id)) {
        releases[models::picture_of(release.photo_url)].push_back(release);
    }
    std::map<std::string, db::LibraryPhoto> library;
    for (auto &photo : db::PhotoLibrary(session).list(id)) {
        library.emplace(photo.picture, photo);
    }
    const auto states = db::PhotoLibrary(session).states(id);
    const auto today = today_utc();
    for (auto &photo : photos) {
        const auto picture = models::picture_of(photo.url);
        photo.releases = releases[picture];
        if (const auto known = library.find(picture); known != library.end()) {
            photo.in_library = true;
            photo.people = known->second.people;
            photo.paused = known->second.paused;
            photo.stored = known->second.stored();
        }
        photo.state = release_state(state_of(states, picture), photo.releases, photo.people, today);
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
    add_states(session, id, details.photos);
    details.keeps_originals = db::PhotoLibrary(session).keeps_originals(id);
    for (auto &photo : details.photos) {
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
    const auto published = [&details](const auto &lacks) {
        return std::ranges::count_if(details.photos,
                                     [&lacks](const auto &photo) { return photo.published && lacks(photo); });
    };
    const auto unreleased = published([](const auto &photo) { return !photo.state.released; });
    const auto paused = published([](const auto &photo) { return photo.paused; });
    const auto on_their_way = published([](const auto &photo) { return !photo.stored; });
    if (unreleased == 1) {
        missing << tr("Record the release of 1 published photo.");
    } else if (unreleased > 1) {
        missing << tr("Record the release of %1 published photos.").arg(unreleased);
    }
    if (paused > 0) {
        missing << tr("Resume the paused photos or take them from the site: %1.").arg(paused);
    }
    if (on_their_way > 0) {
        missing << tr("Wait for photos that are not uploaded yet: %1.").arg(on_their_way);
    }
    return missing;
}

} // namespace studio::ui
