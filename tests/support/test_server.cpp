// SPDX-License-Identifier: Apache-2.0
#include "tests/support/test_server.h"

#include "app/workspace/cluster.h"
#include "app/workspace/ports.h"
#include "app/workspace/server_user.h"
#include "db/provision/provision.h"
#include "tests/support/eventually.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <pwd.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <fstream>
#include <stdexcept>
#include <system_error>
#include <vector>

namespace studio::test_support {

namespace fs = std::filesystem;

namespace {

fs::path make_directory() {
    std::string pattern = "/tmp/studio-test-XXXXXX";
    if (!mkdtemp(pattern.data())) {
        throw std::system_error(errno, std::generic_category(), pattern);
    }
    app::give_to_server_user(pattern);
    return pattern;
}

// Reads standard input to its end, which comes when the test program has ended, and cleans up.
constexpr const char *watcher_script =
    "cat >/dev/null; pid=$(head -n 1 \"$1/data/postmaster.pid\" 2>/dev/null);"
    " if [ -n \"$pid\" ]; then kill -INT \"$pid\" 2>/dev/null;"
    " for i in $(seq 100); do [ -d /proc/$pid ] || break; sleep 0.1; done; kill -KILL \"$pid\" 2>/dev/null; "
    "fi;"
    " rm -rf \"$1\"";

int start_watcher(const fs::path &directory) {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) {
        throw std::system_error(errno, std::generic_category(), "pipe");
    }
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID);
    std::string shell = "sh", option = "-c", script = watcher_script, name = "watcher",
                path = directory.string();
    std::array<char *, 6> arguments{shell.data(), option.data(), script.data(),
                                    name.data(),  path.data(),   nullptr};
    pid_t child = 0;
    const int failure = posix_spawn(&child, "/bin/sh", &actions, &attributes, arguments.data(), environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[0]);
    if (failure != 0) {
        throw std::system_error(failure, std::generic_category(), "/bin/sh");
    }
    return ends[1];
}

// The process ids of the server and its children.
std::vector<pid_t> processes(pid_t server) {
    std::vector<pid_t> found{server};
    for (const auto &entry : fs::directory_iterator("/proc")) {
        const std::string name = entry.path().filename();
        std::ifstream stat(entry.path() / "stat");
        std::string text;
        if (name.find_first_not_of("0123456789") != std::string::npos || !std::getline(stat, text)) {
            continue;
        }
        // "PID (NAME) STATE PARENT …"
        const std::string rest = text.substr(text.rfind(')') + 4);
        if (std::stoi(rest) == server) {
            found.push_back(std::stoi(name));
        }
    }
    return found;
}

// True also if the process has ended meanwhile.
bool limit(pid_t process, std::optional<std::uint64_t> bytes) {
    rlimit now{};
    if (prlimit(process, RLIMIT_FSIZE, nullptr, &now) != 0) {
        return errno == ESRCH;
    }
    now.rlim_cur = bytes ? std::min<rlim_t>(*bytes, now.rlim_max) : now.rlim_max;
    return prlimit(process, RLIMIT_FSIZE, &now, nullptr) == 0 || errno == ESRCH;
}

} // namespace

struct TestServer::Impl {
    fs::path directory = make_directory();
    int watcher = start_watcher(directory);
    app::Cluster cluster{directory, app::Cluster::Durability::NoFsync};
    std::string password = db::make_password();
    int port = 0;
};

TestServer &TestServer::instance() {
    static TestServer server;
    return server;
}

TestServer::TestServer() : m_impl(std::make_unique<Impl>()) {
    m_impl->cluster.create(m_impl->password);
    m_impl->port = m_impl->cluster.start(0);
}

TestServer::~TestServer() {
    if (const auto running = m_impl->cluster.running()) {
        ::kill(running->process, SIGQUIT);
    }
    close(m_impl->watcher);
}

int TestServer::port() const {
    return m_impl->port;
}

std::string TestServer::url(const std::string &login, const std::string &password,
                            const std::string &database) const {
    return fmt::format("postgresql://{}:{}@127.0.0.1:{}/{}", login, password, m_impl->port, database);
}

std::string TestServer::superuser_url(const std::string &database) const {
    return url(app::Cluster::superuser, m_impl->password, database);
}

void TestServer::stop() {
    m_impl->cluster.stop();
}

void TestServer::kill() {
    if (const auto running = m_impl->cluster.running()) {
        // Kills the server's children too, because each would answer until it notices that its parent is
        // gone.
        const std::vector<pid_t> all = processes(running->process);
        ::kill(running->process, SIGKILL);
        for (const pid_t each : all) {
            ::kill(each, SIGKILL);
        }
        eventually([this] { return !m_impl->cluster.running(); });
    }
}

// The port is given to the server alone while it runs: another program's connection may use it for a moment
// in between.
void TestServer::start() {
    if (m_impl->cluster.running()) {
        return;
    }
    const bool has_its_port = eventually(
        [this] {
            if (m_impl->cluster.start(m_impl->port) == m_impl->port) {
                return true;
            }
            m_impl->cluster.stop();
            return false;
        },
        std::chrono::seconds(60));
    if (!has_its_port) {
        throw std::runtime_error("another program keeps the test server's port");
    }
}

void TestServer::limit_file_size(std::optional<std::uint64_t> bytes) {
    const auto running = m_impl->cluster.running();
    if (!running) {
        throw std::runtime_error("the test server does not run");
    }
    const std::vector<pid_t> all = processes(running->process);
    const uid_t user = app::server_user_id();
    const passwd *entry = getpwuid(user);
    const gid_t group = entry ? entry->pw_gid : getgid();
    // As the server's user, because root in a container may not change limits of other users' processes.
    const pid_t child = fork();
    if (child == 0) {
        if (geteuid() == 0 && (setgid(group) != 0 || setuid(user) != 0)) {
            _exit(EPERM);
        }
        for (const pid_t process : all) {
            if (!limit(process, bytes)) {
                _exit(errno);
            }
        }
        _exit(0);
    }
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) != child) {
        throw std::system_error(errno, std::generic_category(), "fork");
    }
    if (status != 0) {
        throw std::system_error(WIFEXITED(status) ? WEXITSTATUS(status) : EINTR, std::generic_category(),
                                "prlimit");
    }
}

void TestServer::restart() {
    stop();
    start();
}

} // namespace studio::test_support
