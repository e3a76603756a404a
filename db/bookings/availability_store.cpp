// SPDX-License-Identifier: Apache-2.0
#include "db/bookings/availability_store.h"

#include "db/connection/rows.h"
#include "db/connection/secrets.h"
#include "db/connection/session_impl.h"
#include "models/booking/calendar_json.h"

namespace studio::db {

namespace {

constexpr const char *no_tour = "There is no such tour.";

std::int64_t microseconds(models::Time time) {
    return base::to_microseconds(time);
}

models::Json json_of(const pqxx::field &field) {
    return field.is_null() ? models::Json() : models::Json::parse(field.c_str(), nullptr, false);
}

std::optional<std::string> text_or_none(const models::Json &json) {
    return json.is_null() ? std::nullopt : std::optional(json.dump());
}

void require(bool found, const char *missing) {
    if (!found) {
        throw Error(ErrorKind::NotFound, missing);
    }
}

void remove(Session &session, const models::TenantId &tenant_id, const char *what, const std::string &id,
            const char *missing) {
    require_tenant_id(tenant_id);
    session.impl().transact([&](pqxx::work &work) {
        require(is_uuid(id) &&
                    work.exec_params1("SELECT availability_remove($1, $2, $3)", tenant_id, what, id)[0]
                        .as<bool>(),
                missing);
    });
}

} // namespace

BookingSettings AvailabilityStore::settings(const models::TenantId &tenant_id) {
    require_tenant_id(tenant_id);
    return m_session.impl().transact([&](pqxx::work &work) {
        const auto rows = work.exec_params(
            "SELECT availability, rules, version FROM booking_settings WHERE tenant_id = $1", tenant_id);
        if (rows.empty()) {
            return BookingSettings{};
        }
        return BookingSettings{json_of(rows[0][0]), json_of(rows[0][1]), rows[0][2].as<int>()};
    });
}

bool AvailabilityStore::save(const models::TenantId &tenant_id, const BookingSettings &settings) {
    require_tenant_id(tenant_id);
    return m_session.impl().transact([&](pqxx::work &work) {
        return work
            .exec_params1("SELECT booking_settings_save($1, $2, $3, $4)", tenant_id, settings.version,
                          text_or_none(settings.availability), settings.rules.dump())[0]
            .as<bool>();
    });
}

models::Json AvailabilityStore::calendar(const models::TenantId &tenant_id, models::Time first,
                                         models::Time last) {
    require_tenant_id(tenant_id);
    return m_session.impl().transact([&](pqxx::work &work) {
        const auto field = work.exec_params1("SELECT booking_calendar($1, $2, $3)", tenant_id,
                                             microseconds(first), microseconds(last))[0];
        if (field.is_null()) {
            throw_no_tenant();
        }
        return models::Json::parse(field.c_str());
    });
}

models::Calendar AvailabilityStore::hours_and_tours(const models::TenantId &tenant_id) {
    const models::Time now = base::now();
    return models::read_calendar(calendar(tenant_id, now, now), "UTC");
}

std::vector<TimeBlock> AvailabilityStore::blocks(const std::optional<models::TenantId> &tenant_id,
                                                 models::Time first, models::Time last, int max_rows) {
    if (tenant_id) {
        require_tenant_id(*tenant_id);
    }
    return m_session.impl().transact([&](pqxx::work &work) {
        std::vector<TimeBlock> blocks;
        for (const auto &row : work.exec_params(
                 "SELECT b.id, " SQL_MICROSECONDS("b.starts_at") " AS starts, " SQL_MICROSECONDS(
                     "b.ends_at") " AS ends, b.note, b.import_id IS NOT NULL AS imported, b.tenant_id, "
                                  "t.name,"
                                  " coalesce(i.name, '') AS calendar"
                                  " FROM time_blocks b JOIN tenants t ON t.id = b.tenant_id"
                                  " LEFT JOIN calendar_imports i ON i.id = b.import_id"
                                  " WHERE ($1::uuid IS NULL OR b.tenant_id = $1)"
                                  " AND b.ends_at > to_timestamp($2 / 1e6)"
                                  " AND b.starts_at < to_timestamp($3 / 1e6)"
                                  // no block is longer
                                  " AND b.starts_at > to_timestamp($2 / 1e6) - interval '371 days'"
                                  " ORDER BY b.starts_at, b.id LIMIT $4",
                 tenant_id, microseconds(first), microseconds(last), max_rows)) {
            blocks.push_back({row["id"].c_str(), time_of(row["starts"]), time_of(row["ends"]),
                              row["note"].c_str(), row["imported"].as<bool>(),
                              models::TenantId(row["tenant_id"].c_str()), row["name"].c_str(),
                              row["calendar"].c_str()});
        }
        return blocks;
    });
}

std::string AvailabilityStore::add_block(const models::TenantId &tenant_id, models::Time start,
                                         models::Time end, const std::string &note) {
    require_tenant_id(tenant_id);
    return m_session.impl().transact([&](pqxx::work &work) {
        return std::string(work.exec_params1("SELECT time_block_add($1, $2, $3, $4)", tenant_id,
                                             microseconds(start), microseconds(end), note)[0]
                               .c_str());
    });
}

void AvailabilityStore::remove_block(const models::TenantId &tenant_id, const std::string &id) {
    remove(m_session, tenant_id, "block", id, "There is no such blocked time.");
}

models::Json AvailabilityStore::tours(const models::TenantId &tenant_id) {
    require_tenant_id(tenant_id);
    return m_session.impl().transact([&](pqxx::work &work) {
        models::Json tours = models::Json::array();
        for (const auto &row :
             work.exec_params("SELECT json_build_object('id', id, 'city', city, "
                              "'timezone', time_zone, 'firstDay', first_day,"
                              " 'lastDay', last_day, 'visibility', visibility, "
                              "'visibleFrom', visible_from, 'weekly', weekly, 'incall', incall,"
                              " 'outcall', outcall)"
                              " FROM tours WHERE tenant_id = $1 ORDER BY first_day",
                              tenant_id)) {
            tours.push_back(models::Json::parse(row[0].c_str()));
        }
        return tours;
    });
}

std::string AvailabilityStore::add_tour(const models::TenantId &tenant_id, const models::Json &tour) {
    require_tenant_id(tenant_id);
    return m_session.impl().transact([&](pqxx::work &work) {
        return std::string(work.exec_params1("SELECT tour_add($1, $2)", tenant_id, tour.dump())[0].c_str());
    });
}

void AvailabilityStore::remove_tour(const models::TenantId &tenant_id, const std::string &id) {
    remove(m_session, tenant_id, "tour", id, no_tour);
}

void AvailabilityStore::set_tour_shown(const models::TenantId &tenant_id, const std::string &id,
                                       const std::string &shown, const std::optional<std::string> &from_day) {
    m_session.impl().transact([&](pqxx::work &work) {
        require(is_uuid(id) && work.exec_params1("SELECT tour_set_shown($1, $2, $3, $4)", tenant_id, id,
                                                 shown, from_day)[0]
                                   .as<bool>(),
                no_tour);
    });
}

std::vector<CalendarFeed> AvailabilityStore::feeds(const models::TenantId &tenant_id) {
    require_tenant_id(tenant_id);
    return m_session.impl().transact([&](pqxx::work &work) {
        std::vector<CalendarFeed> feeds;
        for (const auto &row :
             work.exec_params("SELECT id, titles, account_name(created_by) AS created_by, " SQL_MICROSECONDS(
                                  "created_at") " AS created FROM calendar_feeds WHERE tenant_id = $1 AND "
                                                "revoked_at IS NULL"
                                                " ORDER BY created_at, id",
                              tenant_id)) {
            feeds.push_back({row["id"].c_str(), row["titles"].c_str(), row["created_by"].c_str(),
                             time_of(row["created"])});
        }
        return feeds;
    });
}

std::string AvailabilityStore::add_feed(const models::TenantId &tenant_id, const std::string &titles) {
    require_tenant_id(tenant_id);
    const std::string secret = random_token(32);
    m_session.impl().transact([&](pqxx::work &work) {
        work.exec_params1("SELECT calendar_feed_add($1, sha256(convert_to($2, 'UTF8')), $3)", tenant_id,
                          secret, titles);
    });
    return secret;
}

void AvailabilityStore::revoke_feed(const models::TenantId &tenant_id, const std::string &id) {
    remove(m_session, tenant_id, "feed", id, "There is no such calendar address.");
}

} // namespace studio::db
