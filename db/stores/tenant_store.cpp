// SPDX-License-Identifier: Apache-2.0
#include "db/stores/tenant_store.h"

#include "db/connection/rows.h"
#include "db/connection/session_impl.h"
#include "db/stores/short_name.h"

namespace studio::db {

namespace {

constexpr const char *select_summaries =
    "SELECT t.id, t.subdomain, t.name, t.custom_domain, t.status, t.published_revision,"
    " coalesce(r.number, 0) AS latest, coalesce(account_name(r.author), '') AS author, " SQL_MICROSECONDS(
        "greatest(t.updated_at, r.created_at)") " AS edited"
                                                " FROM tenants t LEFT JOIN LATERAL ("
                                                "   SELECT number, author, created_at FROM revisions WHERE "
                                                "tenant_id = t.id ORDER BY number DESC LIMIT 1) r ON true"
                                                " ORDER BY t.name, t.subdomain";

// Selects the published revision, whose JSON keeps the order of keys, or the live columns where the login
// (staff) cannot read revisions.
#define SELECT_TENANT                                                                                        \
    "SELECT t.id, t.subdomain, t.name, t.custom_domain, t.status, t.published_revision, "                    \
    "t.media_folder, " SQL_MICROSECONDS("t.created_at") " AS created, " SQL_MICROSECONDS(                    \
        "t.updated_at") " AS updated,"                                                                       \
                        " coalesce(r.theme_config, "                                                         \
                        "t.theme_config::json) AS "                                                          \
                        "theme_config,"                                                                      \
                        " coalesce(r.content_config, "                                                       \
                        "t.content_config::json) AS "                                                        \
                        "content_config,"                                                                    \
                        " coalesce(r.photos_config, "                                                        \
                        "t.photos_config::json) AS "                                                         \
                        "photos_config"                                                                      \
                        " FROM tenants t LEFT JOIN "                                                         \
                        "revisions r ON r.tenant_id = "                                                      \
                        "t.id AND r.number = "                                                               \
                        "t.published_revision WHERE "

models::Tenant tenant_of(const pqxx::row &row) {
    models::Tenant tenant;
    tenant.id = models::TenantId(row["id"].c_str());
    tenant.subdomain = row["subdomain"].c_str();
    tenant.name = row["name"].c_str();
    tenant.custom_domain = optional_text(row["custom_domain"]);
    tenant.status = status_of(row["status"]);
    tenant.published = documents_of(row, tenant.subdomain);
    tenant.published_revision = optional_int(row["published_revision"]);
    tenant.media_folder = row["media_folder"].c_str();
    tenant.created_at = time_of(row["created"]);
    tenant.updated_at = time_of(row["updated"]);
    return tenant;
}

template <class Value>
std::optional<models::Tenant> find_one(Session &session, const char *statement, const Value &value) {
    return session.impl().transact([&](pqxx::work &work) -> std::optional<models::Tenant> {
        const auto rows = work.exec_params(statement, value);
        if (rows.empty()) {
            return std::nullopt;
        }
        return tenant_of(rows[0]);
    });
}

template <class Value>
void change(Session &session, const char *statement, const models::TenantId &id, const Value &value) {
    require_tenant_id(id);
    session.impl().transact([&](pqxx::work &work) {
        if (work.exec_params(statement, id, value).affected_rows() == 0) {
            throw_no_tenant();
        }
    });
}

} // namespace

std::vector<models::TenantSummary> TenantStore::list() {
    return m_session.impl().transact([](pqxx::work &work) {
        std::vector<models::TenantSummary> tenants;
        for (const auto &row : work.exec(select_summaries)) {
            models::TenantSummary tenant;
            tenant.id = models::TenantId(row["id"].c_str());
            tenant.subdomain = row["subdomain"].c_str();
            tenant.name = row["name"].c_str();
            tenant.custom_domain = optional_text(row["custom_domain"]);
            tenant.status = status_of(row["status"]);
            tenant.published_revision = optional_int(row["published_revision"]);
            tenant.latest_revision = row["latest"].as<int>();
            tenant.last_author = row["author"].c_str();
            tenant.last_edit = time_of(row["edited"]);
            tenants.push_back(std::move(tenant));
        }
        return tenants;
    });
}

std::optional<models::Tenant> TenantStore::find(const models::TenantId &id) {
    if (!is_uuid(id)) {
        return std::nullopt;
    }
    return find_one(m_session, SELECT_TENANT "t.id = $1", id);
}

std::optional<models::Tenant> TenantStore::find_by_subdomain(const std::string &subdomain) {
    return find_one(m_session, SELECT_TENANT "t.subdomain = $1", subdomain);
}

models::Tenant TenantStore::create(const NewTenant &tenant) {
    require_short_name(tenant.name);
    const std::string theme = document_text(tenant.documents.theme, models::DocumentKind::Theme);
    const std::string content = document_text(tenant.documents.content, models::DocumentKind::Content);
    const std::string photos = document_text(tenant.documents.photos, models::DocumentKind::Photos);
    return m_session.impl().transact([&](pqxx::work &work) {
        const auto row =
            tenant.media_folder.empty()
                ? work.exec_params1("INSERT INTO tenants (subdomain, name) VALUES ($1, $2) RETURNING id",
                                    tenant.subdomain, tenant.name)
                : work.exec_params1("INSERT INTO tenants (subdomain, name, media_folder) VALUES ($1, $2, $3)"
                                    " RETURNING id",
                                    tenant.subdomain, tenant.name, tenant.media_folder);
        const models::TenantId id(row[0].c_str());
        work.exec_params(
            "INSERT INTO revisions (tenant_id, number, theme_config, content_config, photos_config)"
            " VALUES ($1, 1, $2, $3, $4)",
            id, theme, content, photos);
        return tenant_of(work.exec_params1(SELECT_TENANT "t.id = $1", id));
    });
}

void TenantStore::set_status(const models::TenantId &id, models::TenantStatus status) {
    change(m_session, "UPDATE tenants SET status = $2 WHERE id = $1", id,
           std::string(models::to_string(status)));
}

void TenantStore::rename(const models::TenantId &id, const std::string &name) {
    require_short_name(name);
    change(m_session, "UPDATE tenants SET name = $2 WHERE id = $1", id, name);
}

void TenantStore::set_custom_domain(const models::TenantId &id, const std::optional<std::string> &domain) {
    change(m_session, "UPDATE tenants SET custom_domain = lower($2) WHERE id = $1", id, domain);
}

} // namespace studio::db
