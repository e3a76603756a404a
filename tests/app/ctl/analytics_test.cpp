// SPDX-License-Identifier: Apache-2.0
#include "tests/app/ctl/companionctl.h"

#include <gmock/gmock.h>

using namespace studio::ctl_tests;
using studio::models::Json;
using testing::HasSubstr;

TEST(Analytics, AreGeneratedVerifiedAndRebuilt) {
    const Json made = answer(
        {"analytics", "generate", "--tenants", "2", "--events", "1500", "--months", "2", "--seed", "77"});
    ASSERT_EQ(made["tenants"].size(), 2U);
    EXPECT_GT(made["events"].get<int>(), 1000);
    const Json &first = made["tenants"][0];
    EXPECT_EQ(first["subdomain"], "generated-77-1");
    EXPECT_GT(first["visits"], made["tenants"][1]["visits"].get<int>() - 30);
    EXPECT_EQ(answer({"analytics", "verify"})["differences"], 0);
    EXPECT_EQ(answer({"analytics", "rebuild", "--tenant", "generated-77-1"})["visits"], first["visits"]);
    EXPECT_EQ(answer({"analytics", "refresh"})["marks"], 0);
    EXPECT_EQ(answer({"analytics", "verify", "--tenant", "generated-77-1"})["tenants"], 1);
}

TEST(Analytics, RefuseWhatIsWrong) {
    EXPECT_EQ(ctl({"analytics", "generate", "--months", "25"}).exit_code, 2);
    const Answer day = ctl({"analytics", "generate", "--until", "2026-02-30"});
    EXPECT_EQ(day.exit_code, 2);
    EXPECT_THAT(day.err, HasSubstr("--until"));
    EXPECT_EQ(ctl({"analytics", "rebuild"}).exit_code, 2);
    const Answer nobody = ctl({"analytics", "verify", "--tenant", "nobody"});
    EXPECT_EQ(nobody.exit_code, 1);
    EXPECT_THAT(nobody.err, HasSubstr("nobody"));
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
    EXPECT_THAT(wrong.err, HasSubstr("row 4, reach: write a whole number"));
    EXPECT_THAT(wrong.err, HasSubstr("row 4, platform:"));
    // Had the good rows come in, these would replace three days.
    const Json again =
        answer({"social", "import", "--tenant", "sonia", "-"}, file + "03.03.2026;twitter;1;;\n");
    EXPECT_EQ(again["rows"], 3);
    EXPECT_EQ(again["replaced"], 2);
    EXPECT_EQ(ctl({"social", "import", "--tenant", "sonia", "/nowhere.csv"}).exit_code, 1);
    EXPECT_EQ(ctl({"social", "import", "--tenant", "nobody", "-"}, file).exit_code, 1);
}
