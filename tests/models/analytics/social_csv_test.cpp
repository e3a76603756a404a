// SPDX-License-Identifier: Apache-2.0
#include "models/analytics/social_csv.h"

#include <gtest/gtest.h>

namespace studio::models {

namespace {

using namespace std::chrono_literals;
constexpr std::chrono::sys_days first_of_march{2026y / 3 / 1};

SocialMetric metric(std::string platform, int day, std::optional<int> followers,
                    std::optional<double> engagement, std::optional<int> posts, std::optional<int> reach) {
    return {std::move(platform), first_of_march + std::chrono::days(day), followers, posts, reach,
            engagement};
}

// The only issue of a file, as a person reads it.
std::string issue_of(const std::string &text) {
    const auto file = read_social_csv(text);
    EXPECT_TRUE(file.metrics.empty()) << text;
    EXPECT_EQ(file.issues.size(), 1U) << text;
    return file.issues.empty() ? "" : to_text(file.issues.front());
}

TEST(SocialCsv, ReadsWhatPlatformsAndSpreadsheetsWrite) {
    const std::vector<SocialMetric> expected{
        metric("instagram", 0, 12345, 4.25, 2, 30500),
        metric("twitter", 1, std::nullopt, std::nullopt, 0, std::nullopt)};
    const std::vector<std::string> files{
        "platform,date,followers,engagement,posts,reach\nInstagram,2026-03-01,12345,4.25,2,30500\n"
        "twitter,2026-03-02,,,0,\n",
        // A byte order mark, semicolons, decimal comma, DOS line ends, dotted days.
        "\xef\xbb\xbf"
        "Platform;Date;Followers;Engagement;Posts;Reach\r\n"
        "Instagram;01.03.2026;12.345;4,25 %;2;30.500\r\ntwitter;02.03.2026;;;0;\r\n",
        // Another order, quotes, thousands apart, a column of no use, no end of line.
        "\"Reach\",\"Engagement rate (%)\",Note,\"Posts\",\"date\",\"Followers\",\"Platform\"\n"
        "\"30,500\",\"4,25\",\"he said \"\"hi\"\"\nand left\",2,2026/03/01,\"12,345\",\" Instagram \"\n\n"
        ",,,0,2026-3-2,,TWITTER",
        "platform\tdate\tfollowers\tengagement\tposts\treach\nInstagram\t2026-03-01\t12 "
        "345\t4.251\t2\t30500\t\n"
        "twitter\t2026-03-02\t\t\t0\t",
    };
    for (const auto &text : files) {
        const auto file = read_social_csv(text);
        EXPECT_TRUE(file.issues.empty()) << to_text(file.issues.front());
        EXPECT_EQ(file.metrics, expected) << text;
    }
    EXPECT_EQ(read_social_csv(files[2]).ignored, std::vector<std::string>{"Note"});
}

TEST(SocialCsv, EveryErrorNamesItsRowAndColumn) {
    const std::string header = "platform,date,followers,engagement,posts,reach\n";
    const std::vector<std::pair<std::string, std::string>> cases{
        {"instagram,2026-03-01,many,1,1,1", "Row 2, followers: use a whole number of 0 or more, not “many”."},
        {"instagram,2026-03-01,-1,1,1,1", "Row 2, followers: use a whole number of 0 or more, not “-1”."},
        {"instagram,2026-03-01,1.5,1,1,1", "Row 2, followers: use a whole number of 0 or more, not “1.5”."},
        {"instagram,2026-03-01,\"12,34\",1,1,1",
         "Row 2, followers: use a whole number of 0 or more, not “12,34”."},
        {"instagram,2026-03-01,99999999999,1,1,1",
         "Row 2, followers: use a whole number of 0 or more, not “99999999999”."},
        {"instagram,2026-03-01,1,101,1,1",
         "Row 2, engagement: use a percentage from 0 to 100 such as 4.25, not “101”."},
        {"instagram,2026-03-01,1,\"1,234.5\",1,1",
         "Row 2, engagement: use a percentage from 0 to 100 such as 4.25, not “1,234.5”."},
        {"instagram,2026-03-01,1,nan,1,1",
         "Row 2, engagement: use a percentage from 0 to 100 such as 4.25, not “nan”."},
        {"instagram,2026-03-01,1,1,x,1", "Row 2, posts: use a whole number of 0 or more, not “x”."},
        {"instagram,2026-03-01,1,1,1,x", "Row 2, reach: use a whole number of 0 or more, not “x”."},
        {"instagram,03/04/2026,1,1,1,1", "Row 2, date: use a day such as 2026-03-01, not “03/04/2026”."},
        {"instagram,2026-02-29,1,1,1,1", "Row 2, date: use a day such as 2026-03-01, not “2026-02-29”."},
        {"instagram,2026-257-01,1,1,1,1", "Row 2, date: use a day such as 2026-03-01, not “2026-257-01”."},
        {"instagram,1999-01-01,1,1,1,1", "Row 2, date: use a day such as 2026-03-01, not “1999-01-01”."},
        {",2026-03-01,1,1,1,1", "Row 2, platform: use a platform name of at most 50 characters."},
        {"instagram,2026-03-01,,,,", "Row 2: this row has no figure."},
        {"instagram,2026-03-01,1,4,25,1,1",
         "Row 2: this row has 7 cells, the first one has 6. Put a number with a comma in quotes."},
        {"instagram,2026-03-01,1,1,1",
         "Row 2: this row has 5 cells, the first one has 6. Put a number with a comma in quotes."},
        {"instagram,2026-03-01,1,,,\n\nInstagram,2026-03-01,2,,,",
         "Row 4, date: row 2 has the same day and platform."},
    };
    for (const auto &[row, sentence] : cases) {
        EXPECT_EQ(issue_of(header + row + "\n"), sentence);
    }
}

TEST(SocialCsv, CallsANetworkByOneName) {
    for (const char *written :
         {"X", "twitter", "Twitter", "X (Twitter)", "x.com", " X\u200B", "\"X / Twitter\""}) {
        const auto file = read_social_csv(std::string("platform,date,posts\n") + written + ",2026-03-01,1\n");
        ASSERT_EQ(file.metrics.size(), 1U) << written;
        EXPECT_EQ(file.metrics[0].platform, "twitter") << written;
    }
    EXPECT_EQ(
        issue_of("platform,date,posts\nX,2026-03-01,1\ntwitter,2026-03-02,1\nX (Twitter),2026-03-01,1\n"),
        "Row 4, date: row 2 has the same day and platform.");
}

TEST(SocialCsv, ReadsTheDayOfATimestamp) {
    for (const char *written :
         {"2026-03-01T00:00:00Z", "2026-03-01 00:00", "2026-03-01 23:59:59", "2026-03-01T10:00:00+11:00",
          "2026-03-01T10:00:00.000Z", "2026/03/01 10:00 AM", "01.03.2026 10:00", "2026-03-01 00:00:00 UTC",
          "\"Mar 1, 2026\"", "1 March 2026", "\"March 01, 2026\"", "01-Mar-2026"}) {
        const auto file = read_social_csv(std::string("platform,date,posts\ninstagram,") + written + ",1\n");
        ASSERT_EQ(file.metrics.size(), 1U) << written << (file.issues.empty() ? "" : to_text(file.issues[0]));
        EXPECT_EQ(file.metrics[0].day, first_of_march) << written;
    }
    for (const char *written : {"03/04/2026 10:00", "2026-03-01 at noon", "Ma 1 2026", "2026-03-01T",
                                "March 2026", "32 March 2026"}) {
        issue_of(std::string("platform,date,posts\ninstagram,") + written + ",1\n");
    }
}

TEST(SocialCsv, ReadsWholeNumbersWithZeroDecimals) {
    const std::pair<const char *, int> each[] = {
        {"1234.0", 1234}, {"1234.00", 1234}, {"\"1,234.0\"", 1234},  {"\"1234,0\"", 1234},
        {"0.0", 0},       {"12", 12},        {"\"1.234,00\"", 1234}, {"120", 120}};
    for (const auto &[written, number] : each) {
        const auto file =
            read_social_csv(std::string("platform,date,posts\ninstagram,2026-03-01,") + written + "\n");
        ASSERT_EQ(file.metrics.size(), 1U) << written;
        EXPECT_EQ(file.metrics[0].posts, number) << written;
    }
}

TEST(SocialCsv, FollowsALineThatNamesTheSeparator) {
    for (const char *line : {"sep=;\n", "SEP=;\r\n", "\"sep=;\"\n", "\xef\xbb\xbfsep=;\n"}) {
        const auto file =
            read_social_csv(std::string(line) + "platform;date;posts\ninstagram;2026-03-01;1\n");
        ASSERT_EQ(file.metrics.size(), 1U) << line;
    }
    EXPECT_EQ(issue_of("sep=;\nplatform;date;posts\ninstagram;2026-03-01;x\n"),
              "Row 3, posts: use a whole number of 0 or more, not “x”.");
    EXPECT_EQ(read_social_csv("sep=|\nplatform|date|posts\ninstagram|2026-03-01|1\n").metrics.size(), 1U);
}

TEST(SocialCsv, AFileThatIsNoneSaysSo) {
    EXPECT_EQ(issue_of(""),
              "The first row must name the columns: platform, date, followers, engagement, posts, reach.");
    EXPECT_EQ(issue_of("platform,date,followers\n"), "The file has no rows of figures.");
    EXPECT_EQ(issue_of("platform,followers\ninstagram,1\n"),
              "Row 1, date: this column is missing. The first row must name the columns.");
    EXPECT_EQ(issue_of("platform,date,likes\na,2026-03-01,1\n"),
              "Row 1: name at least one of followers, engagement, posts and reach.");
    EXPECT_EQ(issue_of("platform,date,day,posts\n"), "Row 1, date: this column appears twice.");
    EXPECT_EQ(issue_of("platform,date,posts\n\"instagram,2026-03-01,1\n"),
              "A quote in the file is never closed.");
    EXPECT_EQ(issue_of(std::string("\xff\xfe\x70\x00", 4)),
              "The file is not in UTF-8. Save it as “CSV UTF-8”.");
    EXPECT_EQ(issue_of("platform,date,posts\ninstagr\xe4m,2026-03-01,1\n"),
              "The file is not in UTF-8. Save it as “CSV UTF-8”.");
}

TEST(SocialCsv, OneWrongRowLeavesNothingOfTheOthers) {
    std::string text = "platform,date,posts\n";
    for (int row = 0; row < 100; ++row) {
        text += "instagram,2026-03-01,x\n";
    }
    const auto file = read_social_csv(text + "twitter,2026-03-01,1\n");
    EXPECT_TRUE(file.metrics.empty());
    EXPECT_EQ(file.issues.size(), max_issues);
}

} // namespace

} // namespace studio::models
