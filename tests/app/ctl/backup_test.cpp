// SPDX-License-Identifier: Apache-2.0
#include "tests/app/ctl/companionctl.h"
#include "tests/db/fixtures/sql.h"
#include "tests/support/test_database.h"

#include <gmock/gmock.h>

#include <chrono>
#include <fstream>

using namespace studio::ctl_tests;
using studio::db::Sql;
using studio::models::Json;
using testing::HasSubstr;
using testing::Not;

namespace fs = std::filesystem;

namespace {

Json on(const std::string &directory, std::vector<std::string> words) {
    words.insert(words.end(), {"--json", "--workspace", directory});
    const Answer answered = run(words);
    EXPECT_EQ(answered.exit_code, 0) << answered.err;
    return answered.json();
}

std::string bytes_of(const fs::path &path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

} // namespace

TEST(Backup, IsRestoredIntoAnotherWorkspaceWithEveryTenantRevisionAccountAndPicture) {
    make_tenant("keeper");
    answer(
        {"photo", "add", "keeper", picture("keeper.tif", 44).string(), "--alt", "Kept", "--place", "hero"});
    answer({"tenant", "set", "keeper", "content.tagline", "Kept for later", "--publish"});
    const auto account =
        answer({"account", "add", "--name", "Karla", "--role", "companion", "--tenant", "keeper"});
    const std::string file = (scratch() / "all.backup").string();
    const auto made = answer({"backup", "create", file});
    EXPECT_EQ(made["file"], file);
    EXPECT_EQ(fs::status(file).permissions() & fs::perms::others_all, fs::perms::none);

    const std::string other = (scratch() / "restored").string();
    const auto restored = on(other, {"backup", "restore", file, "--no-erasures"});
    EXPECT_EQ(restored["tenants"], answer({"tenant", "list"}).size());
    EXPECT_EQ(on(other, {"tenant", "list"}), answer({"tenant", "list"}));
    for (const auto &tenant : answer({"tenant", "list"})) {
        const std::string name = tenant["subdomain"];
        EXPECT_EQ(on(other, {"tenant", "show", name}), answer({"tenant", "show", name})) << name;
        EXPECT_EQ(on(other, {"revision", "list", name}), answer({"revision", "list", name})) << name;
    }
    EXPECT_EQ(on(other, {"account", "list"}), answer({"account", "list"}));
    std::size_t pictures = 0;
    for (const auto &entry : fs::recursive_directory_iterator(workspace() + "/media")) {
        if (!entry.is_regular_file()) {
            continue;
        }
        ++pictures;
        const fs::path copy = other / fs::relative(entry.path(), workspace());
        EXPECT_EQ(bytes_of(entry.path()), bytes_of(copy)) << copy;
    }
    EXPECT_GT(pictures, 1U);

    const std::string login = on(other, {"workspace", "status"})["logins"]["Karla"];
    const Answer own = run({"tenant", "list", "--json", "--database", login});
    ASSERT_EQ(own.exit_code, 0) << own.err;
    ASSERT_EQ(own.json().size(), 1U);
    EXPECT_EQ(own.json()[0]["subdomain"], "keeper");
    EXPECT_EQ(on(other, {"tenant", "set", "keeper", "content.tagline", "Changed", "--publish"})["published"],
              true);

    const Answer again = run({"backup", "restore", file, "--no-erasures", "--workspace", other});
    EXPECT_EQ(again.exit_code, 1);
    EXPECT_THAT(again.err, HasSubstr("--workspace: "));
    EXPECT_THAT(again.err, HasSubstr("empty"));
    EXPECT_EQ(on(other, {"tenant", "show", "keeper", "content.tagline"}), "Changed");
    EXPECT_EQ(run({"workspace", "remove", "--workspace", other}).exit_code, 2);
    ASSERT_TRUE(fs::exists(other));
    EXPECT_EQ(on(other, {"workspace", "remove", "--yes"})["removed"], true);
    EXPECT_FALSE(fs::exists(other));
}

TEST(Backup, IsRestoredIntoAnEmptyDatabaseOfAServerAndNeverOverOneThatIsInUse) {
    make_tenant("keeper");
    answer(
        {"photo", "add", "keeper", picture("server.tif", 60).string(), "--alt", "Kept", "--place", "hero"});
    const std::string file = (scratch() / "server.backup").string();
    answer({"backup", "create", file, "--overwrite"});
    const studio::test_support::EmptyDatabase database;
    const std::string media = (scratch() / "server-media").string();
    const std::vector<std::string> restore{
        "backup",  "restore", file,     "--database",   database.owner_url(),
        "--media", media,     "--json", "--no-erasures"};
    const Answer restored = run(restore);
    ASSERT_EQ(restored.exit_code, 0) << restored.err;
    EXPECT_EQ(restored.json()["tenants"], answer({"tenant", "list"}).size());
    const Answer listed = run({"tenant", "list", "--json", "--database", database.owner_url()});
    ASSERT_EQ(listed.exit_code, 0) << listed.err;
    EXPECT_EQ(listed.json(), answer({"tenant", "list"}));
    EXPECT_FALSE(fs::is_empty(media));

    const Answer onto_files = run(restore);
    EXPECT_EQ(onto_files.exit_code, 1);
    EXPECT_THAT(onto_files.err, HasSubstr("\"field\":\"--media\""));
    const Answer onto_tenants = run({"backup", "restore", file, "--database", database.owner_url(), "--media",
                                     (scratch() / "other-media").string(), "--no-erasures"});
    EXPECT_EQ(onto_tenants.exit_code, 1);
    EXPECT_THAT(onto_tenants.err, HasSubstr("--database: "));
    EXPECT_THAT(onto_tenants.err, HasSubstr("Nothing was changed"));
}

TEST(Backup, RefusesFilesThatAreNoBackupAndFoldersThatAreNot) {
    std::ofstream(scratch() / "text.backup") << "hello";
    const std::string other = (scratch() / "never").string();
    const Answer text = run(
        {"backup", "restore", (scratch() / "text.backup").string(), "--no-erasures", "--workspace", other});
    EXPECT_EQ(text.exit_code, 1);
    EXPECT_EQ(text.err, "companionctl: FILE: " + (scratch() / "text.backup").string() +
                            " is not a backup, or is damaged.\n");
    EXPECT_EQ(run({"backup", "restore", (scratch() / "none.backup").string(), "--no-erasures", "--workspace",
                   other})
                  .exit_code,
              1);
    EXPECT_FALSE(fs::exists(other));
    const Answer folder = ctl({"backup", "create", (scratch() / "no" / "such.backup").string()});
    EXPECT_EQ(folder.exit_code, 1);
    EXPECT_THAT(folder.err, HasSubstr("FILE: "));
    const Answer taken = ctl({"backup", "create", (scratch() / "text.backup").string()});
    EXPECT_EQ(taken.exit_code, 1);
    EXPECT_THAT(taken.err, HasSubstr("--overwrite"));
    EXPECT_EQ(bytes_of(scratch() / "text.backup"), "hello");
}

TEST(Backup, ARefusedRestoreAndAFirstStartLeaveTheFilesThatWereThere) {
    const std::string file = (scratch() / "refused.backup").string(),
                      other = (scratch() / "survivor").string();
    answer({"backup", "create", file});
    fs::create_directories(fs::path(other) / "media/claire");
    std::ofstream(fs::path(other) / "media/claire/only-copy.jpg") << "picture";
    const Answer restored = run({"backup", "restore", file, "--no-erasures", "--workspace", other});
    EXPECT_EQ(restored.exit_code, 1);
    EXPECT_THAT(restored.err, HasSubstr("already has files"));
    const Answer started = run({"workspace", "start", "--empty", "--workspace", other});
    EXPECT_EQ(started.exit_code, 1);
    EXPECT_THAT(started.err, HasSubstr("but no database"));
    EXPECT_EQ(on(other, {"workspace", "remove", "--yes"})["removed"], false);
    EXPECT_EQ(bytes_of(fs::path(other) / "media/claire/only-copy.jpg"), "picture");
}

// What was revoked after the backup stays revoked: releases of photos, accounts, links to drafts.
TEST(Backup, RestoringWithdrawsPhotosAndDisablesAccountsAgainAndRevokesShareLinks) {
    make_tenant("takenback");
    const auto photo = answer({"photo", "add", "takenback", picture("takenback.tif", 45).string(), "--alt",
                               "Shapes", "--place", "hero"});
    const std::string url = answer({"photo", "list", "takenback"})[0]["url"];
    answer({"tenant", "record-release", "takenback", url});
    const std::string quiet =
        answer({"photo", "add", "takenback", picture("quiet.tif", 46).string(), "--alt", "Waves"})["url"];
    answer({"tenant", "record-release", "takenback", quiet});
    const std::string login = answer(
        {"account", "add", "--name", "Lena Left", "--role", "companion", "--tenant", "takenback"})["login"];
    answer({"share-link", "create", "takenback"});
    answer({"calendar", "share", "takenback"});
    const std::string id = answer({"tenant", "show", "takenback"})["id"];
    Sql(answer({"workspace", "status"})["logins"]["owner"].get<std::string>())
        .done("WITH booked AS (INSERT INTO bookings (tenant_id, client_name, client_email) VALUES ('" + id +
              "', 'Kim', 'kim@example.com') RETURNING id) INSERT INTO outbox (tenant_id, booking_id, kind, "
              "next_at)"
              " SELECT '" +
              id + "', id, 'visitor_email', now() + interval '1 day' FROM booked");
    const std::string file = (scratch() / "takenback.backup").string();
    const std::string erasures = (scratch() / "takenback.erasures").string();
    answer({"backup", "create", file});
    answer({"tenant", "withdraw-release", "takenback", url});
    answer({"photo", "pause", "takenback", quiet});
    answer({"account", "disable", login});
    answer({"backup", "erasures", erasures});
    const std::string other = (scratch() / "takenback-restored").string();
    const auto restored = on(other, {"backup", "restore", file, "--erasures", erasures});
    EXPECT_EQ(restored["withdrawnPhotos"], 1);
    EXPECT_EQ(restored["pausedPhotos"], 1);
    EXPECT_EQ(restored["disabledAccounts"], 1);
    EXPECT_EQ(restored["revokedLinks"], 1);
    EXPECT_GE(restored["revokedCalendars"], 1);
    EXPECT_GE(restored["unsentMessages"], 1);
    EXPECT_TRUE(on(other, {"calendar", "list", "takenback"}).empty());
    EXPECT_EQ(on(other, {"photo", "list", "takenback"})[0]["released"], false);
    EXPECT_EQ(on(other, {"photo", "list", "takenback"})[1]["paused"], true);
    EXPECT_TRUE(on(other, {"share-link", "list", "takenback"}).empty());
    for (const auto &account : on(other, {"account", "list"})) {
        EXPECT_EQ(account["disabled"].get<bool>(), account["login"] == login) << account;
    }
    EXPECT_EQ(on(other, {"workspace", "remove", "--yes"})["removed"], true);
}

// A person is erased after the backup; restoring it must not bring her data back.
TEST(Backup, RestoringErasesAgainWhoWasErasedSince) {
    make_tenant("erasing");
    const std::string id = answer({"tenant", "show", "erasing"})["id"];
    const auto book = [&](const std::string &email) {
        Sql(answer({"workspace", "status"})["logins"]["owner"].get<std::string>())
            .done("INSERT INTO bookings (tenant_id, client_name, client_email) VALUES ('" + id +
                  "', 'Mara Marker', '" + email + "')");
    };
    book("mara@marker.example");
    book("stays@marker.example");
    const std::string file = (scratch() / "before.backup").string();
    const std::string erasures = (scratch() / "after.erasures").string();
    answer({"backup", "create", file});
    answer({"erase", "--email", "mara@marker.example"});
    EXPECT_GE(answer({"backup", "erasures", erasures})["erasures"].get<int>(), 2);
    const std::string text = bytes_of(erasures);
    for (const char *marker : {"mara", "Mara", "marker", "Marker", "stays"}) {
        EXPECT_THAT(text, Not(HasSubstr(marker)));
    }
    EXPECT_EQ(fs::status(erasures).permissions() & fs::perms::others_all, fs::perms::none);

    const std::string other = (scratch() / "erased-again").string();
    const Answer unasked = run({"backup", "restore", file, "--workspace", other});
    EXPECT_EQ(unasked.exit_code, 2);
    EXPECT_THAT(unasked.err, HasSubstr("--erasures: name the file"));
    EXPECT_EQ(run({"backup", "restore", file, "--workspace", other, "--erasures", file}).exit_code, 1);
    EXPECT_FALSE(fs::exists(other));
    const std::string rows = text.substr(text.find('\n', text.find('\n') + 1) + 1);
    const std::string old = (scratch() / "old.erasures").string();
    for (const int days : {-1, 91}) {
        std::ofstream(old) << text.substr(0, text.find('\n')) << '\n'
                           << studio::base::to_microseconds(studio::base::now() + std::chrono::days(days))
                           << '\n'
                           << rows;
        const Answer refused = run({"backup", "restore", file, "--workspace", other, "--erasures", old});
        EXPECT_EQ(refused.exit_code, 1) << days;
        EXPECT_THAT(refused.err, HasSubstr("--old-erasures")) << days;
        EXPECT_FALSE(fs::exists(other));
    }
    const auto restored = on(other, {"backup", "restore", file, "--erasures", old, "--old-erasures"});
    EXPECT_EQ(restored["erasedBookings"], 1);
    const std::string bookings = on(other, {"booking", "list"}).dump();
    EXPECT_THAT(bookings, Not(HasSubstr("mara@marker.example")));
    EXPECT_THAT(bookings, HasSubstr("stays@marker.example"));
    EXPECT_EQ(on(other, {"workspace", "remove", "--yes"})["removed"], true);
}
