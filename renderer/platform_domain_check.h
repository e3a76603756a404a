// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"
#include "renderer/support/log.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace studio::renderer {

// Compares the configured platform domain with the one in the database, which keeps custom domains away from
// the platform's hosts. Asks once a second, in a thread of its own, until the database answers. If they
// differ it writes a log event and calls `differs`. If the configured domain is localhost, they need not
// agree, and nothing is asked.
class PlatformDomainCheck final {
public:
    PlatformDomainCheck(const std::string &database_url, std::string domain, const Log &log,
                        std::function<void()> differs);
    ~PlatformDomainCheck();
    PlatformDomainCheck(const PlatformDomainCheck &) = delete;
    PlatformDomainCheck &operator=(const PlatformDomainCheck &) = delete;

    // Waits at most `patience` for the answer. Returns what is wrong, for the person who set it; "" if
    // nothing is, or if the answer is not there yet.
    std::string problem(std::chrono::milliseconds patience) const;

private:
    void run();
    // True once the database has answered.
    bool ask();

    const std::string m_domain;
    const Log &m_log;
    const std::function<void()> m_differs;
    mutable std::mutex m_mutex;
    mutable std::condition_variable m_wake;
    bool m_stopping = false, m_answered = false;
    std::string m_problem;
    db::Session m_session;
    std::thread m_thread; // last
};

} // namespace studio::renderer
