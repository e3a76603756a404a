// SPDX-License-Identifier: Apache-2.0
#include "db/stores/compliance_store.h"

#include "db/connection/rows.h"
#include "db/connection/session_impl.h"

namespace studio::db {

std::optional<IdentityVerification> ComplianceStore::verification(const models::TenantId &tenant_id) {
    require_tenant_id(tenant_id);
    return m_session.impl().transact([&](pqxx::work &work) -> std::optional<IdentityVerification> {
        const auto rows =
            work.exec_params("SELECT document_kind, account_name(verified_by) AS verified_by, "
                             "adult_confirmed, " SQL_MICROSECONDS(
                                 "verified_at") " AS at"
                                                " FROM identity_verifications WHERE tenant_id = $1 ORDER BY "
                                                "adult_confirmed DESC, verified_at DESC LIMIT 1",
                             tenant_id);
        if (rows.empty()) {
            return std::nullopt;
        }
        return IdentityVerification{tenant_id, rows[0]["document_kind"].c_str(), time_of(rows[0]["at"]),
                                    rows[0]["verified_by"].c_str(), rows[0]["adult_confirmed"].as<bool>()};
    });
}

void ComplianceStore::record_verification(const models::TenantId &tenant_id,
                                          const std::string &document_kind) {
    require_tenant_id(tenant_id);
    m_session.impl().transact([&](pqxx::work &work) {
        work.exec_params("INSERT INTO identity_verifications (tenant_id, document_kind, adult_confirmed)"
                         " VALUES ($1, $2, true)",
                         tenant_id, document_kind);
    });
}

std::vector<PhotoRelease> ComplianceStore::releases(const models::TenantId &tenant_id) {
    require_tenant_id(tenant_id);
    return m_session.impl().transact([&](pqxx::work &work) {
        std::vector<PhotoRelease> releases;
        for (const auto &row : work.exec_params(
                 "SELECT photo_url, account_name(recorded_by) AS recorded_by, " SQL_MICROSECONDS(
                     "recorded_at") " AS at"
                                    " FROM photo_releases WHERE withdrawn_at IS NULL AND tenant_id = "
                                    "$1 ORDER BY recorded_at, photo_url",
                 tenant_id)) {
            releases.push_back(
                {tenant_id, row["photo_url"].c_str(), row["recorded_by"].c_str(), time_of(row["at"])});
        }
        return releases;
    });
}

std::vector<std::string> ComplianceStore::withdrawn_photos() {
    return m_session.impl().transact([&](pqxx::work &work) {
        std::vector<std::string> photos;
        for (const auto &row :
             work.exec("SELECT DISTINCT photo_url FROM photo_releases WHERE withdrawn_at IS NOT NULL")) {
            photos.emplace_back(row[0].c_str());
        }
        return photos;
    });
}

void ComplianceStore::record_release(const models::TenantId &tenant_id, const std::string &photo_url) {
    require_tenant_id(tenant_id);
    m_session.impl().transact([&](pqxx::work &work) {
        work.exec_params("SELECT photo_release_record($1, $2)", tenant_id, photo_url);
    });
}

void ComplianceStore::withdraw_release(const models::TenantId &tenant_id, const std::string &photo_url) {
    require_tenant_id(tenant_id);
    m_session.impl().transact([&](pqxx::work &work) {
        if (!work.exec_params1("SELECT photo_release_withdraw($1, $2)", tenant_id, photo_url)[0].as<bool>()) {
            throw Error(ErrorKind::NotFound, "No release is recorded for the photo " + photo_url + ".");
        }
    });
}

} // namespace studio::db
