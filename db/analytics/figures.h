// SPDX-License-Identifier: Apache-2.0
// The figures of visits and bookings. docs/analytics.md defines each of them.
#pragma once

#include "base/time.h"
#include "models/tenant/ids.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace studio::db {

// Days by the tenant's clock, both included.
struct DateRange {
    std::chrono::sys_days from{}, to{};
    // Of the last day only visits that began before this time of day (0 to 1,440 minutes, by the tenant's
    // clock): compares today until now with as much of yesterday. Empty: the whole day.
    std::optional<std::chrono::minutes> last_day_until{};
    bool operator==(const DateRange &) const = default;
};

// Conditions that must all hold; "" is no condition. A page is one that the visit saw, a variant one that it
// was shown.
struct AnalyticsFilter {
    std::string source{}, medium{}, campaign{}, device{}, browser{}, country{}, page{};
    std::string test_id{}, variant_id{}; // a variant_id counts only together with its test_id
    bool operator==(const AnalyticsFilter &) const = default;
};

// Sums, which may be added over days and values. Numbers of different visitors may not be added; see
// AnalyticsStore::visitors().
struct Totals {
    std::int64_t visits = 0;
    std::int64_t page_views = 0;
    std::int64_t seconds = 0; // of visits with more than one event, pauses of over 30 minutes left out
    std::int64_t engaged_visits = 0;
    std::int64_t bounced_visits = 0;
    std::int64_t bookings = 0;     // of these visits, neither cancelled nor spam
    double value = 0;              // of these bookings, in the site's currency; 0 for all tenants together
    std::int64_t timed_visits = 0; // visits with more than one event: seconds / timed_visits is the average
    bool operator==(const Totals &) const = default;
};

struct TrendPoint {
    base::Time start{}; // where the local hour, day or month begins
    Totals totals;
    std::optional<std::int64_t> visitors{}; // of an hour or a day; a month's are not in the sums
};

enum class Grain { Hour, Day, Month };
enum class Dimension { Source, Medium, Campaign, Device, Browser, Country, Page, Variant, Service };

struct BreakdownRow {
    std::string value; // of Variant: the variant where the filter names the test, else "test:variant"
    Totals totals;     // of Page: page views are the page's own; of Service: only bookings and value
};

// Values beyond the hundred most frequent of a day are counted together under this name.
inline constexpr const char *other_values = "(other)";

struct ValueVisitors {
    std::string value;
    std::int64_t visitors = 0; // different ones
};

struct CurrencyValue {
    std::string currency; // ISO code
    double value = 0;
};

// The steps of the funnel. A visit counts at a step if it reached it and all steps before, in this order.
inline constexpr std::array funnel_steps{"page_view", "photo_engagement", "pricing_view", "form_start",
                                         "booking_submit"};
struct Funnel {
    std::string split_value; // "" for all
    std::array<std::int64_t, 5> visits{};
};

struct Journey {
    std::vector<std::string> steps; // at most 7 pages and actions, repeats folded
    std::int64_t visits = 0, bookings = 0;
};

struct HeatCell {
    int weekday = 0; // 0 is Monday
    int hour = 0;    // 0 to 23, by the tenant's clock
    std::int64_t visits = 0, bookings = 0;
};

// Different visitors who were shown the variant, and those of them who booked afterwards. A visitor who was
// shown several counts for the first.
struct VariantCounts {
    std::string variant_id;
    std::int64_t visitors = 0, conversions = 0;
    bool operator==(const VariantCounts &) const = default;
};

// Up to and with that day.
struct VariantDay {
    std::chrono::sys_days day;
    std::vector<VariantCounts> variants;
};

// One phase of an experiment. Variants stand in the experiment's own order.
struct ExperimentCounts {
    std::chrono::sys_days first_day{}, today{}; // when the phase began and now, by the tenant's clock
    std::vector<VariantCounts> variants;
    std::vector<VariantDay> days; // from the first day with a visitor to the last with a visitor or booking
};

struct VisitRow {
    models::SessionId visit_id;
    base::Time started_at{};
    std::string source, medium, campaign, device, browser, country;
    std::vector<std::string> pages, path;
    int page_views = 0, seconds = 0;
    int stage = -1; // place in funnel_steps; -1 for none
    int bookings = 0;
    double value = 0;
    std::chrono::sys_days day{}; // by the tenant's clock
};

struct BookingServiceRow {
    std::string service; // "" where the visitor named none
    std::int64_t bookings = 0, cancelled = 0;
    double value = 0; // of bookings neither cancelled nor spam; 0 for all tenants together
};

// Booking requests without a counted visit: they had none, or it was erased or is a bot's. No other figure
// contains them. They count on the day on which they arrived.
struct RequestsWithoutVisit {
    std::int64_t bookings = 0, cancelled = 0; // bookings: neither cancelled nor spam
    double value = 0; // of bookings neither cancelled nor spam; 0 for all tenants together
    bool operator==(const RequestsWithoutVisit &) const = default;
};

// Visits of programs; no other figure contains them. The class is "search", "ai", "seo", "monitoring",
// "social", "headless" or "other".
struct BotRow {
    std::string bot_class;
    std::int64_t visits = 0; // of those that ran the page's script or were recognised later
    std::int64_t pages = 0;  // that they asked for, by days of UTC
};

struct PlatformTenant {
    models::TenantId tenant_id;
    std::string subdomain, name, status, currency;
    Totals totals; // with the value, in her currency
    std::int64_t requests_without_visit = 0;
};
struct PlatformMonth {
    std::chrono::sys_days month; // its first day
    std::int64_t visits = 0, bookings = 0;
};
struct PlatformFigures {
    std::vector<PlatformTenant> tenants; // most visits first
    std::int64_t active_tenants = 0;
    std::vector<PlatformMonth> months;           // of the range, oldest first
    std::int64_t tests_ended = 0, tests_won = 0; // in the range; won: with a winner that is not the control
};

} // namespace studio::db
