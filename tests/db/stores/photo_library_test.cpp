// SPDX-License-Identifier: Apache-2.0
#include "db/stores/public_store.h"
#include "tests/db/fixtures/expect_error.h"
#include "tests/db/fixtures/photo_fixture.h"

#include <array>
#include <memory>

namespace studio::db {

namespace {

using test_support::TestDatabase;
using testing::AllOf;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using testing::UnorderedElementsAre;

class PhotoLibraryRules : public PhotoFixture {};

TEST_F(PhotoLibraryRules, EachTenantHasAFolderOfHerOwnThatTellsNothingOfHer) {
    const std::string other = tenants.find(bea)->media_folder;
    EXPECT_THAT(folder, testing::MatchesRegex("[0-9a-f]{32}"));
    EXPECT_NE(folder, other);
    const auto created = tenants.create({"cleo", "Cleo", test_support::valid_documents("Cleo")});
    EXPECT_THAT(created.media_folder, testing::MatchesRegex("[0-9a-f]{32}"));
    EXPECT_EQ(tenants.find(created.id)->media_folder, created.media_folder);
}

TEST_F(PhotoLibraryRules, SheDecidesWhetherOriginalsAreKept) {
    EXPECT_FALSE(library.keeps_originals(ada));
    PhotoLibrary(companion).keep_originals(ada, true);
    EXPECT_TRUE(library.keeps_originals(ada));
    EXPECT_FALSE(library.keeps_originals(bea));
    EXPECT_DB_ERROR(ErrorKind::Forbidden, PhotoLibrary(companion).keep_originals(bea, true), testing::_);
}

TEST_F(PhotoLibraryRules, GivesWhatWasAdded) {
    const LibraryPhoto added = add('1');
    const auto found = library.find(ada, added.picture);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->photo, added.photo);
    EXPECT_EQ(found->content_hash, added.content_hash);
    EXPECT_EQ(found->likeness, added.likeness);
    EXPECT_EQ(found->people, 1);
    EXPECT_EQ(found->photographer, "Petra");
    EXPECT_EQ(found->licence, "bought");
    EXPECT_EQ(found->added_by, "Olivia Operator");
    EXPECT_THAT(found->files, SizeIs(3));
    EXPECT_TRUE(found->stored());
    EXPECT_THAT(library.with_content(ada, added.content_hash), SizeIs(1));
    EXPECT_THAT(library.with_content(bea, added.content_hash), IsEmpty());
}

TEST_F(PhotoLibraryRules, AddingAPhotoAgainKeepsWhatPeopleSaidOfIt) {
    LibraryPhoto added = add('1');
    library.describe(ada, added.picture, "At the beach", "Bondi", {0.25, 0.75});
    library.set_people(ada, added.picture, 2);
    library.set_licence(ada, added.picture, "Quinn", "lent");
    library.add(ada, added);
    const auto found = library.find(ada, added.picture).value();
    EXPECT_EQ(found.photo.alt, "At the beach");
    EXPECT_EQ(found.photo.caption, "Bondi");
    EXPECT_EQ(found.photo.focal_point, (models::FocalPoint{0.25, 0.75}));
    EXPECT_EQ(found.photo.url, added.photo.url);
    EXPECT_EQ(found.people, 2);
    EXPECT_EQ(found.photographer, "Quinn");
    EXPECT_THAT(library.list(ada), SizeIs(1));
    EXPECT_DB_ERROR(ErrorKind::NotFound, library.set_people(ada, "/media/nothing", 1),
                    HasSubstr("not in the library"));
}

TEST_F(PhotoLibraryRules, ListsTheNewestFirstUntilPeopleOrderThem) {
    for (const char digit : {'1', '2', '3', '4'}) {
        add(digit);
    }
    const auto order = [&] {
        std::string digits;
        for (const LibraryPhoto &each : library.list(ada)) {
            digits += each.photo.id;
        }
        return digits;
    };
    EXPECT_EQ(order(), "4321");
    library.move(ada, {photo('1').picture, photo('3').picture}, photo('4').picture);
    EXPECT_EQ(order(), "1342");
    library.move(ada, {photo('1').picture}, "");
    EXPECT_EQ(order(), "3421");
    add('5');
    EXPECT_EQ(order(), "53421");
}

TEST_F(PhotoLibraryRules, AFileThatIsNotAtTheStoreHidesThePhotoAndHoldsPublishingUp) {
    test_support::go_live(session, ada);
    const LibraryPhoto added = photo('1', false);
    library.add(ada, added);
    release(added, "Ada");
    EXPECT_TRUE(is_hidden(added));
    EXPECT_THAT(compliance.withdrawn_photos(), Not(Contains(added.picture))) << "a draft shows it";
    EXPECT_THAT(library.not_stored(ada), SizeIs(3));
    const int number = save_with_hero(added);
    EXPECT_DB_ERROR(ErrorKind::Invalid, revisions.publish(ada, number),
                    HasSubstr("the photo " + added.photo.url + " is not at the platform's store yet"));
    library.mark_stored(ada, {added.files[0].key, added.files[1].key});
    EXPECT_THAT(library.not_stored(ada), ElementsAre(Field(&LibraryFile::original, true)));
    EXPECT_FALSE(is_hidden(added)) << "nobody is shown the original";
    revisions.publish(ada, number);
}

TEST_F(PhotoLibraryRules, TwoPeopleNeedTwoReleases) {
    test_support::go_live(session, ada);
    const LibraryPhoto added = add('1');
    library.set_people(ada, added.picture, 2);
    release(added, "Ada");
    EXPECT_FALSE(is_released(added));
    const int number = save_with_hero(added);
    EXPECT_DB_ERROR(ErrorKind::Invalid, revisions.publish(ada, number),
                    HasSubstr(added.photo.url + " shows 2 people, and for 1 of them no release is recorded"));
    release(added, "Ada"); // the same person again
    EXPECT_FALSE(is_released(added));
    release(added, "Bo");
    EXPECT_TRUE(is_released(added));
    revisions.publish(ada, number);
    EXPECT_THAT(compliance.releases(ada), Contains(AllOf(Field(&PhotoRelease::person, "Bo"),
                                                         Field(&PhotoRelease::photo_url, added.photo.url))));
}

TEST_F(PhotoLibraryRules, OnlyReleasesOfAdultsWithinTheirDaysCount) {
    const LibraryPhoto added = add('1');
    EXPECT_FALSE(is_released(added));
    release(added, "Ada", "", false);
    EXPECT_FALSE(is_released(added));
    release(added, "Bo");
    EXPECT_FALSE(is_released(added)) << "who is not known to be an adult is in it";
    release(added, "Ada");
    EXPECT_TRUE(is_released(added));
    ASSERT_EQ(
        owner.done("UPDATE photo_releases SET valid_from = (now() AT TIME ZONE 'UTC')::date + 1").message,
        "");
    EXPECT_FALSE(is_released(added)) << "tomorrow";
    ASSERT_EQ(
        owner
            .done(
                "UPDATE photo_releases SET valid_from = NULL, valid_until = (now() AT TIME ZONE 'UTC')::date")
            .message,
        "");
    EXPECT_TRUE(is_released(added)) << "the last day counts";
    EXPECT_THAT(compliance.ending_releases(7), SizeIs(2));
    EXPECT_DB_ERROR(ErrorKind::Invalid, release(added, "Ada", "next year"), HasSubstr("last day"));
}

TEST_F(PhotoLibraryRules, AnEndedReleaseHidesThePhotoWithoutAnybodysDoing) {
    const LibraryPhoto added = add('1');
    release(added, "");
    release(added, "Ada", "2999-01-01");
    EXPECT_TRUE(is_released(added));
    end_release("Ada");
    ASSERT_EQ(
        owner.done("UPDATE photo_releases SET recorded_at = now() - interval '9 days' WHERE person = ''")
            .message,
        "");
    EXPECT_FALSE(is_released(added)) << "an earlier release of the whole photo does not speak for her";
    EXPECT_TRUE(is_hidden(added));
    EXPECT_THAT(compliance.withdrawn_photos(), Contains(added.picture));
    const auto steps = library.claim_steps(10);
    EXPECT_THAT(steps, SizeIs(2)) << "the purges follow";
    EXPECT_THAT(steps, Each(AllOf(Field(&PhotoStep::action, "hide"), Field(&PhotoStep::reason, "ended"),
                                  Field(&PhotoStep::key, Not(HasSubstr("originals"))))));
    for (const PhotoStep &step : steps) {
        library.step_done(step.id);
    }
    EXPECT_THAT(library.claim_steps(10), AllOf(SizeIs(2), Each(Field(&PhotoStep::action, "purge"))));
    EXPECT_THAT(library.claim_steps(10), IsEmpty()) << "it ends once";
    EXPECT_TRUE(library.find(ada, added.picture)->stored()) << "private, for 30 days";
}

TEST_F(PhotoLibraryRules, APersonWhoWithdrawsTakesThePhotoAwayUntilAReleaseIsRecordedAfterIt) {
    const LibraryPhoto added = add('1');
    library.set_people(ada, added.picture, 1);
    release(added, "");
    release(added, "Ana");
    compliance.withdraw_person_release(ada, added.photo.url, "Ana");
    EXPECT_FALSE(is_released(added));
    EXPECT_TRUE(is_hidden(added));
    EXPECT_THAT(library.steps(ada, added.picture), Not(IsEmpty()));
    EXPECT_DB_ERROR(ErrorKind::NotFound, compliance.withdraw_person_release(ada, added.photo.url, "Ana"),
                    HasSubstr("No release of that person"));
    release(added, "Anna"); // the name had been written wrongly
    EXPECT_TRUE(is_released(added));
    EXPECT_FALSE(is_hidden(added));
    EXPECT_THAT(library.steps(ada, added.picture), IsEmpty()) << "nobody had begun";
}

TEST_F(PhotoLibraryRules, APausedPhotoReachesNobodyUntilItIsResumed) {
    const LibraryPhoto added = add('1');
    release(added, "Ada");
    library.pause(ada, added.picture);
    EXPECT_FALSE(is_released(added));
    EXPECT_TRUE(is_hidden(added));
    EXPECT_TRUE(library.find(ada, added.picture)->paused);
    const auto hides = library.claim_steps(10);
    ASSERT_THAT(hides, AllOf(SizeIs(2), Each(Field(&PhotoStep::action, "hide"))));
    library.step_done(hides[0].id);
    library.resume(ada, added.picture);
    EXPECT_TRUE(is_released(added));
    EXPECT_FALSE(is_hidden(added));
    EXPECT_THAT(library.claim_steps(10), AllOf(SizeIs(1), Each(Field(&PhotoStep::action, "show"))))
        << "the other file is still being hidden";
    library.step_done(hides[1].id);
    EXPECT_THAT(library.claim_steps(10), AllOf(SizeIs(1), Each(Field(&PhotoStep::action, "show")),
                                               Each(Field(&PhotoStep::reason, "resumed"))));
}

TEST_F(PhotoLibraryRules, EveryChangeOfWhatVisitorsGetIsToldToTheService) {
    const LibraryPhoto added = add('1');
    const auto version = [&] {
        return std::stoi(
            owner.value("SELECT version FROM tenant_versions WHERE tenant_id = '" + ada.text() + "'"));
    };
    const auto counts_up = [&](const auto &change) {
        const int earlier = version();
        change();
        return version() > earlier;
    };
    EXPECT_TRUE(counts_up([&] { release(added, "Ada"); }));
    EXPECT_TRUE(counts_up([&] { library.pause(ada, added.picture); }));
    EXPECT_TRUE(counts_up([&] { library.resume(ada, added.picture); }));
    EXPECT_TRUE(counts_up([&] { library.set_people(ada, added.picture, 2); }));
    EXPECT_TRUE(counts_up([&] { library.add(ada, photo('2', false)); }));
    EXPECT_TRUE(counts_up([&] { library.mark_stored(ada, {photo('2').files[0].key}); }));
    EXPECT_TRUE(counts_up([&] { compliance.withdraw_person_release(ada, added.photo.url, "Ada"); }));
    EXPECT_TRUE(counts_up([&] { library.take_down(ada, added.picture); }));
}

TEST_F(PhotoLibraryRules, ATakedownLeavesNothingButItsReceiptAndWhatPeopleTyped) {
    test_support::go_live(session, ada);
    const LibraryPhoto added = add('1');
    release(added, "Ada");
    revisions.publish(ada, save_with_hero(added));
    Session service_session(database.renderer_url());
    PublicStore service(service_session);
    EXPECT_THAT(service.find(ada)->released_photos, Contains(added.picture));
    library.take_down(ada, added.picture);
    EXPECT_FALSE(library.find(ada, added.picture));
    EXPECT_TRUE(library.states(ada)[added.picture].taken_down);
    EXPECT_THAT(service.find(ada)->released_photos, Not(Contains(added.picture)));
    EXPECT_THAT(service.withdrawn_photos(), Contains(added.picture));
    EXPECT_EQ(revisions.latest(ada)->documents.photos["hero"]["control"]["url"], added.photo.url);

    EXPECT_THAT(library.with_steps(ada), Contains(added.picture));
    auto documents = revisions.latest(ada)->documents;
    documents.content["tagline"] = "Written after the takedown";
    const int later = revisions
                          .save(ada, revisions.latest(ada)->summary.number, documents, "",
                                "6f1c2c7e-0000-4000-8000-0000000000ff")
                          .number;
    EXPECT_DB_ERROR(ErrorKind::Invalid, revisions.publish(ada, later),
                    HasSubstr(added.photo.url + " was taken down"));
    auto asked = library.steps(ada, added.picture);
    std::erase_if(asked, [](const PhotoStep &step) { return step.is_of_place(); });
    EXPECT_THAT(asked, SizeIs(5)) << "three files and two purges";
    const auto removals = library.claim_steps(10);
    ASSERT_THAT(removals, AllOf(SizeIs(3), Each(Field(&PhotoStep::action, "remove")),
                                Each(Field(&PhotoStep::reason, "deleted"))));
    library.step_done(removals[0].id);
    library.step_failed(removals[1].id, "The store did not answer.");
    const auto purges = library.claim_steps(10);
    EXPECT_THAT(purges, ElementsAre(Field(&PhotoStep::key, removals[0].key)))
        << "the CDN is told when the file is gone";
    const auto receipt = library.steps(ada, added.picture);
    EXPECT_THAT(receipt, Contains(AllOf(Field(&PhotoStep::id, removals[0].id),
                                        Field(&PhotoStep::done_at, testing::Ne(std::nullopt)))));
    EXPECT_THAT(receipt, Contains(AllOf(Field(&PhotoStep::id, removals[1].id), Field(&PhotoStep::attempts, 1),
                                        Field(&PhotoStep::problem, "The store did not answer."),
                                        Field(&PhotoStep::done_at, std::optional<models::Time>()))));
    library.add(ada, added);
    EXPECT_FALSE(is_released(added)) << "what was deleted needs a new release";
}

TEST_F(PhotoLibraryRules, APhotoThatIsInNoLibraryIsTakenOutInAllSizesThatDocumentsName) {
    auto documents = test_support::valid_documents("Ada");
    documents.photos["hero"]["control"] = {
        {"url", "/media/ada/hero-12345678-1920.jpg"},
        {"derivatives",
         {{{"url", "/media/ada/hero-12345678-480.webp"}, {"width", 480}, {"format", "webp"}}}}};
    revisions.save(ada, 1, documents, "", "6f1c2c7e-0000-4000-8000-000000000077");
    compliance.record_release(ada, "/media/ada/hero-12345678-1920.jpg");
    compliance.withdraw_release(ada, "/media/ada/hero-12345678-1920.jpg");
    std::vector<std::string> removed;
    for (const PhotoStep &step : library.claim_steps(10)) {
        removed.push_back(step.action + " " + step.key);
    }
    EXPECT_THAT(removed, UnorderedElementsAre("remove ada/hero-12345678-1920.jpg",
                                              "remove ada/hero-12345678-480.webp"));
}

TEST_F(PhotoLibraryRules, TwoWorkersNeverGetTheSameStep) {
    for (const char digit : {'1', '2', '3'}) {
        library.pause(ada, add(digit).picture);
    }
    Session other_session(database.operator_url());
    PhotoLibrary other(other_session);
    const auto first = library.claim_steps(4), second = other.claim_steps(4), third = library.claim_steps(4);
    EXPECT_THAT(first, SizeIs(4));
    EXPECT_THAT(second, SizeIs(2));
    EXPECT_THAT(third, IsEmpty());
    for (const PhotoStep &step : second) {
        EXPECT_THAT(first, Each(Field(&PhotoStep::id, testing::Ne(step.id))));
    }
    ASSERT_EQ(owner.done("UPDATE photo_steps SET claimed_until = now() - interval '1 second'").message, "");
    EXPECT_THAT(other.claim_steps(10), SizeIs(6)) << "a worker that died leaves its steps to others";
}

TEST_F(PhotoLibraryRules, AnotherCompanionsFolderIsNotHers) {
    const std::string other = tenants.find(bea)->media_folder;
    LibraryPhoto foreign = photo('1');
    foreign.picture = "/media/" + other + "/" + std::string(32, '1');
    EXPECT_DB_ERROR(ErrorKind::Invalid, library.add(ada, foreign), HasSubstr("belongs to another companion"));
    LibraryPhoto mixed = photo('2');
    mixed.files[0].key = "bea/hero.jpg";
    EXPECT_DB_ERROR(ErrorKind::Invalid, library.add(ada, mixed), HasSubstr("belongs to another companion"));
    EXPECT_DB_ERROR(ErrorKind::Invalid, compliance.record_release(ada, foreign.picture + "-480.jpg"),
                    HasSubstr("belongs to another companion"));
}

// Operator, staff, ada herself, the public service: '+' it is done, '-' refused.
TEST_F(PhotoLibraryRules, WhoMayDoWhat) {
    const LibraryPhoto added = add('1');
    release(added, "Ada");
    const std::string tenant = "'" + ada.text() + "', ", picture = tenant + "'" + added.picture + "'";
    const std::array<std::pair<std::string, std::string>, 15> calls{{
        {"photo_add(" + tenant +
             "'/media/ada/new', '{}', '{\"hash\": \"\", \"likeness\": 0, \"photographer\": \"\", "
             "\"licence\": \"\", \"files\": []}')",
         "+-+-"},
        {"photo_change(" + picture + ", NULL, 2, NULL, NULL)", "+-+-"},
        {"photo_move(" + tenant + "ARRAY['" + added.picture + "'], '')", "+-+-"},
        {"photo_mark_stored(" + tenant + "ARRAY['" + added.files[0].key + "'])", "+-+-"},
        {"photo_lock(" + tenant + "ARRAY['" + added.picture + "'])", "+-+-"},
        {"photo_sent_in_part(" + tenant + "ARRAY['" + added.files[0].key + "'])", "+-+-"},
        {"photo_pause(" + picture + ", true)", "+-+-"},
        {"photo_take_down(" + picture + ")", "+-+-"},
        {"photo_keep_originals(" + tenant + "true)", "+-+-"},
        {"photo_release_record_person(" + tenant + "'" + added.photo.url + "', 'Bo', true, '', NULL, NULL)",
         "+---"},
        {"photo_release_withdraw_person(" + tenant + "'" + added.photo.url + "', 'Ada')", "+---"},
        {"photo_states('" + ada.text() + "')", "+-+-"},
        {"public_photo_store()", "---+"},
        {"public_hidden_pictures()", "---+"},
        {"public_photo_ends()", "---+"},
    }};
    std::array<std::unique_ptr<Sql>, 4> logins{
        std::make_unique<Sql>(database.operator_url()), std::make_unique<Sql>(database.staff_url()),
        std::make_unique<Sql>(database.companion_url()), std::make_unique<Sql>(database.renderer_url())};
    for (const auto &[call, roles] : calls) {
        for (std::size_t i = 0; i < logins.size(); ++i) {
            const auto outcome = logins[i]->tried("SELECT " + call);
            EXPECT_EQ(outcome.denied(), roles[i] == '-') << call << " by " << i << ": " << outcome.message;
            EXPECT_EQ(outcome.sqlstate.empty(), roles[i] == '+')
                << call << " by " << i << ": " << outcome.message;
        }
    }
    PhotoLibrary of_ada(companion);
    EXPECT_THAT(of_ada.list(ada), SizeIs(1));
    const LibraryPhoto of_bea = [&] {
        LibraryPhoto each = photo('2');
        each.picture = "/media/bea/photo";
        each.files = {{"bea/photo", "image/jpeg", 1, false, true}};
        return each;
    }();
    library.add(bea, of_bea);
    library.pause(bea, of_bea.picture);
    EXPECT_THAT(of_ada.list(bea), IsEmpty());
    EXPECT_THAT(of_ada.claim_steps(10), IsEmpty());
    EXPECT_DB_ERROR(ErrorKind::Forbidden, of_ada.take_down(bea, of_bea.picture), testing::_);
    const auto steps = library.claim_steps(1);
    ASSERT_THAT(steps, SizeIs(1));
    of_ada.step_done(steps[0].id);
    EXPECT_FALSE(library.steps(bea, of_bea.picture).at(0).done_at) << "she can end no other's step";
    ASSERT_EQ(owner.done("UPDATE accounts SET may_edit = false WHERE role = 'companion'").message, "");
    EXPECT_DB_ERROR(ErrorKind::Forbidden, of_ada.pause(ada, added.picture), HasSubstr("where she may edit"));
}

TEST_F(PhotoLibraryRules, TheDatabaseTakesTheSizeOffAnAddressAsTheProgramsDo) {
    const std::string hash(32, 'a');
    for (const auto &[url, picture] : std::vector<std::pair<std::string, std::string>>{
             {"/media/f/" + hash + "-480.avif", "/media/f/" + hash},
             {"/media/f/x" + hash + "-480.avif", "/media/f/x" + hash + "-480.avif"},
             {"/media/f/" + hash + ".avif", "/media/f/" + hash + ".avif"},
             {"/media/ada/hero-12345678-480.webp", "/media/ada/hero-12345678"},
             {"/media/ada/hero-12345678-x.webp", "/media/ada/hero-12345678-x.webp"}}) {
        EXPECT_EQ(owner.value("SELECT studio_picture_of('" + url + "')"), picture);
    }
}

} // namespace

} // namespace studio::db
