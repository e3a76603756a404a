// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "renderer/events/event_time.h"
#include "renderer/events/event_types.h"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace studio::renderer {

inline constexpr std::size_t most_events_in_batch = 50;
inline constexpr Microseconds most_future_us = 5 * 60 * a_second_us;
inline constexpr Microseconds most_age_us = 48 * 3600 * a_second_us;

// An event as it will stand in the database.
struct ReportedEvent {
    std::string id; // in lower case
    EventType type = EventType::PageView;
    Microseconds at_us = 0;
    std::string data;                // a JSON object with exactly the keys of the type
    std::string page;                // path without query; "" where nobody said it
    std::string test_id, variant_id; // of ab_test_assigned, where it says them
};

// Where a visit came from.
struct Arrival {
    std::string referrer; // a host
    std::string utm_source, utm_medium, utm_campaign, utm_term, utm_content;
    bool operator==(const Arrival &) const = default;
};

struct EventBatch {
    std::vector<ReportedEvent> events;
    std::optional<Arrival> arrival; // of the first page_view
};

// What is wrong with a batch, for the one who posted it: "events[3].data.position: must be a whole number
// from 0 to 9999".
struct BatchError {
    std::string message;
};

// Reads the body of POST /api/events. One wrong event refuses all. `now_us` is the time of events that say
// none, and what others are compared with; `referer` is the request's field, whose path stands in where a
// page_view says no page. Referrers are cut to their host, addresses of pages to their path.
std::variant<EventBatch, BatchError> read_event_batch(std::string_view body, Microseconds now_us,
                                                      std::string_view referer = {});

// "www.google.com" of "https://www.google.com/search?q=x"; "" where there is no host of a web address.
std::string host_of_address(std::string_view address);
// "/book" of "https://ada.example/book?x=1#y" or "/book?x=1"; nullopt where there is neither.
std::optional<std::string> path_of_address(std::string_view address);

} // namespace studio::renderer
