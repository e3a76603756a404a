// SPDX-License-Identifier: Apache-2.0
#include "tests/db/experiment_visitors.h"

#include <fmt/format.h>

namespace studio::db {

std::string experiment_visitors(const std::string &tenant_id, const std::string &test_id, int days,
                                int visitors_a_day,
                                const std::vector<std::pair<std::string, int>> &bookings_a_day) {
    std::string variants;
    for (const auto &[variant, bookings] : bookings_a_day)
        variants += fmt::format("{}('{}', {})", variants.empty() ? "" : ", ", variant, bookings);
    return fmt::format(
        "WITH planned AS (SELECT gen_random_uuid() AS id, v.variant, p.place <= v.bookings AS books, "
        "date_trunc('day', now()) - d.day * interval '1 day' AS at FROM (VALUES {}) v (variant, bookings), "
        "generate_series(1, {}) d (day), generate_series(1, {}) p (place)), "
        "visits AS (INSERT INTO sessions (id, tenant_id, created_at) SELECT id, '{}', at FROM planned "
        "RETURNING id), "
        "shown AS (INSERT INTO ab_assignments (tenant_id, session_id, test_id, variant_id, assigned_at) "
        "SELECT "
        "'{}', v.id, '{}', p.variant, p.at FROM visits v JOIN planned p USING (id)) "
        "INSERT INTO bookings (tenant_id, session_id, client_name, client_email, created_at) SELECT '{}', "
        "v.id, 'A Client', 'client@example.com', p.at + interval '1 minute' FROM visits v JOIN planned p "
        "USING "
        "(id) WHERE p.books",
        variants, days, visitors_a_day, tenant_id, tenant_id, test_id, tenant_id);
}

} // namespace studio::db
