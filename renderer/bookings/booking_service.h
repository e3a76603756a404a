// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/bookings/booking_request_store.h"
#include "models/booking/booking_request.h"
#include "renderer/bookings/booking_times.h"
#include "renderer/bookings/form_tokens.h"
#include "renderer/http/body_rules.h"
#include "renderer/http/reply.h"
#include "renderer/http/request.h"
#include "renderer/pages/tenant_site.h"
#include "renderer/support/json_replies.h"
#include "renderer/support/log.h"
#include "renderer/support/worker_pool.h"
#include "site/booking_form.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace studio::renderer {

// Stores one request; may be called from several threads at once. Throws db::Error.
using AddBooking = std::function<db::BookingAnswer(const db::NewBooking &)>;
// Gives the visit in which a sender opens a form; "" where none is known. May be called from several threads
// at once; never throws.
using OpenVisit = std::function<models::SessionId(const db::TrackedSession &sender)>;
using WallClock = std::function<base::Time()>;

// The booking form's routes of one tenant's site. Calls come from event loops and never block them; answers
// are made by worker threads.
class BookingService final {
public:
    struct Parts {
        const SiteContext &context;
        const Log &log;
        std::string_view secret; // SESSION_SECRET, or a random one where it is not set
        BookingTimes &times;
        AddBooking add;
        // Seconds to wait before one more booking of the tenant may be stored; 0: none.
        std::function<int(const TenantSite &)> wait_to_store_s;
        // Called if wait_to_store_s gave 0 but the booking was not stored.
        std::function<void(const TenantSite &)> was_not_stored;
        OpenVisit open_visit;
        WallClock clock;
        std::size_t threads = 4, max_waiting = 1024;
    };
    explicit BookingService(Parts parts);

    // `sender` is the visitor as far as known; an empty id means that nothing is known.
    // POST /bookings
    http::Reply post(const http::Request &request, const TenantSite &site, db::TrackedSession sender);
    // GET /book[?day=DAY]: a form with a token and an idempotency key of its own.
    http::Reply book_page(const http::Request &request, const TenantSite &site, db::TrackedSession sender);
    // GET /api/form-token
    http::Reply form_token(const http::Request &request, const TenantSite &site, db::TrackedSession sender);

    // What POST /bookings takes.
    static http::BodyRules body_rules();

private:
    struct Submitted;
    http::Reply answer(const Submitted &submitted) const;
    http::Reply store(const Submitted &submitted, const models::BookingSubmission &submission,
                      const db::NewBooking &booking) const;
    http::Reply sent(const Submitted &submitted, const db::BookingAnswer &stored) const;
    db::NewBooking row(const Submitted &submitted, const models::BookingSubmission &submission,
                       const models::CheckedBooking &checked, bool too_fast) const;
    // 409: the time cannot be booked. Lists the nearest times that can.
    http::Reply not_free(const Submitted &submitted, const models::BookingSubmission &submission,
                         models::TimeCheck check, const db::NewBooking &row) const;
    http::Reply refused(const Submitted &submitted, const models::BookingSubmission &submission,
                        models::FieldMessages errors) const;
    // 409: the key was used for another request.
    http::Reply already_arrived(const Submitted &submitted,
                                const models::BookingSubmission &submission) const;
    // 429 and 503: the request was valid and should be sent again later.
    http::Reply postponed(const Submitted &submitted, const models::BookingSubmission &submission, int status,
                          int retry_after_s) const;
    // `retry_after_s`: 0 for none.
    http::Reply form_page(const Submitted &submitted, int status, const site::BookingForm &form,
                          int retry_after_s = 0) const;
    http::Reply json_reply(int status, const models::Json &body, int retry_after_s = 0) const;
    site::BookingForm empty_form(const TenantSite &tenant, const Uuid &visit) const;
    Uuid visit_of(const db::TrackedSession &sender) const; // all zero for none
    // The form with everything that was typed, and a token that may be sent at once.
    site::BookingForm form_again(const Submitted &submitted,
                                 const models::BookingSubmission &submission) const;
    std::string token_to_send_again(const Submitted &submitted,
                                    const models::BookingSubmission &submission) const;

    const SiteContext &m_context;
    const Log &m_log;
    const JsonReplies m_json;
    BookingTimes &m_times;
    const FormTokens m_tokens;
    const MessageKey m_client_key, m_derived_key;
    const AddBooking m_add;
    const std::function<int(const TenantSite &)> m_wait_to_store_s;
    const std::function<void(const TenantSite &)> m_was_not_stored;
    const OpenVisit m_open_visit;
    const WallClock m_clock;
    WorkerPool m_workers; // last: its jobs use the rest
};

} // namespace studio::renderer
