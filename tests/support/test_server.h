// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace studio::test_support {

// A private PostgreSQL on 127.0.0.1, without fsync, below a directory of its own. Started by the first use in
// a test program; a watching process ends and removes it when the program is gone, even by kill -9.
class TestServer final {
public:
    static TestServer &instance();
    ~TestServer();
    TestServer(const TestServer &) = delete;
    TestServer &operator=(const TestServer &) = delete;

    int port() const;
    std::string url(const std::string &login, const std::string &password, const std::string &database) const;
    std::string superuser_url(const std::string &database = "postgres") const;

    // Faults. After stop() and kill() the port stays the same for start().
    void stop();  // as an administrator would: sessions are ended
    void kill();  // kill -9 of the server; its children end at once
    void start(); // also recovers after kill()
    void restart();
    // Simulates a full disk: no file of the server can grow beyond `bytes`, and a write beyond it fails with
    // an error of the operating system. `bytes` must be more than the 16 MB of a WAL file. Holds for running
    // processes and those that they start; nullopt removes the limit.
    void limit_file_size(std::optional<std::uint64_t> bytes);

private:
    TestServer();
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace studio::test_support
