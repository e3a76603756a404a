// SPDX-License-Identifier: Apache-2.0
// What a receipt names beside the files: the places that a photo left.
#include "db/stores/compliance_store.h"
#include "db/stores/photo_library.h"
#include "db/stores/revision_store.h"
#include "db/stores/share_link_store.h"
#include "db/stores/tenant_store.h"
#include "tests/db/fixtures/sql.h"
#include "tests/support/sample_site.h"
#include "tests/support/test_database.h"

#include <gmock/gmock.h>

#include <chrono>

namespace studio::db {

namespace {

using test_support::TestDatabase;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;

// ada is live, and her published hero and second gallery photo are one photo of her library.
class PhotoReceipt : public testing::Test {
protected:
    PhotoReceipt() {
        shown.picture = "/media/" + tenants.find(ada)->media_folder + "/" + std::string(32, '1');
        shown.photo.url = shown.picture + "-480.jpg";
        shown.files = {{shown.picture.substr(7) + "-480.jpg", "image/jpeg", 2000, false, true}};
        library.add(ada, shown);
        compliance.record_release(ada, shown.photo.url);
        test_support::go_live(session, ada);
        auto documents = revisions.latest(ada)->documents;
        documents.photos["hero"]["control"] = {{"url", shown.photo.url}, {"alt", "Waves"}};
        documents.photos["gallery"].push_back({{"id", "two"}, {"url", shown.photo.url}, {"alt", "Waves"}});
        revisions.publish(ada, save(documents, '1'));
    }
    int save(const models::Documents &documents, char digit) {
        return revisions
            .save(ada, revisions.latest(ada)->summary.number, documents, "",
                  std::string("6f1c2c7e-0000-4000-8000-00000000000") + digit)
            .number;
    }
    // "page hero: deleted" and so on, of the places alone, in the receipt's order.
    std::vector<std::string> places() {
        std::vector<std::string> lines;
        for (const PhotoStep &step : library.steps(ada, shown.picture)) {
            if (step.is_of_place()) {
                EXPECT_TRUE(step.done_at) << step.action << " " << step.key;
                lines.push_back(step.action + " " + step.key + ": " + step.reason);
            }
        }
        return lines;
    }

    const TestDatabase database{TestDatabase::Tenants::Two};
    const models::TenantId ada = database.tenant_id();
    Session session{database.operator_url()};
    TenantStore tenants{session};
    RevisionStore revisions{session};
    ComplianceStore compliance{session};
    PhotoLibrary library{session};
    LibraryPhoto shown;
};

TEST_F(PhotoReceipt, NamesEveryPageAndTheSharePictureThatATakenDownPhotoLeft) {
    library.take_down(ada, shown.picture);
    EXPECT_THAT(places(), ElementsAre("page hero: deleted", "page landing page: deleted",
                                      "page gallery 2: deleted", "sharing share picture: deleted"));
    EXPECT_THAT(library.claim_steps(10), SizeIs(1))
        << "the file is the only thing left to do before its purge";
}

TEST_F(PhotoReceipt, NamesTheTestsAndTheOpenDraftLinks) {
    Sql owner(database.owner_url());
    const std::string arms =
        R"([{"id":"a","name":"","weight":0.5,"config":{}},)"
        R"({"id":"b","name":"","weight":0.5,"config":{"photo":{"url":"/media/ada/one.jpg"}}}])";
    ASSERT_EQ(owner
                  .done("INSERT INTO ab_tests (tenant_id, name, element_type, variants, status) VALUES ('" +
                        ada.text() + "', 'Which hero', 'hero_photo', '" + arms + "', 'active')")
                  .message,
              "");
    ShareLinkStore links(session);
    links.create(ada, std::chrono::hours(24));
    links.create(ada, std::chrono::hours(48));
    auto documents = revisions.latest(ada)->documents;
    documents.content["seo"]["ogImage"] = "/media/ada/one.jpg";
    revisions.publish(ada, save(documents, '2'));
    library.take_down(ada, shown.picture);
    int drafts = 0;
    std::vector<std::string> others;
    for (const std::string &line : places()) {
        if (line.starts_with("draft 20")) {
            ++drafts;
        } else {
            others.push_back(line);
        }
    }
    EXPECT_EQ(drafts, 2);
    EXPECT_THAT(others, UnorderedElementsAre("page hero: deleted", "page landing page: deleted",
                                             "page gallery 2: deleted", "test Which hero: deleted"))
        << "the share picture is another photo";
}

TEST_F(PhotoReceipt, OfASiteThatIsNotLiveNamesNoPage) {
    tenants.set_status(ada, models::TenantStatus::Inactive);
    library.take_down(ada, shown.picture);
    EXPECT_THAT(places(), IsEmpty());
}

TEST_F(PhotoReceipt, NamesAPlaceOnceUntilThePhotoIsBackThere) {
    auto documents = revisions.latest(ada)->documents;
    documents.photos["gallery"].erase(1);
    documents.content["seo"]["ogImage"] = "/media/ada/one.jpg";
    revisions.publish(ada, save(documents, '3'));
    library.pause(ada, shown.picture);
    EXPECT_THAT(places(), ElementsAre("page hero: paused", "page landing page: paused"));
    library.resume(ada, shown.picture);
    EXPECT_THAT(places(), ElementsAre("page hero: paused", "page landing page: paused", "page hero: resumed",
                                      "page landing page: resumed"));
    compliance.withdraw_release(ada, shown.photo.url);
    EXPECT_THAT(places(), SizeIs(6));
    library.take_down(ada, shown.picture);
    EXPECT_THAT(places(), SizeIs(6)) << "it had left already";
}

TEST_F(PhotoReceipt, SeveralPhotosAreChangedAtOnceAndOneThatIsGoneIsLeftOut) {
    LibraryPhoto other = shown;
    other.picture.back() = '2';
    other.photo.url = other.picture + "-480.jpg";
    other.files = {{other.picture.substr(7) + "-480.jpg", "image/jpeg", 2000, false, true}};
    library.add(ada, other);
    const std::vector<std::string> both{shown.picture, other.picture};
    EXPECT_EQ(library.pause_all(ada, both), 2);
    EXPECT_TRUE(library.find(ada, other.picture)->paused);
    EXPECT_EQ(library.resume_all(ada, both), 2);
    EXPECT_FALSE(library.find(ada, shown.picture)->paused);
    library.take_down(ada, other.picture);
    EXPECT_EQ(library.take_down_all(ada, both), 1);
    EXPECT_FALSE(library.find(ada, shown.picture));
}

} // namespace

} // namespace studio::db
