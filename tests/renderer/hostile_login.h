// SPDX-License-Identifier: Apache-2.0
// A person's login with psql in the worst of hands: it undoes every limit that it may and takes what it can
// get.
#pragma once

#include <pqxx/pqxx>

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace studio::tests {

class HostileLogin final {
public:
    explicit HostileLogin(std::string url);
    ~HostileLogin(); // lets go of everything
    HostileLogin(const HostileLogin &) = delete;
    HostileLogin &operator=(const HostileLogin &) = delete;

    // Locks every table and every row that it may, in the strongest mode, and stays idle in the transaction.
    void hold_tables_and_rows(const std::vector<std::string> &relations);
    // Listens, and stays idle in a transaction, so that no notification may be thrown away.
    void hold_the_notifications();
    void hold_advisory_locks();
    // Statements that never end, in threads of their own, until the server ends them.
    void flood_notifications();
    void compute_for_ever();
    void take_all_connections();

    // What the server refuses of this; "" where it is done.
    std::string refusal_of(const std::string &statement);
    int ended_statements() const { return m_ended; }
    const std::vector<std::string> &held() const {
        return m_held;
    } // "tenants ACCESS SHARE", "bookings rows", …

private:
    std::unique_ptr<pqxx::connection> connect() const;
    void run_for_ever(const std::string &statement);

    const std::string m_url;
    std::vector<std::string> m_held;
    std::vector<std::unique_ptr<pqxx::connection>> m_connections;
    std::vector<std::unique_ptr<pqxx::connection>> m_busy; // of the threads
    std::vector<std::thread> m_threads;
    std::atomic<int> m_ended{0};
};

} // namespace studio::tests
