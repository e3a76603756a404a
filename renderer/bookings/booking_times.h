// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/booking/free_times.h"
#include "models/json/json.h"
#include "renderer/bookings/booking_connection_pool.h"
#include "renderer/http/reply.h"
#include "renderer/http/request.h"
#include "renderer/pages/tenant_site.h"
#include "renderer/support/json_replies.h"
#include "renderer/support/log.h"
#include "renderer/support/worker_pool.h"
#include "site/booking_form.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace studio::renderer {

// Which times of a companion can be asked for. What it gives never tells a booked time from a closed one.
class BookingTimes final {
public:
    struct Parts {
        const SiteContext &context;
        const Log &log;
        BookingConnectionPool &sessions;
        std::function<models::Time()> clock;
        std::size_t threads = 2, max_waiting = 512;
    };
    explicit BookingTimes(Parts parts);

    // GET /api/times?from=DAY&to=DAY[&service=ID]
    http::Reply list(const http::Request &request, const TenantSite &site);

    // Whether the companion offers times; if not, a request may name any time.
    static bool limits_times(const TenantSite &site);
    // The companion's availability, tours and taken times between two moments. Does not ask the database
    // where the companion offers no times. Throws db::Error.
    models::Calendar calendar(const TenantSite &site, models::Time first, models::Time last);
    // How long a booking of the service lasts, an hour where the service does not say; `service` is its id or
    // its name.
    static std::chrono::minutes length_of(const TenantSite &site, std::string_view service);
    // Puts the wanted time into the row: the row's own, or the local one on the clock of where the companion
    // is then; says what keeps it from being taken, and where the service is offered then. One that somebody
    // has is for the database to refuse: it may be this request, sent again. Throws db::Error.
    models::LocalTimeCheck take(const TenantSite &site, const std::string &service,
                                const std::optional<models::LocalDateTime> &local_start, db::NewBooking &row);
    // The free times nearest to the row's time. Throws db::Error.
    std::vector<models::FreeTime> nearest(const TenantSite &site, const std::string &service,
                                          const db::NewBooking &row);
    // Puts the free times of two weeks into the form; none while the database is unreachable.
    void offer(const TenantSite &site, const std::string &service, const std::string &from_day,
               site::BookingForm &form);
    // The same for the query of /book?day=DAY&service=ID. If both are absent and a service has to be chosen
    // first, no times are put in.
    void offer_of_query(const TenantSite &site, const std::string &query, site::BookingForm &form);
    static void add(const std::vector<models::FreeTime> &times, site::BookingForm &form);
    // The id of a service given by id or name; "" for a service that the site does not offer.
    static std::string id_of_service(const TenantSite &site, std::string_view service);
    static models::Json to_json(const std::vector<models::FreeTime> &times, const std::string &home_zone);

private:
    struct Asked;
    http::Reply answer(const Asked &asked);

    const JsonReplies m_json;
    const Log &m_log;
    BookingConnectionPool &m_sessions;
    const std::function<models::Time()> m_clock;
    WorkerPool m_workers; // last: its jobs use the rest
};

} // namespace studio::renderer
