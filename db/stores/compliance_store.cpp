// SPDX-License-Identifier: Apache-2.0
#include "db/stores/compliance_store.h"

#include "db/connection/array_literal.h"
#include "db/connection/rows.h"
#include "db/connection/session_impl.h"
#include "models/booking/day.h"

namespace studio::db {

namespace {

#define SELECT_RELEASES                                                                                      \
    "SELECT tenant_id, photo_url, person, adult, scope, coalesce(valid_from::text, '') AS valid_from, "      \
    "coalesce(valid_until::text, '') AS valid_until, account_name(recorded_by) AS "                          \
    "recorded_by, " SQL_MICROSECONDS("recorded_at") " AS at FROM photo_releases WHERE withdrawn_at IS NULL"

std::vector<PhotoRelease> releases_of(const pqxx::result &rows) {
    std::vector<PhotoRelease> releases;
    for (const auto &row : rows) {
        PhotoRelease release;
        release.tenant_id = models::TenantId(row["tenant_id"].c_str());
        release.photo_url = row["photo_url"].c_str();
        release.person = row["person"].c_str();
        release.adult = row["adult"].as<bool>();
        release.scope = row["scope"].c_str();
        release.valid_from = row["valid_from"].c_str();
        release.valid_until = row["valid_until"].c_str();
        release.recorded_by = row["recorded_by"].c_str();
        release.recorded_at = time_of(row["at"]);
        releases.push_back(std::move(release));
    }
    return releases;
}

void require_day(const std::string &day, const char *which) {
    if (!day.empty() && !models::parse_day(day)) {
        throw Error(ErrorKind::Invalid, std::string("The ") + which +
                                            " day of the release must be a day such as 2027-03-01, or "
                                            "nothing for no limit.");
    }
}

void require_days(const PhotoRelease &release) {
    require_day(release.valid_from, "first");
    require_day(release.valid_until, "last");
    if (!release.valid_from.empty() && !release.valid_until.empty() &&
        release.valid_until < release.valid_from) {
        throw Error(ErrorKind::Invalid, "The last day of the release must not be before its first day.");
    }
}

} // namespace

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
        return releases_of(work.exec_params(
            SELECT_RELEASES " AND tenant_id = $1 ORDER BY recorded_at, photo_url, person", tenant_id));
    });
}

std::vector<PhotoRelease> ComplianceStore::ending_releases(int days) {
    return m_session.impl().transact([&](pqxx::work &work) {
        return releases_of(work.exec_params(
            SELECT_RELEASES
            " AND valid_until >= (now() AT TIME ZONE 'UTC')::date AND valid_until <= (now() AT "
            "TIME ZONE 'UTC')::date + $1::integer ORDER BY valid_until, photo_url, person",
            days));
    });
}

std::vector<std::string> ComplianceStore::withdrawn_photos() {
    return m_session.impl().transact([&](pqxx::work &work) {
        std::vector<std::string> photos;
        for (const auto &row : work.exec("SELECT photo_hidden_pictures()")) {
            photos.emplace_back(row[0].c_str());
        }
        return photos;
    });
}

void ComplianceStore::record_person_release(const PhotoRelease &release) {
    require_tenant_id(release.tenant_id);
    require_days(release);
    m_session.impl().transact([&](pqxx::work &work) {
        work.exec_params("SELECT photo_release_record_person($1, $2, $3, $4, $5, nullif($6, '')::date, "
                         "nullif($7, '')::date)",
                         release.tenant_id, release.photo_url, release.person, release.adult, release.scope,
                         release.valid_from, release.valid_until);
    });
}

std::vector<WithdrawnRelease> ComplianceStore::record_releases(const std::vector<std::string> &photo_urls,
                                                               const PhotoRelease &release) {
    require_tenant_id(release.tenant_id);
    require_days(release);
    ArrayLiteral urls;
    for (const std::string &url : photo_urls) {
        urls.add_text(url);
    }
    return m_session.impl().transact([&](pqxx::work &work) {
        std::vector<WithdrawnRelease> left_out;
        for (const auto &row : work.exec_params(
                 "SELECT photo_url, person, " SQL_MICROSECONDS(
                     "withdrawn_at") " AS at FROM photo_releases_record($1, $2, $3, $4, $5, nullif($6, "
                                     "'')::date, nullif($7, '')::date)",
                 release.tenant_id, urls.text(), release.person, release.adult, release.scope,
                 release.valid_from, release.valid_until)) {
            left_out.push_back({row["photo_url"].c_str(), row["person"].c_str(), time_of(row["at"])});
        }
        return left_out;
    });
}

void ComplianceStore::withdraw_person_release(const models::TenantId &tenant_id, const std::string &photo_url,
                                              const std::string &person) {
    require_tenant_id(tenant_id);
    m_session.impl().transact([&](pqxx::work &work) {
        if (!work.exec_params1("SELECT photo_release_withdraw_person($1, $2, $3)", tenant_id, photo_url,
                               person)[0]
                 .as<bool>()) {
            throw Error(ErrorKind::NotFound,
                        "No release of that person is recorded for the photo " + photo_url + ".");
        }
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
