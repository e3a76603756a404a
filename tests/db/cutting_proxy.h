// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <string>
#include <thread>

namespace studio::db {

// Passes one connection at a time on to PostgreSQL. When armed, it lets the next COMMIT through (or a
// later one), waits until the server has answered it, and cuts the connection instead of passing the answer
// on: the change is made, the sender can't know.
class CuttingProxy final {
public:
    explicit CuttingProxy(int server_port);
    ~CuttingProxy();
    CuttingProxy(const CuttingProxy &) = delete;
    CuttingProxy &operator=(const CuttingProxy &) = delete;

    int port() const { return m_port; }
    void arm(int at_commit = 1) { m_commits_to_cut = at_commit; }
    int cuts() const { return m_cuts; }

private:
    void serve();
    void pass(int client, int server);

    int m_server_port;
    int m_listener = -1;
    int m_port = 0;
    std::atomic<bool> m_stopping = false;
    std::atomic<int> m_commits_to_cut = 0; // 0: not armed
    std::atomic<int> m_cuts = 0;
    std::thread m_thread;
};

} // namespace studio::db
