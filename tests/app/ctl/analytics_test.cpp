// SPDX-License-Identifier: Apache-2.0
#include "tests/app/ctl/companionctl.h"
#include "tests/app/ctl/generated_traffic.h"
#include "tests/db/fixtures/sql.h"

#include <gmock/gmock.h>

using namespace studio::ctl_tests;
using studio::models::Json;
using testing::HasSubstr;

TEST(Analytics, AreVerifiedAndRebuilt) {
    const auto made = generate_traffic(2, 1500, 2, 77);
    ASSERT_EQ(made.size(), 2U);
    const std::int64_t visits = made[0].totals.visits;
    EXPECT_GT(visits, 100);
    EXPECT_EQ(answer({"analytics", "verify"})["differences"], 0);
    EXPECT_EQ(answer({"analytics", "rebuild", "--tenant", "generated-77-1"})["visits"], visits);
    EXPECT_EQ(answer({"analytics", "refresh"})["visits"], 0);
    EXPECT_EQ(answer({"analytics", "verify", "--tenant", "generated-77-1"})["tenants"], 1);
    EXPECT_EQ(ctl({"analytics", "verify", "--tenant", "generated-77-1"}).out,
              "The figures of 1 tenant match the raw data.\n");
}

TEST(Analytics, RefuseWhatIsWrong) {
    EXPECT_EQ(ctl({"analytics", "rebuild"}).exit_code, 2);
    const Answer nobody = ctl({"analytics", "verify", "--tenant", "nobody"});
    EXPECT_EQ(nobody.exit_code, 1);
    EXPECT_THAT(nobody.err, HasSubstr("nobody"));
}

TEST(Analytics, TellUptimeAndLoadTimesAgainstTheirTargets) {
    studio::db::Sql owner(answer({"workspace", "status"})["logins"]["owner"].get<std::string>());
    ASSERT_EQ(owner.done("DELETE FROM page_load_days").message, ""); // generated tenants have some
    const Json none = answer({"analytics", "service"});
    EXPECT_EQ(none["uptime"]["share"], nullptr);
    EXPECT_EQ(none["pageLoads"]["averageMs"], nullptr);
    EXPECT_THAT(ctl({"analytics", "service"}).out, HasSubstr("Uptime: not measured yet (target 99.9 %)"));
    make_tenant("uma");
    ASSERT_EQ(owner
                  .done("INSERT INTO service_days VALUES (current_date - 1, (current_date - 1)::timestamp AT "
                        "TIME ZONE "
                        "'UTC' + interval '1439 minutes', 1, 20, 2)")
                  .message,
              "");
    ASSERT_EQ(owner
                  .done("INSERT INTO page_load_days SELECT id, current_date - 1, 4, 6000, "
                        "'{0,0,0,0,0,0,0,3,0,1,0,0,0,0}' FROM tenants WHERE subdomain = 'uma'")
                  .message,
              "");
    const Json told = answer({"analytics", "service", "--days", "2"});
    EXPECT_EQ(told["uptime"]["upMinutes"], 1);
    EXPECT_GE(told["uptime"]["measuredMinutes"], 1);
    EXPECT_EQ(told["uptime"]["failedRequests"], 2);
    EXPECT_EQ(told["pageLoads"]["averageMs"], 1500.0);
    EXPECT_EQ(told["pageLoads"]["fasterThanTarget"], 3);
    EXPECT_THAT(
        ctl({"analytics", "service", "--days", "2"}).out,
        HasSubstr("Page load time: 1.50 s on average (target under 2 s); 3 of 4 loads took less than 2 s."));
    EXPECT_EQ(ctl({"analytics", "service", "--days", "0"}).exit_code, 2);
}

TEST(Social, AFileIsTakenInWholeOrNotAtAll) {
    make_tenant("sonia");
    const std::string file = "Date;Platform;Reach;Engagement;Likes\n01.03.2026;Instagram;1.200;4,5 %;7\n"
                             "02.03.2026;Instagram;;5;8\n";
    const Json done = answer({"social", "import", "--tenant", "sonia", "-"}, file);
    EXPECT_EQ(done["rows"], 2);
    EXPECT_EQ(done["replaced"], 0);
    EXPECT_EQ(done["platforms"], Json::array({"instagram"}));
    EXPECT_EQ(done["ignoredColumns"], Json::array({"Likes"}));

    const Answer wrong = ctl({"social", "import", "--tenant", "sonia", "-"}, file + "03.03.2026;;x;;\n");
    EXPECT_EQ(wrong.exit_code, 1);
    EXPECT_THAT(wrong.err, HasSubstr("row 4, reach: use a whole number"));
    EXPECT_THAT(wrong.err, HasSubstr("row 4, platform:"));
    // If the valid rows had been imported, these would replace three days.
    const Json again =
        answer({"social", "import", "--tenant", "sonia", "-"}, file + "03.03.2026;twitter;1;;\n");
    EXPECT_EQ(again["rows"], 3);
    EXPECT_EQ(again["replaced"], 2);
    EXPECT_EQ(ctl({"social", "import", "--tenant", "sonia", "/nowhere.csv"}).exit_code, 1);
    EXPECT_EQ(ctl({"social", "import", "--tenant", "nobody", "-"}, file).exit_code, 1);
}
