// SPDX-License-Identifier: Apache-2.0
#include "db/stores/store_files.h"

#include "db/connection/array_literal.h"
#include "db/connection/rows.h"
#include "db/connection/session_impl.h"
#include "models/tenant/photo_releases.h"

#include <algorithm>
#include <set>

namespace studio::db {

namespace {

constexpr const char *media_path = "/media/";

// $1 is a tenant, "" for all of them.
constexpr const char *library_files =
    "SELECT f.picture, f.key, f.content_type, f.bytes, f.original, f.stored_at IS NOT NULL AS stored,"
    " f.picture IN (SELECT photo_hidden_pictures()) AS withheld"
    " FROM photo_files f WHERE $1 IN ('', f.tenant_id::text)";

// Keys that documents name: below the companion's own folders, pictures, no originals. A photo that only the
// latest draft or a test that is not active shows may be missing.
constexpr const char *document_files = R"(
    WITH mine AS (
        SELECT t.id, t.subdomain, t.media_folder, t.photos_config, t.content_config FROM tenants t
        WHERE $1 IN ('', t.id::text)),
    documents (tenant_id, shown, body) AS (
        SELECT t.id, true, each FROM mine t, unnest(ARRAY[t.photos_config, t.content_config]) each
        UNION ALL SELECT a.tenant_id, a.status = 'active', a.variants FROM ab_tests a JOIN mine t ON t.id = a.tenant_id
            WHERE a.status <> 'completed'
        UNION ALL SELECT l.tenant_id, false, each
            FROM (SELECT DISTINCT ON (r.tenant_id) r.tenant_id, r.photos_config, r.content_config
                  FROM revisions r JOIN mine t ON t.id = r.tenant_id
                  ORDER BY r.tenant_id, r.number DESC) l,
                unnest(ARRAY[l.photos_config::jsonb, l.content_config::jsonb]) each),
    named (tenant_id, shown, key) AS (
        SELECT d.tenant_id, d.shown, substr(value #>> '{}', 8)
        FROM documents d, LATERAL jsonb_path_query(d.body, 'strict $.**', '{}', true) value
        WHERE jsonb_typeof(value) = 'string' AND value #>> '{}' LIKE '/media/%')
    SELECT n.key, bool_or(n.shown) AS shown FROM named n JOIN mine t ON t.id = n.tenant_id
    WHERE n.key ~ '^[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+[.](avif|webp|jpg|jpeg|png)$'
        AND n.key !~ '/originals/' AND split_part(n.key, '/', 1) IN (t.media_folder, t.subdomain)
    GROUP BY n.key)";

constexpr const char *folders =
    "SELECT unnest(ARRAY[t.media_folder, t.subdomain]) FROM tenants t WHERE $1 IN ('', t.id::text)";

} // namespace

models::StoreContents StoreFiles::all() {
    return read("");
}

models::StoreContents StoreFiles::of(const models::TenantId &tenant) {
    require_tenant_id(tenant);
    return read(tenant.text());
}

models::StoreContents StoreFiles::read(const std::string &tenant) {
    return m_session.impl().transact([&](pqxx::work &work) {
        models::StoreContents contents;
        std::set<std::string> pictures; // of libraries, and those that nobody may see
        for (const auto &row : work.exec_params(library_files, tenant)) {
            pictures.insert(row["picture"].c_str());
            contents.files.push_back({row["key"].c_str(), row["content_type"].c_str(),
                                      row["bytes"].as<std::uint64_t>(), row["original"].as<bool>(),
                                      row["withheld"].as<bool>(), true, row["stored"].as<bool>()});
        }
        for (const auto &row : work.exec("SELECT photo_hidden_pictures()")) {
            pictures.insert(row[0].c_str());
        }
        for (const auto &row : work.exec_params(document_files, tenant)) {
            const std::string key = row["key"].c_str();
            if (!pictures.contains(models::picture_of(media_path + key))) {
                contents.files.push_back({key, "", 0, false, false, false, row["shown"].as<bool>()});
            }
        }
        for (const auto &row : work.exec_params(folders, tenant)) {
            contents.folders.emplace_back(row[0].c_str());
        }
        std::ranges::sort(contents.files, {}, &models::StoreFile::key);
        const auto twice = std::ranges::unique(contents.files, {}, &models::StoreFile::key);
        contents.files.erase(twice.begin(), twice.end());
        return contents;
    });
}

std::int64_t StoreFiles::stored() {
    return m_session.impl().transact([](pqxx::work &work) {
        return work.exec1("SELECT count(*) FROM photo_files WHERE stored_at IS NOT NULL")[0]
            .as<std::int64_t>();
    });
}

// Without purges: they are of the CDN, and some places have nobody who may purge it.
std::int64_t StoreFiles::open_steps() {
    return m_session.impl().transact([](pqxx::work &work) {
        return work
            .exec1("SELECT count(*) FROM photo_steps WHERE done_at IS NULL AND action IN "
                   "('remove', 'hide', 'show')")[0]
            .as<std::int64_t>();
    });
}

bool StoreFiles::is_claimed(const PhotoStep &step) {
    return m_session.impl().transact([&](pqxx::work &work) {
        return !work.exec_params("SELECT FROM photo_steps WHERE id = $1::bigint AND attempts = $2"
                                 " AND done_at IS NULL AND claimed_until > clock_timestamp()",
                                 step.id, step.attempts)
                    .empty();
    });
}

void StoreFiles::mark_missing(const models::TenantId &tenant, const std::vector<std::string> &keys) {
    require_tenant_id(tenant);
    m_session.impl().transact([&](pqxx::work &work) {
        ArrayLiteral array;
        for (const std::string &key : keys) {
            array.add_text(key);
        }
        work.exec_params("SELECT photo_mark_missing($1, $2)", tenant, array.text());
    });
}

} // namespace studio::db
