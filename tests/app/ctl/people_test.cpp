// SPDX-License-Identifier: Apache-2.0
#include "tests/app/ctl/companionctl.h"

#include <gmock/gmock.h>

#include <fstream>

using namespace studio::ctl_tests;
using studio::models::Json;
using testing::HasSubstr;

namespace {

std::string url_for(const std::string &login, const std::string &password) {
    const int port = answer({"workspace", "status"})["port"];
    return "postgresql://" + login + ":" + password + "@127.0.0.1:" + std::to_string(port) +
           "/companion_studio";
}

} // namespace

TEST(Account, ACompanionSeesHerOwnTenantOnlyUntilSheIsDisabled) {
    make_tenant("hers");
    make_tenant("other");
    const auto made =
        answer({"account", "add", "--role", "companion", "--tenant", "hers", "--name", "Helen Hart"});
    const std::string url = url_for(made["login"], made["password"]);
    const auto seen = run({"tenant", "list", "--json", "--database", url});
    ASSERT_EQ(seen.exit_code, 0) << seen.err;
    ASSERT_EQ(seen.json().size(), 1U);
    EXPECT_EQ(seen.json()[0]["subdomain"], "hers");
    EXPECT_EQ(run({"tenant", "show", "other", "--database", url}).exit_code, 1);
    EXPECT_EQ(run({"tenant", "set", "hers", "content.tagline", "x", "--database", url}).exit_code, 1);
    EXPECT_EQ(run({"account", "add", "--name", "X", "--role", "staff", "--database", url}).exit_code, 1);
    answer({"account", "disable", "Helen Hart"});
    EXPECT_EQ(run({"tenant", "list", "--database", url}).exit_code, 1);
    answer({"account", "enable", made["login"]});
    EXPECT_EQ(run({"tenant", "list", "--database", url}).exit_code, 0);
    const auto fresh = answer({"account", "reset-password", "Helen Hart"});
    EXPECT_EQ(run({"tenant", "list", "--database", url}).exit_code, 1);
    EXPECT_EQ(run({"tenant", "list", "--database", url_for(made["login"], fresh["password"])}).exit_code, 0);
}

TEST(Account, PasswordsThatAreMadeInAWorkspaceAreKeptThere) {
    const auto made = answer({"account", "add", "--role", "staff", "--name", "Kay Keeper"});
    const auto url_of = [] {
        return answer({"workspace", "status"})["logins"]["Kay Keeper"].get<std::string>();
    };
    EXPECT_EQ(url_of(), url_for(made["login"], made["password"]));
    const auto fresh = answer({"account", "reset-password", "Kay Keeper"});
    EXPECT_EQ(url_of(), url_for(made["login"], fresh["password"]));
    EXPECT_EQ(run({"booking", "list", "--database", url_of()}).exit_code, 0);
}

TEST(Account, ANameIsKeptWithoutWhatNobodySees) {
    answer({"account", "add", "--name", " Olga\u200B\u00A0Orr\u200F", "--role", "staff"});
    EXPECT_THAT(answer({"account", "list"}).dump(), HasSubstr("\"Olga Orr\""));
}

TEST(Account, ListTellsRoleTenantAndState) {
    make_tenant("listing");
    answer({"account", "add", "--role", "companion", "--tenant", "listing", "--name", "Lena", "--may-edit"});
    bool found = false;
    for (const auto &account : answer({"account", "list"})) {
        EXPECT_FALSE(account.contains("password"));
        if (account["name"] != "Lena") {
            continue;
        }
        found = true;
        EXPECT_EQ(account["tenant"], "listing");
        EXPECT_EQ(account["mayEdit"], true);
        EXPECT_EQ(account["disabled"], false);
    }
    EXPECT_TRUE(found);
}

TEST(Account, AddRefusesWhatDoesNotGoTogether) {
    const auto refused = [](std::vector<std::string> words, int exit_code, const std::string &reason) {
        const Answer answer = ctl(std::move(words));
        EXPECT_EQ(answer.exit_code, exit_code) << reason;
        EXPECT_THAT(answer.err, HasSubstr(reason));
    };
    const auto refused_to_add = [&](std::vector<std::string> options, int exit_code,
                                    const std::string &reason) {
        std::vector<std::string> words{"account", "add", "--name", "Xenia"};
        words.insert(words.end(), options.begin(), options.end());
        refused(words, exit_code, reason);
    };
    refused_to_add({"--role", "queen"}, 2, "--role: must be operator, staff or companion");
    refused_to_add({}, 2, "--role");
    refused_to_add({"--role", "companion"}, 2, "--tenant: is required");
    refused_to_add({"--role", "staff", "--tenant", "a"}, 2, "--tenant: is for companions only");
    refused_to_add({"--role", "companion", "--tenant", "nobody"}, 1, "--tenant: There is no tenant");
    refused({"account", "add", "--role", "staff"}, 2, "--name");
    refused({"account", "disable", "nobody"}, 1, "ACCOUNT: There is no account");
    refused({"account", "disable", "Olivia Operator"}, 1, "last operator");
    answer({"account", "add", "--role", "staff", "--name", "Two Of One Name"});
    answer({"account", "add", "--role", "staff", "--name", "Two Of One Name"});
    refused({"account", "disable", "Two Of One Name"}, 1, "ACCOUNT: 2 accounts are named");
}

TEST(Photo, IsAddedListedAndRemoved) {
    make_tenant("pictures");
    const auto added =
        answer({"photo", "add", "pictures", picture("evening.tif", 90).string(), "--alt", "Evening light"});
    const std::string url = added["url"];
    const std::string folder = answer({"tenant", "export", "pictures"})["tenant"]["mediaFolder"];
    EXPECT_EQ(folder.size(), 32U);
    EXPECT_THAT(url, testing::StartsWith("/media/" + folder + "/"))
        << "an address tells nothing of whose it is";
    EXPECT_TRUE(std::filesystem::exists(workspace() + url));
    answer({"photo", "add", "pictures", picture("b.tif", 120).string(), "--alt", "B", "--place", "variant",
            "--weight", "0.25"});
    answer({"photo", "add", "pictures", picture("evening.tif", 91).string(), "--alt", "Second evening"});
    const auto list = answer({"photo", "list", "pictures"});
    ASSERT_EQ(list.size(), 3U);
    EXPECT_EQ(list[0]["place"], "variant");
    EXPECT_NE(list[1]["id"], list[2]["id"]);
    answer({"photo", "remove", "pictures", list[1]["id"]});
    const auto left = answer({"photo", "list", "pictures"});
    ASSERT_EQ(left.size(), 3U);
    EXPECT_TRUE(left[2]["place"].is_null()) << "it stays in the library";
    EXPECT_EQ(left[2]["url"], url);
    EXPECT_EQ(left[2]["used"], Json::array());
    EXPECT_TRUE(std::filesystem::exists(workspace() + url));
}

TEST(Photo, OfAnImportedCompanionIsCopiedIntoTheNewOnesFolder) {
    make_tenant("leaving");
    const std::string url =
        answer({"photo", "add", "leaving", picture("leaving.tif", 77).string(), "--alt", "Leaving"})["url"];
    make_tenant("stranger");
    const std::string of_another =
        answer({"photo", "add", "stranger", picture("s.tif", 78).string(), "--alt", "Another"})["url"];
    Json exported = answer({"tenant", "export", "leaving"});
    exported["content"]["seo"]["ogImage"] = url;
    const Json imported = answer({"tenant", "import", "-", "--as", "arrived"}, exported.dump());
    EXPECT_FALSE(imported.contains("picturesOf")) << imported;
    const Json documents = answer({"tenant", "show", "arrived"})["documents"];
    const std::string folder = url.substr(0, std::string("/media/").size() + 32); // the leaving one's
    EXPECT_EQ(documents["photos"].dump().find(folder), std::string::npos);
    EXPECT_THAT(documents["content"]["seo"]["ogImage"].get<std::string>(),
                testing::AllOf(testing::StartsWith("/media/"), testing::Not(testing::StartsWith(folder))));
    int files = 0;
    for (const Json &value : documents["photos"].flatten()) {
        if (value.is_string() && value.get<std::string>().starts_with("/media/")) {
            ++files;
            EXPECT_TRUE(std::filesystem::exists(workspace() + value.get<std::string>())) << value;
        }
    }
    EXPECT_GT(files, 1); // the photo's sizes too
    EXPECT_TRUE(std::filesystem::exists(workspace() + url));

    exported["content"]["seo"]["ogImage"] = of_another;
    EXPECT_EQ(answer({"tenant", "import", "-", "--as", "arrived-two"}, exported.dump())["picturesOf"],
              Json::array({"stranger"}));
    EXPECT_EQ(answer({"tenant", "show", "arrived-two"})["documents"]["content"]["seo"]["ogImage"],
              of_another);

    exported["content"]["contact"] = 1;
    const auto folders = [] {
        const std::filesystem::directory_iterator media(workspace() + "/media");
        return std::distance(begin(media), end(media));
    };
    const auto before = folders();
    EXPECT_NE(ctl({"tenant", "import", "-", "--as", "never"}, exported.dump()).exit_code, 0);
    EXPECT_EQ(folders(), before);
}

TEST(Photo, RefusesBadFilesPlacesAndWeights) {
    make_tenant("refusing");
    const std::string good = picture("good.tif", 5).string();
    std::ofstream(scratch() / "note.jpg") << "not a picture";
    const auto refused = [](std::vector<std::string> words, int exit_code, const std::string &reason) {
        const Answer answer = ctl(std::move(words));
        EXPECT_EQ(answer.exit_code, exit_code) << reason << answer.err;
        EXPECT_THAT(answer.err, HasSubstr(reason));
    };
    refused({"photo", "add", "refusing", (scratch() / "note.jpg").string(), "--alt", "x"}, 1, "FILE: ");
    refused({"photo", "add", "refusing", (scratch() / "none.jpg").string(), "--alt", "x"}, 1, "FILE: ");
    refused({"photo", "add", "refusing", good}, 2, "--alt");
    refused({"photo", "add", "refusing", good, "--alt", " "}, 1, "/photos/gallery/0/alt: ");
    refused({"photo", "add", "refusing", good, "--alt", "x", "--place", "wall"}, 2, "--place: ");
    refused({"photo", "add", "refusing", good, "--alt", "x", "--place", "variant"}, 2,
            "--weight: is required");
    refused({"photo", "add", "refusing", good, "--alt", "x", "--place", "variant", "--weight", "2"}, 2,
            "--weight: must be");
    refused({"photo", "add", "nobody", good, "--alt", "x"}, 1, "TENANT: ");
    refused({"photo", "remove", "refusing", "none"}, 1, "PHOTO: ");
    EXPECT_EQ(answer({"revision", "list", "refusing"}).size(), 1U);
}

TEST(ShareLink, IsMadeListedAndRevoked) {
    make_tenant("shared");
    const auto link = answer({"share-link", "create", "shared", "--hours", "2"});
    EXPECT_EQ(link["host"], "preview-shared");
    EXPECT_GE(link["token"].get<std::string>().size(), 20U);
    const auto list = answer({"share-link", "list", "shared"});
    ASSERT_EQ(list.size(), 1U);
    EXPECT_EQ(list[0]["id"], link["id"]);
    EXPECT_FALSE(list[0].contains("token"));
    answer({"share-link", "revoke", link["id"]});
    EXPECT_EQ(answer({"share-link", "list", "shared"}).size(), 0U);
    EXPECT_EQ(ctl({"share-link", "create", "shared", "--hours", "0"}).exit_code, 2);
    EXPECT_EQ(ctl({"share-link", "create", "shared", "--hours", "soon"}).exit_code, 2);
    EXPECT_EQ(ctl({"share-link", "revoke", "not-a-link"}).exit_code, 1);
    EXPECT_EQ(ctl({"share-link", "list", "nobody"}).exit_code, 1);
}

TEST(Audit, ListTellsWhoChangedWhat) {
    make_tenant("audited");
    answer({"tenant", "rename", "audited", "Audrey"});
    const auto entries = answer({"audit", "list", "--tenant", "audited", "--limit", "5"});
    ASSERT_GE(entries.size(), 1U);
    EXPECT_EQ(entries[0]["name"], "Olivia Operator");
    EXPECT_EQ(entries[0]["table"], "tenants");
    EXPECT_EQ(entries[0]["changes"]["name"], Json({"Audited", "Audrey"}));
    EXPECT_EQ(entries[0]["tenant"], "audited");
    EXPECT_EQ(ctl({"audit", "list", "--limit", "0"}).exit_code, 2);
    EXPECT_EQ(ctl({"audit", "list", "--tenant", "nobody"}).exit_code, 1);
}

TEST(Audit, ListTellsWhoseSiteItIsAndWhichPhotoWasReleased) {
    make_tenant("released");
    const auto photo =
        answer({"photo", "add", "released", picture("released.tif", 33).string(), "--alt", "Waves"});
    answer({"tenant", "record-release", "released", "--all"});
    const Answer listed = ctl({"audit", "list", "--limit", "20"});
    EXPECT_EQ(listed.exit_code, 0);
    EXPECT_THAT(listed.out, testing::ContainsRegex("AT +BY +TENANT +ACTION +TABLE +COLUMNS"));
    EXPECT_THAT(listed.out,
                testing::ContainsRegex("Olivia Operator +released +insert +photo_releases +[^\n]*photo_url " +
                                       photo["url"].get<std::string>() + ", [^\n]*recorded_by"));
}
