// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/bookings/booking_request_store.h"
#include "db/connection/error.h"
#include "db/connection/session.h"

#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace studio::renderer {

// A database session for each booking request that is being stored; sessions are kept for later requests. Any
// thread.
class BookingConnectionPool final {
public:
    explicit BookingConnectionPool(std::string database_url) : m_database_url(std::move(database_url)) {}

    // A connection that was lost is tried once more: the request's key makes that safe. Throws db::Error.
    db::BookingAnswer add(const db::NewBooking &request);
    // The sender's open visit, or a new one; "" where the database does not answer, because a form works
    // without a visit. After a failure the database is not asked for some seconds, so that forms are quick
    // while it is away.
    models::SessionId open_visit(const db::TrackedSession &sender);

    // Runs `work` with a session and returns its result. A read is tried once more where the connection was
    // lost; a write is not, because it is unknown whether it was committed. Throws db::Error.
    template <class Work> auto read(const Work &work) {
        try {
            return write(work);
        } catch (const db::Error &error) {
            if (error.kind() != db::ErrorKind::Unreachable) {
                throw;
            }
        }
        auto session = std::make_unique<db::Session>(m_database_url);
        auto result = work(*session);
        give_back(std::move(session));
        return result;
    }
    template <class Work> auto write(const Work &work) {
        auto session = take();
        auto result = work(*session);
        give_back(std::move(session));
        return result;
    }

private:
    std::unique_ptr<db::Session> take();
    void give_back(std::unique_ptr<db::Session> session);

    const std::string m_database_url;
    std::mutex m_mutex;
    std::vector<std::unique_ptr<db::Session>> m_idle;
    std::chrono::steady_clock::time_point m_away_until{};
};

} // namespace studio::renderer
