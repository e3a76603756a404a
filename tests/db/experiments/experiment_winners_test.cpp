// SPDX-License-Identifier: Apache-2.0
#include "db/analytics/analytics_store.h"
#include "db/experiments/experiment_store.h"
#include "db/experiments/experiment_winners.h"
#include "db/stores/public_store.h"
#include "db/stores/revision_store.h"
#include "db/stores/tenant_store.h"
#include "tests/db/fixtures/expect_error.h"
#include "tests/db/fixtures/experiment_visitors.h"
#include "tests/db/fixtures/sql.h"
#include "tests/db/fixtures/tracking_rows.h"
#include "tests/support/sample_site.h"
#include "tests/support/test_database.h"

#include <fmt/format.h>

#include <future>

namespace studio::db {

namespace {

using models::Documents;
using models::Experiment;
using models::ExperimentElement;
using models::ExperimentStatus;
using models::Json;
using test_support::TestDatabase;
using testing::HasSubstr;

constexpr int days_running = 21;

models::Time now() {
    return std::chrono::time_point_cast<models::Time::duration>(std::chrono::system_clock::now());
}

class Winners : public testing::Test {
protected:
    Winners() { test_support::go_live(people, ada); }

    // A running layout test of ada's, three weeks old, with so many bookings a day from 300 visitors a
    // variant.
    std::string running_test(int control_bookings, int modern_bookings, bool auto_winner = true) {
        Experiment test;
        test.tenant_id = ada;
        test.name = "Layout";
        test.element = ExperimentElement::Layout;
        test.auto_winner = auto_winner;
        test.variants = {{"control", "Current page", 0.5, Json::object()},
                         {"modern", "Modern", 0.5, {{"layout", "modern"}}}};
        const std::string id = experiments.create(test).id;
        experiments.start(id);
        age(id, days_running + 1); // the day on which it began does not count
        done(experiment_visitors(ada, id, days_running, 300,
                                 {{"control", control_bookings}, {"modern", modern_bookings}}));
        return id;
    }

    void age(const std::string &id, int days) {
        done(fmt::format(
            "UPDATE ab_test_phases SET started_at = now() - interval '{} days' WHERE test_id = '{}'", days,
            id));
    }

    void done(const std::string &statement) {
        const auto outcome = owner.done(statement);
        ASSERT_EQ(outcome.sqlstate, "") << outcome.message;
    }

    const TestDatabase database{TestDatabase::Tenants::Two};
    const models::TenantId ada = database.tenant_id();
    Session people{database.operator_url()};
    Session renderer{database.renderer_url()};
    ExperimentStore experiments{people};
    Sql owner{database.owner_url()};
};

TEST_F(Winners, TheServicesLoginDeclaresAClearWinnerWithTheFiguresThatDecided) {
    const std::string id = running_test(24, 33);
    const auto decisions = declare_winners(renderer);
    ASSERT_EQ(decisions.size(), 1U);
    EXPECT_EQ(decisions.at(0).problem, "");
    EXPECT_EQ(decisions.at(0).variant, "modern");
    EXPECT_EQ(decisions.at(0).published_revision, 2);
    const Experiment over = *experiments.find(id);
    EXPECT_EQ(over.status, ExperimentStatus::Completed);
    EXPECT_EQ(over.winner, "modern");
    EXPECT_EQ(over.decision["by"], "job winners");
    EXPECT_EQ(over.decision["revisionBefore"], 1);
    EXPECT_EQ(over.decision["figures"]["variants"][1]["bookings"], 33 * days_running);
    EXPECT_EQ(over.decision["figures"]["days"], days_running);
    EXPECT_FALSE(over.decision["figures"]["reasons"].empty());
    EXPECT_EQ(PublicStore(renderer).find(ada)->documents.theme["layout"], "modern");
    EXPECT_EQ(RevisionStore(people).list(ada).front().note,
              "Winner of \"Layout\", declared automatically: Modern");
    EXPECT_EQ(
        owner.value("SELECT changes -> 'decision' -> 1 ->> 'by' FROM audit_log WHERE table_name = 'ab_tests' "
                    "AND changes ? 'winner_variant_id' AND account_name(login) = 'renderer'"),
        "job winners");
    EXPECT_TRUE(declare_winners(renderer).empty()) << "the test is over";
}

TEST_F(Winners, WhatIsNotDecidedOrDidNotAskForItGoesOn) {
    const std::string even = running_test(24, 24);
    const auto decisions = declare_winners(people);
    ASSERT_EQ(decisions.size(), 1U);
    EXPECT_EQ(decisions.at(0).action, "no_difference");
    EXPECT_EQ(decisions.at(0).published_revision, 0);
    EXPECT_EQ(experiments.find(even)->status, ExperimentStatus::Active);
    experiments.stop(even);
    const std::string clear = running_test(24, 33, false);
    EXPECT_TRUE(declare_winners(people).empty());
    EXPECT_EQ(experiments.find(clear)->status, ExperimentStatus::Active);
    Experiment asking = *experiments.find(clear);
    asking.auto_winner = true;
    experiments.update(asking);
    experiments.pause(clear);
    EXPECT_TRUE(declare_winners(people).empty()) << "a paused test is not judged";
}

TEST_F(Winners, TheServicesLoginCannotPublishBeforeEvidenceIsPossible) {
    const std::string id = running_test(24, 33);
    Sql service{database.renderer_url()};
    const auto ask = [&](const std::string &variant, int later = 0) {
        return fmt::format("SELECT winner_declare('{}', {} + {}, '{}', '{{}}')", id,
                           owner.value("SELECT version FROM ab_tests WHERE id = '" + id + "'"), later,
                           variant);
    };
    EXPECT_EQ(service.tried(ask("modern")).sqlstate, "");
    EXPECT_EQ(service.tried(ask("baroque")).sqlstate, "");
    EXPECT_EQ(service.value(ask("baroque")), "") << "no such variant: nothing is published";
    EXPECT_EQ(service.value(ask("modern", -1)), "") << "somebody changed the test since it was evaluated";
    age(id, 7); // six whole days
    EXPECT_EQ(service.tried(ask("modern")).sqlstate, "23514");
    age(id, 21);
    done("UPDATE bookings SET status = 'cancelled' WHERE session_id IN (SELECT session_id FROM "
         "ab_assignments WHERE variant_id = 'control')");
    EXPECT_EQ(service.tried(ask("modern")).sqlstate, "23514");
    Sql companion{database.companion_url()};
    EXPECT_EQ(companion.tried(ask("modern")).sqlstate, "42501");
    EXPECT_EQ(companion.tried("SELECT * FROM winners_to_decide()").sqlstate, "42501");
}

TEST_F(Winners, ADraftThatIsAheadGetsTheVariantAndStaysADraft) {
    running_test(24, 33);
    RevisionStore revisions(people);
    Documents draft = revisions.latest(ada)->documents;
    draft.content["tagline"] = "Not yet";
    revisions.save(ada, 1, draft, "", uuid_of(700));
    ASSERT_EQ(declare_winners(renderer).at(0).published_revision, 3);
    EXPECT_NE(PublicStore(renderer).find(ada)->documents.content["tagline"], "Not yet");
    const auto latest = *revisions.latest(ada);
    EXPECT_EQ(latest.summary.number, 4);
    EXPECT_EQ(latest.documents.content["tagline"], "Not yet");
    EXPECT_EQ(latest.documents.theme["layout"], "modern");
}

TEST_F(Winners, TwoAtOnceDeclareAWinnerOnce) {
    running_test(24, 33);
    const auto run = [&] {
        Session session(database.renderer_url());
        int published = 0;
        for (const WinnerDecision &decision : declare_winners(session)) {
            published += decision.published_revision > 0 ? 1 : 0;
        }
        return published;
    };
    auto first = std::async(std::launch::async, run);
    auto second = std::async(std::launch::async, run);
    EXPECT_EQ(first.get() + second.get(), 1);
}

TEST_F(Winners, OneThatCannotBePublishedKeepsNoneOfTheOthers) {
    const std::string id = running_test(24, 33);
    done("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'No room.' "
         "USING "
         "ERRCODE = 'check_violation'; END $$; CREATE TRIGGER refuse BEFORE INSERT ON revisions FOR EACH ROW "
         "EXECUTE "
         "FUNCTION refuse()");
    const auto decisions = declare_winners(renderer);
    ASSERT_EQ(decisions.size(), 1U);
    EXPECT_THAT(decisions.at(0).problem, HasSubstr("No room"));
    EXPECT_EQ(decisions.at(0).published_revision, 0);
    EXPECT_EQ(experiments.find(id)->status, ExperimentStatus::Active);
    done("DROP TRIGGER refuse ON revisions");
    EXPECT_EQ(declare_winners(renderer).at(0).published_revision, 2);
}

TEST_F(Winners, AWinnerIsTakenBackAsANewRevisionAndThatIsNoted) {
    const std::string id = running_test(24, 33);
    declare_winners(renderer);
    const Reversal reversal = experiments.revert_winner(id);
    EXPECT_EQ(reversal.restored_revision, 1);
    EXPECT_EQ(reversal.published_revision, 3);
    EXPECT_EQ(reversal.draft_revision, std::nullopt);
    RevisionStore revisions(people);
    EXPECT_EQ(revisions.find(ada, 3)->documents, revisions.find(ada, 1)->documents);
    EXPECT_EQ(revisions.find(ada, 3)->summary.note, "Winner of \"Layout\" reverted: as revision 1");
    EXPECT_EQ(PublicStore(renderer).find(ada)->revision, 3);
    const Experiment over = *experiments.find(id);
    EXPECT_EQ(over.winner, "modern") << "what was declared stays on record";
    EXPECT_TRUE(over.reverted_at.has_value());
    EXPECT_EQ(
        owner.value("SELECT login FROM audit_log WHERE table_name = 'ab_tests' AND changes ? 'reverted_at'"),
        database.login("operator"));
    EXPECT_DB_ERROR(ErrorKind::Invalid, experiments.revert_winner(id), HasSubstr("already reverted"));
    EXPECT_EQ(owner.tried("UPDATE ab_tests SET reverted_at = NULL WHERE id = '" + id + "'").sqlstate,
              "23514");
    EXPECT_EQ(owner.tried("UPDATE ab_tests SET decision = NULL WHERE id = '" + id + "'").sqlstate, "23514");
    const auto today = std::chrono::floor<std::chrono::days>(now());
    const PlatformFigures figures = AnalyticsStore(people).platform({today, today});
    EXPECT_EQ(figures.tests_ended, 1);
    EXPECT_EQ(figures.tests_won, 0) << "a winner that was taken back is none";
}

TEST_F(Winners, ADraftThatNobodyTouchedSinceIsTakenBackToo) {
    const std::string id = running_test(24, 33, false);
    RevisionStore revisions(people);
    Documents draft = revisions.latest(ada)->documents;
    draft.content["tagline"] = "Not yet";
    revisions.save(ada, 1, draft, "", uuid_of(700));
    experiments.declare(id, "modern");
    const Reversal reversal = experiments.revert_winner(id);
    EXPECT_EQ(reversal.draft_revision, 6);
    EXPECT_EQ(revisions.latest(ada)->documents, draft);
    EXPECT_EQ(PublicStore(renderer).find(ada)->documents.theme["layout"], "elegant");
}

TEST_F(Winners, WhatCameSinceIsNotLost) {
    const std::string id = running_test(24, 33);
    EXPECT_DB_ERROR(ErrorKind::Invalid, experiments.revert_winner(id), HasSubstr("no winner"));
    declare_winners(renderer);
    Session companion(database.companion_url());
    EXPECT_DB_ERROR(ErrorKind::Forbidden, ExperimentStore(companion).revert_winner(id), testing::_);
    RevisionStore revisions(people);
    Documents later = revisions.latest(ada)->documents;
    later.content["tagline"] = "Later";
    revisions.save(ada, 2, later, "", uuid_of(700));
    revisions.publish(ada, 3);
    EXPECT_DB_ERROR(ErrorKind::Invalid, experiments.revert_winner(id), HasSubstr("and revision 3 since"));
    EXPECT_EQ(PublicStore(renderer).find(ada)->documents.content["tagline"], "Later");
}

// What the database applies and what the programs apply are the same page.
struct Case {
    ExperimentElement element;
    Json config, theme, content, photos;
};

TEST_F(Winners, TheDatabaseAppliesAnVariantAsThePagesDo) {
    const Documents usual = RevisionStore(people).latest(ada)->documents;
    Json photos = usual.photos;
    photos["unknown"] = {{"kept", true}};
    photos["hero"]["variants"] = {
        {{"id", "a"}, {"url", "/media/ada/a.jpg"}, {"weight", 0.2}, {"alt", "A"}},
        {{"id", "b"}, {"url", {{"url", "/media/ada/b.jpg"}, {"alt", "B"}}}, {"weight", 0.2}}};
    photos["gallery"] = {{{"id", "one"}, {"url", "/media/ada/one.jpg"}},
                         {{"id", "two"}, {"url", "/media/ada/two.jpg"}},
                         {{"id", "three"}, {"url", "/media/ada/three.jpg"}}};
    Json plain = photos;
    plain["hero"]["control"] = "/media/ada/hero.jpg";
    Json button = usual.content;
    button["cta"] = {{"label", "Now"}, {"other", 1}};
    const auto hero = ExperimentElement::HeroPhoto;
    const std::vector<Case> cases{
        {ExperimentElement::Layout, {{"layout", "minimal"}}, usual.theme, usual.content, photos},
        {ExperimentElement::Layout, Json::object(), usual.theme, usual.content, photos},
        {ExperimentElement::CallToAction, {{"label", "Ask “me”"}}, usual.theme, usual.content, photos},
        {ExperimentElement::CallToAction, {{"label", "Later"}}, usual.theme, button, photos},
        {ExperimentElement::CallToAction, Json::object(), usual.theme, button, photos},
        {ExperimentElement::GalleryOrder,
         {{"order", {"three", "gone", "one"}}},
         usual.theme,
         usual.content,
         photos},
        {ExperimentElement::GalleryOrder, Json::object(), usual.theme, usual.content, photos},
        {hero, {{"variant", "a"}}, usual.theme, usual.content, photos},
        {hero, {{"variant", "b"}}, usual.theme, usual.content, plain},
        {hero, {{"variant", "a"}}, usual.theme, usual.content, plain},
        {hero, {{"variant", "gone"}}, usual.theme, usual.content, photos},
        {hero, Json::object(), usual.theme, usual.content, photos},
        {hero,
         {{"photo", {{"id", "two"}, {"url", "/media/ada/two.jpg"}, {"alt", "Two"}}}},
         usual.theme,
         usual.content,
         plain},
    };
    for (const Case &one : cases) {
        SCOPED_TRACE(std::string(to_string(one.element)) + " " + one.config.dump());
        Experiment test;
        test.element = one.element;
        Documents wanted{one.theme, one.content, one.photos};
        apply_variant(test, {"x", "", 1, one.config}, wanted);
        const auto quoted = [](const Json &json) {
            std::string text = json.dump();
            for (std::size_t at = 0; (at = text.find('\'', at)) != std::string::npos; at += 2) {
                text.insert(at, "'");
            }
            return "'" + text + "'";
        };
        const Json applied = Json::parse(owner.value(fmt::format(
            "SELECT row_to_json(x) FROM studio_apply_variant('{}', {}, {}, {}, {}) x", to_string(one.element),
            quoted(one.config), quoted(one.theme), quoted(one.content), quoted(one.photos))));
        EXPECT_EQ(models::read_theme(applied["theme"]), models::read_theme(wanted.theme));
        EXPECT_EQ(models::read_content(applied["content"]), models::read_content(wanted.content));
        EXPECT_EQ(models::read_photos(applied["photos"]), models::read_photos(wanted.photos));
        EXPECT_EQ(applied["photos"]["unknown"], one.photos.value("unknown", Json()));
    }
}

} // namespace

} // namespace studio::db
