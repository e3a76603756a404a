// SPDX-License-Identifier: Apache-2.0
#include "app/workspace/workspace.h"
#include "db/connection/session.h"
#include "db/stores/tenant_store.h"
#include "tests/app/workspace/scratch_workspace.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <fstream>

namespace studio::app {

namespace {

const Workspace::Options empty{.seed_demo = false};

TEST(Workspace, TheFirstStartMakesEverythingAndEveryLoginIsWhatItSays) {
    ScratchWorkspace scratch;
    Workspace workspace(scratch.path());
    EXPECT_FALSE(workspace.running());
    EXPECT_THROW(workspace.addresses(), WorkspaceError);
    const WorkspaceAddresses addresses = workspace.start(empty);
    EXPECT_TRUE(workspace.running());
    EXPECT_EQ(workspace.addresses().logins, addresses.logins);
    EXPECT_EQ(db::Session(addresses.logins.at("operator")).identity().role, models::Role::Operator);
    EXPECT_EQ(db::Session(addresses.logins.at("staff")).identity().role, models::Role::Staff);
    EXPECT_EQ(db::Session(addresses.logins.at("renderer")).identity().role, std::nullopt);
    EXPECT_EQ(db::Session(addresses.logins.at("owner")).identity().login, "studio_owner");
    EXPECT_FALSE(addresses.logins.contains("postgres"));
}

TEST(Workspace, StopsAndStartsAgainWithItsDataItsPasswordsAndItsPort) {
    ScratchWorkspace scratch;
    Workspace workspace(scratch.path());
    const WorkspaceAddresses before = workspace.start(empty);
    {
        db::Session session(before.logins.at("operator"));
        db::TenantStore(session).create({"claire", "Claire", {}});
    }
    EXPECT_FALSE(workspace.stopped());
    EXPECT_TRUE(workspace.stop());
    EXPECT_FALSE(workspace.running());
    EXPECT_TRUE(workspace.stopped());
    EXPECT_FALSE(workspace.stop());
    const WorkspaceAddresses after = workspace.start(empty);
    EXPECT_FALSE(workspace.stopped());
    EXPECT_EQ(after.logins, before.logins);
    db::Session session(after.logins.at("operator"));
    EXPECT_EQ(db::TenantStore(session).list().size(), 1U);
}

TEST(Workspace, RemovesItselfAndLeavesOtherFilesAlone) {
    ScratchWorkspace scratch;
    Workspace workspace(scratch.path());
    EXPECT_FALSE(workspace.remove());
    workspace.start(empty);
    const std::filesystem::path letter = scratch.path() / "letter.txt";
    std::ofstream(letter) << "not ours";
    EXPECT_TRUE(workspace.remove());
    EXPECT_FALSE(workspace.running());
    EXPECT_THAT(std::vector<std::filesystem::path>(std::filesystem::directory_iterator(scratch.path()), {}),
                testing::ElementsAre(letter));
    EXPECT_FALSE(workspace.remove());
    std::filesystem::remove(letter);
    workspace.start(empty); // a new workspace in the same place
    EXPECT_TRUE(workspace.remove());
    EXPECT_FALSE(std::filesystem::exists(scratch.path()));
}

TEST(Workspace, KeepsItsPasswordsToItself) {
    ScratchWorkspace scratch;
    Workspace(scratch.path()).start(empty);
    struct stat status {};
    ASSERT_EQ(stat((scratch.path() / "credentials.json").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

} // namespace

} // namespace studio::app
