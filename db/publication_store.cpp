// SPDX-License-Identifier: Apache-2.0
#include "db/publication_store.h"

#include "db/rows.h"
#include "db/session_impl.h"

namespace studio::db {

namespace {
constexpr const char *select_last = "SELECT name, " SQL_MICROSECONDS(
    "published_at") " AS at FROM tenants WHERE published_at IS NOT NULL ORDER BY published_at DESC LIMIT 1";
} // namespace

std::optional<Publication> PublicationStore::last() {
    return m_session.impl().transact([](pqxx::work &work) -> std::optional<Publication> {
        const auto rows = work.exec(select_last);
        if (rows.empty())
            return std::nullopt;
        return Publication{rows[0]["name"].c_str(), time_of(rows[0]["at"])};
    });
}

} // namespace studio::db
