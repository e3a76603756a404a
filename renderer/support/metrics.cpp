// SPDX-License-Identifier: Apache-2.0
#include "renderer/support/metrics.h"

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

namespace studio::renderer {

namespace {

constexpr std::array<std::string_view, route_count> route_names{
    "landing", "page",    "privacy",  "booking",   "preview", "static", "media",
    "robots",  "sitemap", "events",   "consent",   "forget",  "held",   "health",
    "ready",   "metrics", "redirect", "not_found", "refused"};

constexpr std::size_t other_status = counted_statuses.size();

constexpr auto status_indices = [] {
    std::array<std::uint8_t, 600> indices{};
    for (auto &index : indices) {
        index = other_status;
    }
    for (std::size_t i = 0; i < counted_statuses.size(); ++i) {
        indices[counted_statuses[i]] = static_cast<std::uint8_t>(i);
    }
    return indices;
}();

using Output = std::back_insert_iterator<std::string>;

void head(Output out, std::string_view name, std::string_view type, std::string_view help) {
    fmt::format_to(out, "# HELP {} {}\n# TYPE {} {}\n", name, help, name, type);
}

template <typename Value>
void single(Output out, std::string_view name, std::string_view type, std::string_view help, Value value) {
    head(out, name, type, help);
    fmt::format_to(out, "{} {}\n", name, value);
}

std::uint64_t resident_bytes() {
    std::uint64_t total = 0, resident = 0;
    std::ifstream("/proc/self/statm") >> total >> resident;
    return resident * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

double cpu_seconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval &time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

void process_metrics(Output out) {
    single(out, "process_resident_memory_bytes", "gauge", "Resident memory.", resident_bytes());
    single(out, "process_cpu_seconds_total", "counter", "User and system processor time.", cpu_seconds());
}

void gauge_metrics(Output out, const Gauges &gauges) {
    single(out, "companion_ready", "gauge", "1 once tenants were loaded.", gauges.ready ? 1 : 0);
    single(out, "companion_database_connected", "gauge", "1 while the database listens.",
           gauges.database_connected ? 1 : 0);
    single(out, "companion_tenants_loaded", "gauge", "Active tenants in memory.", gauges.tenants_loaded);
    single(out, "companion_open_connections", "gauge", "Open client connections.", gauges.open_connections);
    single(out, "companion_cached_pages", "gauge", "Rendered pages in memory.", gauges.cached_pages);
    single(out, "companion_cached_bytes", "gauge", "Bytes of rendered pages in all encodings.",
           gauges.cached_bytes);
    single(out, "companion_tenant_reloads_total", "counter", "Tenants reloaded after a change.",
           gauges.tenant_reloads);
    single(out, "companion_tenant_failures_total", "counter", "Tenants whose documents could not be used.",
           gauges.tenant_failures);
    single(out, "companion_thread_failures_total", "counter",
           "Errors that ended one round of a background thread; the log has each.", gauges.thread_failures);
}

void outbox_metrics(Output out, const OutboxStatus &outbox) {
    single(out, "companion_outbox_sent_total", "counter", "Emails and webhooks sent.", outbox.sent);
    single(out, "companion_outbox_failed_total", "counter", "Attempts that failed.", outbox.failed);
    single(out, "companion_outbox_died_total", "counter", "Messages given up.", outbox.died);
    single(out, "companion_retention_runs_total", "counter", "Runs of the retention.", outbox.retention_runs);
    single(out, "companion_retention_failures_total", "counter", "Runs that failed.",
           outbox.retention_failures);
    single(out, "companion_figures_failures_total", "counter", "Tenants whose figures could not be updated.",
           outbox.figures_failures);
    if (outbox.waiting < 0) {
        return;
    }
    single(out, "companion_outbox_waiting", "gauge", "Messages waiting to be sent, of all replicas.",
           outbox.waiting);
    single(out, "companion_outbox_dead", "gauge", "Messages given up, of all replicas.", outbox.dead);
    single(out, "companion_outbox_oldest_seconds", "gauge", "Age of the oldest waiting message.",
           outbox.oldest_waiting_s);
    single(out, "companion_outbox_without_address", "gauge",
           "Messages to companions whose sites name no email address.", outbox.without_address);
}

void event_metrics(Output out, const EventFigures &events) {
    head(out, "companion_events_total", "counter",
         "Events received: stored, returned to be sent again, or refused by the database.");
    for (const auto &[outcome, count] : {std::pair{"stored", events.stored},
                                         {"unavailable", events.unavailable},
                                         {"refused", events.refused}}) {
        fmt::format_to(out, "companion_events_total{{outcome=\"{}\"}} {}\n", outcome, count);
    }
    single(out, "companion_events_waiting", "gauge", "Events waiting to be stored.", events.waiting);
    head(out, "companion_event_transaction_events", "histogram", "Events stored in one transaction.");
    std::uint64_t cumulative = 0;
    for (std::size_t i = 0; i < events.transactions.size(); ++i) {
        cumulative += events.transactions[i];
        fmt::format_to(out, "companion_event_transaction_events_bucket{{le=\"{}\"}} {}\n",
                       i < events.bounds.size() ? std::to_string(events.bounds[i]) : "+Inf", cumulative);
    }
    fmt::format_to(out,
                   "companion_event_transaction_events_sum {}\ncompanion_event_transaction_events_count {}\n",
                   events.stored, cumulative);
}

void visitor_metrics(Output out, const Gauges &gauges) {
    event_metrics(out, gauges.events);
    head(out, "companion_bot_pages_total", "counter", "Pages requested by bots, by class.");
    for (const auto &[bot, pages] : gauges.bot_pages) {
        fmt::format_to(out, "companion_bot_pages_total{{class=\"{}\"}} {}\n", bot, pages);
    }
    single(out, "companion_known_user_agents", "gauge", "User agents in memory.", gauges.known_user_agents);
    single(out, "companion_user_agents_compiled", "gauge",
           "1 where the rules for user agents are machine code, 0 where they are interpreted.",
           gauges.user_agents_compiled ? 1 : 0);
}

} // namespace

std::string_view to_string(Route route) {
    return route_names[static_cast<std::size_t>(route)];
}

void LoopMetrics::request(Route route, int status, std::uint64_t microseconds, std::uint64_t bytes) {
    const std::size_t index =
        status >= 0 && status < 600 ? status_indices[static_cast<std::size_t>(status)] : other_status;
    m_requests[static_cast<std::size_t>(route)][index].add();
    std::size_t bucket = 0;
    while (bucket < latency_bounds_us.size() && microseconds > latency_bounds_us[bucket]) {
        ++bucket;
    }
    m_latency[bucket].add();
    m_latency_sum_us.add(microseconds);
    m_bytes_sent.add(bytes);
}

Metrics::Metrics(std::size_t loops) {
    for (std::size_t i = 0; i < loops; ++i) {
        m_loops.push_back(std::make_unique<LoopMetrics>());
    }
}

Metrics::Answered Metrics::answered() const {
    Answered total;
    for (std::size_t route = 0; route < route_count; ++route) {
        const auto which = static_cast<Route>(route);
        if (which == Route::Health || which == Route::Ready || which == Route::Metrics) {
            continue;
        }
        for (std::size_t index = 0; index <= other_status; ++index) {
            std::uint64_t count = 0;
            for (const auto &loop : m_loops) {
                count += loop->requests(route, index).value();
            }
            total.all += count;
            if (index < other_status && counted_statuses[index] >= 500) {
                total.failed += count;
            }
        }
    }
    return total;
}

std::string Metrics::render(const Gauges &gauges) const {
    std::string text;
    const auto out = std::back_inserter(text);
    const auto sum = [this](auto &&read) {
        std::uint64_t total = 0;
        for (const auto &loop : m_loops) {
            total += read(*loop);
        }
        return total;
    };

    head(out, "companion_requests_total", "counter", "Requests answered, by route and status.");
    for (std::size_t route = 0; route < route_count; ++route) {
        for (std::size_t index = 0; index <= counted_statuses.size(); ++index) {
            const auto count =
                sum([&](const LoopMetrics &loop) { return loop.requests(route, index).value(); });
            if (count > 0) {
                fmt::format_to(
                    out, "companion_requests_total{{route=\"{}\",status=\"{}\"}} {}\n", route_names[route],
                    index == other_status ? "other" : std::to_string(counted_statuses[index]), count);
            }
        }
    }

    head(out, "companion_request_duration_seconds", "histogram",
         "From the request's last byte received to the answer's last byte handed to the kernel.");
    std::uint64_t cumulative = 0;
    for (std::size_t bucket = 0; bucket <= latency_bounds_us.size(); ++bucket) {
        cumulative += sum([&](const LoopMetrics &loop) { return loop.latency(bucket).value(); });
        const std::string bound =
            bucket == latency_bounds_us.size()
                ? std::string("+Inf")
                : fmt::format("{}", static_cast<double>(latency_bounds_us[bucket]) / 1e6);
        fmt::format_to(out, "companion_request_duration_seconds_bucket{{le=\"{}\"}} {}\n", bound, cumulative);
    }
    const auto latency_us = sum([](const LoopMetrics &loop) { return loop.latency_sum_us(); });
    fmt::format_to(out,
                   "companion_request_duration_seconds_sum {}\ncompanion_request_duration_seconds_count {}\n",
                   static_cast<double>(latency_us) / 1e6, cumulative);

    const auto total = [&](Counter LoopMetrics::*counter) {
        return sum([counter](const LoopMetrics &loop) { return (loop.*counter).value(); });
    };
    single(out, "companion_sent_bytes_total", "counter", "Bytes of answers.",
           sum([](const LoopMetrics &loop) { return loop.bytes_sent(); }));
    single(out, "companion_page_cache_hits_total", "counter", "Pages answered from memory.",
           total(&LoopMetrics::cache_hits));
    single(out, "companion_page_cache_misses_total", "counter", "Pages rendered on request.",
           total(&LoopMetrics::cache_misses));
    single(out, "companion_connections_total", "counter", "Connections accepted.",
           total(&LoopMetrics::connections));
    single(out, "companion_refused_connections_total", "counter", "Connections over a limit.",
           total(&LoopMetrics::refused_connections));
    single(out, "companion_timeouts_total", "counter", "Connections ended by a deadline.",
           total(&LoopMetrics::timeouts));
    gauge_metrics(out, gauges);
    outbox_metrics(out, gauges.outbox);
    visitor_metrics(out, gauges);
    process_metrics(out);
    return text;
}

} // namespace studio::renderer
