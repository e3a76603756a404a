// SPDX-License-Identifier: Apache-2.0
#include "tests/traffic/traffic_generator.h"

#include "db/analytics/analytics_sql.h"
#include "db/connection/session_impl.h"
#include "tests/traffic/set_aside_indexes.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <pqxx/stream_to>

namespace studio::db {

namespace {

using std::chrono::days;
using std::chrono::sys_days;
using Field = std::optional<std::string>;

constexpr std::size_t visits_at_once = 40'000;
constexpr std::int64_t min_events_in_bulk = 500'000;
const std::vector<std::string> raw_tables{"sessions", "events", "ab_assignments", "bookings"};
const std::vector<std::string> figure_tables{"visit_facts", "daily", "hourly"};
constexpr std::array zones{"Australia/Sydney", "UTC", "Asia/Kathmandu", "America/New_York"};

std::string moment(base::Time at) {
    const sys_days day = std::chrono::floor<days>(at);
    const std::chrono::hh_mm_ss time(at - day);
    return fmt::format("{} {:02}:{:02}:{:02}.{:06}+00", day_text(day), time.hours().count(),
                       time.minutes().count(), time.seconds().count(), time.subseconds().count());
}

Field or_null(const char *text) {
    return *text ? Field(text) : std::nullopt;
}

template <class... Values> auto fields(const Values &...values) {
    return std::make_tuple(Field(values)...);
}

// Writes the rows of some visits, table after table.
class Writer final {
public:
    Writer(pqxx::work &work, const models::TenantId &tenant_id, const std::string &test_id)
        : m_work(work), m_tenant(tenant_id.text()), m_test(test_id) {}

    void write(const std::vector<GeneratedVisit> &visits) {
        write_sessions(visits);
        write_events(visits);
        write_assignments(visits);
        write_bookings(visits);
    }

private:
    void write_sessions(const std::vector<GeneratedVisit> &visits) {
        pqxx::stream_to rows(m_work, "sessions",
                             std::vector<std::string>{"id", "tenant_id", "session_token", "visitor_id",
                                                      "consented", "utm_source", "utm_medium", "utm_campaign",
                                                      "referrer", "user_agent", "country", "device_type",
                                                      "browser", "bot_class", "created_at"});
        for (const GeneratedVisit &visit : visits) {
            const bool consented = !visit.visitor_id.empty();
            // Without consent a well-known referring site is stored as the source, and nothing more precise.
            const bool by_referrer = *visit.utm_source == '\0' && *visit.referrer != '\0';
            rows << fields(visit.id, m_tenant, visit.id, consented ? Field(visit.visitor_id) : std::nullopt,
                           consented ? "t" : "f",
                           or_null(!consented && by_referrer ? visit.source : visit.utm_source),
                           or_null(visit.utm_medium), or_null(visit.utm_campaign),
                           consented ? or_null(visit.referrer) : std::nullopt,
                           consented ? Field("Mozilla/5.0") : std::nullopt, or_null(visit.country),
                           visit.device, consented ? Field(visit.browser) : std::nullopt,
                           visit.bot ? Field("other") : std::nullopt, moment(visit.started_at));
        }
        rows.complete();
    }

    void write_events(const std::vector<GeneratedVisit> &visits) {
        pqxx::stream_to rows(m_work, "events",
                             std::vector<std::string>{"id", "session_id", "tenant_id", "event_type",
                                                      "event_data", "page_url", "created_at"});
        for (const GeneratedVisit &visit : visits) {
            std::string id = visit.id; // the visit's id, changed for each event
            for (std::size_t number = 0; number < visit.events.size(); ++number) {
                id.replace(9, 4, fmt::format("{:04x}", number));
                const GeneratedEvent &event = visit.events[number];
                const std::string data =
                    event.load_ms < 0 ? "{}" : fmt::format("{{\"loadMs\":{}}}", event.load_ms);
                rows << fields(id, visit.id, m_tenant, event.type, data, event.page, moment(event.at));
            }
        }
        rows.complete();
    }

    void write_assignments(const std::vector<GeneratedVisit> &visits) {
        pqxx::stream_to rows(m_work, "ab_assignments",
                             std::vector<std::string>{"tenant_id", "session_id", "test_id", "variant_id",
                                                      "phase", "assigned_at"});
        for (const GeneratedVisit &visit : visits) {
            rows << fields(m_tenant, visit.id, m_test, visit.variant, "1", moment(visit.started_at));
        }
        rows.complete();
    }

    void write_bookings(const std::vector<GeneratedVisit> &visits) {
        pqxx::stream_to rows(m_work, "bookings",
                             std::vector<std::string>{"id", "tenant_id", "session_id", "client_name",
                                                      "client_email", "service_type", "value_minor", "status",
                                                      "created_at"});
        for (const GeneratedVisit &visit : visits) {
            if (visit.booking_id.empty()) {
                continue;
            }
            const GeneratedService &service = generated_services[static_cast<std::size_t>(visit.service)];
            rows << fields(visit.booking_id, m_tenant, visit.id, "Generated Client", "client@example.com",
                           service.name, std::to_string(service.price_minor), visit.booking_status,
                           moment(visit.events.back().at));
        }
        rows.complete();
    }

    pqxx::work &m_work;
    const std::string m_tenant, m_test;
};

void write_page_loads(pqxx::work &work, const GeneratedTruth &truth) {
    pqxx::stream_to rows(work, "page_load_days",
                         std::vector<std::string>{"tenant_id", "day", "loads", "total_ms", "buckets"});
    for (const auto &[day, loads] : truth.page_loads) {
        rows << fields(truth.tenant_id.text(), day_text(day), std::to_string(loads.loads),
                       std::to_string(loads.total_ms), fmt::format("{{{}}}", fmt::join(loads.buckets, ",")));
    }
    rows.complete();
}

// Returns the ids of the tenant and of its experiment.
std::pair<std::string, std::string> add_tenant(pqxx::work &work, const std::string &subdomain, int number,
                                               sys_days from) {
    const std::string tenant =
        work.exec_params1("INSERT INTO tenants (subdomain, name) VALUES ($1, $2) RETURNING id", subdomain,
                          fmt::format("Generated {}", number))[0]
            .c_str();
    work.exec_params("UPDATE tenant_settings_history SET zone = $2 WHERE tenant_id = $1", tenant,
                     zones[static_cast<std::size_t>(number - 1) % zones.size()]);
    const std::string test =
        work.exec_params1(
                R"(INSERT INTO ab_tests (tenant_id, name, element_type, variants, status) VALUES ($1, 'Layout',
            'layout', '[{"id": "control", "name": "Current page", "weight": 0.5}, {"id": "modern", "name": "Modern",
            "weight": 0.5, "config": {"layout": "modern"}}]', 'active') RETURNING id)",
                tenant)[0]
            .c_str();
    work.exec_params("UPDATE ab_test_phases SET started_at = $2 WHERE test_id = $1", test, day_text(from));
    return {tenant, test};
}

std::vector<GeneratedTruth> write_tenants(pqxx::work &work, const GeneratorPlan &plan,
                                          const TrafficGenerator::Progress &progress) {
    std::vector<GeneratedTruth> truths;
    const DateRange range{plan.until - days(plan.months * 30 - 1), plan.until};
    const std::int64_t half = plan.tenants == 1 ? plan.events : plan.events / 2;
    std::int64_t written = 0;
    for (int number = 1; number <= plan.tenants; ++number) {
        VisitGenerator visits(plan.seed * 1'000'003 + static_cast<std::uint64_t>(number), range,
                              number == 1 ? half : (plan.events - half) / (plan.tenants - 1));
        const std::string subdomain = fmt::format("generated-{}-{}", plan.seed, number);
        const auto [tenant, test] = add_tenant(work, subdomain, number, range.from);
        while (!visits.at_end()) {
            std::vector<GeneratedVisit> batch;
            while (!visits.at_end() && batch.size() < visits_at_once) {
                for (GeneratedVisit &visit : visits.next_day()) {
                    batch.push_back(std::move(visit));
                }
            }
            Writer(work, models::TenantId(tenant), test).write(batch);
            if (progress) {
                progress(written + visits.truth().events);
            }
        }
        written += visits.truth().events;
        truths.push_back(visits.truth());
        truths.back().tenant_id = models::TenantId(tenant);
        truths.back().subdomain = subdomain;
        truths.back().test_id = test;
        write_page_loads(work, truths.back());
    }
    return truths;
}

void make_figures(pqxx::work &work, const std::vector<GeneratedTruth> &truths) {
    work.exec("ANALYZE sessions, events, ab_assignments, bookings");
    for (const GeneratedTruth &truth : truths) {
        work.exec_params("SELECT analytics_rebuild($1)", truth.tenant_id);
    }
}

void set_triggers(pqxx::work &work, const char *how) {
    for (const std::string &table : raw_tables) {
        work.exec(fmt::format("ALTER TABLE {} {} TRIGGER USER", table, how));
    }
}

// Prepares the tables for index-only scans, which autovacuum would do later.
void tidy_up(Session &owner) {
    owner.impl().execute_alone("SET statement_timeout = 0");
    for (const auto *tables : {&raw_tables, &figure_tables}) {
        for (const std::string &table : *tables) {
            owner.impl().execute_alone("VACUUM (ANALYZE) " + table);
        }
    }
    owner.impl().execute_alone("RESET statement_timeout");
}

} // namespace

std::vector<GeneratedTruth> TrafficGenerator::run(const GeneratorPlan &plan, const Progress &progress) {
    if (plan.tenants < 1 || plan.months < 1 || plan.events < 0) {
        throw Error(ErrorKind::Invalid, "At least one tenant and one month are needed.");
    }
    std::vector<GeneratedTruth> truths;
    const bool in_bulk = plan.in_bulk || plan.events >= min_events_in_bulk;
    m_session.impl().transact([&](pqxx::work &work) {
        work.exec("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0");
        work.exec_params("SELECT events_make_partitions($1, $2)",
                         day_text(plan.until - days(plan.months * 30 + 31)), plan.months + 3);
        std::optional<SetAsideIndexes> of_rows;
        if (in_bulk) {
            of_rows.emplace(work, raw_tables);
            set_triggers(work, "DISABLE"); // because the figures of a new tenant are computed at once
        }
        truths = write_tenants(work, plan, progress);
        if (of_rows) {
            of_rows->make_again();
            set_triggers(work, "ENABLE");
        }
        make_figures(work, truths);
    });
    if (in_bulk) {
        tidy_up(m_session);
    }
    return truths;
}

} // namespace studio::db
