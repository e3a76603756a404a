// SPDX-License-Identifier: Apache-2.0
#include "renderer/bookings/booking_sessions.h"

#include "db/error.h"

namespace studio::renderer {

db::BookingAnswer BookingSessions::add(const db::BookingRequest &request) {
    std::unique_ptr<db::Session> session = take();
    db::BookingAnswer answer;
    try {
        answer = db::BookingRequestStore(*session).add(request);
    } catch (const db::Error &error) {
        if (error.kind() != db::ErrorKind::Unreachable)
            throw;
        session = std::make_unique<db::Session>(m_database_url);
        answer = db::BookingRequestStore(*session).add(request);
    }
    give_back(std::move(session));
    return answer;
}

std::unique_ptr<db::Session> BookingSessions::take() {
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

void BookingSessions::give_back(std::unique_ptr<db::Session> session) {
    const std::scoped_lock lock(m_mutex);
    m_idle.push_back(std::move(session));
}

} // namespace studio::renderer
