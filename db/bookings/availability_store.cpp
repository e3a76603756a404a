// SPDX-License-Identifier: Apache-2.0
#include "db/bookings/availability_store.h"

#include "db/connection/array_literal.h"
#include "db/connection/rows.h"
#include "db/connection/secrets.h"
#include "db/connection/session_impl.h"

namespace studio::db {

namespace {

std::int64_t microseconds(models::Time time) {
    return base::to_microseconds(time);
}

models::Json json_of(const pqxx::field &field) {
    return field.is_null() ? models::Json() : models::Json::parse(field.c_str(), nullptr, false);
}

std::optional<std::string> text_or_none(const models::Json &json) {
    return json.is_null() ? std::nullopt : std::optional(json.dump());
}

// Calls a function that removes something and says whether it was there.
void remove(Session &session, const char *statement, const std::string &id, const char *missing) {
    session.impl().transact([&](pqxx::work &work) {
        if (!is_uuid(id) || !work.exec_params1(statement, id)[0].as<bool>()) {
            throw Error(ErrorKind::NotFound, missing);
        }
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

std::vector<TimeBlock> AvailabilityStore::blocks(const models::TenantId &tenant_id, models::Time first,
                                                 models::Time last) {
    require_tenant_id(tenant_id);
    return m_session.impl().transact([&](pqxx::work &work) {
        std::vector<TimeBlock> blocks;
        for (const auto &row : work.exec_params(
                 "SELECT id, " SQL_MICROSECONDS("starts_at") " AS starts, " SQL_MICROSECONDS(
                     "ends_at") " AS ends, note, import_id IS NOT NULL AS imported FROM time_blocks"
                                " WHERE tenant_id = $1 AND ends_at > to_timestamp($2 / 1e6)"
                                " AND starts_at < to_timestamp($3 / 1e6) ORDER BY starts_at, id",
                 tenant_id, microseconds(first), microseconds(last))) {
            blocks.push_back({row["id"].c_str(), time_of(row["starts"]), time_of(row["ends"]),
                              row["note"].c_str(), row["imported"].as<bool>()});
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

void AvailabilityStore::remove_block(const std::string &id) {
    remove(m_session, "SELECT time_block_remove($1)", id, "There is no such blocked time.");
}

models::Json AvailabilityStore::tours(const models::TenantId &tenant_id) {
    require_tenant_id(tenant_id);
    return m_session.impl().transact([&](pqxx::work &work) {
        models::Json tours = models::Json::array();
        for (const auto &row : work.exec_params("SELECT json_build_object('id', id, 'city', city, "
                                                "'timezone', time_zone, 'firstDay', first_day,"
                                                " 'lastDay', last_day, 'visibility', visibility, "
                                                "'visibleFrom', visible_from, 'weekly', weekly)"
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

void AvailabilityStore::remove_tour(const std::string &id) {
    remove(m_session, "SELECT tour_remove($1)", id, "There is no such tour.");
}

std::vector<CalendarImport> AvailabilityStore::imports(const models::TenantId &tenant_id) {
    require_tenant_id(tenant_id);
    return m_session.impl().transact([&](pqxx::work &work) {
        std::vector<CalendarImport> imports;
        for (const auto &row : work.exec_params("SELECT id, name, url, problem, " SQL_MICROSECONDS(
                                                    "read_at") " AS read FROM calendar_imports WHERE"
                                                               " tenant_id = $1 ORDER BY name, id",
                                                tenant_id)) {
            imports.push_back({row["id"].c_str(), row["name"].c_str(), optional_text(row["url"]).value_or(""),
                               row["read"].is_null() ? std::nullopt : std::optional(time_of(row["read"])),
                               row["problem"].c_str()});
        }
        return imports;
    });
}

std::string AvailabilityStore::save_import(const models::TenantId &tenant_id,
                                           const std::optional<std::string> &id, const std::string &name,
                                           const std::string &url, const std::vector<BusyTime> &busy) {
    require_tenant_id(tenant_id);
    ArrayLiteral starts, ends;
    for (const BusyTime &time : busy) {
        starts.add_number(microseconds(time.start));
        ends.add_number(microseconds(time.end));
    }
    return m_session.impl().transact([&](pqxx::work &work) {
        return std::string(work.exec_params1("SELECT calendar_import_save($1, $2, $3, $4, $5, $6)", tenant_id,
                                             id, name, url.empty() ? std::nullopt : std::optional(url),
                                             starts.text(), ends.text())[0]
                               .c_str());
    });
}

void AvailabilityStore::import_failed(const std::string &id, const std::string &problem) {
    m_session.impl().transact([&](pqxx::work &work) {
        if (!is_uuid(id) ||
            !work.exec_params1("SELECT calendar_import_failed($1, $2)", id, problem)[0].as<bool>()) {
            throw Error(ErrorKind::NotFound, "There is no such calendar.");
        }
    });
}

void AvailabilityStore::remove_import(const std::string &id) {
    remove(m_session, "SELECT calendar_import_remove($1)", id, "There is no such calendar.");
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

void AvailabilityStore::revoke_feed(const std::string &id) {
    remove(m_session, "SELECT calendar_feed_revoke($1)", id, "There is no such calendar address.");
}

} // namespace studio::db
