// SPDX-License-Identifier: Apache-2.0
// What a person took back stays taken back: for recordings of many photos, and for a restored backup.
#include "db/stores/privacy_store.h"
#include "tests/db/fixtures/expect_error.h"
#include "tests/db/fixtures/photo_fixture.h"

namespace studio::db {

namespace {

using testing::AllOf;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class PhotoReleases : public PhotoFixture {
protected:
    // As "--all" and the buttons for many photos do.
    std::vector<WithdrawnRelease> record_all(const std::vector<LibraryPhoto> &photos,
                                             const std::string &person = "") {
        std::vector<std::string> urls;
        for (const LibraryPhoto &photo : photos) {
            urls.push_back(photo.photo.url);
        }
        PhotoRelease release;
        release.tenant_id = ada;
        release.person = person;
        return compliance.record_releases(urls, release);
    }
    bool is_withdrawn(const LibraryPhoto &of, const std::string &person) {
        return owner.value(
                   "SELECT count(*) FROM photo_releases WHERE withdrawn_at IS NOT NULL AND photo_url = '" +
                   of.photo.url + "' AND person = '" + person + "'") == "1";
    }
};

TEST_F(PhotoReleases, RecordingManyLeavesOutWhatAPersonTookBackAndNamesIt) {
    const LibraryPhoto taken_back = add('1'), fresh = add('2');
    release(taken_back, "Anna");
    compliance.record_release(ada, taken_back.photo.url);
    compliance.withdraw_person_release(ada, taken_back.photo.url, "Anna");
    for (const std::string person : {"", "Anna", "Bo"}) {
        EXPECT_THAT(record_all({taken_back, fresh}, person),
                    ElementsAre(AllOf(Field(&WithdrawnRelease::photo_url, taken_back.photo.url),
                                      Field(&WithdrawnRelease::person, "Anna"),
                                      Field(&WithdrawnRelease::withdrawn_at, testing::Gt(models::Time())))))
            << person;
        EXPECT_TRUE(is_withdrawn(taken_back, "Anna")) << person;
        EXPECT_FALSE(is_released(taken_back)) << person;
        EXPECT_TRUE(is_hidden(taken_back)) << person;
        EXPECT_TRUE(is_released(fresh)) << person;
    }
    release(taken_back, "Anna");
    EXPECT_TRUE(is_released(taken_back));
    EXPECT_THAT(record_all({taken_back, fresh}), IsEmpty());
}

TEST_F(PhotoReleases, RecordingManyAddsToAPhotoThatMayBeShownAgainAfterAWithdrawal) {
    const LibraryPhoto added = add('1');
    release(added, "Anna");
    compliance.withdraw_person_release(ada, added.photo.url, "Anna");
    release(added, "Carl");
    ASSERT_TRUE(is_released(added));
    EXPECT_THAT(record_all({added}, "Bea"), IsEmpty());
    EXPECT_EQ(owner.value("SELECT count(*) FROM photo_releases WHERE person = 'Bea'"), "1");
    EXPECT_THAT(record_all({added}, "Anna"), ElementsAre(Field(&WithdrawnRelease::person, "Anna")));
    EXPECT_TRUE(is_withdrawn(added, "Anna"));
}

TEST_F(PhotoReleases, OneOfTheWholePhotoDoesNotSpeakForAPersonWhoWithdrew) {
    const LibraryPhoto added = add('1');
    release(added, "Anna");
    compliance.withdraw_person_release(ada, added.photo.url, "Anna");
    EXPECT_DB_ERROR(
        ErrorKind::Invalid, compliance.record_release(ada, added.photo.url),
        AllOf(HasSubstr("The release of Anna for the photo " + added.photo.url), HasSubstr("by itself")));
    EXPECT_DB_ERROR(ErrorKind::Invalid, release(added, ""), HasSubstr("The release of Anna"));
    ASSERT_EQ(Sql(database.operator_url())
                  .done("INSERT INTO photo_releases (tenant_id, photo_url) VALUES ('" + ada.text() + "', '" +
                        added.photo.url + "')")
                  .message,
              "");
    EXPECT_FALSE(is_released(added)) << "whatever an operator with psql adds";
    EXPECT_TRUE(is_hidden(added));
    release(added, "Anna");
    EXPECT_TRUE(is_released(added));
}

TEST_F(PhotoReleases, OneOfTheWholePhotoIsGivenBackByItselfAndNotWithMany) {
    const LibraryPhoto added = add('1');
    compliance.record_release(ada, added.photo.url);
    compliance.withdraw_release(ada, added.photo.url);
    EXPECT_THAT(record_all({added}), ElementsAre(Field(&WithdrawnRelease::person, "")));
    EXPECT_FALSE(is_released(added));
    compliance.record_release(ada, added.photo.url);
    EXPECT_TRUE(is_released(added));
}

TEST_F(PhotoReleases, OnlyOperatorsRecordThem) {
    const LibraryPhoto added = add('1');
    PhotoRelease release;
    release.tenant_id = ada;
    ComplianceStore of_ada(companion);
    EXPECT_DB_ERROR(ErrorKind::Forbidden, of_ada.record_releases({added.photo.url}, release), testing::_);
    release.valid_until = "soon";
    EXPECT_DB_ERROR(ErrorKind::Invalid, compliance.record_releases({added.photo.url}, release),
                    HasSubstr("last day"));
}

TEST_F(PhotoReleases, ARestoreShowsWhatWasReleasedAfterTheErasuresWereWritten) {
    const LibraryPhoto added = add('1');
    PhotoRelease older;
    older.tenant_id = ada;
    older.photo_url = "/media/ada/older-12345678-480.jpg";
    older.person = "Old";
    compliance.record_person_release(older);
    owner.done("UPDATE photo_releases SET adult = false WHERE person = 'Old'");
    const auto kept = PrivacyStore(session).erasures_to_keep();
    release(added, "Ada");
    compliance.record_person_release(older);
    Session restored(database.owner_url());
    EXPECT_EQ(PrivacyStore(restored).apply_erasures(kept).paused_photos, 0);
    EXPECT_TRUE(is_released(added));
    EXPECT_EQ(owner.value("SELECT studio_is_released('" + ada.text() + "', '" + older.photo_url + "')"), "t");
    EXPECT_EQ(owner.value("SELECT count(*) FROM photo_steps"), "0");
}

TEST_F(PhotoReleases, ARestoreHidesWhatWasHiddenForWhateverReason) {
    const LibraryPhoto paused = add('1'), crowded = add('2'), shortened = add('3'), withdrawn = add('4'),
                       shown = add('5');
    for (const LibraryPhoto &each : {paused, crowded, shortened, withdrawn, shown}) {
        release(each, "Ada " + each.photo.id);
    }
    PhotoRelease older;
    older.tenant_id = ada;
    older.photo_url = "/media/ada/older-12345678-480.jpg";
    older.person = "Old";
    compliance.record_person_release(older);

    library.pause(ada, paused.picture);
    library.set_people(ada, crowded.picture, 2);
    end_release("Ada 3");
    end_release("Old");
    compliance.withdraw_person_release(ada, withdrawn.photo.url, "Ada 4");
    const auto kept = PrivacyStore(session).erasures_to_keep();
    for (const ErasedSubject &subject : kept) {
        EXPECT_EQ(ErasedSubject::of_line(subject.line()), subject);
    }

    // The backup is older than all of it.
    ASSERT_EQ(owner
                  .done("DELETE FROM photo_steps; UPDATE photos SET paused_at = NULL, people = 1; "
                        "UPDATE photo_releases SET withdrawn_at = NULL, valid_until = NULL, "
                        "recorded_at = now() - interval '9 days'")
                  .message,
              "");
    ASSERT_TRUE(is_released(paused) && is_released(crowded) && is_released(shortened));
    Session restored(database.owner_url());
    const AppliedErasures applied = PrivacyStore(restored).apply_erasures(kept);
    EXPECT_EQ(applied.photos, 1);
    EXPECT_EQ(applied.paused_photos, 4) << "of the older photo the release is withdrawn";
    for (const LibraryPhoto &each : {paused, crowded, shortened}) {
        EXPECT_TRUE(library.find(ada, each.picture)->paused) << each.photo.id;
        EXPECT_TRUE(is_hidden(each)) << each.photo.id;
        EXPECT_THAT(library.steps(ada, each.picture), Contains(Field(&PhotoStep::action, "hide")));
        EXPECT_DB_ERROR(ErrorKind::Forbidden, PhotoLibrary(companion).resume(ada, each.picture), testing::_);
    }
    EXPECT_TRUE(is_hidden(withdrawn));
    EXPECT_FALSE(library.find(ada, withdrawn.picture)->paused);
    EXPECT_EQ(owner.value("SELECT studio_is_released('" + ada.text() + "', '" + older.photo_url + "')"), "f");
    EXPECT_EQ(
        owner.column("SELECT action FROM photo_steps WHERE key = 'ada/older-12345678-480.jpg' ORDER BY id"),
        (std::vector<std::string>{"hide", "purge"}))
        << "nobody withdrew it, so its files are kept";
    EXPECT_TRUE(is_released(shown));

    EXPECT_EQ(PrivacyStore(restored).apply_erasures(kept).paused_photos, 0);
    library.resume(ada, paused.picture);
    EXPECT_EQ(PrivacyStore(restored).apply_erasures(kept).paused_photos, 0) << "somebody decided since";
    EXPECT_TRUE(is_released(paused));
}

} // namespace

} // namespace studio::db
