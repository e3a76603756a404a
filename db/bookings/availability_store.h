// SPDX-License-Identifier: Apache-2.0
// When a companion can be booked: her settings, tours, blocked time and calendar feeds. For everyone who may
// moderate her bookings.
#pragma once

#include "db/connection/session.h"
#include "models/booking/calendar.h"
#include "models/json/json.h"
#include "models/tenant/tenant.h"

#include <optional>
#include <string>
#include <vector>

namespace studio::db {

struct BookingSettings {
    models::Json availability; // models/booking/availability.h; null: any time can be asked for
    models::Json rules = models::Json::object(); // models/booking/booking_rules.h
    int version = 0;                             // 0: nothing was saved yet
};

struct TimeBlock {
    std::string id;
    models::Time start{}, end{};
    std::string note;
    bool imported = false; // from an imported calendar, and removed with it
    models::TenantId tenant_id;
    std::string tenant_name;
    std::string calendar = {}; // the imported calendar's name
};

struct CalendarFeed {
    std::string id, titles; // "busy" or "neutral"
    std::string created_by;
    models::Time created_at{};
};

// All calls throw Error.
class AvailabilityStore final {
public:
    explicit AvailabilityStore(Session &session) : m_session(session) {}
    BookingSettings settings(const models::TenantId &tenant_id);
    // False if another person has saved since `settings.version` was read.
    bool save(const models::TenantId &tenant_id, const BookingSettings &settings);

    // {"availability", "rules", "tours", "busy": [[start, end] in microseconds, …]} between two moments; a
    // busy time includes the buffer after a booking.
    models::Json calendar(const models::TenantId &tenant_id, models::Time first, models::Time last);

    // Availability and tours alone, as pages show them.
    models::Calendar hours_and_tours(const models::TenantId &tenant_id);

    // Without a tenant: of all companions that the login may see. At most `max_rows`, ordered by start.
    std::vector<TimeBlock> blocks(const std::optional<models::TenantId> &tenant_id, models::Time first,
                                  models::Time last, int max_rows = 10'000);
    std::string add_block(const models::TenantId &tenant_id, models::Time start, models::Time end,
                          const std::string &note);
    // This and the other removals throw NotFound if the companion has no such entry.
    void remove_block(const models::TenantId &tenant_id, const std::string &id);

    models::Json
    tours(const models::TenantId &tenant_id); // objects of models/booking/availability.h, by their first day
    std::string add_tour(const models::TenantId &tenant_id, const models::Json &tour);
    void remove_tour(const models::TenantId &tenant_id, const std::string &id);

    // What the site shows of a tour: "now" everything, "later" everything from a day on ("2027-03-01"),
    // "month" the month alone.
    void set_tour_shown(const models::TenantId &tenant_id, const std::string &id, const std::string &shown,
                        const std::optional<std::string> &from_day);

    std::vector<CalendarFeed> feeds(const models::TenantId &tenant_id); // that were not revoked
    // Returns the secret in the feed's address. It is not stored, so this is the only time to show it.
    std::string add_feed(const models::TenantId &tenant_id, const std::string &titles);
    void revoke_feed(const models::TenantId &tenant_id, const std::string &id);

private:
    Session &m_session;
};

} // namespace studio::db
