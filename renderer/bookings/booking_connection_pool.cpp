// SPDX-License-Identifier: Apache-2.0
#include "renderer/bookings/booking_connection_pool.h"

namespace studio::renderer {

db::BookingAnswer BookingConnectionPool::add(const db::NewBooking &request) {
    std::unique_ptr<db::Session> session = take();
    db::BookingAnswer answer;
    try {
        answer = db::BookingRequestStore(*session).add(request);
    } catch (const db::Error &error) {
        if (error.kind() != db::ErrorKind::Unreachable) {
            throw;
        }
        session = std::make_unique<db::Session>(m_database_url);
        answer = db::BookingRequestStore(*session).add(request);
    }
    give_back(std::move(session));
    return answer;
}

models::SessionId BookingConnectionPool::open_visit(const db::TrackedSession &sender) {
    constexpr std::chrono::seconds pause{5};
    {
        const std::scoped_lock lock(m_mutex);
        if (sender.key.empty() || std::chrono::steady_clock::now() < m_away_until) {
            return {};
        }
    }
    try {
        std::unique_ptr<db::Session> session = take();
        models::SessionId visit =
            db::TrackingStore(*session).open_visit(sender.tenant_id, sender.key, sender.id);
        give_back(std::move(session));
        return visit;
    } catch (const db::Error &) { // other users of the database count the failure
        const std::scoped_lock lock(m_mutex);
        m_away_until = std::chrono::steady_clock::now() + pause;
        return {};
    }
}

std::unique_ptr<db::Session> BookingConnectionPool::take() {
    {
        const std::scoped_lock lock(m_mutex);
        if (!m_idle.empty()) {
            auto session = std::move(m_idle.back());
            m_idle.pop_back();
            return session;
        }
    }
    return std::make_unique<db::Session>(m_database_url);
}

void BookingConnectionPool::give_back(std::unique_ptr<db::Session> session) {
    const std::scoped_lock lock(m_mutex);
    m_idle.push_back(std::move(session));
}

} // namespace studio::renderer
