// SPDX-License-Identifier: Apache-2.0
#include "tests/db/fixtures/sql.h"
#include "tests/support/eventually.h"
#include "tests/support/test_server.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <filesystem>

namespace studio::test_support {

namespace {

TEST(TestServer, IsRemovedWhenTheTestProgramIsKilled) {
    std::array<int, 2> ends{};
    ASSERT_EQ(pipe2(ends.data(), O_CLOEXEC), 0);
    const pid_t program = fork();
    if (program == 0) {
        const std::string directory =
            db::Sql(TestServer::instance().superuser_url()).value("SHOW data_directory");
        if (write(ends[1], directory.data(), directory.size()) > 0) {
            kill(getpid(), SIGKILL);
        }
        _exit(1);
    }
    close(ends[1]);
    std::array<char, 4096> buffer{};
    const ssize_t count = read(ends[0], buffer.data(), buffer.size());
    close(ends[0]);
    int status = 0;
    waitpid(program, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status));
    ASSERT_GT(count, 0);
    const std::filesystem::path data(std::string(buffer.data(), static_cast<std::size_t>(count)));
    const std::filesystem::path directory = data.parent_path();
    EXPECT_TRUE(eventually([&] { return !std::filesystem::exists(directory); }, std::chrono::seconds(30)));
}

} // namespace

} // namespace studio::test_support
