// SPDX-License-Identifier: Apache-2.0
#include "db/stores/compliance_store.h"
#include "db/stores/photo_library.h"
#include "db/stores/revision_store.h"
#include "db/stores/store_files.h"
#include "db/stores/tenant_store.h"
#include "tests/db/fixtures/expect_error.h"
#include "tests/db/fixtures/sql.h"
#include "tests/support/sample_site.h"
#include "tests/support/test_database.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace studio::db {

namespace {

using models::StoreFile;
using test_support::TestDatabase;
using testing::AllOf;
using testing::Contains;
using testing::Each;
using testing::Field;
using testing::Not;

class FilesOfTheStore : public testing::Test {
protected:
    // A photo of ada's, named by a digit, with one shown file and an original.
    std::string add(char digit, bool stored = true) {
        const std::string name(32, digit);
        LibraryPhoto photo;
        photo.picture = "/media/" + folder + "/" + name;
        photo.photo.id = std::string(1, digit);
        photo.photo.url = photo.picture + "-480.jpg";
        photo.photo.width = 480;
        photo.photo.height = 320;
        photo.files = {{key(digit), "image/jpeg", 2000, false, stored},
                       {folder + "/originals/" + name + ".heic", "image/heic", 9000, true, stored}};
        library.add(ada, photo);
        return photo.picture;
    }
    std::string key(char digit) const { return folder + "/" + std::string(32, digit) + "-480.jpg"; }
    // Saves a draft with that photo as its hero.
    void save(const std::string &url) {
        auto documents = test_support::valid_documents("Ada");
        documents.photos["hero"]["control"]["url"] = url;
        revisions.save(ada, revisions.latest(ada)->summary.number, documents, "",
                       "6f1c2c7e-0000-4000-8000-00000000000" + std::to_string(++saved));
    }
    std::vector<StoreFile> all() { return StoreFiles(session).all().files; }
    static auto is_file(const std::string &key, bool stored) {
        return AllOf(Field(&StoreFile::key, key), Field(&StoreFile::stored, stored));
    }

    const TestDatabase database{TestDatabase::Tenants::Two};
    const models::TenantId ada = database.tenant_id(), bea = database.other_tenant_id();
    Session session{database.operator_url()};
    PhotoLibrary library{session};
    RevisionStore revisions{session};
    const std::string folder = TenantStore(session).find(ada)->media_folder;
    int saved = 0;
};

} // namespace

TEST_F(FilesOfTheStore, AreThoseOfTheLibrariesWithWhatMayBeSeen) {
    const std::string shown = add('1'), paused = add('2');
    add('3', false);
    library.pause(ada, paused);
    StoreFiles files(session);
    EXPECT_EQ(files.stored(), 4);
    EXPECT_THAT(all(), Contains(AllOf(is_file(key('1'), true), Field(&StoreFile::withheld, false),
                                      Field(&StoreFile::bytes, 2000U),
                                      Field(&StoreFile::content_type, "image/jpeg"))));
    EXPECT_THAT(all(), Contains(AllOf(is_file(key('2'), true), Field(&StoreFile::withheld, true))));
    EXPECT_THAT(all(), Contains(is_file(key('3'), false)));
    for (const StoreFile &file : all()) {
        EXPECT_EQ(file.original, file.key.find("/originals/") != std::string::npos) << file.key;
        EXPECT_FALSE(file.original && file.seen()) << file.key;
    }
    const auto contents = files.all();
    EXPECT_TRUE(std::ranges::is_sorted(contents.files, {}, &StoreFile::key));
    EXPECT_THAT(contents.folders, testing::IsSupersetOf({folder, std::string("ada"), std::string("bea")}));
    library.take_down(ada, shown);
    EXPECT_THAT(all(), Not(Contains(Field(&StoreFile::key, key('1')))));
}

TEST_F(FilesOfTheStore, AreAlsoThoseOfOlderPhotosThatDocumentsName) {
    const std::string old = "ada/old-1a2b3c4d-480.webp";
    save("/media/" + old);
    EXPECT_THAT(all(), Contains(AllOf(is_file(old, false), Field(&StoreFile::library, false))))
        << "only a draft has it";
    test_support::go_live(session, ada);
    EXPECT_THAT(all(), Contains(is_file(old, true)));
    ComplianceStore(session).withdraw_release(ada, "/media/" + old);
    EXPECT_THAT(all(), Not(Contains(Field(&StoreFile::key, old))));
}

TEST_F(FilesOfTheStore, AreNeverWhatADocumentNamesOfOthers) {
    const std::string other = TenantStore(session).find(bea)->media_folder;
    for (const std::string &key :
         {std::string("backups/all.jpg"), other + "/" + std::string(32, '7') + "-480.jpg",
          folder + "/notes.txt", folder + "/originals/" + std::string(32, '7') + ".jpg"}) {
        save("/media/" + key);
        EXPECT_THAT(all(), Not(Contains(Field(&StoreFile::key, key))));
    }
}

TEST_F(FilesOfTheStore, OfOneCompanionAreHersAlone) {
    add('1');
    EXPECT_THAT(StoreFiles(session).of(ada).files, Contains(Field(&StoreFile::key, key('1'))));
    EXPECT_THAT(StoreFiles(session).of(bea).files, Each(Field(&StoreFile::key, testing::StartsWith("bea/"))));
    Session other(database.other_companion_url());
    EXPECT_THAT(StoreFiles(other).all().files, Each(Field(&StoreFile::key, testing::StartsWith("bea/"))));
    EXPECT_EQ(StoreFiles(other).stored(), 0) << "a companion sees her own photos only";
}

TEST_F(FilesOfTheStore, KnowHowManyStepsAreNotDoneThere) {
    StoreFiles files(session);
    const std::string picture = add('1');
    EXPECT_EQ(files.open_steps(), 0);
    library.pause(ada, picture);
    EXPECT_EQ(files.open_steps(), 1) << "the purge is of the CDN";
    for (const PhotoStep &step : library.claim_steps(10)) {
        library.step_done(step.id);
    }
    EXPECT_EQ(files.open_steps(), 0);
}

TEST_F(FilesOfTheStore, KnowWhoseAStepIs) {
    StoreFiles files(session);
    library.pause(ada, add('1'));
    const std::vector<PhotoStep> claimed = library.claim_steps(1);
    ASSERT_EQ(claimed.size(), 1U);
    EXPECT_TRUE(files.is_claimed(claimed[0]));
    PhotoStep earlier = claimed[0];
    --earlier.attempts;
    EXPECT_FALSE(files.is_claimed(earlier)) << "somebody else claimed it since";
    Sql owner(database.owner_url());
    EXPECT_EQ(owner.done("UPDATE photo_steps SET claimed_until = now() - interval '1 second'").message, "");
    EXPECT_FALSE(files.is_claimed(claimed[0])) << "its time is over";
    const std::vector<PhotoStep> again = library.claim_steps(1);
    ASSERT_EQ(again.size(), 1U);
    library.step_done(again[0].id);
    EXPECT_FALSE(files.is_claimed(again[0]));
}

TEST_F(FilesOfTheStore, ThatAreMissingThereHideTheirPhotos) {
    add('1');
    StoreFiles(session).mark_missing(ada, {key('1')});
    EXPECT_THAT(all(), Contains(is_file(key('1'), false)));
    EXPECT_THAT(library.not_stored(ada), testing::SizeIs(1));
    Session companion(database.companion_url());
    EXPECT_DB_ERROR(ErrorKind::Forbidden, StoreFiles(companion).mark_missing(ada, {key('1')}), testing::_);
}

} // namespace studio::db
