// SPDX-License-Identifier: Apache-2.0
// When a companion can be booked: her settings, tours, blocked time and calendars. For everybody who may
// moderate her bookings.
#pragma once

#include "db/connection/session.h"
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
    bool imported = false; // from a calendar; it goes with that
};

struct CalendarImport {
    std::string id, name, url; // url "": from a file
    std::optional<models::Time> read_at;
    std::string problem; // of the last reading; "" for none
};

struct CalendarFeed {
    std::string id, titles; // "busy" or "neutral"
    std::string created_by;
    models::Time created_at{};
};

struct BusyTime {
    models::Time start{}, end{};
};

// All calls throw Error.
class AvailabilityStore final {
public:
    explicit AvailabilityStore(Session &session) : m_session(session) {}
    BookingSettings settings(const models::TenantId &tenant_id);
    // False where somebody else saved since `settings.version` was read.
    bool save(const models::TenantId &tenant_id, const BookingSettings &settings);

    // {"availability", "rules", "tours", "busy": [[start, end] in microseconds, …]} of the time between; a
    // busy time includes the buffer.
    models::Json calendar(const models::TenantId &tenant_id, models::Time first, models::Time last);

    std::vector<TimeBlock> blocks(const models::TenantId &tenant_id, models::Time first, models::Time last);
    std::string add_block(const models::TenantId &tenant_id, models::Time start, models::Time end,
                          const std::string &note);
    void remove_block(const std::string &id);

    models::Json
    tours(const models::TenantId &tenant_id); // objects of models/booking/availability.h, by their first day
    std::string add_tour(const models::TenantId &tenant_id, const models::Json &tour);
    void remove_tour(const std::string &id);

    std::vector<CalendarImport> imports(const models::TenantId &tenant_id);
    // `id` none makes a new one; the busy times replace those of the reading before.
    std::string save_import(const models::TenantId &tenant_id, const std::optional<std::string> &id,
                            const std::string &name, const std::string &url,
                            const std::vector<BusyTime> &busy);
    void import_failed(const std::string &id, const std::string &problem);
    void remove_import(const std::string &id);

    std::vector<CalendarFeed> feeds(const models::TenantId &tenant_id); // that were not revoked
    // Gives the secret of the address, which is not stored and shown only now.
    std::string add_feed(const models::TenantId &tenant_id, const std::string &titles);
    void revoke_feed(const std::string &id);

private:
    Session &m_session;
};

} // namespace studio::db
