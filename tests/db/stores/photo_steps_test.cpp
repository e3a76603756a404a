// SPDX-License-Identifier: Apache-2.0
// Steps at the store: which are handed out, to whom, and which are given up.
#include "db/stores/platform_store.h"
#include "db/stores/privacy_store.h"
#include "db/stores/store_files.h"
#include "tests/db/fixtures/expect_error.h"
#include "tests/db/fixtures/photo_steps_fixture.h"

namespace studio::db {

namespace {

using testing::AllOf;
using testing::Contains;
using testing::Each;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::IsSupersetOf;
using testing::Not;
using testing::SizeIs;
using testing::UnorderedElementsAre;

TEST_F(PhotoSteps, OneThatWaitsForItsNextAttemptHoldsUpNoLaterOneOfItsFile) {
    const LibraryPhoto added = add('1');
    release(added, "Ada");
    library.pause(ada, added.picture);
    EXPECT_THAT(carry_out(), UnorderedElementsAre("hide", "hide"));
    EXPECT_THAT(fail(), UnorderedElementsAre("purge", "purge")) << "without a token for the CDN";
    library.resume(ada, added.picture);
    EXPECT_THAT(carry_out(), UnorderedElementsAre("show", "show"));
    EXPECT_THAT(fail(), UnorderedElementsAre("purge", "purge"));
    withdraw(added, "Ada");
    EXPECT_THAT(carry_out(), UnorderedElementsAre("remove", "remove", "remove"));
}

TEST_F(PhotoSteps, AHideThatFailedDelaysNoRemoval) {
    const LibraryPhoto added = add('1');
    release(added, "Ada");
    library.pause(ada, added.picture);
    EXPECT_THAT(fail(), SizeIs(2));
    library.take_down(ada, added.picture);
    EXPECT_THAT(carry_out(), UnorderedElementsAre("remove", "remove", "remove"));
}

TEST_F(PhotoSteps, AHideThatFailsAfterTheResumeIsNotTriedAgain) {
    const LibraryPhoto added = add('1');
    release(added, "Ada");
    library.pause(ada, added.picture);
    const auto hides = library.claim_steps(10);
    ASSERT_THAT(hides, SizeIs(2));
    library.resume(ada, added.picture);
    EXPECT_THAT(library.claim_steps(10), IsEmpty()) << "somebody is still hiding them";
    for (const PhotoStep &step : hides) {
        library.step_failed(step.id, "The answer was lost.");
    }
    EXPECT_THAT(carry_out(), UnorderedElementsAre("show", "show"));
}

TEST_F(PhotoSteps, AnEndedReleaseIsRenewedWithoutAnyLossForThirtyDays) {
    const LibraryPhoto added = add('1');
    release(added, "Ada", "2999-01-01");
    end_release("Ada");
    EXPECT_THAT(carry_out(), UnorderedElementsAre("hide", "hide"));
    carry_out();
    release(added, "Ada", "2999-01-01");
    EXPECT_TRUE(is_released(added));
    EXPECT_FALSE(is_hidden(added)) << "its files are at the store";
    EXPECT_THAT(carry_out(), UnorderedElementsAre("show", "show"));
    EXPECT_THAT(carry_out(), UnorderedElementsAre("purge", "purge"));
    EXPECT_THAT(carry_out(), IsEmpty());

    owner_does("UPDATE photo_releases SET recorded_at = now() - interval '90 days', valid_until = "
               "(now() AT TIME ZONE 'UTC')::date - 31");
    EXPECT_THAT(carry_out(), UnorderedElementsAre("remove", "remove")) << "the original stays, private";
    EXPECT_THAT(carry_out(), UnorderedElementsAre("purge", "purge"));
    EXPECT_THAT(carry_out(), IsEmpty());
    EXPECT_FALSE(library.find(ada, added.picture)->stored());
    release(added, "Ada", "2999-01-01");
    EXPECT_TRUE(is_hidden(added)) << "it must be added again";
}

TEST_F(PhotoSteps, OfAHiddenFileThatWasLostShowNoOtherOneAgainAndAgain) {
    const LibraryPhoto added = add('1');
    release(added, "Ada");
    library.pause(ada, added.picture);
    carry_out();
    carry_out();
    StoreFiles(session).mark_missing(ada, {added.files[1].key});
    library.resume(ada, added.picture);
    EXPECT_THAT(carry_out(), UnorderedElementsAre("show"));
    EXPECT_THAT(carry_out(), UnorderedElementsAre("purge"));
    const std::string before = version();
    EXPECT_THAT(library.claim_steps(10), IsEmpty());
    EXPECT_EQ(version(), before);
    library.mark_stored(ada, {added.files[1].key});
    EXPECT_THAT(carry_out(), UnorderedElementsAre("show", "show")) << "it may lie there as it was hidden";
    EXPECT_THAT(carry_out(), UnorderedElementsAre("purge", "purge"));
    EXPECT_THAT(library.claim_steps(10), IsEmpty());
}

TEST_F(PhotoSteps, AReleaseThatIsRenewedForALaterDayShowsThePhotoOnThatDay) {
    const LibraryPhoto added = add('1');
    release(added, "Ada", "2999-01-01");
    end_release("Ada");
    carry_out();
    carry_out();
    owner_does("UPDATE photo_releases SET recorded_at = now(), valid_until = NULL, valid_from = "
               "(now() AT TIME ZONE 'UTC')::date + 1");
    EXPECT_THAT(carry_out(), IsEmpty());
    owner_does("UPDATE photo_releases SET valid_from = (now() AT TIME ZONE 'UTC')::date");
    EXPECT_THAT(carry_out(), UnorderedElementsAre("show", "show"));
}

TEST_F(PhotoSteps, ALastDayThatIsOverIsRefused) {
    const LibraryPhoto added = add('1');
    release(added, "Ada");
    const std::string yesterday = owner.value("SELECT (now() AT TIME ZONE 'UTC')::date - 1");
    EXPECT_DB_ERROR(ErrorKind::Invalid, release(added, "Ada", yesterday),
                    HasSubstr("The last day of the release, " + yesterday + ", is over already"));
    EXPECT_TRUE(is_released(added));
    release(added, "Ada", owner.value("SELECT (now() AT TIME ZONE 'UTC')::date"));
    EXPECT_TRUE(is_released(added)) << "today counts";
    EXPECT_THAT(library.claim_steps(10), IsEmpty());
}

TEST_F(PhotoSteps, ARemovalThatFailedIsGivenUpWhereTheReleaseIsRecordedAgain) {
    const LibraryPhoto added = add('1');
    release(added, "Ada");
    withdraw(added, "Ada");
    EXPECT_THAT(fail(), SizeIs(3));
    release(added, "Ada");
    EXPECT_THAT(library.steps(ada, added.picture), IsEmpty());
    EXPECT_FALSE(library.find(ada, added.picture)->stored()) << "what was tried may have been done";
    EXPECT_THAT(library.mark_stored(ada, {added.files[0].key, added.files[1].key}), IsEmpty());
    EXPECT_FALSE(is_hidden(added));
}

TEST_F(PhotoSteps, ARemovalThatFailsAfterTheReleaseWasRecordedAgainIsNotTriedAgain) {
    const LibraryPhoto added = add('1');
    release(added, "Ada");
    withdraw(added, "Ada");
    const auto removals = library.claim_steps(10);
    ASSERT_THAT(removals, SizeIs(3));
    release(added, "Ada");
    library.step_failed(removals[0].id, "The store is away.");
    const std::string before = version();
    library.step_done(removals[1].id);
    EXPECT_NE(version(), before) << "the page must leave out what is gone";
    owner_does("UPDATE photo_steps SET claimed_until = now() - interval '1 second'");
    EXPECT_THAT(library.claim_steps(10), IsEmpty());
    EXPECT_TRUE(is_released(added));
}

TEST_F(PhotoSteps, APhotoThatIsAddedAgainKeepsItsFiles) {
    const LibraryPhoto added = add('1');
    library.take_down(ada, added.picture);
    EXPECT_THAT(fail(), SizeIs(3));
    library.add(ada, added);
    owner_does("UPDATE photo_steps SET claimed_until = now() - interval '1 second' WHERE done_at IS NULL");
    EXPECT_THAT(library.claim_steps(10), IsEmpty());
}

TEST_F(PhotoSteps, AWithdrawnPhotoIsRemovedAlsoWhereItIsTakenDownAndAddedAgain) {
    const LibraryPhoto added = add('1');
    release(added, "Bo");
    withdraw(added, "Bo");
    PhotoLibrary of_ada(companion);
    of_ada.take_down(ada, added.picture);
    of_ada.add(ada, added);
    EXPECT_THAT(of_ada.claim_steps(10), IsEmpty());
    EXPECT_THAT(carry_out(), UnorderedElementsAre("remove", "remove", "remove"));
    EXPECT_FALSE(library.find(ada, added.picture)->stored());
}

TEST_F(PhotoSteps, AWithdrawnPhotoIsNotShownWhenItIsResumed) {
    const LibraryPhoto added = add('1');
    release(added, "Ada");
    library.pause(ada, added.picture);
    carry_out();
    carry_out();
    withdraw(added, "Ada");
    EXPECT_THAT(carry_out(), UnorderedElementsAre("remove", "remove", "remove"));
    carry_out();
    library.resume(ada, added.picture);
    EXPECT_THAT(library.claim_steps(10), IsEmpty());
    EXPECT_FALSE(is_released(added));
}

TEST_F(PhotoSteps, AnEndThatLeavesNothingToDoIsToldToNobodyTwice) {
    PhotoRelease elsewhere;
    elsewhere.tenant_id = ada;
    elsewhere.photo_url = "https://example.com/a.jpg";
    elsewhere.person = "Ada";
    compliance.record_person_release(elsewhere);
    const LibraryPhoto removed = add('1');
    release(removed, "Ada");
    end_release("Ada");
    EXPECT_THAT(carry_out(), UnorderedElementsAre("hide", "hide"));
    carry_out();
    const std::string before = version();
    EXPECT_THAT(library.claim_steps(10), IsEmpty());
    EXPECT_THAT(library.claim_steps(10), IsEmpty());
    EXPECT_EQ(version(), before);
}

TEST_F(PhotoSteps, APhotoThatLeftThePageBeforeTheWithdrawalIsRemovedInAllSizes) {
    auto documents = test_support::valid_documents("Ada");
    documents.photos["hero"]["control"] = {
        {"url", "/media/ada/hero-12345678-1920.jpg"},
        {"derivatives",
         {{{"url", "/media/ada/hero-12345678-480.webp"}, {"width", 480}, {"format", "webp"}}}}};
    revisions.save(ada, 1, documents, "", "6f1c2c7e-0000-4000-8000-000000000077");
    compliance.record_release(ada, "/media/ada/hero-12345678-1920.jpg");
    revisions.save(ada, 2, test_support::valid_documents("Ada"), "", "6f1c2c7e-0000-4000-8000-000000000078");
    compliance.withdraw_release(ada, "/media/ada/hero-12345678-1920.jpg");
    EXPECT_THAT(open_steps(),
                IsSupersetOf({"remove ada/hero-12345678-1920.jpg", "remove ada/hero-12345678-480.webp"}));
}

TEST_F(PhotoSteps, WhereAMinorIsInThePhotoItsFilesAreRemoved) {
    const LibraryPhoto added = add('1');
    release(added, "Ada");
    release(added, "Kim", "", false);
    EXPECT_TRUE(is_hidden(added));
    EXPECT_THAT(carry_out(), UnorderedElementsAre("remove", "remove", "remove"));
}

TEST_F(PhotoSteps, OfAPhotoInTheLibraryAreKeptAsLongAsItIsThere) {
    const LibraryPhoto kept = add('1'), gone = add('2');
    release(kept, "Ada");
    withdraw(kept, "Ada");
    library.take_down(ada, gone.picture);
    carry_out();
    carry_out();
    owner_does("UPDATE photo_steps SET done_at = now() - interval '25 months'");
    ASSERT_EQ(owner.value("SELECT retention_batch('attempts', now(), 1000) IS NOT NULL"), "t");
    EXPECT_THAT(library.steps(ada, kept.picture), Not(IsEmpty()));
    EXPECT_THAT(library.steps(ada, gone.picture), IsEmpty());
}

TEST_F(PhotoSteps, ACompanionDoesThoseOfHerOwnPausesAlone) {
    const LibraryPhoto hers = add('1'), of_operator = add('2'), withdrawn = add('3');
    release(hers, "Ada");
    release(of_operator, "Ada");
    release(withdrawn, "Bo");
    PhotoLibrary of_ada(companion);
    of_ada.pause(ada, hers.picture);
    library.pause(ada, of_operator.picture);
    withdraw(withdrawn, "Bo");
    const auto claimed = of_ada.claim_steps(100);
    EXPECT_THAT(claimed, AllOf(SizeIs(2), Each(Field(&PhotoStep::picture, hers.picture))));
    for (const PhotoStep &step : library.claim_steps(100)) {
        of_ada.step_done(step.id);
    }
    EXPECT_THAT(library.steps(ada, withdrawn.picture),
                Each(Field(&PhotoStep::done_at, testing::Eq(std::nullopt))));
    EXPECT_THAT(library.steps(ada, of_operator.picture),
                Each(Field(&PhotoStep::done_at, testing::Eq(std::nullopt))));
    of_ada.resume(ada, hers.picture);
    EXPECT_DB_ERROR(ErrorKind::Forbidden, of_ada.resume(ada, of_operator.picture),
                    HasSubstr("An operator paused this photo"));
    of_ada.pause(ada, hers.picture);
    library.pause(ada, hers.picture);
    EXPECT_DB_ERROR(ErrorKind::Forbidden, of_ada.resume(ada, hers.picture), HasSubstr("An operator paused"));
    owner_does("UPDATE photos SET paused_by = NULL");
    EXPECT_DB_ERROR(ErrorKind::Forbidden, of_ada.resume(ada, hers.picture),
                    HasSubstr("Who paused this photo is not known"));
    library.resume(ada, hers.picture);
    EXPECT_FALSE(library.find(ada, hers.picture)->paused);
}

TEST_F(PhotoSteps, OfAPauseThatAnOperatorTakesOverAreAskedForAgain) {
    const LibraryPhoto added = add('1');
    release(added, "Ada");
    PhotoLibrary of_ada(companion);
    of_ada.pause(ada, added.picture);
    for (int round = 0; round < 2; ++round) {
        for (const PhotoStep &step : of_ada.claim_steps(10)) {
            of_ada.step_done(step.id); // whether it is or not
        }
    }
    EXPECT_THAT(library.claim_steps(10), IsEmpty());
    library.pause(ada, added.picture);
    EXPECT_THAT(of_ada.claim_steps(10), IsEmpty()) << "the pause is not hers any more";
    EXPECT_THAT(carry_out(), UnorderedElementsAre("hide", "hide"));
    carry_out();
    library.pause(ada, added.picture);
    EXPECT_THAT(library.claim_steps(10), IsEmpty());
}

TEST_F(PhotoSteps, ACompanionSaysThatMorePeopleAreInAPhotoButNotFewer) {
    const LibraryPhoto added = add('1');
    PhotoLibrary of_ada(companion);
    of_ada.set_people(ada, added.picture, 2);
    EXPECT_DB_ERROR(ErrorKind::Forbidden, of_ada.set_people(ada, added.picture, 1),
                    HasSubstr("Only operators may lower the number of people"));
    of_ada.describe(ada, added.picture, "Waves", "", {0.5, 0.5});
    EXPECT_EQ(library.find(ada, added.picture)->people, 2);
    library.set_people(ada, added.picture, 1);
}

TEST_F(PhotoSteps, ConcernFilesOfHerOwnFolderAlone) {
    PhotoLibrary of_ada(companion);
    LibraryPhoto foreign = photo('1');
    foreign.files[0].key = "backups/all.tar";
    EXPECT_DB_ERROR(ErrorKind::Invalid, of_ada.add(ada, foreign),
                    HasSubstr("The file backups/all.tar is not in the companion's own folder"));
    LibraryPhoto former = photo('2');
    former.picture = "/media/former-name/" + std::string(32, '2');
    EXPECT_DB_ERROR(ErrorKind::Invalid, of_ada.add(ada, former),
                    HasSubstr("not in the companion's own folder"));
    LibraryPhoto older = photo('3');
    older.picture = "/media/ada/" + std::string(32, '3');
    older.files = {{"ada/" + std::string(32, '3') + "-480.jpg", "image/jpeg", 1, false, true}};
    of_ada.add(ada, older);
    EXPECT_TRUE(library.find(ada, older.picture));
}

TEST_F(PhotoSteps, OfARestoredCopyWaitUntilAnOperatorConfirmsTheStore) {
    const LibraryPhoto withdrawn = add('1'), paused = add('2'), sent = photo('3', false);
    library.add(ada, sent);
    release(withdrawn, "Ada");
    withdraw(withdrawn, "Ada");
    library.pause(ada, paused.picture);
    PlatformStore platform(session);
    EXPECT_TRUE(platform.photo_store_confirmed());

    Session restored(database.owner_url());
    PrivacyStore(restored).stop_after_restore();
    EXPECT_FALSE(platform.photo_store_confirmed());
    EXPECT_THAT(open_steps(), Each(Not(HasSubstr("hide "))));
    EXPECT_THAT(open_steps(), Contains("remove " + withdrawn.files[0].key));
    EXPECT_THAT(library.claim_steps(10), IsEmpty());
    EXPECT_DB_ERROR(ErrorKind::Other, library.mark_stored(ada, {sent.files[0].key}),
                    HasSubstr("An operator must confirm first"));
    EXPECT_DB_ERROR(ErrorKind::Forbidden, PlatformStore(companion).confirm_photo_store(), testing::_);
    EXPECT_EQ(Sql(database.operator_url())
                  .done("UPDATE platform_settings SET value = 'true' WHERE name = 'photo_store_confirmed'")
                  .rows,
              0U);
    EXPECT_FALSE(PlatformStore(companion).photo_store_confirmed());

    platform.confirm_photo_store();
    EXPECT_TRUE(platform.photo_store_confirmed());
    EXPECT_THAT(carry_out(), UnorderedElementsAre("remove", "remove", "remove", "hide", "hide"));
    EXPECT_THAT(library.mark_stored(ada, {sent.files[0].key}), IsEmpty());
}

// Nobody changes anything on that day.
TEST_F(PhotoSteps, TheVersionOfThePagesChangesOnTheDayOnWhichAReleaseBeginsAndEnds) {
    test_support::go_live(session, ada);
    const LibraryPhoto added = add('1');
    release(added, "Ada");
    owner_does("ALTER TABLE photo_releases DISABLE TRIGGER photo_releases_changed");
    owner_does(
        "UPDATE photo_releases SET valid_from = (now() AT TIME ZONE 'UTC')::date + 1 WHERE person = 'Ada'");
    const std::string eve = version_of_pages(), ends = owner.value("SELECT public_photo_ends()");
    owner_does(
        "UPDATE photo_releases SET valid_from = (now() AT TIME ZONE 'UTC')::date WHERE person = 'Ada'");
    const std::string first_day = version_of_pages();
    EXPECT_NE(first_day, eve);
    EXPECT_NE(owner.value("SELECT public_photo_ends()"), ends) << "the service looks again within seconds";
    EXPECT_EQ(owner.value("SELECT version FROM public_tenants WHERE id = '" + ada.text() + "'"), first_day);
    owner_does("UPDATE photo_releases SET valid_from = valid_from - 9, valid_until = "
               "(now() AT TIME ZONE 'UTC')::date - 2 WHERE person = 'Ada'");
    EXPECT_NE(version_of_pages(), first_day);
    owner_does("ALTER TABLE photo_releases ENABLE TRIGGER photo_releases_changed");
}

} // namespace

} // namespace studio::db
