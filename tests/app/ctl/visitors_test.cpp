// SPDX-License-Identifier: Apache-2.0
#include "tests/app/ctl/companionctl.h"
#include "tests/db/fixtures/sql.h"

#include <gmock/gmock.h>

using namespace studio::ctl_tests;
using studio::models::Json;
using testing::HasSubstr;

namespace {

Json layout_test(double weight) {
    return {
        {"name", "Layout"},
        {"element", "layout"},
        {"variants",
         {{{"id", "control"}, {"name", "Current page"}, {"weight", 1 - weight}},
          {{"id", "modern"}, {"name", "Modern"}, {"weight", weight}, {"config", {{"layout", "modern"}}}}}}};
}

} // namespace

TEST(Experiment, GoesFromAFileToAPublishedWinner) {
    make_tenant("tested");
    answer({"tenant", "publish", "tested"});
    const Answer wrong =
        ctl({"experiment", "create", "tested", "-"}, R"({"name":"x","element":"shoes","variants":[]})");
    EXPECT_EQ(wrong.exit_code, 1);
    EXPECT_THAT(wrong.err, HasSubstr("/element"));
    const std::string id = answer({"experiment", "create", "tested", "-"}, layout_test(0.5).dump())["id"];
    EXPECT_EQ(answer({"experiment", "list", "tested"})[0]["status"], "draft");
    EXPECT_EQ(answer({"experiment", "start", id})["status"], "active");
    EXPECT_EQ(answer({"experiment", "pause", id})["status"], "paused");
    EXPECT_EQ(answer({"experiment", "start", id})["status"], "active");
    const Answer nobody = ctl({"experiment", "declare", id, "nobody"});
    EXPECT_EQ(nobody.exit_code, 1);
    EXPECT_THAT(nobody.err, HasSubstr("VARIANT"));
    const Json declared = answer({"experiment", "declare", id, "modern"});
    EXPECT_EQ(declared["status"], "completed");
    EXPECT_EQ(declared["winner"], "modern");
    EXPECT_EQ(declared["publishedRevision"], 2);
    EXPECT_EQ(answer({"tenant", "show", "tested"})["publishedRevision"], 2);
    EXPECT_EQ(ctl({"experiment", "stop", "no-id"}).exit_code, 1);
}

TEST(Experiment, AFieldOfAnotherKindIsRefusedAndNotLeftOut) {
    make_tenant("kinds");
    answer({"tenant", "publish", "kinds"});
    for (const auto &[field, value] :
         {std::pair("trafficShare", Json("0.5")), std::pair("plannedVisitors", Json(1.5)),
          std::pair("autoWinner", Json("yes")), std::pair("description", Json(7)),
          std::pair("name", Json::array()), std::pair("variants", Json::object())}) {
        Json test = layout_test(0.5);
        test[field] = value;
        const Answer refused = ctl({"experiment", "create", "kinds", "-"}, test.dump());
        EXPECT_EQ(refused.exit_code, 1) << field;
        EXPECT_THAT(refused.err, HasSubstr(std::string("/") + field + ": The "));
    }
    EXPECT_EQ(answer({"experiment", "list", "kinds"}).size(), 0U);
}

TEST(Experiment, OneElementHasOneTestUntilTheOtherIsEndedByName) {
    make_tenant("single");
    answer({"tenant", "publish", "single"});
    const std::string first = answer({"experiment", "create", "single", "-"}, layout_test(0.5).dump())["id"];
    const std::string second = answer({"experiment", "create", "single", "-"}, layout_test(0.3).dump())["id"];
    answer({"experiment", "start", first});
    const Answer refused = ctl({"experiment", "start", second});
    EXPECT_EQ(refused.exit_code, 1);
    EXPECT_THAT(refused.err, HasSubstr("The test \"Layout\" uses the same element"));
    EXPECT_THAT(refused.err, HasSubstr("--ending " + first));
    make_tenant("elsewhere");
    answer({"tenant", "publish", "elsewhere"});
    const std::string foreign =
        answer({"experiment", "create", "elsewhere", "-"}, layout_test(0.5).dump())["id"];
    answer({"experiment", "start", foreign});
    for (const std::string &wrong : {foreign, second}) {
        const Answer other = ctl({"experiment", "start", second, "--ending", wrong});
        EXPECT_EQ(other.exit_code, 1);
        EXPECT_THAT(other.err, HasSubstr("--ending: "));
    }
    EXPECT_EQ(answer({"experiment", "list", "elsewhere"})[0]["status"], "active");
    EXPECT_EQ(answer({"experiment", "start", second, "--ending", first})["status"], "active");
    EXPECT_EQ(answer({"experiment", "list", "single"}).size(), 2U);
    for (const auto &test : answer({"experiment", "list", "single"})) {
        EXPECT_EQ(test["status"], test["id"] == second ? "active" : "completed");
    }
}

TEST(Experiment, AWinnerIsTakenBackAndTheJobSaysWhatItDecided) {
    make_tenant("reverted");
    answer({"tenant", "publish", "reverted"});
    const std::string id = answer({"experiment", "create", "reverted", "-"}, layout_test(0.5).dump())["id"];
    answer({"experiment", "start", id});
    EXPECT_EQ(ctl({"experiment", "auto-winner", id, "perhaps"}).exit_code, 2);
    EXPECT_EQ(answer({"experiment", "auto-winner", id, "on"})["autoWinner"], true);
    EXPECT_EQ(ctl({"experiment", "revert-winner", id}).exit_code, 1);
    EXPECT_EQ(answer({"jobs", "run", "winners"})["ran"], true);
    EXPECT_EQ(answer({"experiment", "list", "reverted"})[0]["status"], "active");
    answer({"experiment", "declare", id, "modern"});
    const Json reverted = answer({"experiment", "revert-winner", id});
    EXPECT_EQ(reverted["restoredRevision"], 1);
    EXPECT_EQ(reverted["publishedRevision"], 3);
    EXPECT_TRUE(reverted["revertedAt"].is_string());
    EXPECT_EQ(answer({"tenant", "show", "reverted"})["publishedRevision"], 3);
    const Answer again = ctl({"experiment", "revert-winner", id});
    EXPECT_EQ(again.exit_code, 1);
    EXPECT_THAT(again.err, HasSubstr("already reverted"));
}

TEST(Webhook, IsAddedWithASecretThatIsShownOnce) {
    make_tenant("hooked");
    const Json made = answer({"webhook", "add", "hooked", "https://hooks.example.com/x"});
    EXPECT_GE(made["secret"].get<std::string>().size(), 32U);
    const Json list = answer({"webhook", "list", "hooked"});
    ASSERT_EQ(list.size(), 1U);
    EXPECT_FALSE(list[0].contains("secret"));
    EXPECT_EQ(ctl({"webhook", "add", "hooked", "ftp://hooks.example.com"}).exit_code, 1);
    answer({"webhook", "remove", list[0]["id"]});
    EXPECT_TRUE(answer({"webhook", "list", "hooked"}).empty());
}

TEST(Block, ReadsANationalNumberByTheTenantsCountryAndElseAsksForItsCode) {
    make_tenant("blocking"); // in Australia
    const Answer refused = ctl({"block", "add", "--phone", "0412 345 678"});
    EXPECT_EQ(refused.exit_code, 1);
    EXPECT_NE(refused.err.find("no country code"), std::string::npos) << refused.err;
    EXPECT_EQ(answer({"block", "add", "--phone", "0412 345 678", "--tenant", "blocking"})["added"], true);
    const Json again =
        answer({"block", "add", "--phone", "+61 412 345 678", "--tenant", "blocking", "--hours", "1"});
    EXPECT_EQ(again["added"], false) << "the same number is blocked for longer already";
    answer({"block", "remove", answer({"block", "list"})[0]["id"]});
}

TEST(Block, IsAddedListedWithoutTheAddressAndRemoved) {
    EXPECT_EQ(answer({"block", "add", "--email", "rude@example.com", "--reason", "rude"})["added"], true);
    EXPECT_EQ(answer({"block", "add", "--email", "Rude@Example.com", "--hours", "1"})["added"], false);
    const Json list = answer({"block", "list"});
    ASSERT_EQ(list.size(), 1U);
    EXPECT_EQ(list.dump().find("example.com"), std::string::npos);
    answer({"block", "remove", list[0]["id"]});
    EXPECT_TRUE(answer({"block", "list"}).empty());
    EXPECT_EQ(ctl({"block", "add", "--email", "nobody"}).exit_code, 1);
    EXPECT_EQ(ctl({"block", "add"}).exit_code, 2);
    EXPECT_EQ(ctl({"block", "add", "--email", "a@b.c", "--phone", "1"}).exit_code, 2);
}

TEST(Erase, TakesTheNumberOrTheBookingOfOneThatWasEnteredByHand) {
    make_tenant("by-hand"); // in Australia
    const auto enter = [] {
        return answer({"booking", "add", "by-hand", "--name", "Mara", "--phone", "0491 570 157"})["id"]
            .get<std::string>();
    };
    enter();
    const Answer refused = ctl({"erase", "--phone", "0491 570 157"});
    EXPECT_EQ(refused.exit_code, 1);
    EXPECT_THAT(refused.err, HasSubstr("no country code"));
    EXPECT_EQ(answer({"erase", "--phone", "0491 570 157", "--tenant", "by-hand"})["bookings"], 1);
    EXPECT_EQ(answer({"erase", "--phone", "+61 491 570 157"})["receipt"], Json());
    enter();
    EXPECT_EQ(answer({"erase", "--phone", "+61 491 570 157"})["bookings"], 1);
    const std::string id = enter();
    EXPECT_EQ(answer({"erase", "--booking", id})["bookings"], 1);
    EXPECT_THAT(ctl({"erase", "--booking", id}).out, HasSubstr("nothing was erased"));
    EXPECT_EQ(ctl({"erase", "--booking", id, "--phone", "+61 491 570 157"}).exit_code, 2);
    EXPECT_EQ(ctl({"erase"}).exit_code, 2);
}

TEST(Jobs, RunWhatIsDueOfBookings) {
    make_tenant("due");
    const std::string id =
        answer({"booking", "add", "due", "--name", "Mara", "--phone", "+61 412 345 678"})["id"];
    answer({"jobs", "run", "bookings"}); // handles what other tests left
    EXPECT_EQ(answer({"jobs", "run", "bookings"})["changed"], 0);
    EXPECT_THAT(ctl({"jobs", "run", "bookings"}).out, HasSubstr("No booking is due"));
    studio::db::Sql owner(answer({"workspace", "status"})["logins"]["owner"].get<std::string>());
    ASSERT_EQ(owner
                  .done("UPDATE bookings SET answer_by = now() - interval '1 hour', starts_at = now() - "
                        "interval '2 hours', ends_at = now() - interval '1 "
                        "hour' WHERE id = '" +
                        id + "'")
                  .message,
              "");
    EXPECT_THAT(ctl({"jobs", "run", "bookings"}).out, HasSubstr("1 booking: "));
    EXPECT_EQ(answer({"booking", "show", id})["status"], "expired");
}

TEST(Erase, UnderstandsAnAddressAsPeoplePasteItAndRefusesWhatIsNone) {
    make_tenant("pasted");
    const std::string id = answer({"tenant", "show", "pasted"})["id"];
    studio::db::Sql owner(answer({"workspace", "status"})["logins"]["owner"].get<std::string>());
    for (const char *typed : {"Mara <mara@pasted.example>", "mailto:mara@pasted.example",
                              " mara@pasted.example, ", "MAILTO:Mara@Pasted.example?subject=Hello"}) {
        ASSERT_EQ(owner
                      .done("INSERT INTO bookings (tenant_id, client_name, client_email) VALUES ('" + id +
                            "', 'Mara', 'mara@pasted.example')")
                      .message,
                  "");
        EXPECT_EQ(answer({"erase", "--email", typed})["bookings"], 1) << typed;
    }
    for (const char *typed : {"mara", "mara@", "one@x.example two@x.example", "<>"}) {
        const Answer refused = ctl({"erase", "--email", typed});
        EXPECT_EQ(refused.exit_code, 1) << typed;
        EXPECT_THAT(refused.err, HasSubstr("--email: ")) << typed;
        EXPECT_EQ(ctl({"block", "add", "--email", typed}).exit_code, 1) << typed;
    }
    const std::string visit = "7a1f3c52-4a0b-4c1e-9d55-0c7d0e5f1a2c";
    ASSERT_EQ(owner
                  .done("INSERT INTO sessions (id, tenant_id, consented) VALUES ('" + visit + "', '" + id +
                        "', false); INSERT INTO bookings (tenant_id, session_id, client_name, client_email) "
                        "VALUES ('" +
                        id + "', '" + visit + "', 'Mara', 'mara@pasted.example')")
                  .message,
              "");
    const Answer unlinked = ctl({"erase", "--session", visit});
    EXPECT_EQ(unlinked.exit_code, 0) << unlinked.err;
    EXPECT_THAT(unlinked.out, HasSubstr("1 booking lost its link to it"));
    EXPECT_THAT(ctl({"erase", "--session", visit}).out, HasSubstr("nothing was erased"));
}

TEST(Erase, SaysWhereNothingIsHeldAndTheRetentionSaysWhatItDid) {
    const Json receipt = answer({"erase", "--email", "nobody@example.com"});
    EXPECT_EQ(receipt["bookings"], 0);
    EXPECT_TRUE(receipt["receipt"].is_null());
    const Answer words = ctl({"erase", "--email", "nobody@example.com"});
    EXPECT_EQ(words.exit_code, 0);
    EXPECT_THAT(words.out, HasSubstr("Nothing is stored"));
    EXPECT_EQ(words.out.find("Receipt"), std::string::npos);
    EXPECT_EQ(ctl({"erase"}).exit_code, 2);
    const Json report = answer({"jobs", "run", "retention"});
    EXPECT_EQ(report["ran"], true);
    EXPECT_EQ(report["partitionsDropped"], 0);
    EXPECT_EQ(ctl({"jobs", "run", "laundry"}).exit_code, 2);
    EXPECT_EQ(ctl({"booking", "show", "7a1f3c52-4a0b-4c1e-9d55-0c7d0e5f1a2b"}).exit_code, 1);
    const Answer misspelt = ctl({"booking", "list", "--status", "pendng"});
    EXPECT_EQ(misspelt.exit_code, 2);
    EXPECT_THAT(misspelt.err, HasSubstr("pending, waiting, proposed, accepted"));
    EXPECT_EQ(ctl({"booking", "list", "--status", "pending"}).exit_code, 0);
}
