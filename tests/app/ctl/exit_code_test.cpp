// SPDX-License-Identifier: Apache-2.0
// Exit code 1 promises that nothing was changed, 3 that running the command again does the rest. Every
// command that writes is run here with a fault at its first, its middle and its last write.
#include "tests/app/ctl/companionctl.h"
#include "tests/app/ctl/generated_traffic.h"
#include "tests/app/ctl/planted_fault.h"
#include "tests/db/fixtures/sql.h"
#include "tests/support/test_database.h"

#include <gmock/gmock.h>

#include <fstream>
#include <functional>
#include <map>
#include <set>
#include <sstream>

using namespace studio::ctl_tests;
using studio::db::Sql;
using studio::models::Json;
using testing::HasSubstr;

namespace fs = std::filesystem;

namespace {

using Words = std::vector<std::string>;

std::string fresh(const std::string &name) {
    static int count = 0;
    return name + "-" + std::to_string(++count);
}

std::string owner_url() {
    return answer({"workspace", "status"})["logins"]["owner"];
}

// Creates a tenant and publishes it; with `live` it is taken live too.
std::string new_tenant(bool live = false) {
    const std::string tenant = fresh("faulty");
    answer({"tenant", "create", tenant});
    if (live) {
        answer(
            {"photo", "add", tenant, picture("hero.tif", 12).string(), "--alt", "A view", "--place", "hero"});
        answer({"tenant", "publish", tenant});
    }
    return tenant;
}

std::string written(const std::string &name, const std::string &text) {
    const fs::path path = scratch() / "files" / name;
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
    return path.string();
}

std::string new_file(const std::string &name) {
    fs::create_directories(scratch() / "files");
    return (scratch() / "files" / fresh(name)).string();
}

std::string test_file(const std::string &name) {
    return written(name, R"({"name": ")" + name + R"(", "element": "layout", "variants": [
        {"id": "control", "name": "Current page", "weight": 0.5},
        {"id": "modern", "name": "Modern", "weight": 0.5, "config": {"layout": "modern"}}]})");
}

std::string new_test(const std::string &tenant, const std::string &name = "Layout") {
    return answer({"experiment", "create", tenant, test_file(name)})["id"];
}

std::string running_test() {
    const std::string id = new_test(new_tenant(true));
    answer({"experiment", "start", id});
    return id;
}

Words start_ending_another() {
    const std::string tenant = new_tenant(true);
    const std::string first = new_test(tenant, "First");
    answer({"experiment", "start", first});
    return {"experiment", "start", new_test(tenant, "Second"), "--ending", first};
}

std::string tenant_id(const std::string &tenant) {
    return Sql(owner_url()).value("SELECT id FROM tenants WHERE subdomain = '" + tenant + "'");
}

Words erase_booking() {
    const std::string email = fresh("someone") + "@example.com", id = tenant_id(new_tenant());
    for (int count = 0; count < 2; ++count) {
        Sql(owner_url())
            .done("INSERT INTO bookings (tenant_id, client_name, client_email) VALUES ('" + id +
                  "', 'A Client', '" + email + "')");
    }
    return {"erase", "--email", email};
}

std::string new_booking() {
    const std::string start =
        Sql(owner_url()).value("SELECT to_char(now() + interval '200 days', 'YYYY-MM-DD\"T\"18:00:00\"Z\"')");
    return answer({"booking", "add", new_tenant(), "--name", "A Client", "--email", "client@example.com",
                   "--start", start})["id"];
}

// A tenant whose figures wait to be brought up to date.
std::string tenant_with_visits() {
    static int seed = 100;
    return generate_traffic(1, 60, 1, static_cast<std::uint64_t>(++seed)).at(0).subdomain;
}

std::string new_account() {
    return answer({"account", "add", "--role", "staff", "--name", fresh("Fay Fault")})["login"];
}

std::string exported() {
    const std::string file = new_file("tenant.json");
    answer({"tenant", "export", new_tenant(), file});
    return file;
}

// For each command, a function that prepares what it needs and returns its command line. Called for every
// run.
const std::map<std::string, std::function<Words()>> &writing_commands() {
    static const std::map<std::string, std::function<Words()>> commands{
        {"tenant create",
         [] {
             return Words{"tenant", "create", fresh("made")};
         }},
        {"tenant set",
         [] { return Words{"tenant", "set", new_tenant(true), "content.tagline", "New", "--publish"}; }},
        {"tenant rename",
         [] {
             return Words{"tenant", "rename", new_tenant(), "Renamed"};
         }},
        {"tenant publish",
         [] {
             return Words{"tenant", "publish", new_tenant()};
         }},
        {"tenant status",
         [] {
             return Words{"tenant", "status", new_tenant(), "inactive"};
         }},
        {"tenant domain",
         [] {
             return Words{"tenant", "domain", new_tenant(), fresh("own") + ".example.org"};
         }},
        {"tenant verify-identity",
         [] {
             return Words{"tenant", "verify-identity", new_tenant(), "--document", "passport"};
         }},
        {"tenant record-release",
         [] {
             const std::string tenant = new_tenant(true);
             answer({"photo", "add", tenant, picture("second.tif", 13).string(), "--alt", "Another"});
             return Words{"tenant", "record-release", tenant, "--all"};
         }},
        {"tenant withdraw-release",
         [] {
             const std::string tenant = new_tenant(true);
             answer({"tenant", "record-release", tenant, "--all"});
             return Words{"tenant", "withdraw-release", tenant, answer({"photo", "list", tenant})[0]["url"]};
         }},
        {"tenant export",
         [] {
             return Words{"tenant", "export", new_tenant(), new_file("exported.json")};
         }},
        {"tenant import",
         [] {
             return Words{"tenant", "import", exported(), "--as", fresh("imported")};
         }},
        {"revision restore",
         [] {
             const std::string tenant = new_tenant(true);
             answer({"tenant", "set", tenant, "content.tagline", "Second", "--publish"});
             return Words{"revision", "restore", tenant, "2", "--publish"};
         }},
        {"account add",
         [] { return Words{"account", "add", "--role", "staff", "--name", fresh("Ada Added")}; }},
        {"account disable",
         [] {
             return Words{"account", "disable", new_account()};
         }},
        {"account enable",
         [] {
             const std::string login = new_account();
             answer({"account", "disable", login});
             return Words{"account", "enable", login};
         }},
        {"account reset-password",
         [] {
             return Words{"account", "reset-password", new_account()};
         }},
        {"photo add",
         [] {
             return Words{"photo", "add", new_tenant(), picture("added.tif", 14).string(), "--alt", "Added"};
         }},
        {"photo remove",
         [] {
             const std::string tenant = new_tenant();
             const auto added =
                 answer({"photo", "add", tenant, picture("removed.tif", 15).string(), "--alt", "Gone"});
             return Words{"photo", "remove", tenant, added["url"]};
         }},
        {"share-link create",
         [] {
             return Words{"share-link", "create", new_tenant()};
         }},
        {"share-link revoke",
         [] {
             return Words{"share-link", "revoke", answer({"share-link", "create", new_tenant()})["id"]};
         }},
        {"experiment create",
         [] {
             return Words{"experiment", "create", new_tenant(true), test_file("Created")};
         }},
        {"experiment start", start_ending_another},
        {"experiment pause",
         [] {
             return Words{"experiment", "pause", running_test()};
         }},
        {"experiment stop",
         [] {
             return Words{"experiment", "stop", running_test()};
         }},
        {"experiment declare",
         [] {
             return Words{"experiment", "declare", running_test(), "modern"};
         }},
        {"experiment revert-winner",
         [] {
             const std::string id = running_test();
             answer({"experiment", "declare", id, "modern"});
             return Words{"experiment", "revert-winner", id};
         }},
        {"experiment auto-winner",
         [] {
             return Words{"experiment", "auto-winner", running_test(), "on"};
         }},
        {"block add",
         [] {
             return Words{"block", "add", "--email", fresh("rude") + "@example.com"};
         }},
        {"block remove",
         [] {
             answer({"block", "add", "--email", fresh("rude") + "@example.com"});
             return Words{"block", "remove", answer({"block", "list"})[0]["id"]};
         }},
        {"webhook add",
         [] {
             return Words{"webhook", "add", new_tenant(), "https://hooks.example.com/"};
         }},
        {"webhook remove",
         [] {
             const auto made = answer({"webhook", "add", new_tenant(), "https://hooks.example.com/"});
             return Words{"webhook", "remove", made["id"]};
         }},
        {"erase", erase_booking},
        {"jobs run",
         [] {
             const std::string id = tenant_id(new_tenant());
             for (int count = 0; count < 2; ++count) {
                 Sql(owner_url())
                     .done("INSERT INTO bookings (tenant_id, client_name, client_email, created_at)"
                           " VALUES ('" +
                           id + "', 'Old', 'old@example.com', now() - interval '3 years')");
             }
             return Words{"jobs", "run", "retention"};
         }},
        {"booking add",
         [] {
             return Words{"booking", "add", new_tenant(), "--name", "A Client", "--phone", "+61 412 345 678"};
         }},
        {"booking accept",
         [] { return Words{"booking", "accept", new_booking(), "--mail", "--message", "Gladly"}; }},
        {"booking deposit",
         [] {
             const std::string id = new_booking();
             answer({"booking", "accept", id});
             return Words{"booking", "deposit", id, "asked", "--amount", "200"};
         }},
        {"booking undo",
         [] {
             const std::string id = new_booking();
             answer({"booking", "accept", id});
             return Words{"booking", "undo", id};
         }},
        {"analytics refresh",
         [] {
             const std::string id = tenant_id(tenant_with_visits());
             Sql(owner_url()).done("UPDATE sessions SET country = 'NZ' WHERE tenant_id = '" + id + "'");
             return Words{"analytics", "refresh"};
         }},
        {"analytics rebuild",
         [] {
             return Words{"analytics", "rebuild", "--tenant", tenant_with_visits()};
         }},
        {"social import",
         [] {
             const std::string file =
                 written("figures.csv", "platform,date,followers,engagement,posts,reach\n"
                                        "instagram,2026-01-01,10,1,2,3\ninstagram,2026-01-02,11,1,2,3\n");
             return Words{"social", "import", "--tenant", new_tenant(), file};
         }},
        {"backup create",
         [] {
             return Words{"backup", "create", new_file("studio.backup")};
         }},
        {"backup erasures",
         [] {
             return Words{"backup", "erasures", new_file("studio.erasures")};
         }},
    };
    return commands;
}

// Each of these has its own test below, or consists of a single step.
const std::set<std::string> other_writers{"workspace start",
                                          "workspace stop",
                                          "workspace remove",
                                          "migrate",
                                          "seed",
                                          "backup restore",
                                          "booking decline",
                                          "booking propose",
                                          "booking ask",
                                          "booking move",
                                          "booking keep",
                                          "booking cancel",
                                          "booking complete",
                                          "booking no-show",
                                          "booking spam",
                                          "booking reopen",
                                          "booking note",
                                          "availability set",
                                          "availability block",
                                          "availability unblock",
                                          "tour add",
                                          "tour remove",
                                          "tour set",
                                          "calendar import",
                                          "calendar refresh",
                                          "calendar remove",
                                          "calendar share",
                                          "outbox retry",
                                          "photo upload",
                                          "photo takedown",
                                          "photo pause",
                                          "photo resume",
                                          "store set",
                                          "store move",
                                          "store close",
                                          "store confirm",
                                          "calendar revoke"};
const std::set<std::string> readers{"workspace status",    "tenant list",
                                    "tenant show",         "revision list",
                                    "revision diff",       "account list",
                                    "photo list",          "photo reconcile",
                                    "share-link list",     "audit list",
                                    "experiment list",     "booking list",
                                    "booking show",        "availability show",
                                    "tour list",           "calendar list",
                                    "calendar imports",    "outbox list",
                                    "store show",          "store test",
                                    "experiment evaluate", "experiment sample-size",
                                    "block list",          "webhook list",
                                    "analytics verify",    "analytics service"};

// The names below a heading "Subcommands:" of a help text.
std::vector<std::string> subcommands(const Words &words) {
    Words help = words;
    help.emplace_back("--help");
    std::istringstream lines(run(help).out);
    std::vector<std::string> names;
    bool listed = false;
    for (std::string line; std::getline(lines, line);) {
        if (listed && line.starts_with("  ") && line.size() > 2 && line[2] != ' ') {
            names.push_back(line.substr(2, line.find(' ', 2) - 2));
        }
        listed = listed ? !line.empty() && line.front() == ' ' : line == "Subcommands:";
    }
    return names;
}

void expect_promise_kept(const std::string &command, const Words &words, const std::string &before,
                         const Answer &failed, PlantedFault &fault) {
    fault.disarm();
    EXPECT_TRUE(failed.exit_code == 1 || failed.exit_code == 3)
        << command << ": " << failed.exit_code << failed.err;
    EXPECT_NE(failed.err, "") << command;
    if (failed.exit_code == 1) {
        EXPECT_EQ(fault.state(), before) << command << " ended with 1 and changed something: " << failed.err;
        return;
    }
    const Answer again = ctl(words);
    EXPECT_EQ(again.exit_code, 0) << command << " ended with 3 and cannot be run again: " << again.err;
}

} // namespace

TEST(ExitCode, EveryCommandOfTheTreeIsKnownHereAsReaderOrWriter) {
    std::set<std::string> known(readers);
    known.insert(other_writers.begin(), other_writers.end());
    for (const auto &[command, prepare] : writing_commands()) {
        known.insert(command);
    }
    std::set<std::string> tree;
    for (const std::string &noun : subcommands({})) {
        const auto verbs = subcommands({noun});
        if (verbs.empty()) {
            tree.insert(noun);
        }
        for (const std::string &verb : verbs) {
            tree.insert(noun + " " + verb);
        }
    }
    EXPECT_GT(tree.size(), 50U);
    EXPECT_EQ(tree, known) << "a new command that writes needs a row in writing_commands()";
}

TEST(ExitCode, OneMeansThatNothingWasChangedAndThreeThatRunningItAgainDoesTheRest) {
    PlantedFault fault(workspace(), scratch() / "files");
    for (const auto &[command, prepare] : writing_commands()) {
        Words words = prepare();
        fault.arm(0);
        const Answer whole = ctl(words);
        ASSERT_EQ(whole.exit_code, 0) << command << ": " << whole.err;
        const long writes = fault.writes();
        std::set<long> points{1, (writes + 1) / 2, writes};
        for (const long point : points) {
            if (point < 1 || point > writes) {
                continue;
            }
            fault.disarm();
            words = prepare();
            const std::string before = fault.state();
            fault.arm(point);
            const Answer failed = ctl(words);
            if (failed.exit_code == 0) { // an upkeep command that found less to do than the first time
                EXPECT_LT(fault.writes(), point)
                    << command << " was told of a fault and says that all is well";
                continue;
            }
            expect_promise_kept(command + " at write " + std::to_string(point) + " of " +
                                    std::to_string(writes),
                                words, before, failed, fault);
        }
        fault.disarm();
    }
}

TEST(ExitCode, APasswordThatCannotBeKeptIsNotMade) {
    PlantedFault fault(workspace(), scratch() / "files");
    const fs::path in_the_way = fs::path(workspace()) / "credentials.json.new";
    for (const std::string command : {"account add", "account reset-password"}) {
        const Words words = writing_commands().at(command)();
        const std::string before = fault.state();
        fs::create_directories(in_the_way / "full");
        const Answer failed = ctl(words);
        fs::remove_all(in_the_way);
        EXPECT_EQ(failed.exit_code, 1) << command;
        EXPECT_EQ(fault.state(), before) << command;
    }
}

TEST(ExitCode, APasswordOfAnAccountThatIsNotCommittedIsNotKept) {
    PlantedFault fault(workspace(), scratch() / "files");
    const std::string before = fault.state();
    fault.refuse_commits_of("accounts");
    const Answer failed = ctl({"account", "add", "--role", "staff", "--name", "Nell Nowhere"});
    fault.allow_commits_of("accounts");
    EXPECT_EQ(failed.exit_code, 1) << failed.err;
    EXPECT_EQ(fault.state(), before);
}

TEST(ExitCode, AFileThatCannotBeWrittenIsSaidAndLeavesNothing) {
    PlantedFault fault(workspace(), scratch() / "files");
    const std::string tenant = new_tenant(), nowhere = (scratch() / "files/none/such").string();
    written("media-is-a-file", "");
    for (const Words &words : {Words{"tenant", "export", tenant, nowhere}, Words{"backup", "create", nowhere},
                               Words{"backup", "erasures", nowhere},
                               Words{"photo", "add", tenant, picture("p.tif", 3).string(), "--alt", "x",
                                     "--media", (scratch() / "files/media-is-a-file").string()}}) {
        const std::string before = fault.state();
        const Answer failed = ctl(words);
        EXPECT_EQ(failed.exit_code, 1) << words[0] << ' ' << words[1] << failed.err;
        EXPECT_EQ(fault.state(), before) << words[0] << ' ' << words[1];
    }
}

TEST(ExitCode, AMigrationThatFailsLeavesADatabaseThatTheNextRunCompletes) {
    const studio::test_support::EmptyDatabase database;
    Sql owner(database.owner_url());
    ASSERT_EQ(owner.done("CREATE TABLE social_media_metrics ()").message, "");
    const Words migrate{"migrate", "--database", database.owner_url()};
    const Answer failed = run(migrate);
    const bool changed = owner.value("SELECT count(*) > 1 FROM pg_class WHERE relkind = 'r'"
                                     " AND relnamespace = 'public'::regnamespace") == "t";
    EXPECT_EQ(failed.exit_code, changed ? 3 : 1) << failed.err;
    ASSERT_EQ(owner.done("DROP TABLE social_media_metrics").message, "");
    EXPECT_EQ(run(migrate).exit_code, 0);
}

TEST(ExitCode, AWorkspaceThatCouldNotBeMadeWholeIsCompletedByTheNextStart) {
    const std::string other = (scratch() / "half-made").string();
    fs::create_directories(other + "/ready.new/full");
    const Words start{"workspace", "start", "--empty", "--workspace", other};
    const Answer failed = run(start);
    EXPECT_EQ(failed.exit_code, 3) << failed.err;
    fs::remove_all(other + "/ready.new");
    EXPECT_EQ(run(start).exit_code, 0);
    EXPECT_EQ(run({"workspace", "remove", "--yes", "--workspace", other}).exit_code, 0);
}

// The fault: the server's version has no installed programs, so nothing can stop it.
TEST(ExitCode, AWorkspaceWhoseServerCannotBeStoppedStaysWholeAndTheNextRunDoesIt) {
    const std::string other = (scratch() / "unstoppable").string();
    const auto here = [&](Words words) {
        words.insert(words.end(), {"--workspace", other});
        return run(words);
    };
    const std::vector<std::pair<Words, int>> commands{{{"workspace", "stop"}, 1},
                                                      {{"workspace", "remove", "--yes"}, 3}};
    for (const auto &[words, code] : commands) {
        ASSERT_EQ(here({"workspace", "start", "--empty"}).exit_code, 0);
        const auto status = [&] { return here({"workspace", "status", "--json"}).json(); };
        const Json whole = status();
        const fs::path version = fs::path(whole["cluster"].get<std::string>()) / "data/PG_VERSION";
        std::ostringstream kept;
        kept << std::ifstream(version).rdbuf();
        std::ofstream(version) << "7\n";
        const Answer failed = here(words);
        EXPECT_EQ(failed.exit_code, code) << words[1] << failed.err;
        EXPECT_NE(failed.err, "") << words[1];
        std::ofstream(version) << kept.str();
        EXPECT_EQ(status(), whole) << words[1] << " changed something";
        EXPECT_EQ(here({"tenant", "list"}).exit_code, 0) << words[1];
        EXPECT_EQ(here(words).exit_code, 0) << words[1];
        EXPECT_EQ(status()["running"], false) << words[1];
    }
    EXPECT_FALSE(fs::exists(other));
}

TEST(ExitCode, ADemoThatIsNotWholeIsCompletedByTheNextSeed) {
    const std::string other = (scratch() / "half-seeded").string();
    ASSERT_EQ(run({"workspace", "start", "--empty", "--workspace", other}).exit_code, 0);
    const Words seed{"seed", "--workspace", other};
    {
        PlantedFault fault(other, scratch() / "files");
        fault.arm(40);
        const Answer failed = run(seed);
        EXPECT_EQ(failed.exit_code, 3) << failed.err;
        fault.disarm();
        EXPECT_EQ(run(seed).exit_code, 0);
    }
    EXPECT_EQ(run({"tenant", "list", "--json", "--workspace", other}).json().size(), 4U);
    EXPECT_EQ(run({"workspace", "remove", "--yes", "--workspace", other}).exit_code, 0);
}

// The fault is in the last step of a restore, which removes the replaced database. The new one is in place by
// then, and if the passwords were not printed, nobody could find them out.
TEST(ExitCode, ARestoreThatCannotRemoveWhatItReplacedStillTellsThePasswords) {
    const std::string file = new_file("exchanged.backup");
    new_tenant(true);
    answer({"account", "add", "--role", "staff", "--name", fresh("Sid Staff")});
    answer({"backup", "create", file});
    const studio::test_support::EmptyDatabase database;
    const auto run_as_superuser = [&](const std::string &statement) {
        Sql server(database.superuser_url());
        pqxx::nontransaction(server.connection()).exec(statement);
    };
    const std::string name = Sql(database.superuser_url()).value("SELECT current_database()");
    run_as_superuser("ALTER DATABASE " + name + " IS_TEMPLATE true"); // so that it cannot be dropped
    const std::string media = (scratch() / "exchanged-media").string();
    const Answer restored = run(
        {"backup", "restore", file, "--no-erasures", "--database", database.owner_url(), "--media", media});
    EXPECT_EQ(restored.exit_code, 3) << restored.err;
    EXPECT_THAT(restored.out, testing::HasSubstr("Restored "));
    EXPECT_THAT(restored.out, testing::HasSubstr("_before_restore"));
    EXPECT_NE(Sql(database.superuser_url()).value("SELECT count(*) FROM tenants"), "0");
    run_as_superuser("ALTER DATABASE " + name + "_before_restore IS_TEMPLATE false");
    run_as_superuser("DROP DATABASE " + name + "_before_restore");
}

TEST(ExitCode, ARestoreThatFailsAtItsLastStepLeavesServerAndFolderAsTheyWere) {
    const std::string tenant = new_tenant(true), file = new_file("restored.backup");
    answer({"backup", "create", file});
    const studio::test_support::EmptyDatabase database;
    Sql server(database.superuser_url());
    const std::string name = server.value("SELECT current_database()");
    const auto everything = [&] {
        return server.column("SELECT datname FROM pg_database UNION SELECT rolname FROM pg_roles ORDER BY 1");
    };
    pqxx::nontransaction(server.connection()).exec("CREATE DATABASE " + name + "_before_restore");
    const auto before = everything();
    const std::string media = (scratch() / "restored-media").string();
    const Words restore{"backup",  "restore", file, "--no-erasures", "--database", database.owner_url(),
                        "--media", media};
    const Answer failed = run(restore);
    EXPECT_EQ(failed.exit_code, 1) << failed.err;
    EXPECT_EQ(everything(), before);
    EXPECT_TRUE(!fs::exists(media) || fs::is_empty(media));
    EXPECT_EQ(server.value("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"), "0");
    pqxx::nontransaction(server.connection()).exec("DROP DATABASE " + name + "_before_restore");
}
