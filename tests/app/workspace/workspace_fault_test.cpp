// SPDX-License-Identifier: Apache-2.0
#include "app/workspace/cluster.h"
#include "app/workspace/cluster_place.h"
#include "app/workspace/credentials.h"
#include "app/workspace/process.h"
#include "app/workspace/workspace.h"
#include "db/connection/error.h"
#include "db/connection/session.h"
#include "db/stores/tenant_store.h"
#include "tests/app/workspace/in_child.h"
#include "tests/app/workspace/scratch_workspace.h"
#include "tests/db/fixtures/sql.h"
#include "tests/support/eventually.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <csignal>
#include <fstream>
#include <future>

namespace studio::app {

namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using testing::HasSubstr;

const Workspace::Options empty{.seed_demo = false};

void add_tenant(const WorkspaceAddresses &addresses, const std::string &subdomain) {
    db::Session session(addresses.logins.at("operator"));
    db::TenantStore(session).create({subdomain, subdomain, {}});
}

std::size_t count_tenants(const WorkspaceAddresses &addresses) {
    db::Session session(addresses.logins.at("operator"));
    return db::TenantStore(session).list().size();
}

std::string message_of(const std::function<void()> &function) {
    try {
        function();
    } catch (const WorkspaceError &error) {
        return error.what();
    }
    return "nothing was thrown";
}

TEST(WorkspaceFaults, AServerThatWasKilledRecoversWithEverythingThatWasSaved) {
    ScratchWorkspace scratch;
    Workspace workspace(scratch.path());
    add_tenant(workspace.start(empty), "claire");
    const auto running = Cluster(*known_place_of_cluster(scratch.path())).running();
    ASSERT_TRUE(running);
    ASSERT_EQ(kill(running->process, SIGKILL), 0);
    EXPECT_EQ(count_tenants(workspace.start(empty)), 1U);

    // The process id in a stale pid file may belong to another program by now.
    workspace.stop();
    const fs::path pid_file = *known_place_of_cluster(scratch.path()) / "data/postmaster.pid";
    std::ofstream(pid_file) << getpid() << "\n"
                            << pid_file.parent_path().string() << "\n1\n5432\n\n127.0.0.1\n1 1\nready\n";
    EXPECT_FALSE(workspace.running());
    EXPECT_EQ(count_tenants(workspace.start(empty)), 1U);
}

TEST(WorkspaceFaults, APortThatIsInUseIsReplacedByAnother) {
    ScratchWorkspace scratch;
    Workspace workspace(scratch.path());
    const int port = workspace.start(empty).port;
    workspace.stop();
    const int blocker = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<in_port_t>(port));
    const int yes = 1;
    setsockopt(blocker, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    ASSERT_EQ(bind(blocker, reinterpret_cast<sockaddr *>(&address), sizeof address), 0);
    ASSERT_EQ(listen(blocker, 1), 0);
    const WorkspaceAddresses moved = workspace.start(empty);
    EXPECT_NE(moved.port, port);
    EXPECT_EQ(count_tenants(moved), 0U);
    EXPECT_EQ(workspace.addresses().port, moved.port);
    close(blocker);
}

TEST(WorkspaceFaults, TwoProgramsMayStartItAtOnce) {
    ScratchWorkspace scratch;
    const auto start = [&] { return Workspace(scratch.path()).start(empty); };
    auto first = std::async(std::launch::async, start);
    auto second = std::async(std::launch::async, start);
    const WorkspaceAddresses one = first.get(), other = second.get();
    EXPECT_EQ(one.logins, other.logins);
    EXPECT_EQ(count_tenants(one), 0U);
}

TEST(WorkspaceFaults, AFirstStartThatWasCutOffIsCompletedByTheNext) {
    ScratchWorkspace scratch;
    Workspace workspace(scratch.path());
    fs::create_directories(scratch.path() / "cluster/data.new");
    std::ofstream(scratch.path() / "cluster/data.new/PG_VERSION") << "15\n";
    workspace.start(empty);
    // As if a start had ended between creating the logins and storing their passwords.
    const Credentials complete(scratch.path() / "credentials.json");
    fs::remove(scratch.path() / "credentials.json");
    fs::remove(scratch.path() / "ready");
    Credentials(scratch.path() / "credentials.json")
        .set("postgres", "postgres", complete.password("postgres"));
    const WorkspaceAddresses addresses = workspace.start(empty);
    for (const std::string login : {"owner", "operator", "staff", "renderer"}) {
        EXPECT_NO_THROW(db::Session(addresses.logins.at(login)).identity()) << login;
    }
}

TEST(WorkspaceFaults, LongPathsAndOddNamesWork) {
    ScratchWorkspace scratch(std::string(120, 'x') + "/my work space's \"best\", ä");
    Workspace workspace(scratch.path());
    EXPECT_EQ(count_tenants(workspace.start(empty)), 0U);
    const Cluster cluster(*known_place_of_cluster(scratch.path()));
    EXPECT_TRUE(
        fs::exists(cluster.socket_directory() / (".s.PGSQL." + std::to_string(workspace.addresses().port))));
    EXPECT_TRUE(workspace.remove());
    EXPECT_FALSE(fs::exists(cluster.socket_directory()));
}

TEST(WorkspaceFaults, AFolderThatCannotBeMadeIsNamed) {
    ScratchWorkspace scratch;
    std::ofstream(scratch.path()) << "a file in the way";
    EXPECT_THAT(message_of([&] { Workspace(scratch.path() / "below").start(empty); }),
                testing::AllOf(HasSubstr("below"), HasSubstr("Choose another folder")));
    fs::remove(scratch.path());
}

TEST(WorkspaceFaults, AnOrdinaryUserRunsItDirectlyAndIsToldWhatSheMayNotWrite) {
    if (!running_as_root()) {
        GTEST_SKIP() << "every test here runs as an ordinary user already";
    }
    ScratchWorkspace scratch;
    fs::create_directory(scratch.path());
    const auto start = [&] {
        become_nobody();
        Workspace workspace(scratch.path());
        const std::string count = std::to_string(count_tenants(workspace.start(empty)));
        workspace.stop();
        return count;
    };
    EXPECT_THAT(in_child(start), testing::AllOf(HasSubstr("threw:"), HasSubstr(scratch.path().string())));
    ASSERT_EQ(chown(scratch.path().c_str(), 65534, 65534), 0);
    EXPECT_EQ(in_child(start), "0");
}

TEST(WorkspaceFaults, RootKeepsTheClusterElsewhereWhereTheServersUserCannotGo) {
    if (!running_as_root()) {
        GTEST_SKIP() << "only root runs the server as another user";
    }
    ScratchWorkspace scratch;
    fs::permissions(scratch.path().parent_path(), fs::perms::owner_all);
    Workspace workspace(scratch.path());
    add_tenant(workspace.start(empty), "claire");
    const fs::path place = *known_place_of_cluster(scratch.path());
    EXPECT_THAT(place.string(), testing::StartsWith("/var/lib/companion-studio/"));
    workspace.stop();
    EXPECT_EQ(count_tenants(workspace.start(empty)), 1U);
    EXPECT_TRUE(workspace.remove());
    EXPECT_FALSE(fs::exists(place));
    EXPECT_FALSE(fs::exists(scratch.path()));
}

TEST(WorkspaceFaults, ADatabaseLeftBehindByAFolderRemovedByHandIsNamedAndCanBeRemoved) {
    if (!running_as_root()) {
        GTEST_SKIP() << "only root runs the server as another user";
    }
    ScratchWorkspace scratch;
    fs::permissions(scratch.path().parent_path(), fs::perms::owner_all);
    Workspace workspace(scratch.path());
    workspace.start(empty);
    const fs::path place = workspace.cluster_directory().value();
    EXPECT_FALSE(workspace.abandoned());
    fs::remove_all(scratch.path());
    EXPECT_TRUE(workspace.running()); // its server goes on without the folder
    EXPECT_TRUE(workspace.abandoned());
    EXPECT_EQ(workspace.cluster_directory(), place);
    EXPECT_THAT(message_of([&] { workspace.start(empty); }),
                testing::AllOf(HasSubstr(place.string()), HasSubstr("workspace remove")));
    EXPECT_TRUE(workspace.remove());
    EXPECT_FALSE(fs::exists(place));
    EXPECT_FALSE(workspace.running());
    EXPECT_EQ(workspace.cluster_directory(), std::nullopt);
    EXPECT_EQ(count_tenants(workspace.start(empty)), 0U);
}

void alter_migrations(const WorkspaceAddresses &addresses, const std::string &statement) {
    ASSERT_EQ(db::Sql(addresses.logins.at("owner")).done(statement).message, "");
}

TEST(WorkspaceFaults, AWorkspaceOfAnotherBuildIsNotTouchedAndSaysWhatToDo) {
    ScratchWorkspace scratch;
    Workspace workspace(scratch.path());
    add_tenant(workspace.start(empty), "claire");
    alter_migrations(workspace.addresses(), "UPDATE schema_migrations SET checksum = 'x' WHERE number = 3");
    workspace.stop();
    EXPECT_THAT(message_of([&] { workspace.start(empty); }),
                testing::AllOf(HasSubstr("another build"), HasSubstr("0003_accounts"),
                               HasSubstr("Nothing was changed"), HasSubstr("--workspace DIR")));
    EXPECT_FALSE(workspace.running()); // the server that was started in vain is stopped again
}

TEST(WorkspaceFaults, AWorkspaceOfANewerProgramIsNotTouchedAndSaysWhatToDo) {
    ScratchWorkspace scratch;
    Workspace workspace(scratch.path());
    workspace.start(empty);
    alter_migrations(
        workspace.addresses(),
        "INSERT INTO schema_migrations (number, name, checksum) VALUES (9998, '9998_next', 'x')");
    EXPECT_THAT(message_of([&] { workspace.start(empty); }),
                testing::AllOf(HasSubstr("newer than this program"), HasSubstr("9998_next"),
                               HasSubstr("Update this program")));
    EXPECT_TRUE(workspace.running()); // started by another program, so it is not stopped
}

TEST(WorkspaceFaults, AServerThatStopsAnsweringWhileItIsSetUpIsGivenUpAndTheNextStartWorks) {
    ScratchWorkspace scratch;
    Workspace workspace(scratch.path());
    const WorkspaceAddresses addresses = workspace.start(empty);
    fs::remove(scratch.path() / "ready"); // as if the first start had been cut off
    db::Sql rival(addresses.logins.at("owner"));
    auto held = std::make_unique<pqxx::work>(rival.connection());
    held->exec("LOCK TABLE accounts");
    auto second = std::async(std::launch::async, [&] {
        return message_of([&] { workspace.start({.seed_demo = false, .patience = 500ms}); });
    });
    const pid_t server = Cluster(*known_place_of_cluster(scratch.path())).running().value().process;
    std::vector<pid_t> frozen{server};
    db::Sql watcher(addresses.logins.at("owner"));
    EXPECT_TRUE(test_support::eventually([&] {
        for (const std::string &waiting : watcher.column(
                 "SELECT pid FROM pg_locks WHERE NOT granted AND relation = 'accounts'::regclass")) {
            frozen.push_back(std::stoi(waiting));
        }
        return frozen.size() > 1;
    }));
    for (const pid_t process : frozen) {
        kill(process, SIGSTOP);
    }
    EXPECT_THAT(second.get(), testing::AllOf(HasSubstr("not responding"), HasSubstr("Saved work is safe")));
    for (const pid_t process : frozen) {
        kill(process, SIGCONT);
    }
    held = nullptr;
    EXPECT_EQ(count_tenants(workspace.start(empty)), 0U);
}

TEST(WorkspaceFaults, AProgramThatHangsIsEndedAndSaid) {
    const ProcessResult result = run_process({"sh", "-c", "echo started; sleep 60"}, "/", 300ms);
    EXPECT_NE(result.exit_code, 0);
    EXPECT_THAT(result.output,
                testing::AllOf(HasSubstr("started"), HasSubstr("error: sh did not end within 0.3")));
}

TEST(WorkspaceFaults, AFullDiskIsSaidAndNothingIsLost) {
    if (!running_as_root()) {
        GTEST_SKIP() << "only root can mount a small disk";
    }
    ScratchWorkspace scratch;
    fs::create_directory(scratch.path());
    EXPECT_THAT(in_child([&] {
                    mount_small_disk(scratch.path(), 8);
                    return message_of([&] { Workspace(scratch.path()).start(empty); });
                }),
                testing::AllOf(HasSubstr("disk is full"), HasSubstr("200 MB")));
    EXPECT_THAT(in_child([&]() -> std::string {
                    mount_small_disk(scratch.path(), 300);
                    Workspace workspace(scratch.path());
                    add_tenant(workspace.start(empty), "claire");
                    workspace.stop();
                    std::ofstream filler(scratch.path() / "filler");
                    while (filler << std::string(4096, 'x') && filler.flush())
                        ;
                    filler.close();
                    const std::string message = message_of([&] { workspace.start(empty); });
                    workspace.stop();
                    fs::remove(scratch.path() / "filler");
                    const std::string count = std::to_string(count_tenants(workspace.start(empty)));
                    workspace.stop();
                    return message + " Afterwards: " + count;
                }),
                testing::AllOf(HasSubstr("disk is full"), HasSubstr("Afterwards: 1")));
}

} // namespace

} // namespace studio::app
