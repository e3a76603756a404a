// SPDX-License-Identifier: Apache-2.0
// The figures of visits and bookings. docs/analytics.md defines each of them.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace studio::db {

// Both included; days by the tenant's clock.
struct DateRange {
    std::chrono::sys_days from{}, to{};
    bool operator==(const DateRange &) const = default;
};

// Those that are set must all hold. "" is any. A page is one that the visit saw, a variant one that it was
// shown.
struct AnalyticsFilter {
    std::string source{}, medium{}, campaign{}, device{}, browser{}, country{}, page{};
    std::string test_id{}, variant_id{}; // a variant_id counts only together with its test_id
    bool operator==(const AnalyticsFilter &) const = default;
};

struct Totals {
    std::int64_t visits = 0;
    std::int64_t visitors = 0; // different ones; a visit without consent is a visitor of its own
    std::int64_t page_views = 0;
    std::int64_t seconds = 0; // of visits with more than one event, pauses of over 30 minutes left out
    std::int64_t engaged_visits = 0;
    std::int64_t bounced_visits = 0;
    std::int64_t bookings = 0;     // neither cancelled nor spam
    double value = 0;              // of bookings for services that had a price; in the site's currency
    std::int64_t timed_visits = 0; // visits with more than one event: seconds / timed_visits is the average
    bool operator==(const Totals &) const = default;
};

struct TrendPoint {
    std::int64_t start_us = 0; // UTC, microseconds since 1970: where the local hour, day or month begins
    Totals totals;
};

enum class Grain { Hour, Day, Month };
enum class Dimension { Source, Medium, Campaign, Device, Browser, Country, Page, Variant, Service };

struct BreakdownRow {
    std::string value; // of Variant: the variant where the filter names the test, else "test:variant"
    Totals totals;     // of Page: page views are the page's own; of Service: only bookings and value
};

// Visits that came at least as far as: a page view, photo engagement, pricing view, form start, booking
// submit, each after the one before it.
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
struct ArmCounts {
    std::string variant_id;
    std::int64_t visitors = 0, conversions = 0;
    bool operator==(const ArmCounts &) const = default;
};

// Up to and with that day.
struct ArmDay {
    std::chrono::sys_days day;
    std::vector<ArmCounts> arms;
};

struct VisitRow {
    std::string session_id;
    std::int64_t started_us = 0;
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
    double value = 0; // of those that count
};

// Programs that visited; in no other figure. The class is "search", "ai", "seo", "monitoring", "social",
// "headless" or "other".
struct BotRow {
    std::string bot_class;
    std::int64_t visits = 0; // of those that ran the page's script or were found out later
    std::int64_t pages = 0;  // that they asked for, by days of UTC
};

struct PlatformTenant {
    std::string tenant_id, subdomain, name, status;
    Totals totals;
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
