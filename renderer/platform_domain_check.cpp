// SPDX-License-Identifier: Apache-2.0
#include "renderer/platform_domain_check.h"

#include "db/stores/public_store.h"

#include <fmt/format.h>

namespace studio::renderer {

namespace {

constexpr std::chrono::seconds interval{1};

} // namespace

PlatformDomainCheck::PlatformDomainCheck(const std::string &database_url, std::string domain, const Log &log,
                                         std::function<void()> differs)
    : m_domain(std::move(domain)), m_log(log), m_differs(std::move(differs)),
      m_answered(m_domain == "localhost"), m_session(database_url) {
    if (!m_answered) {
        m_thread = std::thread([this] { run(); });
    }
}

PlatformDomainCheck::~PlatformDomainCheck() {
    {
        const std::scoped_lock lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_all();
    m_session.cancel();
    if (m_thread.joinable()) {
        m_thread.join();
    }
}

std::string PlatformDomainCheck::problem(std::chrono::milliseconds patience) const {
    std::unique_lock lock(m_mutex);
    m_wake.wait_for(lock, patience, [this] { return m_answered; });
    return m_problem;
}

void PlatformDomainCheck::run() {
    while (!ask()) {
        std::unique_lock lock(m_mutex);
        if (m_wake.wait_for(lock, interval, [this] { return m_stopping; })) {
            return;
        }
    }
}

bool PlatformDomainCheck::ask() {
    std::string domain;
    try {
        domain = db::PublicStore(m_session).platform_domain();
    } catch (const std::exception &) { // an unreachable database is reported by the parts that need it
        return false;
    }
    std::string problem;
    if (!domain.empty() && domain != m_domain) {
        problem =
            fmt::format("PLATFORM_DOMAIN: is {}, but the platform of this database is {}: set "
                        "PLATFORM_DOMAIN to that, or change the setting platform_domain in the database.",
                        m_domain, domain);
        m_log.error("platform_domain_differs", {{"set", m_domain}, {"database", domain}});
    }
    const bool differs = !problem.empty();
    {
        const std::scoped_lock lock(m_mutex);
        m_problem = std::move(problem);
        m_answered = true;
    }
    m_wake.notify_all();
    if (differs) {
        m_differs();
    }
    return true;
}

} // namespace studio::renderer
