// SPDX-License-Identifier: Apache-2.0
// Files that come to the store: which count as stored, and which must not stay public there.
#include "db/stores/platform_store.h"
#include "tests/db/fixtures/expect_error.h"
#include "tests/db/fixtures/photo_steps_fixture.h"
#include "tests/support/eventually.h"

#include <functional>
#include <future>
#include <utility>

namespace studio::db {

namespace {

using testing::AllOf;
using testing::Contains;
using testing::Each;
using testing::Field;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using testing::UnorderedElementsAre;

TEST_F(PhotoSteps, AFileThatArrivesAfterTheWithdrawalIsRemovedAgainAndDoesNotCountAsStored) {
    const LibraryPhoto added = photo('1', false);
    const std::vector<std::string> sent{added.files[0].key, added.files[1].key};
    library.add(ada, added);
    release(added, "Ada");
    withdraw(added, "Ada");
    EXPECT_THAT(carry_out(), Contains("remove")) << "they found nothing";
    carry_out();
    EXPECT_THAT(library.mark_stored(ada, sent), UnorderedElementsAre(sent[0], sent[1]));
    EXPECT_THAT(library.not_stored(ada), SizeIs(3));
    const auto removals = library.claim_steps(10);
    ASSERT_THAT(removals, AllOf(SizeIs(2), Each(AllOf(Field(&PhotoStep::action, "remove"),
                                                      Field(&PhotoStep::reason, "withdrawn")))));
    EXPECT_THAT(library.mark_stored(ada, {sent[0]}), SizeIs(1)) << "sent again while it is being removed";
    EXPECT_THAT(library.claim_steps(10),
                AllOf(SizeIs(1), Each(AllOf(Field(&PhotoStep::action, "remove"),
                                            Field(&PhotoStep::id, Not(removals[0].id))))));
}

TEST_F(PhotoSteps, AFileThatArrivesAfterTheTakedownIsRemovedAgain) {
    const LibraryPhoto added = photo('1', false);
    library.add(ada, added);
    library.take_down(ada, added.picture);
    carry_out();
    carry_out();
    const std::vector<std::string> sent{added.files[0].key, added.files[2].key};
    EXPECT_THAT(library.mark_stored(ada, sent), UnorderedElementsAre(sent[0], sent[1]));
    EXPECT_THAT(open_steps(),
                UnorderedElementsAre("remove " + sent[0], "remove " + sent[1], "purge " + sent[0]));
    EXPECT_THAT(library.mark_stored(ada, {"backups/all.tar", "bea/" + std::string(32, '1') + "-480.jpg"}),
                IsEmpty())
        << "what is not in her folder is not hers to remove";
}

TEST_F(PhotoSteps, AFileThatArrivesDuringThePauseIsStoredAndHidden) {
    const LibraryPhoto added = photo('1', false);
    library.add(ada, added);
    release(added, "Ada");
    library.pause(ada, added.picture);
    EXPECT_THAT(library.claim_steps(10), IsEmpty()) << "nothing is at the store";
    EXPECT_THAT(library.mark_stored(ada, {added.files[0].key, added.files[1].key, added.files[2].key}),
                SizeIs(3));
    EXPECT_THAT(library.not_stored(ada), IsEmpty());
    EXPECT_THAT(carry_out(), UnorderedElementsAre("hide", "hide")) << "the original is private anyway";
    library.resume(ada, added.picture);
    EXPECT_THAT(library.mark_stored(ada, {added.files[0].key}), IsEmpty());
    const auto shows = library.claim_steps(10);
    EXPECT_THAT(shows, AllOf(SizeIs(2), Each(Field(&PhotoStep::action, "show"))));
    library.pause(ada, added.picture);
    EXPECT_THAT(library.mark_stored(ada, {added.files[0].key}), SizeIs(1));
    EXPECT_THAT(library.claim_steps(10), IsEmpty()) << "somebody is still showing them";
    for (const PhotoStep &step : shows) {
        library.step_done(step.id);
    }
    EXPECT_THAT(carry_out(), UnorderedElementsAre("hide", "hide"));
}

TEST_F(PhotoSteps, AFileCountsAsStoredOnlyWhereThePlatformKeepsItsPhotos) {
    const LibraryPhoto added = photo('1', false);
    library.add(ada, added);
    const std::vector<std::string> keys{added.files[0].key};
    models::PhotoStore one{
        models::BucketAddress{"https://fra1.digitaloceanspaces.com", "fra1", "one", "", false}};
    models::PhotoStore other = one;
    other.bucket->bucket = "other";
    PlatformStore(session).set_photo_store(one);
    for (const models::PhotoStore &elsewhere : {other, models::PhotoStore{}}) {
        EXPECT_DB_ERROR(ErrorKind::Conflict, library.mark_stored(ada, keys, elsewhere), testing::_);
        EXPECT_THAT(library.not_stored(ada), SizeIs(3));
    }
    one.bucket->public_url = "https://photos.example";
    library.mark_stored(ada, keys, one);
    EXPECT_THAT(library.not_stored(ada), SizeIs(2)) << "the bucket is the same, wherever visitors see it";
    PlatformStore(session).set_photo_store({});
    EXPECT_DB_ERROR(ErrorKind::Conflict, library.mark_stored(ada, {added.files[1].key}, one), testing::_);
    library.mark_stored(ada, {added.files[1].key}, models::PhotoStore{});
    EXPECT_THAT(library.not_stored(ada), SizeIs(1));
}

TEST_F(PhotoSteps, OnArrivalFollowFromWhatIsSoNowAndNotFromWhatWasOnce) {
    const LibraryPhoto added = photo('1', false);
    const std::vector<std::string> keys{added.files[0].key};
    library.add(ada, added);
    release(added, "Ada");
    withdraw(added, "Ada");
    EXPECT_THAT(library.mark_stored(ada, keys), SizeIs(1));
    EXPECT_THAT(carry_out(), Contains("remove"));
    carry_out();
    release(added, "Ada");
    library.pause(ada, added.picture);
    EXPECT_THAT(library.mark_stored(ada, keys), SizeIs(1));
    EXPECT_THAT(carry_out(), UnorderedElementsAre("hide")) << "the removal was of another time";
    EXPECT_THAT(library.not_stored(ada), SizeIs(2));
}

TEST_F(PhotoSteps, KeepAwayWhatWasSentInPartAsWell) {
    const LibraryPhoto added = photo('1', false);
    const std::vector<std::string> keys{added.files[0].key, added.files[1].key};
    library.add(ada, added);
    release(added, "Ada");
    EXPECT_THAT(library.sent_in_part(ada, keys), IsEmpty());
    EXPECT_THAT(open_steps(), IsEmpty());
    library.pause(ada, added.picture);
    EXPECT_THAT(library.sent_in_part(ada, keys), SizeIs(2));
    EXPECT_THAT(carry_out(), UnorderedElementsAre("hide", "hide"));
    withdraw(added, "Ada");
    carry_out();
    carry_out();
    EXPECT_THAT(library.sent_in_part(ada, keys), SizeIs(2));
    EXPECT_THAT(carry_out(), UnorderedElementsAre("remove", "remove"));
    EXPECT_THAT(library.not_stored(ada), SizeIs(3)) << "nobody says that they are there";
}

// Somebody notes one of the photos as stored, which changes the companion's version as well.
TEST_F(PhotoSteps, OfSeveralPhotosWaitForOneThatIsBeingNotedAndLockNobodyOut) {
    const LibraryPhoto one = add('1'), two = add('2');
    release(one, "Ada", "2999-01-01");
    release(two, "Ada", "2999-01-01");
    const std::vector<std::string> both{one.picture, two.picture};
    PhotoRelease bo;
    bo.tenant_id = ada;
    bo.person = "Bo";
    const std::vector<std::pair<std::string, std::function<void()>>> calls{
        {"follow", [&] { library.claim_steps(1); }},
        {"record",
         [&] {
             compliance.record_releases({one.photo.url, two.photo.url}, bo);
         }},
        {"pause", [&] { library.pause_all(ada, both); }},
        {"resume", [&] { library.resume_all(ada, both); }},
        {"take down", [&] { library.take_down_all(ada, both); }}};
    end_release("Ada");
    for (const auto &[name, call] : calls) {
        Sql other(database.owner_url());
        pqxx::work work(other.connection());
        work.exec("SELECT FROM photos WHERE picture = '" + two.picture + "' FOR UPDATE");
        auto waiting = std::async(std::launch::async, call);
        EXPECT_TRUE(test_support::eventually([&] {
            return owner.value("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                               "AND wait_event_type = 'Lock'") == "1";
        })) << name;
        EXPECT_NO_THROW(work.exec("SELECT tenant_changed('" + ada.text() + "')")) << name;
        work.commit();
        EXPECT_NO_THROW(waiting.get()) << name;
    }
}

} // namespace

} // namespace studio::db
