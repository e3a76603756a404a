// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "renderer/events/event_time.h"
#include "renderer/events/event_types.h"
#include "renderer/events/known_values.h"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace studio::renderer {

inline constexpr std::size_t max_events_in_batch = 50;
inline constexpr std::chrono::hours max_age{48};

// An event as it will be stored.
struct ReportedEvent {
    std::string id; // in lower case
    EventType type = EventType::PageView;
    base::Time at{};
    std::string data;                // a JSON object of values that many visitors share
    std::string page;                // a page of the site, or "other"; "" where it is unknown
    std::string test_id, variant_id; // of ab_test_assigned, where it says them
};

// Where a visit came from, as the browser said it: only stored with consent.
struct Arrival {
    std::string referrer; // a host
    std::string utm_source, utm_medium, utm_campaign, utm_term, utm_content;
    bool operator==(const Arrival &) const = default;
};

struct EventBatch {
    std::vector<ReportedEvent> events;
    std::optional<Arrival> arrival; // of the first page_view
};

// What is wrong with a batch, for its sender: "events[3].data.position: must be a whole number from 0 to
// 9999".
struct BatchError {
    std::string message;
};

// Reads the body of POST /api/events. One malformed event refuses all. The device's clock decides nothing but
// the order of events: `now` in the body is what it showed when the batch was sent, all times are corrected
// by its difference from the parameter `now`, the server's time, and clamped to at most that and at most 48
// hours before it. `referer` is the request's Referer field, whose path is used where a page_view names no
// page. Of the data only what `known` allows is kept. Referrers are cut to their host, addresses of pages to
// their path.
std::variant<EventBatch, BatchError> read_event_batch(std::string_view body, base::Time now,
                                                      const KnownValues &known,
                                                      std::string_view referer = {});

} // namespace studio::renderer
