// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/queue_reading.h"

#include "ui/bookings/bookings_model.h"
#include "ui/widgets/tenant_id.h"

#include <algorithm>

namespace studio::ui {

QueueCounts count_queue(db::Session &session, const db::BookingFilter &filter) {
    db::BookingStore store(session);
    auto pending = filter;
    pending.statuses = {models::BookingStatus::Pending};
    return {store.count(filter), store.count(pending)};
}

QueueReading read_queue_pages(db::Session &session, db::BookingFilter filter, const std::vector<int> &pages,
                              const QStringList &known_companions) {
    QueueReading reading;
    std::vector<models::TenantId> unknown;
    for (const int page : pages) {
        filter.first_row = page * BookingsModel::page_size;
        filter.max_rows = BookingsModel::page_size;
        reading.pages.emplace_back(page, db::BookingStore(session).list(filter));
        for (const auto &booking : reading.pages.back().second) {
            if (!known_companions.contains(to_text(booking.tenant_id)) &&
                std::ranges::count(unknown, booking.tenant_id) == 0) {
                unknown.push_back(booking.tenant_id);
            }
        }
    }
    reading.companions = read_companions(session, unknown);
    return reading;
}

} // namespace studio::ui
