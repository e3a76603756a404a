// SPDX-License-Identifier: Apache-2.0
// The program itself: what it prints if it is started with wrong options.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <string>

namespace {

int exit_code_of(const std::string &words) {
    const std::string program = std::string(std::getenv("STUDIO_BIN_DIR")) + "/../tests/traffic_generator ";
    return WEXITSTATUS(std::system((program + words + " >/dev/null 2>&1").c_str()));
}

} // namespace

TEST(TrafficProgram, RefusesNumbersThatMakeNoSense) {
    EXPECT_EQ(exit_code_of("--help"), 0);
    EXPECT_NE(exit_code_of("--tenants 2"), 0); // no workspace
    EXPECT_NE(exit_code_of("--workspace /nowhere --months 25"), 0);
    EXPECT_NE(exit_code_of("--workspace /nowhere --tenants 0"), 0);
}

TEST(TrafficProgram, SaysThatAWorkspaceDoesNotRun) {
    EXPECT_EQ(exit_code_of("--workspace /nowhere --tenants 1"), 1);
}
