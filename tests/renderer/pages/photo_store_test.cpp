// SPDX-License-Identifier: Apache-2.0
// Where pages find their photos, and which photos nobody gets, while the real program runs.
#include "db/stores/photo_library.h"
#include "db/stores/platform_store.h"
#include "db/stores/share_link_store.h"
#include "tests/renderer/fixtures/service_fixture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace studio::tests {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char *hero = "/media/ada/hero.jpg";

class PhotoStoreOfPages : public testing::Test {
protected:
    void start(const Variables &environment) {
        m_service = std::make_unique<ServiceProcess>(environment);
        ASSERT_TRUE(m_service->wait_until_ready()) << m_service->output();
    }
    RawReply get(std::string_view host, std::string_view target, const FieldList &fields = {}) const {
        return fetch(m_service->port(), host, target, fields);
    }
    std::string home() const { return get("ada.localhost", "/").body; }
    RawReply draft() const {
        const std::string cookie = get("preview-ada.localhost", "/?share=" + m_token).field("set-cookie");
        return get("preview-ada.localhost", "/", {{"Cookie", cookie.substr(0, cookie.find(';'))}});
    }
    void choose(const std::optional<models::BucketAddress> &bucket) {
        db::PlatformStore(m_site.operator_session()).set_photo_store({bucket});
    }
    models::TenantId ada() const { return m_site.database().tenant_id(); }
    db::PhotoLibrary library() { return db::PhotoLibrary(m_site.operator_session()); }
    void add_hero_to_library(bool stored) {
        db::LibraryPhoto photo;
        photo.picture = hero;
        photo.photo.url = hero;
        photo.files = {{"ada/hero.jpg", "image/jpeg", 100'000, false, stored}};
        library().add(ada(), photo);
    }
    bool shows_hero() const {
        return (home() + get("localhost", "/").body + draft().body).find("ada/hero.jpg") != std::string::npos;
    }

    LiveSite m_site;
    const std::string m_token =
        db::ShareLinkStore(m_site.operator_session()).create(ada(), std::chrono::hours(1)).token;
    std::unique_ptr<ServiceProcess> m_service;
};

const models::BucketAddress bucket{"https://fra1.spaces.example", "fra1", "photos", "https://photos.example",
                                   false};
const models::BucketAddress without_cdn{"https://fra1.spaces.example", "fra1", "photos", "", true};

TEST_F(PhotoStoreOfPages, IsFollowedByEveryPageWhileTheServiceRuns) {
    start(m_site.environment());
    EXPECT_THAT(home(), HasSubstr("/media/ada/hero.jpg"));
    choose(bucket);
    const std::string address = "https://photos.example/ada/hero.jpg";
    const auto follows = [&] {
        return home().find(address) != std::string::npos &&
               get("localhost", "/").body.find(address) != std::string::npos;
    };
    EXPECT_TRUE(eventually(follows));
    EXPECT_THAT(home(), Not(HasSubstr("/media/")));
    EXPECT_THAT(draft().body, HasSubstr(address));
    for (const RawReply &page :
         {get("ada.localhost", "/"), get("ada.localhost", "/book"), draft(), get("localhost", "/")}) {
        EXPECT_THAT(page.field("content-security-policy"), HasSubstr(" https://photos.example"));
    }
    choose(without_cdn);
    EXPECT_TRUE(eventually(
        [&] { return home().find("https://fra1.spaces.example/photos/ada/hero.jpg") != std::string::npos; }));
    choose({});
    EXPECT_TRUE(eventually([&] { return home().find("/media/ada/hero.jpg") != std::string::npos; }));
    EXPECT_THAT(get("ada.localhost", "/").field("content-security-policy"), Not(HasSubstr("spaces.example")));
}

TEST_F(PhotoStoreOfPages, IsTheOneOfTheEnvironmentWhereThatNamesOne) {
    Variables environment = m_site.environment();
    environment.erase("MEDIA_ROOT");
    environment["MEDIA_BASE_URL"] = "https://fixed.example";
    start(environment);
    choose(bucket);
    m_site.publish_tagline("After the change");
    EXPECT_TRUE(eventually([&] { return home().find("After the change") != std::string::npos; }));
    EXPECT_THAT(home(), HasSubstr("https://fixed.example/ada/hero.jpg"));
    EXPECT_THAT(draft().body, HasSubstr("https://fixed.example/ada/hero.jpg"));
}

TEST_F(PhotoStoreOfPages, APausedPhotoIsNowhereWithinTenSecondsAndComesBack) {
    add_hero_to_library(true);
    start(m_site.environment());
    ASSERT_TRUE(shows_hero());
    ASSERT_EQ(get("ada.localhost", hero).status, 200);
    library().pause(ada(), hero);
    EXPECT_TRUE(eventually([&] { return !shows_hero() && get("ada.localhost", hero).status == 404; },
                           std::chrono::seconds(10)));
    library().resume(ada(), hero);
    EXPECT_TRUE(eventually([&] {
        return home().find("ada/hero.jpg") != std::string::npos && get("ada.localhost", hero).status == 200;
    }));
}

TEST_F(PhotoStoreOfPages, APhotoThatIsTakenDownIsNowhereWithinTenSeconds) {
    add_hero_to_library(true);
    start(m_site.environment());
    ASSERT_TRUE(shows_hero());
    library().take_down(ada(), hero);
    EXPECT_TRUE(eventually([&] { return !shows_hero() && get("localhost", hero).status == 404; },
                           std::chrono::seconds(10)));
    EXPECT_TRUE(std::filesystem::exists(m_site.media() / "ada/hero.jpg")) << "its file follows as a step";
}

TEST_F(PhotoStoreOfPages, APhotoThatIsNotAtTheStoreYetIsOnNoPage) {
    add_hero_to_library(false);
    start(m_site.environment());
    EXPECT_FALSE(shows_hero());
    library().mark_stored(ada(), {"ada/hero.jpg"});
    EXPECT_TRUE(eventually([&] { return home().find("ada/hero.jpg") != std::string::npos; }));
}

TEST_F(PhotoStoreOfPages, OriginalsAreNeverServed) {
    std::filesystem::create_directories(m_site.media() / "ada/originals/deep");
    for (const char *file : {"ada/originals/hero.jpg", "ada/originals/deep/hero.jpg", "ada/originals.jpg"}) {
        std::ofstream(m_site.media() / file) << "a picture";
    }
    start(m_site.environment());
    for (const char *path : {"/media/ada/originals/hero.jpg", "/media/ada/originals/deep/hero.jpg",
                             "/media/ada/%6Friginals/hero.jpg"}) {
        EXPECT_EQ(get("ada.localhost", path).status, 404) << path;
    }
    EXPECT_EQ(get("ada.localhost", "/media/ada/originals.jpg").status, 200);
}

} // namespace
} // namespace studio::tests
