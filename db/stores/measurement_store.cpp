// SPDX-License-Identifier: Apache-2.0
#include "db/stores/measurement_store.h"

#include "db/connection/array_literal.h"
#include "db/connection/rows.h"
#include "db/connection/session_impl.h"

namespace studio::db {

namespace {

constexpr const char *select_loads = "SELECT b.bucket, sum(b.loads)::bigint FROM page_load_days p, "
                                     "unnest(p.buckets) WITH ORDINALITY AS b (loads, bucket)"
                                     " WHERE ($1 = '' OR p.tenant_id::text = $1) AND p.day BETWEEN "
                                     "'1970-01-01'::date + $2::int AND '1970-01-01'::date + $3::int"
                                     " GROUP BY b.bucket";
constexpr const char *select_total =
    "SELECT coalesce(sum(loads), 0)::bigint, coalesce(sum(total_ms), 0)::bigint FROM page_load_days"
    " WHERE ($1 = '' OR tenant_id::text = $1) AND day BETWEEN '1970-01-01'::date + $2::int AND "
    "'1970-01-01'::date "
    "+ $3::int";
constexpr const char *select_uptime =
    "SELECT measured, up, answered, failed FROM "
    "service_uptime('1970-01-01'::date + $1::int, '1970-01-01'::date + $2::int)";
constexpr const char *refresh =
    "SELECT page_loads_refresh('1970-01-01'::date + $1::int, '1970-01-01'::date + $2::int)";
constexpr const char *note = "SELECT service_minutes_note($1, $2, $3, $4, $5)";

int number_of(std::chrono::sys_days day) {
    return static_cast<int>(day.time_since_epoch().count());
}

} // namespace

void PageLoads::add(int ms) {
    ++loads;
    total_ms += ms;
    std::size_t bucket = 0;
    while (bucket + 1 < buckets.size() && page_load_bounds_ms[bucket + 1] <= ms) {
        ++bucket;
    }
    ++buckets[bucket];
}

std::int64_t PageLoads::faster_than(int ms) const {
    std::int64_t faster = 0;
    for (std::size_t i = 0; i < buckets.size() && page_load_bounds_ms[i] < ms; ++i) {
        faster += buckets[i];
    }
    return faster;
}

PageLoads MeasurementStore::page_loads(const models::TenantId &tenant_id, DateRange range) {
    return m_session.impl().transact([&](pqxx::work &work) {
        const int first = number_of(range.from), last = number_of(range.to);
        PageLoads loads;
        const auto total = work.exec_params1(select_total, tenant_id, first, last);
        loads.loads = total[0].as<std::int64_t>();
        loads.total_ms = total[1].as<std::int64_t>();
        for (const auto &row : work.exec_params(select_loads, tenant_id, first, last)) {
            loads.buckets.at(row[0].as<std::size_t>() - 1) = row[1].as<std::int64_t>();
        }
        return loads;
    });
}

Uptime MeasurementStore::uptime(DateRange range) {
    return m_session.impl().transact([&](pqxx::work &work) {
        const auto row = work.exec_params1(select_uptime, number_of(range.from), number_of(range.to));
        return Uptime{row[0].as<std::int64_t>(0), row[1].as<std::int64_t>(0), row[2].as<std::int64_t>(0),
                      row[3].as<std::int64_t>(0)};
    });
}

std::optional<int> MeasurementStore::refresh_page_loads(DateRange range) {
    return m_session.impl().transact([&](pqxx::work &work) {
        work.exec("SET LOCAL statement_timeout = '5min'");
        return optional_int(work.exec_params1(refresh, number_of(range.from), number_of(range.to))[0]);
    });
}

void MeasurementStore::note_minutes(const std::string &replica, const std::vector<ServiceMinute> &minutes) {
    if (minutes.empty()) {
        return;
    }
    ArrayLiteral times, readies, answers, failures;
    for (const ServiceMinute &each : minutes) {
        times.add_number(each.minute);
        readies.add_flag(each.ready);
        answers.add_number(each.answered);
        failures.add_number(each.failed);
    }
    m_session.impl().transact([&](pqxx::work &work) {
        work.exec_params(note, replica, times.text(), readies.text(), answers.text(), failures.text());
    });
}

} // namespace studio::db
