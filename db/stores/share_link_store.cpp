// SPDX-License-Identifier: Apache-2.0
#include "db/stores/share_link_store.h"

#include "db/connection/rows.h"
#include "db/connection/secrets.h"
#include "db/connection/session_impl.h"

namespace studio::db {

ShareLink ShareLinkStore::create(const models::TenantId &tenant_id, std::chrono::hours valid_for) {
    require_tenant_id(tenant_id);
    const std::string token = random_token(32);
    return m_session.impl().transact([&](pqxx::work &work) {
        const auto row = work.exec_params1(
            "INSERT INTO share_links (tenant_id, token_hash, expires_at)"
            " VALUES ($1, sha256(convert_to($2, 'UTF8')), clock_timestamp() + make_interval(hours => $3))"
            " RETURNING id, account_name(created_by) AS created_by, " SQL_MICROSECONDS(
                "expires_at") " AS expires",
            tenant_id, token, static_cast<int>(valid_for.count()));
        return ShareLink{row["id"].c_str(), token, time_of(row["expires"]), row["created_by"].c_str()};
    });
}

std::vector<ShareLink> ShareLinkStore::list(const models::TenantId &tenant_id) {
    require_tenant_id(tenant_id);
    return m_session.impl().transact([&](pqxx::work &work) {
        std::vector<ShareLink> links;
        for (const auto &row : work.exec_params(
                 "SELECT id, account_name(created_by) AS created_by, " SQL_MICROSECONDS(
                     "expires_at") " AS expires"
                                   " FROM share_links WHERE tenant_id = $1 AND expires_at > now()"
                                   " ORDER BY expires_at",
                 tenant_id)) {
            links.push_back({row["id"].c_str(), {}, time_of(row["expires"]), row["created_by"].c_str()});
        }
        return links;
    });
}

void ShareLinkStore::revoke(const std::string &id) {
    m_session.impl().transact([&](pqxx::work &work) {
        if (!is_uuid(id) || !work.exec_params1("SELECT share_link_revoke($1)", id)[0].as<bool>()) {
            throw Error(ErrorKind::NotFound, "There is no such share link.");
        }
    });
}

std::size_t ShareLinkStore::revoke_all() {
    return m_session.impl().transact([&](pqxx::work &work) {
        work.exec0("DELETE FROM share_links WHERE expires_at <= now()");
        return static_cast<std::size_t>(work.exec0("DELETE FROM share_links").affected_rows());
    });
}

} // namespace studio::db
