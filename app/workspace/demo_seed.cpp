// SPDX-License-Identifier: Apache-2.0
#include "app/workspace/demo_seed.h"

#include "app/workspace/workspace.h"
#include "db/stores/compliance_store.h"
#include "db/stores/photo_library.h"
#include "db/stores/platform_store.h"
#include "db/stores/revision_store.h"
#include "db/stores/tenant_store.h"
#include "media/local_asset_store.h"
#include "models/tenant/photo_releases.h"
#include "resources/demo/demo_tenants.h"

#include <set>

namespace studio::app {
namespace {

void copy_pictures(const demo::DemoTenant &wanted, media::AssetStore &from, media::AssetStore &to) {
    std::set<std::string> present;
    for (const auto &asset : to.list(wanted.media_folder + "/")) {
        present.insert(asset.key);
    }
    for (const demo::DemoPhoto &photo : wanted.photos) {
        for (const demo::DemoFile &file : photo.files) {
            if (!present.contains(file.key)) {
                to.put(file.key, from.read(file.key).value(), file.content_type);
            }
        }
    }
}

// A photo that is in the library already does not change.
void add_to_library(db::Session &session, const models::TenantId &tenant_id, const demo::DemoTenant &wanted) {
    const bool stored = !db::PlatformStore(session).photo_store().bucket;
    for (const demo::DemoPhoto &drawn : wanted.photos) {
        db::LibraryPhoto photo;
        photo.picture = drawn.picture;
        photo.photo = drawn.photo;
        photo.content_hash = drawn.content_hash;
        photo.likeness = drawn.likeness;
        photo.people = 0;
        photo.licence = "Drawn by this project";
        for (const demo::DemoFile &file : drawn.files) {
            photo.files.push_back({file.key, file.content_type, file.bytes, false, stored});
        }
        db::PhotoLibrary(session).add(tenant_id, photo);
    }
}

void go_live(db::Session &session, const models::TenantId &tenant_id, const models::Documents &documents,
             int revision) {
    db::ComplianceStore compliance(session);
    if (!compliance.verification(tenant_id)) {
        compliance.record_verification(tenant_id, "passport");
    }
    std::set<std::string> released;
    for (const auto &release : compliance.releases(tenant_id)) {
        released.insert(release.photo_url);
    }
    for (const auto &reaching : models::photos_that_reach_visitors(documents, {})) {
        if (!released.contains(reaching.photo.url)) {
            compliance.record_release(tenant_id, reaching.photo.url);
        }
    }
    db::RevisionStore(session).publish(tenant_id, revision);
    db::TenantStore(session).set_status(tenant_id, models::TenantStatus::Active);
}

// Whether a first start was interrupted between creating a demo tenant and taking it live, so that it should
// be continued. A tenant that a person has changed since then is left alone.
bool waits_to_go_live(const models::Tenant &tenant, const std::optional<models::Revision> &latest,
                      const demo::DemoTenant &wanted) {
    return wanted.status == models::TenantStatus::Active && tenant.status == models::TenantStatus::Preview &&
           latest && latest->summary.number == 1 && latest->documents == wanted.documents;
}

void seed(db::Session &session, const demo::DemoTenant &wanted, media::AssetStore &pictures,
          media::AssetStore &media) {
    db::TenantStore tenants(session);
    auto tenant = tenants.find_by_subdomain(wanted.subdomain);
    if (!tenant) {
        copy_pictures(wanted, pictures, media);
        tenant = tenants.create({wanted.subdomain, wanted.documents.content.at("name").get<std::string>(),
                                 wanted.documents, wanted.media_folder});
        add_to_library(session, tenant->id, wanted);
    }
    const auto latest = db::RevisionStore(session).latest(tenant->id);
    if (!waits_to_go_live(*tenant, latest, wanted)) {
        return;
    }
    copy_pictures(wanted, pictures, media);
    add_to_library(session, tenant->id, wanted); // completes an interrupted run
    go_live(session, tenant->id, wanted.documents, latest->summary.number);
}

} // namespace

void seed_demo(db::Session &operator_session, const std::filesystem::path &media_root) {
    const auto folder = demo::demo_media_folder();
    if (!folder) {
        throw WorkspaceError("The demo photos are missing beside this program (demo/media). Build the "
                             "project again with ./dev build, or start with an empty workspace.");
    }
    media::LocalAssetStore pictures(*folder);
    media::LocalAssetStore media(media_root);
    try {
        for (const auto &tenant : demo::demo_tenants()) {
            seed(operator_session, tenant, pictures, media);
        }
    } catch (const media::Error &error) {
        throw WorkspaceError(std::string("The demo photos could not be copied: ") + error.what());
    }
}

} // namespace studio::app
