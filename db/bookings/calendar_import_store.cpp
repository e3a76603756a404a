// SPDX-License-Identifier: Apache-2.0
#include "db/bookings/calendar_import_store.h"

#include "db/connection/array_literal.h"
#include "db/connection/rows.h"
#include "db/connection/session_impl.h"

namespace studio::db {

namespace {

constexpr const char *no_calendar = "There is no such calendar.";

constexpr const char *list_imports = "SELECT id, name, host, zones, report, problem, " SQL_MICROSECONDS(
    "read_at") " AS read, " SQL_MICROSECONDS("tried_at") " AS tried, (SELECT count(*) FROM time_blocks b "
                                                         "WHERE b.import_id = i.id) AS busy"
                                                         " FROM calendar_imports i WHERE tenant_id = $1 "
                                                         "ORDER BY name, id";

constexpr const char *claim_import =
    "SELECT id, tenant_id, url, zone, zones, failures FROM calendar_import_claim($1)";

std::optional<models::Time> time_or_none(const pqxx::field &field) {
    return field.is_null() ? std::nullopt : std::optional(time_of(field));
}

void require(bool found, const char *missing) {
    if (!found) {
        throw Error(ErrorKind::NotFound, missing);
    }
}

struct BusyArrays {
    ArrayLiteral starts, ends;

    explicit BusyArrays(const std::vector<BusyTime> &busy) {
        for (const BusyTime &time : busy) {
            starts.add_time(time.start);
            ends.add_time(time.end);
        }
    }
};

} // namespace

std::vector<CalendarImport> CalendarImportStore::list(const models::TenantId &tenant_id) {
    require_tenant_id(tenant_id);
    return m_session.impl().transact([&](pqxx::work &work) {
        std::vector<CalendarImport> imports;
        for (const auto &row : work.exec_params(list_imports, tenant_id)) {
            imports.push_back(
                {row["id"].c_str(), row["name"].c_str(), optional_text(row["host"]).value_or(""),
                 models::Json::parse(row["zones"].c_str()), models::Json::parse(row["report"].c_str()),
                 time_or_none(row["read"]), time_or_none(row["tried"]), row["problem"].c_str(),
                 row["busy"].as<std::size_t>()});
        }
        return imports;
    });
}

std::string CalendarImportStore::save(const models::TenantId &tenant_id, const std::optional<std::string> &id,
                                      const std::string &name, const std::vector<BusyTime> &busy,
                                      const models::Json &report) {
    require_tenant_id(tenant_id);
    require(!id || is_uuid(*id), no_calendar);
    BusyArrays arrays(busy);
    return m_session.impl().transact([&](pqxx::work &work) {
        return std::string(work.exec_params1("SELECT calendar_import_save($1, $2, $3, $4, $5, $6)", tenant_id,
                                             id, name, arrays.starts.text(), arrays.ends.text(),
                                             report.dump())[0]
                               .c_str());
    });
}

std::string CalendarImportStore::follow(const models::TenantId &tenant_id, const std::string &name,
                                        const std::string &url, const models::Json &zones) {
    require_tenant_id(tenant_id);
    return m_session.impl().transact([&](pqxx::work &work) {
        return std::string(work.exec_params1("SELECT calendar_import_follow($1, $2, $3, $4)", tenant_id, name,
                                             url, zones.dump())[0]
                               .c_str());
    });
}

void CalendarImportStore::refresh(const models::TenantId &tenant_id, const std::string &id,
                                  const models::Json &zones) {
    require_tenant_id(tenant_id);
    const auto stored = zones.is_null() ? std::nullopt : std::optional(zones.dump());
    m_session.impl().transact([&](pqxx::work &work) {
        require(is_uuid(id) &&
                    work.exec_params1("SELECT calendar_import_refresh($1, $2, $3)", tenant_id, id, stored)[0]
                        .as<bool>(),
                "There is no such calendar with an address. One from a file is imported again.");
    });
}

void CalendarImportStore::remove(const models::TenantId &tenant_id, const std::string &id) {
    require_tenant_id(tenant_id);
    m_session.impl().transact([&](pqxx::work &work) {
        require(is_uuid(id) &&
                    work.exec_params1("SELECT availability_remove($1, 'calendar', $2)", tenant_id, id)[0]
                        .as<bool>(),
                no_calendar);
    });
}

std::optional<DueCalendar> CalendarImportStore::claim(std::chrono::seconds lease) {
    return m_session.impl().transact([&](pqxx::work &work) {
        std::optional<DueCalendar> due;
        for (const auto &row : m_session.impl().prepared(work, claim_import, lease.count())) {
            due = DueCalendar{row[0].c_str(), models::TenantId(row[1].c_str()),    row[2].c_str(),
                              row[3].c_str(), models::Json::parse(row[4].c_str()), row[5].as<int>()};
        }
        return due;
    });
}

void CalendarImportStore::was_read(const std::string &id, const std::vector<BusyTime> &busy,
                                   const models::Json &report, std::chrono::seconds again_in) {
    BusyArrays arrays(busy);
    m_session.impl().transact([&](pqxx::work &work) {
        work.exec_params("SELECT calendar_import_read($1, $2, $3, $4, $5)", id, arrays.starts.text(),
                         arrays.ends.text(), report.dump(), again_in.count());
    });
}

void CalendarImportStore::was_not_read(const std::string &id, const std::string &problem,
                                       std::chrono::seconds again_in) {
    m_session.impl().transact([&](pqxx::work &work) {
        work.exec_params("SELECT calendar_import_unread($1, $2, $3)", id, problem, again_in.count());
    });
}

} // namespace studio::db
