// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/queue_rows.h"

#include <pqxx/pqxx>

namespace studio::bench {

namespace {

constexpr int companions = 20;

constexpr const char *insert_companions =
    "INSERT INTO tenants (subdomain, name, theme_config, content_config, photos_config)"
    " SELECT 'companion-' || n, 'Companion ' || n, theme_config, content_config, photos_config"
    " FROM tenants, generate_series(1, $1::int) AS n WHERE subdomain = 'claire'";

// $1: bookings of each; every three and a half hours one of two hours.
constexpr const char *insert_bookings = R"(
    INSERT INTO bookings (tenant_id, client_name, client_email, client_phone, client_phone_normal, service_type,
                          preferred_date, preferred_date_end, starts_at, ends_at, time_zone, message, status, holds,
                          created_at, changed_at, answer_by, place_kind, place, value_minor)
    SELECT t.id, p.name, lower(replace(p.name, ' ', '.')) || n % 900 || '@example.com', '+61 4' || p.digits,
           '+614' || p.digits, (ARRAY['Dinner date', 'Overnight', 'Weekend'])[n % 3 + 1], s.starts,
           s.starts + interval '2 hours', s.starts, s.starts + interval '2 hours', 'Australia/Sydney',
           'A quiet table by the water would be lovely. We are both early birds.', x.status,
           x.status IN ('accepted', 'confirmed'), s.starts - interval '12 days', s.starts - interval '11 days',
           CASE WHEN x.status = 'pending' THEN now() + n % 48 * interval '1 hour' END, 'outcall', 'Harbourside', 150000
    FROM tenants t CROSS JOIN generate_series(1, $1::int) AS n
    CROSS JOIN LATERAL (SELECT
        (ARRAY['Robin', 'Kim', 'Ash', 'Jo', 'Sasha', 'Lou', 'Max', 'Sam', 'Alex', 'Charlie', 'Noa'])[n % 11 + 1] || ' ' ||
        (ARRAY['Vale', 'Moss', 'Marsh', 'Lindqvist', 'Duval', 'Stone', 'Hale', 'Reed', 'Cross'])[n % 9 + 1] || ' ' || n AS name,
        lpad((n * 7919 % 100000000)::text, 8, '0') AS digits) p
    CROSS JOIN LATERAL (SELECT date_trunc('hour', now()) + (n - $1 * 0.9) * interval '210 minutes' AS starts) s
    CROSS JOIN LATERAL (SELECT CASE WHEN n % 50 = 0 AND s.starts > now() - interval '20 days' OR n > $1 * 0.985 THEN 'pending'
        WHEN s.starts > now() THEN (ARRAY['accepted', 'confirmed'])[n % 2 + 1]
        ELSE (ARRAY['completed', 'declined', 'completed', 'cancelled', 'spam', 'no_show', 'expired'])[n % 7 + 1] END AS status) x
    WHERE t.subdomain LIKE 'companion-%')";

constexpr const char *insert_history =
    "INSERT INTO booking_history (booking_id, tenant_id, at, actor_kind, action, to_status, version)"
    " SELECT id, tenant_id, created_at, 'client', 'request', 'pending', 1 FROM bookings";

} // namespace

void add_bookings(const std::string &owner_url, int bookings) {
    pqxx::connection connection(owner_url);
    {
        pqxx::work work(connection);
        work.exec_params(insert_companions, companions);
        work.exec_params(insert_bookings, bookings / companions);
        work.exec(insert_history);
        work.commit();
    }
    pqxx::nontransaction statistics(connection);
    statistics.exec("VACUUM ANALYZE bookings");
    statistics.exec("VACUUM ANALYZE booking_history");
}

} // namespace studio::bench
