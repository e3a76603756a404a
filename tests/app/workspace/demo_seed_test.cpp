// SPDX-License-Identifier: Apache-2.0
#include "app/workspace/demo_seed.h"
#include "app/workspace/workspace.h"
#include "db/stores/compliance_store.h"
#include "db/stores/photo_library.h"
#include "db/stores/revision_store.h"
#include "db/stores/tenant_store.h"
#include "media/local_asset_store.h"
#include "models/documents/photos.h"
#include "resources/demo/demo_tenants.h"
#include "tests/media/picture_samples.h"
#include "tests/support/test_database.h"

#include <gmock/gmock.h>

namespace studio::app {
namespace {

using test_support::TestDatabase;

class DemoSeed : public ::testing::Test {
protected:
    void seed() { seed_demo(m_session, m_folder.path()); }
    models::Tenant tenant(const std::string &subdomain) {
        return m_tenants.find_by_subdomain(subdomain).value();
    }

    void expect_pictures_exist(const models::Documents &documents) {
        media::LocalAssetStore media(m_folder.path());
        const auto photos = models::read_photos(documents.photos);
        std::vector<models::Photo> all{photos.hero.control};
        for (const auto &variant : photos.hero.variants) {
            all.push_back(variant.photo);
        }
        all.insert(all.end(), photos.gallery.begin(), photos.gallery.end());
        all.insert(all.end(), photos.testimonials.begin(), photos.testimonials.end());
        for (const auto &photo : all) {
            EXPECT_TRUE(media.read(photo.url.substr(7)).has_value()) << photo.url;
            for (const auto &derivative : photo.derivatives) {
                EXPECT_TRUE(media.read(derivative.url.substr(7)).has_value()) << derivative.url;
            }
        }
    }

    // Every drawn photo, with nobody in it, and all its files in the store.
    void expect_library(const models::TenantId &id, const demo::DemoTenant &wanted) {
        const auto photos = db::PhotoLibrary(m_session).list(id);
        EXPECT_EQ(photos.size(), wanted.photos.size());
        for (const auto &photo : photos) {
            EXPECT_EQ(photo.people, 0) << photo.picture;
            EXPECT_EQ(photo.licence, "Drawn by this project");
            EXPECT_TRUE(photo.stored()) << photo.picture;
            EXPECT_FALSE(photo.files.empty());
        }
    }

    tests::ScratchFolder m_folder;
    TestDatabase m_database;
    db::Session m_session{m_database.operator_url()};
    db::TenantStore m_tenants{m_session};
};

TEST_F(DemoSeed, MakesThreeTenantsLiveAndLeavesEmmaInPreview) {
    seed();
    EXPECT_EQ(m_tenants.list().size(), 4u);
    for (const auto &wanted : demo::demo_tenants()) {
        const auto made = tenant(wanted.subdomain);
        EXPECT_EQ(made.status, wanted.status) << wanted.subdomain;
        EXPECT_EQ(made.media_folder, wanted.media_folder);
        expect_library(made.id, wanted);
        EXPECT_EQ(db::RevisionStore(m_session).latest(made.id)->documents, wanted.documents)
            << wanted.subdomain;
        expect_pictures_exist(wanted.documents);
        if (wanted.status != models::TenantStatus::Active) {
            EXPECT_EQ(made.published_revision, std::nullopt);
            continue;
        }
        EXPECT_EQ(made.published, wanted.documents) << wanted.subdomain;
        EXPECT_TRUE(db::ComplianceStore(m_session).verification(made.id)->adult_confirmed);
    }
}

TEST_F(DemoSeed, ASecondSeedingKeepsWhatAPersonChanged) {
    seed();
    const auto claire = tenant("claire");
    m_tenants.set_status(claire.id, models::TenantStatus::Inactive);
    m_tenants.rename(tenant("sophie").id, "Sophie L.");
    seed();
    EXPECT_EQ(m_tenants.list().size(), 4u);
    EXPECT_EQ(tenant("claire").status, models::TenantStatus::Inactive);
    EXPECT_EQ(tenant("sophie").name, "Sophie L.");
    EXPECT_EQ(db::RevisionStore(m_session).list(claire.id).size(), 1u);
    expect_library(claire.id, demo::demo_tenants().front());
}

TEST_F(DemoSeed, TakesUpASeedingThatWasCutOff) {
    const auto wanted = demo::demo_tenants().front();
    m_tenants.create({"claire", "Claire Hamilton", wanted.documents, wanted.media_folder});
    // as after a power failure
    seed();
    EXPECT_EQ(tenant("claire").status, models::TenantStatus::Active);
    expect_library(tenant("claire").id, wanted);
    expect_pictures_exist(wanted.documents);
}

TEST_F(DemoSeed, APlaceWherePicturesCannotBeWrittenIsSaidInWords) {
    const auto in_the_way = m_folder.write("media", "a file");
    try {
        seed_demo(m_session, in_the_way);
        FAIL() << "seeding went on without pictures";
    } catch (const WorkspaceError &error) {
        EXPECT_THAT(error.what(), ::testing::HasSubstr("media"));
    }
    EXPECT_TRUE(m_tenants.list().empty());
}

} // namespace
} // namespace studio::app
