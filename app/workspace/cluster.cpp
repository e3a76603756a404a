// SPDX-License-Identifier: Apache-2.0
#include "app/workspace/cluster.h"

#include "app/workspace/files.h"
#include "app/workspace/ports.h"
#include "app/workspace/process.h"
#include "app/workspace/server_user.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <fstream>
#include <functional>
#include <sstream>
#include <thread>

namespace studio::app {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t longest_socket_path = 107;

bool contains(const std::string &text, const char *part) {
    return text.find(part) != std::string::npos;
}

// Checks the disk itself, because on a full disk the server may not be able to write even its log.
bool disk_is_full(const fs::path &directory) {
    std::error_code unknown;
    const fs::space_info space = fs::space(directory, unknown);
    return !unknown && space.available < 1U << 20U;
}

[[noreturn]] void fail_with(const std::string &doing, const std::string &output, const fs::path &directory) {
    if (contains(output, "No space left on device") || disk_is_full(directory)) {
        throw WorkspaceError("The disk is full: the local database could not be " + doing +
                             ". Nothing that was saved is lost. Free some space and start again.");
    }
    std::istringstream lines(output);
    std::string reason;
    for (std::string line; std::getline(lines, line);) {
        if (contains(line, "FATAL:") || contains(line, "PANIC:") || contains(line, "error:")) {
            reason = line.substr(line.find(": ") + 2);
        }
    }
    if (reason.empty()) {
        reason = output.substr(output.size() > 300 ? output.size() - 300 : 0);
    }
    throw WorkspaceError("The local database could not be " + doing + ": " + reason);
}

int major_version_of(const fs::path &data) {
    std::ifstream file(data / "PG_VERSION");
    int version = 0;
    file >> version;
    return version;
}

} // namespace

Cluster::Cluster(const fs::path &directory, Durability durability)
    : m_directory(fs::absolute(directory).lexically_normal()), m_durability(durability) {}

bool Cluster::exists() const {
    return fs::exists(data() / "PG_VERSION");
}

fs::path Cluster::socket_directory() const {
    const std::string path = (m_directory / "socket").string();
    const bool plain = std::all_of(path.begin(), path.end(), [](unsigned char character) {
        return std::isalnum(character) != 0 || character == '/' || character == '.' || character == '-' ||
               character == '_';
    });
    if (plain && path.size() + sizeof("/.s.PGSQL.65535") <= longest_socket_path) {
        return path;
    }
    return fs::path("/tmp") / fmt::format("studio-{}-{:016x}", geteuid(), std::hash<std::string>()(path));
}

std::string Cluster::configuration() const {
    std::string text = "\n# Companion Studio's local workspace\n"
                       "listen_addresses = '127.0.0.1'\n"
                       "password_encryption = 'scram-sha-256'\n"
                       "max_connections = 100\n"
                       "shared_buffers = '128MB'\n"
                       "work_mem = '8MB'\n"
                       "max_wal_size = '1GB'\n"
                       "wal_compression = 'lz4'\n"
                       "min_wal_size = '32MB'\n"
                       "random_page_cost = 1.1\n"
                       "jit = off\n"
                       "timezone = 'UTC'\n"
                       "log_timezone = 'UTC'\n"
                       "lc_messages = 'C'\n";
    if (m_durability == Durability::NoFsync) {
        text += "fsync = off\nfull_page_writes = off\nautovacuum = off\n";
    }
    return text;
}

void Cluster::create(const std::string &superuser_password) {
    const fs::path fresh = m_directory / "data.new";
    const fs::path password_file = m_directory / "password.new";
    fs::remove_all(fresh);
    write_private_file(password_file, superuser_password + "\n");
    give_to_server_user(password_file);
    std::vector<std::string> command{(postgresql_programs() / "initdb").string(),
                                     "--pgdata",
                                     fresh.string(),
                                     "--username",
                                     superuser,
                                     "--pwfile",
                                     password_file.string(),
                                     "--encoding",
                                     "UTF8",
                                     "--locale",
                                     "C.UTF-8",
                                     "--auth",
                                     "scram-sha-256"};
    if (m_durability == Durability::NoFsync) {
        command.insert(command.end(), {"--no-sync", "--wal-segsize", "4"});
    }
    const ProcessResult result = run_as_server_user(command);
    fs::remove(password_file);
    if (result.exit_code != 0) {
        std::error_code ignored;
        fs::remove_all(fresh, ignored);
        fail_with("made", result.output, m_directory);
    }
    std::ofstream(fresh / "postgresql.conf", std::ios::app) << configuration();
    fs::rename(fresh, data());
}

void Cluster::make_socket_directory() const {
    const fs::path path = socket_directory();
    if (mkdir(path.c_str(), 0700) == 0) {
        give_to_server_user(path);
    }
    struct stat status {};
    if (lstat(path.c_str(), &status) != 0 || !S_ISDIR(status.st_mode) || (status.st_mode & 0077) != 0 ||
        status.st_uid != server_user_id()) {
        throw WorkspaceError("The directory " + path.string() +
                             " is not private to the database's user: remove it and start again.");
    }
}

// The process id in the file may belong to another program by now. Only then may the file be removed.
void Cluster::remove_stale_pid_file() const {
    if (!running()) {
        fs::remove(data() / "postmaster.pid");
    }
}

void Cluster::rotate_log() const {
    std::error_code missing;
    constexpr std::uintmax_t largest = 8U << 20U;
    if (!running() && fs::file_size(log(), missing) > largest && !missing) {
        fs::rename(log(), log().string() + ".old");
    }
}

std::string Cluster::log_after(std::uintmax_t offset) const {
    std::ifstream file(log(), std::ios::binary);
    file.seekg(static_cast<std::streamoff>(offset));
    return {std::istreambuf_iterator<char>(file), {}};
}

int Cluster::start(int preferred_port) {
    make_socket_directory();
    rotate_log();
    const fs::path program = postgresql_programs(major_version_of(data())) / "pg_ctl";
    const auto deadline = std::chrono::steady_clock::now() + 60s;
    int port = preferred_port > 0 && port_is_free(preferred_port) ? preferred_port : free_port();
    while (true) {
        remove_stale_pid_file();
        std::error_code none;
        const std::uintmax_t before = fs::exists(log()) ? fs::file_size(log(), none) : 0;
        // The paths are relative because pg_ctl passes them through a shell.
        const ProcessResult result = run_as_server_user(
            {program.string(), "start", "--pgdata", "data", "--log", "server.log", "--wait", "--timeout",
             "60", "--silent", "--options", fmt::format("-p {} -k {}", port, socket_directory().string())},
            m_directory.string());
        if (result.exit_code == 0) {
            return port;
        }
        const std::string output = result.output + log_after(before);
        const bool port_taken = contains(output, "could not bind");
        const bool children_left = contains(output, "pre-existing shared memory block") ||
                                   contains(output, "is another postmaster") || contains(output, "lock file");
        if ((!port_taken && !children_left) || std::chrono::steady_clock::now() > deadline) {
            fail_with("started", output, m_directory);
        }
        if (port_taken) {
            port = free_port();
        }
        std::this_thread::sleep_for(200ms); // the children of a killed server end on their own
    }
}

bool Cluster::stop() {
    if (!running()) {
        return false;
    }
    const fs::path program = postgresql_programs(major_version_of(data())) / "pg_ctl";
    const ProcessResult result =
        run_as_server_user({program.string(), "stop", "--pgdata", data().string(), "--mode", "fast", "--wait",
                            "--timeout", "60", "--silent"});
    if (result.exit_code != 0 && running()) {
        fail_with("stopped", result.output, m_directory);
    }
    return true;
}

std::optional<Cluster::Running> Cluster::running() const {
    std::ifstream file(data() / "postmaster.pid");
    Running found;
    std::string ignored;
    if (!(file >> found.process) || !std::getline(file, ignored) || !std::getline(file, ignored) ||
        !std::getline(file, ignored) || !(file >> found.port)) {
        return std::nullopt;
    }
    std::error_code error;
    const fs::path working_directory = fs::read_symlink(fmt::format("/proc/{}/cwd", found.process), error);
    if (error || working_directory != fs::canonical(data(), error)) {
        return std::nullopt;
    }
    return found;
}

} // namespace studio::app
