// SPDX-License-Identifier: Apache-2.0
#include "tests/db/sample_rows.h"

#include "db/tenant_store.h"
#include "tests/db/sql.h"

#include <stdexcept>

namespace studio::db {

namespace {

constexpr const char *rows_of_a_tenant = R"(
    WITH tenant (id, login) AS (VALUES ('{id}'::uuid, '{login}')),
    visit AS (
        INSERT INTO sessions (tenant_id, session_token, country)
        SELECT id, 'token of ' || login, 'AU' FROM tenant RETURNING id, tenant_id),
    returned AS (
        INSERT INTO sessions (tenant_id, visitor_id, consented, created_at)
        SELECT id, id, true, now() - days * interval '1 day' FROM tenant, generate_series(1, 2) AS days),
    test AS (
        INSERT INTO ab_tests (tenant_id, name, variants, status)
        SELECT id, 'Hero', '[{"id": "control", "weight": 0.5}, {"id": "v", "weight": 0.5}]', 'active' FROM tenant
        RETURNING id, tenant_id),
    assignment AS (
        INSERT INTO ab_assignments (tenant_id, session_id, test_id, variant_id)
        SELECT visit.tenant_id, visit.id, test.id, 'control' FROM visit, test),
    booking AS (
        INSERT INTO bookings (tenant_id, session_id, client_name, client_email)
        SELECT tenant_id, id, 'A Client', 'client@example.com' FROM visit RETURNING id, tenant_id),
    bots AS (
        INSERT INTO bot_visits (tenant_id, day, bot_class, hits) SELECT id, '2026-01-01', 'ai', 3 FROM tenant),
    salts AS (
        INSERT INTO visitor_salts (day, salt) SELECT current_date + (login = 'ada')::int, sha256(login::bytea) FROM tenant),
    open AS (
        INSERT INTO open_visits (tenant_id, key, visit_id, last_at) SELECT tenant_id, id, id, now() FROM visit),
    capped AS (
        INSERT INTO capped_hours (tenant_id, hour, dropped) SELECT id, date_trunc('hour', now(), 'UTC'), 7 FROM tenant),
    erased AS (
        INSERT INTO erased_subjects (kind, key_hash) SELECT 'visitor', sha256(login::bytea) FROM tenant),
    withdrawn AS (
        INSERT INTO photo_releases (tenant_id, photo_url, withdrawn_at)
        SELECT id, '/media/' || login || '/withdrawn.jpg', now() FROM tenant),
    attempts AS (
        INSERT INTO booking_attempts (client_key) SELECT sha256(login::bytea) FROM tenant),
    blocks AS (
        INSERT INTO blocked_clients (tenant_id, kind, value_hash) SELECT id, 'email', sha256(login::bytea) FROM tenant),
    hook AS (
        INSERT INTO webhooks (tenant_id, url, secret) SELECT id, 'https://hooks.example.com/', repeat('s', 32) FROM tenant
        RETURNING id, tenant_id),
    message AS (
        INSERT INTO outbox (tenant_id, booking_id, kind) SELECT tenant_id, id, 'visitor_email' FROM booking),
    erasure AS (
        INSERT INTO erasures (tenant_id, kind, sessions, events, assignments, bookings)
        SELECT id, 'visitor', 1, 2, 1, 0 FROM tenant)
    INSERT INTO social_media_metrics (tenant_id, platform, metric_date, followers)
    SELECT id, 'instagram', '2026-01-01', 100 FROM tenant)";

constexpr const char *event_of_a_tenant =
    "INSERT INTO events (tenant_id, session_id, event_type, event_data)"
    " SELECT tenant_id, id, 'page_view', '{\"loadMs\": 80}' FROM sessions"
    " WHERE tenant_id = '{id}'";

std::string filled(std::string text, const std::string &name, const std::string &value) {
    const std::string mark = "{" + name + "}";
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark))
        text.replace(at, mark.size(), value);
    return text;
}

void run(Sql &owner, const std::string &statement) {
    if (const auto outcome = owner.done(statement); !outcome.sqlstate.empty())
        throw std::runtime_error(outcome.message);
}

} // namespace

void add_sample_rows(const test_support::TestDatabase &database) {
    Sql owner(database.owner_url());
    Session session(database.operator_url());
    for (const auto &[id, login] :
         {std::pair(database.tenant_id(), "ada"), std::pair(database.other_tenant_id(), "bea")}) {
        run(owner, filled(filled(rows_of_a_tenant, "id", id), "login", login));
        run(owner, filled(event_of_a_tenant, "id", id));
        ShareLinkStore(session).create(id, std::chrono::hours(24));
        test_support::go_live(session, id);
    }
    run(owner, "SELECT analytics_update_tenant(id, 1000, '0', '0', '0') FROM tenants");
    run(owner, "UPDATE sessions SET browser = 'Safari' WHERE consented");
    run(owner,
        "SELECT analytics_update_tenant(id, 1000, '0', '1 hour', '1 hour') FROM tenants"); // dirty days
    run(owner, "SELECT page_loads_refresh(current_date - 1, current_date)");
    run(owner,
        "SELECT service_minutes_note(gen_random_uuid(), ARRAY[extract(epoch FROM now())::bigint / 60], "
        "ARRAY[true], ARRAY[3], ARRAY[0])");
    run(owner, "UPDATE sessions SET country = 'NZ'"); // and so in the queue
    run(owner, "UPDATE events SET page_url = '/rates'");
}

} // namespace studio::db
