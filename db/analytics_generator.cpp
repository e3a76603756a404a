// SPDX-License-Identifier: Apache-2.0
#include "db/analytics_generator.h"

#include "db/analytics_query.h"
#include "db/analytics_upkeep.h"
#include "db/session_impl.h"

#include <fmt/format.h>
#include <pqxx/stream_to>

namespace studio::db {

namespace {

using std::chrono::days;
using std::chrono::sys_days;
using Field = std::optional<std::string>;

constexpr std::size_t visits_a_transaction = 40'000;
constexpr std::array zones{"Australia/Sydney", "UTC", "Asia/Kathmandu", "America/New_York"};

// Marks would only be thrown away: the figures of a new tenant are made as a whole.
void set_marking(pqxx::work &work, bool on) {
    for (const char *table : {"sessions", "events", "ab_assignments", "bookings"})
        work.exec(fmt::format("ALTER TABLE {} {} TRIGGER analytics_added", table, on ? "ENABLE" : "DISABLE"));
}

std::string moment(std::int64_t at_us) {
    const std::int64_t seconds = at_us / 1'000'000;
    const sys_days day{days(seconds / 86400)};
    const std::int64_t rest = seconds % 86400;
    return fmt::format("{} {:02}:{:02}:{:02}.{:06}+00", day_text(day), rest / 3600, rest / 60 % 60, rest % 60,
                       at_us % 1'000'000);
}

Field or_null(const char *text) {
    return *text ? Field(text) : std::nullopt;
}

template <class... Values> auto fields(const Values &...values) {
    return std::make_tuple(Field(values)...);
}

// The rows of one transaction, table after table.
class Writer final {
public:
    Writer(pqxx::work &work, const std::string &tenant_id, const std::string &test_id)
        : m_work(work), m_tenant(tenant_id), m_test(test_id) {}

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
        for (const GeneratedVisit &visit : visits)
            rows << fields(visit.id, m_tenant, visit.id,
                           visit.visitor_id.empty() ? std::nullopt : Field(visit.visitor_id),
                           visit.visitor_id.empty() ? "f" : "t", or_null(visit.utm_source),
                           or_null(visit.utm_medium), or_null(visit.utm_campaign), or_null(visit.referrer),
                           "Mozilla/5.0", or_null(visit.country), visit.device, visit.browser,
                           visit.bot ? Field("other") : std::nullopt, moment(visit.started_us));
        rows.complete();
    }

    void write_events(const std::vector<GeneratedVisit> &visits) {
        pqxx::stream_to rows(m_work, "events",
                             std::vector<std::string>{"id", "session_id", "tenant_id", "event_type",
                                                      "event_data", "page_url", "created_at"});
        for (const GeneratedVisit &visit : visits) {
            std::string id = visit.id; // one of its own for each event, by the visit's
            for (std::size_t number = 0; number < visit.events.size(); ++number) {
                id.replace(9, 4, fmt::format("{:04x}", number));
                const GeneratedEvent &event = visit.events[number];
                rows << fields(id, visit.id, m_tenant, event.type, "{}", event.page, moment(event.at_us));
            }
        }
        rows.complete();
    }

    void write_assignments(const std::vector<GeneratedVisit> &visits) {
        pqxx::stream_to rows(m_work, "ab_assignments",
                             std::vector<std::string>{"tenant_id", "session_id", "test_id", "variant_id",
                                                      "phase", "assigned_at"});
        for (const GeneratedVisit &visit : visits)
            rows << fields(m_tenant, visit.id, m_test, visit.variant, "1", moment(visit.started_us));
        rows.complete();
    }

    void write_bookings(const std::vector<GeneratedVisit> &visits) {
        pqxx::stream_to rows(m_work, "bookings",
                             std::vector<std::string>{"id", "tenant_id", "session_id", "client_name",
                                                      "client_email", "service_type", "value_minor", "status",
                                                      "created_at"});
        for (const GeneratedVisit &visit : visits) {
            if (visit.booking_id.empty())
                continue;
            const GeneratedService &service = generated_services[static_cast<std::size_t>(visit.service)];
            rows << fields(visit.booking_id, m_tenant, visit.id, "Generated Client", "client@example.com",
                           service.name, std::to_string(service.price_minor), visit.booking_status,
                           moment(visit.events.back().at_us));
        }
        rows.complete();
    }

    pqxx::work &m_work;
    const std::string m_tenant, m_test;
};

// Gives the tenant's id and her test's.
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
            'layout', '[{"id": "control", "name": "As it is", "weight": 0.5}, {"id": "modern", "name": "Modern",
            "weight": 0.5, "config": {"layout": "modern"}}]', 'active') RETURNING id)",
                tenant)[0]
            .c_str();
    work.exec_params("UPDATE ab_test_phases SET started_at = $2 WHERE test_id = $1", test, day_text(from));
    return {tenant, test};
}

} // namespace

GeneratedTruth AnalyticsGenerator::make_tenant(const GeneratorPlan &plan, int number, std::int64_t events,
                                               std::int64_t &written, const Progress &progress) {
    const DateRange range{plan.until - days(plan.months * 30 - 1), plan.until};
    VisitGenerator visits(plan.seed * 1'000'003 + static_cast<std::uint64_t>(number), range, events);
    const std::string subdomain = fmt::format("generated-{}-{}", plan.seed, number);
    const auto [tenant, test] = m_session.impl().transact(
        [&](pqxx::work &work) { return add_tenant(work, subdomain, number, range.from); });
    while (!visits.at_end()) {
        std::vector<GeneratedVisit> batch;
        while (!visits.at_end() && batch.size() < visits_a_transaction)
            for (GeneratedVisit &visit : visits.next_day())
                batch.push_back(std::move(visit));
        m_session.impl().transact([&](pqxx::work &work) {
            work.exec("SET LOCAL statement_timeout = 0");
            set_marking(work, false);
            Writer(work, tenant, test).write(batch);
            set_marking(work, true);
        });
        if (progress)
            progress(written + visits.truth().events);
    }
    written += visits.truth().events;
    GeneratedTruth truth = visits.truth();
    truth.tenant_id = tenant;
    truth.subdomain = subdomain;
    truth.test_id = test;
    return truth;
}

std::vector<GeneratedTruth> AnalyticsGenerator::run(const GeneratorPlan &plan, const Progress &progress) {
    if (plan.tenants < 1 || plan.months < 1 || plan.events < 0)
        throw Error(ErrorKind::Invalid, "At least one tenant and one month are needed.");
    m_session.impl().transact([&](pqxx::work &work) {
        work.exec_params("SELECT events_make_partitions($1, $2)",
                         day_text(plan.until - days(plan.months * 30 + 31)), plan.months + 3);
    });
    std::vector<GeneratedTruth> truths;
    std::int64_t written = 0;
    for (int number = 1; number <= plan.tenants; ++number) {
        const std::int64_t half = plan.tenants == 1 ? plan.events : plan.events / 2;
        truths.push_back(make_tenant(
            plan, number, number == 1 ? half : (plan.events - half) / (plan.tenants - 1), written, progress));
    }
    m_session.impl().transact([](pqxx::work &work) {
        work.exec("SET LOCAL statement_timeout = 0");
        work.exec("ANALYZE sessions, events, ab_assignments, bookings");
    });
    AnalyticsUpkeep upkeep(m_session);
    for (const GeneratedTruth &truth : truths)
        upkeep.rebuild(truth.tenant_id);
    return truths;
}

} // namespace studio::db
