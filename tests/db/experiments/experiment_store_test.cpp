// SPDX-License-Identifier: Apache-2.0
#include "db/experiments/experiment_store.h"
#include "db/stores/compliance_store.h"
#include "db/stores/public_store.h"
#include "db/stores/revision_store.h"
#include "tests/db/fixtures/expect_error.h"
#include "tests/db/fixtures/sql.h"
#include "tests/db/fixtures/tracking_rows.h"
#include "tests/support/sample_site.h"
#include "tests/support/test_database.h"

namespace studio::db {

namespace {

using models::Experiment;
using models::ExperimentElement;
using models::ExperimentStatus;
using test_support::TestDatabase;
using testing::HasSubstr;

class Experiments : public testing::Test {
protected:
    Experiments() { test_support::go_live(people, ada); }

    Experiment layout_test(const std::string &name = "Layout") {
        Experiment experiment;
        experiment.tenant_id = ada;
        experiment.name = name;
        experiment.element = ExperimentElement::Layout;
        experiment.variants = {{"control", "Current page", 0.5, models::Json::object()},
                               {"modern", "Modern", 0.5, {{"layout", "modern"}}}};
        return experiment;
    }

    // Saves and publishes the documents with these hero variants.
    void publish_variants(const std::vector<models::Json> &variants) {
        RevisionStore revisions(people);
        const models::Revision latest = *revisions.latest(ada);
        models::Documents documents = latest.documents;
        documents.photos["hero"]["variants"] = variants;
        for (const auto &variant : variants) {
            if (owner.value("SELECT count(*) FROM photo_releases WHERE photo_url = '" +
                            variant["url"].get<std::string>() + "'") == "0") {
                ComplianceStore(people).record_release(ada, variant["url"]);
            }
        }
        const int number = latest.summary.number + 1;
        revisions.save(ada, number - 1, documents, "", uuid_of(static_cast<unsigned>(500 + number)));
        revisions.publish(ada, number);
    }

    static models::Json variant(const std::string &id, double weight, const std::string &url = "") {
        return {{"id", id},
                {"url", url.empty() ? "/media/ada/" + id + ".jpg" : url},
                {"weight", weight},
                {"alt", "A view"}};
    }

    std::size_t expose(const std::string &test, const std::string &arm, int phase, unsigned visit) {
        Session session(database.renderer_url());
        const TrackedSession seen = visit_of(ada, uuid_of(visit));
        TrackingStore(session).record({{seen}, {}, {{seen.id, ada, test, arm, phase, base::now()}}});
        return std::stoul(owner.value("SELECT count(*) FROM ab_assignments"));
    }

    const TestDatabase database{TestDatabase::Tenants::Two};
    const models::TenantId ada = database.tenant_id();
    Session people{database.operator_url()};
    Session renderer{database.renderer_url()};
    ExperimentStore experiments{people};
    PublicStore pages{renderer};
    Sql owner{database.owner_url()};
};

TEST_F(Experiments, ATestGoesFromDraftToRunningToPausedToOver) {
    const std::int64_t before = pages.find(ada)->version;
    const std::string id = experiments.create(layout_test()).id;
    EXPECT_EQ(pages.find(ada)->version, before) << "a draft is seen by nobody";
    EXPECT_TRUE(pages.find(ada)->experiments.empty());
    EXPECT_EQ(experiments.find(id)->started_at, std::nullopt);
    experiments.start(id);
    const PublicTenant running = *pages.find(ada);
    ASSERT_EQ(running.experiments.size(), 1U);
    EXPECT_EQ(running.experiments[0].variants, layout_test().variants);
    EXPECT_EQ(running.experiments[0].id, id);
    EXPECT_GT(running.version, before);
    EXPECT_EQ(pages.versions().at(0).version, running.version);
    EXPECT_EQ(pages.active().at(0).experiments, running.experiments);
    experiments.pause(id);
    EXPECT_TRUE(pages.find(ada)->experiments.empty());
    EXPECT_DB_ERROR(ErrorKind::Invalid, experiments.pause(id), HasSubstr("is paused"));
    experiments.resume(id);
    EXPECT_EQ(pages.find(ada)->version, running.version + 2) << "paused, and shown again";
    experiments.stop(id);
    const Experiment over = *experiments.find(id);
    EXPECT_EQ(over.status, ExperimentStatus::Completed);
    EXPECT_TRUE(over.ended_at.has_value());
    EXPECT_EQ(over.phase, 1);
    EXPECT_DB_ERROR(ErrorKind::Invalid, experiments.resume(id), HasSubstr("is completed"));
    EXPECT_EQ(experiments.phases(id).at(0).ended_at, over.ended_at);
}

TEST_F(Experiments, OtherVariantsOfARunningTestBeginANewPhase) {
    Experiment test = experiments.create(layout_test());
    test.variants[1].weight = 0.4;
    test.variants[0].weight = 0.6;
    test = experiments.update(test);
    EXPECT_EQ(test.phase, 1) << "a draft has no phases yet";
    experiments.start(test.id);
    const std::int64_t first = pages.find(ada)->version;
    test = *experiments.find(test.id);
    test.name = "Another name";
    test = experiments.update(test);
    EXPECT_EQ(test.phase, 1);
    EXPECT_EQ(pages.find(ada)->version, first) << "visitors see no names of tests";
    test.traffic_share = 0.5;
    EXPECT_EQ(experiments.update(test).phase, 2);
    EXPECT_EQ(pages.find(ada)->version, first + 1);
    const auto phases = experiments.phases(test.id);
    ASSERT_EQ(phases.size(), 2U);
    EXPECT_EQ(phases[0].traffic_share, 1);
    EXPECT_TRUE(phases[0].ended_at.has_value());
    EXPECT_EQ(phases[1].traffic_share, 0.5);
    EXPECT_EQ(phases[1].ended_at, std::nullopt);
}

TEST_F(Experiments, ExposuresAreKeptOnceAPhaseAndOfRunningTestsOnly) {
    Experiment test = experiments.create(layout_test());
    EXPECT_EQ(expose(test.id, "modern", 1, 1), 0U);
    experiments.start(test.id);
    EXPECT_EQ(expose(test.id, "modern", 1, 1), 1U);
    EXPECT_EQ(expose(test.id, "control", 1, 1), 1U) << "the first one stands";
    EXPECT_EQ(expose(test.id, "no such variant", 1, 2), 1U);
    EXPECT_EQ(expose(test.id, "modern", 2, 2), 1U) << "there is no second phase";
    test = *experiments.find(test.id);
    test.traffic_share = 0.5;
    experiments.update(test);
    EXPECT_EQ(expose(test.id, "modern", 2, 1), 2U);
    experiments.pause(test.id);
    EXPECT_EQ(expose(test.id, "modern", 2, 3), 2U);
}

TEST_F(Experiments, WhatCannotRunIsRefusedInWords) {
    Experiment test = layout_test();
    test.variants[1].weight = 0.6;
    EXPECT_DB_ERROR(ErrorKind::Invalid, experiments.create(test), HasSubstr("add up to 1.1"));
    test = layout_test();
    test.variants[1].config = {{"layout", "baroque"}};
    EXPECT_DB_ERROR(ErrorKind::Invalid, experiments.create(test), HasSubstr("/variants/1/config/layout"));
    test = layout_test();
    test.element = ExperimentElement::GalleryOrder;
    test.variants[1].config = {{"order", {"no such photo"}}};
    EXPECT_DB_ERROR(ErrorKind::Invalid, experiments.create(test), HasSubstr("no such photo"));
    experiments.start(experiments.create(layout_test()).id);
    const std::string second = experiments.create(layout_test("Second")).id;
    EXPECT_DB_ERROR(ErrorKind::Conflict, experiments.start(second), HasSubstr("same element"));
    EXPECT_EQ(
        owner.tried("UPDATE ab_tests SET winner_variant_id = 'nobody' WHERE status = 'active'").sqlstate,
        "23514");
}

TEST_F(Experiments, AtMost64CombinationsOfVariantsRun) {
    const auto many = [&](ExperimentElement element, int arms, const std::string &name) {
        Experiment test = layout_test(name);
        test.element = element;
        test.variants.clear();
        for (int at = 0; at < arms; ++at) {
            test.variants.push_back({"a" + std::to_string(at), "", 1.0 / arms,
                                     element == ExperimentElement::CallToAction
                                         ? models::Json{{"label", "Text " + std::to_string(at)}}
                                         : models::Json{{"layout", "modern"}}});
        }
        return experiments.create(test).id;
    };
    experiments.start(many(ExperimentElement::CallToAction, 16, "Words"));
    experiments.start(many(ExperimentElement::Layout, 4, "Layouts"));
    Experiment gallery = layout_test("Gallery");
    gallery.element = ExperimentElement::GalleryOrder;
    gallery.variants[1].config = {{"order", models::Json::array()}};
    const std::string id = experiments.create(gallery).id;
    EXPECT_DB_ERROR(ErrorKind::Invalid, experiments.start(id), HasSubstr("128 different pages"));
}

TEST_F(Experiments, PublishedHeroVariantsAreATest) {
    publish_variants({variant("a", 0.3), variant("b", 0.2)});
    const auto tests = experiments.list(ada);
    ASSERT_EQ(tests.size(), 1U);
    EXPECT_EQ(tests[0].origin, "photos");
    EXPECT_EQ(tests[0].status, ExperimentStatus::Active);
    ASSERT_EQ(tests[0].variants.size(), 3U);
    EXPECT_EQ(tests[0].variants[0].id, "control");
    EXPECT_DOUBLE_EQ(tests[0].variants[0].weight, 0.5);
    EXPECT_EQ(tests[0].variants[2].config["variant"], "b");
    publish_variants({variant("a", 0.3), variant("b", 0.2)});
    EXPECT_EQ(experiments.find(tests[0].id)->phase, 1) << "nothing of the test changed";
    publish_variants({variant("a", 0.3), variant("b", 0.2, "/media/ada/other.jpg")});
    EXPECT_EQ(experiments.find(tests[0].id)->phase, 2) << "another photo is another variant";
    publish_variants({variant("a", 1)});
    ASSERT_EQ(experiments.find(tests[0].id)->variants.size(), 1U) << "no control where nobody sees it";
    publish_variants({});
    EXPECT_EQ(experiments.find(tests[0].id)->status, ExperimentStatus::Completed);
    publish_variants({variant("a", 0.5)});
    EXPECT_EQ(experiments.list(ada).size(), 2U);
}

TEST_F(Experiments, APhotosTestThatWasStoppedIsNotBegunAgainByAnotherText) {
    publish_variants({variant("a", 0.5)});
    experiments.stop(experiments.list(ada).at(0).id);
    publish_variants({variant("a", 0.5)});
    EXPECT_EQ(experiments.list(ada).size(), 1U);
}

TEST_F(Experiments, OneElementHasOneTestAndEndingItIsSaidByName) {
    publish_variants({variant("a", 0.5)});
    const std::string photos = experiments.list(ada).at(0).id;
    Experiment test = layout_test("By hand");
    test.element = ExperimentElement::HeroPhoto;
    test.variants[1].config = {{"variant", "a"}};
    const std::string id = experiments.create(test).id;
    const auto running = [&] {
        const auto all = pages.find(ada)->experiments;
        return all.size() == 1 ? all[0].id : std::to_string(all.size()) + " tests";
    };
    EXPECT_DB_ERROR(ErrorKind::Conflict, experiments.start(id),
                    HasSubstr("\"Hero photo\" uses the same element"));
    EXPECT_EQ(running(), photos) << "nothing is ended without being asked for";
    experiments.start(id, photos);
    EXPECT_EQ(running(), id);
    EXPECT_EQ(experiments.find(photos)->status, ExperimentStatus::Completed);

    Experiment next = test;
    next.name = "Next";
    const std::string next_id = experiments.create(next).id;
    experiments.pause(id);
    EXPECT_EQ(running(), "0 tests") << "a paused test shows the control and keeps its element";
    EXPECT_DB_ERROR(ErrorKind::Conflict, experiments.start(next_id), HasSubstr("\"By hand\""));
    experiments.start(next_id, id);
    EXPECT_EQ(running(), next_id) << "the photos' own test does not come between";
    EXPECT_DB_ERROR(ErrorKind::Invalid, experiments.start(id, next_id), HasSubstr("completed"));
    EXPECT_EQ(running(), next_id) << "what ends is ended only where the other starts";
}

TEST_F(Experiments, WeightedHeroPhotosStayNoTestWhenOneMadeByHandEndsUntilOtherWeightsArePublished) {
    publish_variants({variant("a", 0.5)});
    const std::string photos = experiments.list(ada).at(0).id;
    Experiment test = layout_test("By hand");
    test.element = ExperimentElement::HeroPhoto;
    test.variants[1].config = {{"variant", "a"}};
    const std::string id = experiments.create(test).id;
    experiments.start(id, photos);
    experiments.stop(id);
    EXPECT_TRUE(pages.find(ada)->experiments.empty()) << "nobody asked for another test";
    EXPECT_EQ(experiments.list(ada).size(), 2U);
    publish_variants({variant("a", 0.4)});
    const auto running = pages.find(ada)->experiments;
    ASSERT_EQ(running.size(), 1U);
    EXPECT_EQ(running[0].origin, "photos");
}

TEST_F(Experiments, AChangeOfAnotherVersionIsRefusedAndSaysWhatHappened) {
    const Experiment draft = experiments.create(layout_test());
    Experiment typed = draft;
    typed.variants[0].weight = 0.7;
    typed.variants[1].weight = 0.3;
    experiments.start(draft.id);
    EXPECT_DB_ERROR(ErrorKind::Conflict, experiments.update(typed),
                    HasSubstr("Somebody else started the test \"Layout\""));
    EXPECT_EQ(experiments.find(draft.id)->variants, draft.variants) << "the running test is as it was";
    EXPECT_EQ(experiments.find(draft.id)->phase, 1);
    Experiment one = *experiments.find(draft.id), other = one;
    one.name = "First to save";
    const Experiment saved = experiments.update(one);
    EXPECT_EQ(saved.version, one.version + 1);
    other.auto_winner = true;
    EXPECT_DB_ERROR(ErrorKind::Conflict, experiments.update(other),
                    HasSubstr("Somebody else changed the test"));
    EXPECT_EQ(experiments.find(draft.id)->name, "First to save");
    other = saved;
    experiments.pause(draft.id);
    EXPECT_DB_ERROR(ErrorKind::Conflict, experiments.update(other),
                    HasSubstr("Somebody else paused the test"));
    experiments.stop(draft.id);
    EXPECT_DB_ERROR(ErrorKind::Conflict, experiments.update(other),
                    HasSubstr("Somebody else ended the test"));
    EXPECT_FALSE(experiments.find(draft.id)->auto_winner);
}

TEST_F(Experiments, ATestThatIsOverGetsNoWinnerAndOnlyAnotherName) {
    const std::string id = experiments.create(layout_test()).id;
    experiments.start(id);
    experiments.stop(id);
    EXPECT_DB_ERROR(ErrorKind::Invalid, experiments.declare(id, "modern"),
                    HasSubstr("is over without a winner"));
    EXPECT_EQ(experiments.find(id)->winner, "");
    EXPECT_EQ(RevisionStore(people).list(ada).size(), 1U) << "nothing was published";
    Experiment over = *experiments.find(id);
    over.auto_winner = true;
    EXPECT_DB_ERROR(ErrorKind::Invalid, experiments.update(over), HasSubstr("is over"));
    over = *experiments.find(id);
    over.name = "Layout of spring";
    EXPECT_EQ(experiments.update(over).name, "Layout of spring");
}

TEST_F(Experiments, ADeclaredWinnerIsWhatEveryoneSees) {
    publish_variants({variant("a", 0.3), variant("b", 0.2)});
    const std::string id = experiments.list(ada).at(0).id;
    const Declaration declared = experiments.declare(id, "b");
    EXPECT_EQ(declared.draft_revision, std::nullopt);
    const PublicTenant live = *pages.find(ada);
    EXPECT_EQ(live.revision, declared.published_revision);
    EXPECT_TRUE(live.experiments.empty());
    const models::Photos photos = models::read_photos(live.documents.photos);
    EXPECT_EQ(photos.hero.control.url, "/media/ada/b.jpg");
    EXPECT_TRUE(photos.hero.variants.empty());
    const Experiment test = *experiments.find(id);
    EXPECT_EQ(test.status, ExperimentStatus::Completed);
    EXPECT_EQ(test.winner, "b");
    EXPECT_EQ(experiments.list(ada).size(), 1U);
    EXPECT_EQ(owner.value("SELECT count(DISTINCT table_name) FROM audit_log WHERE tenant_id = '" +
                          ada.text() + "' AND login = '" + database.login("operator") +
                          "' AND table_name IN ('ab_tests', 'revisions', 'tenants')"),
              "3");
    EXPECT_DB_ERROR(ErrorKind::Invalid, experiments.declare(id, "a"), HasSubstr("already declared"));
}

TEST_F(Experiments, ADraftThatIsAheadKeepsWhatItHasAndIsNotPublished) {
    const std::string id = experiments.create(layout_test()).id;
    experiments.start(id);
    RevisionStore revisions(people);
    models::Documents draft = revisions.latest(ada)->documents;
    draft.content["tagline"] = "Not yet";
    revisions.save(ada, 1, draft, "", uuid_of(700));
    const Declaration declared = experiments.declare(id, "modern");
    EXPECT_EQ(declared.published_revision, 2 + 1);
    EXPECT_EQ(declared.draft_revision, 4);
    EXPECT_EQ(pages.find(ada)->documents.theme["layout"], "modern");
    EXPECT_NE(pages.find(ada)->documents.content["tagline"], "Not yet");
    const models::Documents latest = revisions.latest(ada)->documents;
    EXPECT_EQ(latest.content["tagline"], "Not yet");
    EXPECT_EQ(latest.theme["layout"], "modern");
}

TEST_F(Experiments, ACompanionReadsHerOwnAndChangesNothing) {
    const std::string id = experiments.create(layout_test()).id;
    Session own(database.companion_url()), other(database.other_companion_url());
    EXPECT_EQ(ExperimentStore(own).list(ada).size(), 1U);
    EXPECT_TRUE(ExperimentStore(other).list(ada).empty());
    EXPECT_DB_ERROR(ErrorKind::Forbidden, ExperimentStore(own).start(id), testing::_);
    EXPECT_DB_ERROR(ErrorKind::NotFound, ExperimentStore(other).start(id), testing::_);
}

} // namespace

} // namespace studio::db
