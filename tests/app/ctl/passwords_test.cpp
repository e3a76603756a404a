// SPDX-License-Identifier: Apache-2.0
// Where passwords of databases are said, and where they must not be seen.
#include "app/workspace/database_address.h"
#include "tests/app/ctl/companionctl.h"
#include "tests/db/fixtures/sql.h"
#include "tests/support/eventually.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <future>
#include <map>

using namespace studio::ctl_tests;
using studio::db::Sql;
using testing::HasSubstr;
using testing::Not;

namespace fs = std::filesystem;

namespace {

std::string owner_url() {
    return answer({"workspace", "status"})["logins"]["owner"];
}

std::string password_in(const std::string &url) {
    const auto colon = url.find(':', url.find("://") + 3);
    return url.substr(colon + 1, url.find('@') - colon - 1);
}

// The command lines of the running processes that name the path, by program.
std::map<std::string, std::string> processes_naming(const std::string &path) {
    std::map<std::string, std::string> found;
    for (const auto &entry : fs::directory_iterator("/proc")) {
        std::ifstream file(entry.path() / "cmdline", std::ios::binary);
        std::string words{std::istreambuf_iterator<char>(file), {}};
        if (words.find(path) == std::string::npos) {
            continue;
        }
        const std::string program = fs::path(words.c_str()).filename();
        std::replace(words.begin(), words.end(), '\0', ' ');
        found[program] = words;
    }
    return found;
}

class Variable final {
public:
    Variable(const char *name, const std::string &value) : m_name(name) { setenv(name, value.c_str(), 1); }
    ~Variable() { unsetenv(m_name); }
    Variable(const Variable &) = delete;
    Variable &operator=(const Variable &) = delete;

private:
    const char *m_name;
};

} // namespace

// pg_dump waits for a lock here, so that it can be looked at.
TEST(Passwords, StandInNoListOfProcessesWhileABackupIsMade) {
    const std::string url = owner_url(), file = (scratch() / "watched.backup").string();
    Sql owner(url);
    pqxx::work lock(owner.connection());
    lock.exec("LOCK TABLE tenants IN ACCESS EXCLUSIVE MODE");
    auto backup = std::async(std::launch::async, [&] {
        return run({"backup", "create", file, "--database", url, "--media", workspace() + "/media"});
    });
    std::map<std::string, std::string> seen;
    studio::test_support::eventually(
        [&seen] {
            seen = processes_naming(scratch().string());
            return seen.contains("pg_dump");
        },
        std::chrono::seconds(60));
    lock.commit();
    const Answer made = backup.get();
    EXPECT_EQ(made.exit_code, 0) << made.err;
    ASSERT_TRUE(seen.contains("pg_dump"));
    ASSERT_TRUE(seen.contains("companionctl"));
    for (const auto &[program, words] : seen) {
        EXPECT_THAT(words, Not(HasSubstr(password_in(url)))) << program;
    }
    EXPECT_THAT(seen["companionctl"], HasSubstr("********"));
}

TEST(Passwords, AreTakenFromTheEnvironmentOrAFile) {
    make_tenant("named");
    const std::string url = owner_url();
    const fs::path file = scratch() / "database.url";
    std::ofstream(file) << url << "\n";
    const auto by_file = run({"tenant", "list", "--json", "--database", "@" + file.string()});
    ASSERT_EQ(by_file.exit_code, 0) << by_file.err;
    EXPECT_EQ(by_file.json(), answer({"tenant", "list"}));
    EXPECT_EQ(run({"tenant", "list", "--database", "@" + (scratch() / "none").string()}).exit_code, 1);
    {
        const Variable variable("STUDIO_DATABASE_URL", url);
        EXPECT_EQ(run({"tenant", "list", "--json"}).json(), by_file.json());
    }
    const Variable nowhere("STUDIO_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none");
    EXPECT_EQ(run({"tenant", "list"}).exit_code, 1);
    EXPECT_EQ(ctl({"tenant", "list"}).exit_code, 0) << "--workspace goes before the variable";
    EXPECT_EQ(run({"tenant", "list", "--database", url}).exit_code, 0) << "and --database, too";
}

// For every form of address that libpq understands.
TEST(Passwords, AreOverwrittenWithTheWholeWord) {
    for (const std::string address :
         {"postgresql://olga:s3cret@db.example/studio", "postgres://olga:s3%63ret:@[::1]:5432/studio",
          "postgresql://db.example/studio?user=olga&pass%77ord=s3cret", "host=db.example password = s3cret",
          "password='s3cret with blanks' host=db.example",
          "postgresql://olga:s3cret@db.example/studio?unknown=1"}) {
        for (const std::string &word : {address, "--database=" + address}) {
            std::string program = "companionctl", argument = word, other = "content.tagline";
            char *words[] = {program.data(), argument.data(), other.data()};
            studio::app::hide_passwords(3, words);
            EXPECT_EQ(argument, std::string(word.size(), '*'));
            EXPECT_EQ(other, "content.tagline");
        }
    }
    std::string program = "companionctl", argument = "postgresql://olga@db.example/studio";
    char *words[] = {program.data(), argument.data()};
    studio::app::hide_passwords(2, words);
    EXPECT_EQ(argument, "postgresql://olga@db.example/studio");
}
