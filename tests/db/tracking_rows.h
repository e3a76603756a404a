// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/tracking_store.h"

#include <chrono>
#include <string>

namespace studio::db {

// "00000000-0000-4000-8000-00000000002a" for 42.
inline std::string uuid_of(unsigned number) {
    std::string digits = std::to_string(number);
    return "00000000-0000-4000-8000-" + std::string(12 - digits.size(), '0') + digits;
}

inline std::int64_t now_us() {
    return std::chrono::duration_cast<std::chrono::microseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

inline constexpr std::int64_t a_day_us = 86'400'000'000;

inline TrackedSession visit_of(const std::string &tenant_id, const std::string &id) {
    TrackedSession visit;
    visit.id = id;
    visit.tenant_id = tenant_id;
    visit.utm_source = "instagram";
    visit.referrer = "instagram.com";
    visit.user_agent = "Mozilla/5.0 \"quoted\\\"";
    visit.ip = "203.0.113.0";
    visit.country = "AU";
    visit.device_type = "mobile";
    visit.browser = "Firefox";
    visit.started_us = now_us();
    return visit;
}

inline TrackedEvent event_of(const TrackedSession &visit, const std::string &id,
                             const std::string &type = "page_view") {
    return {id, visit.id, visit.tenant_id, type, R"({"url":"/","text":"{a,\"b\"}"})", "/", now_us()};
}

} // namespace studio::db
