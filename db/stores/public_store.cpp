// SPDX-License-Identifier: Apache-2.0
#include "db/stores/public_store.h"

#include "db/connection/rows.h"
#include "db/connection/session_impl.h"

namespace studio::db {

namespace {

constexpr const char *columns =
    "id, subdomain, status, name, custom_domain, revision, theme_config, content_config, photos_config";
constexpr const char *experiment_columns = ", experiments, version, released_photos, availability, tours";

std::vector<models::Experiment> experiments_of(const pqxx::field &field, const models::TenantId &tenant_id) {
    std::vector<models::Experiment> experiments;
    if (field.is_null()) {
        return experiments;
    }
    for (const models::Json &json : models::Json::parse(field.c_str(), field.c_str() + field.size())) {
        models::Experiment experiment;
        experiment.id = json.at("id");
        experiment.tenant_id = tenant_id;
        experiment.name = json.at("name");
        experiment.element = models::parse_experiment_element(json.at("element").get<std::string>())
                                 .value_or(models::ExperimentElement::HeroPhoto);
        experiment.status = models::ExperimentStatus::Active;
        experiment.variants = models::read_variants(json.at("variants"));
        experiment.traffic_share = json.at("trafficShare");
        experiment.phase = json.at("phase");
        experiment.origin = json.at("origin");
        if (!experiment.variants.empty()) {
            experiments.push_back(std::move(experiment));
        }
    }
    return experiments;
}

std::vector<std::string> texts_of(const pqxx::field &field) {
    if (field.is_null()) {
        return {};
    }
    return models::Json::parse(field.c_str(), field.c_str() + field.size()).get<std::vector<std::string>>();
}

PublicTenant tenant_of(const pqxx::row &row) {
    PublicTenant tenant;
    tenant.id = models::TenantId(row["id"].c_str());
    tenant.subdomain = row["subdomain"].c_str();
    tenant.name = optional_text(row["name"]).value_or("");
    tenant.custom_domain = optional_text(row["custom_domain"]);
    tenant.status = status_of(row["status"]);
    tenant.revision = optional_int(row["revision"]).value_or(0);
    tenant.documents = documents_of(row, tenant.subdomain);
    return tenant;
}

models::Json json_or_null(const pqxx::field &field) {
    return field.is_null() ? models::Json()
                           : models::Json::parse(field.c_str(), field.c_str() + field.size());
}

PublicTenant live_tenant_of(const pqxx::row &row) {
    PublicTenant tenant = tenant_of(row);
    tenant.released_photos = texts_of(row["released_photos"]);
    tenant.experiments = experiments_of(row["experiments"], tenant.id);
    tenant.version = row["version"].as<std::int64_t>();
    tenant.availability = json_or_null(row["availability"]);
    tenant.tours = json_or_null(row["tours"]);
    return tenant;
}

} // namespace

std::vector<PublicTenantVersion> PublicStore::versions() {
    return m_session.impl().transact([&](pqxx::work &work) {
        std::vector<PublicTenantVersion> versions;
        for (const auto &row : work.exec("SELECT id, subdomain, name, custom_domain, revision, version"
                                         " FROM public_versions")) {
            versions.push_back({models::TenantId(row["id"].c_str()), row["subdomain"].c_str(),
                                row["name"].c_str(), optional_text(row["custom_domain"]),
                                optional_int(row["revision"]).value_or(0),
                                row["version"].as<std::int64_t>()});
        }
        return versions;
    });
}

void PublicStore::each_active(const std::function<void(PublicTenant)> &found,
                              const std::function<void(const Error &)> &damaged) {
    m_session.impl().transact([&](pqxx::work &work) {
        work.exec(std::string("DECLARE tenants NO SCROLL CURSOR FOR SELECT ") + columns + experiment_columns +
                  " FROM public_tenants WHERE status = 'active'");
        while (true) {
            const auto page = work.exec("FETCH 50 FROM tenants");
            if (page.empty()) {
                return;
            }
            for (const auto &row : page) {
                std::optional<PublicTenant> tenant;
                try {
                    tenant = live_tenant_of(row);
                } catch (const Error &error) {
                    damaged(error);
                }
                if (tenant) {
                    found(std::move(*tenant));
                }
            }
        }
    });
}

std::vector<PublicTenant> PublicStore::active() {
    std::vector<PublicTenant> tenants;
    each_active([&](PublicTenant tenant) { tenants.push_back(std::move(tenant)); },
                [](const Error &error) { throw error; });
    return tenants;
}

std::optional<PublicTenant> PublicStore::find(const models::TenantId &id) {
    if (!is_uuid(id)) {
        return std::nullopt;
    }
    return m_session.impl().transact([&](pqxx::work &work) {
        const auto rows = work.exec_params(
            std::string("SELECT ") + columns + experiment_columns + " FROM public_tenants WHERE id = $1", id);
        return rows.empty() ? std::nullopt : std::optional(live_tenant_of(rows[0]));
    });
}

std::optional<PublicTenant> PublicStore::draft(const std::string &subdomain, const std::string &token) {
    return m_session.impl().transact([&](pqxx::work &work) {
        const auto rows =
            work.exec_params(std::string("SELECT ") + columns +
                                 ", withdrawn_photos, availability, tours FROM public_draft($1, $2)",
                             subdomain, token);
        std::optional<PublicTenant> draft;
        if (!rows.empty()) {
            draft = tenant_of(rows[0]);
            draft->withdrawn_photos = texts_of(rows[0]["withdrawn_photos"]);
            draft->availability = json_or_null(rows[0]["availability"]);
            draft->tours = json_or_null(rows[0]["tours"]);
        }
        return draft;
    });
}

std::string PublicStore::platform_domain() {
    return m_session.impl().transact([](pqxx::work &work) {
        return std::string(work.exec1("SELECT public_platform_domain()")[0].c_str());
    });
}

std::optional<models::PhotoStore> PublicStore::photo_store() {
    return m_session.impl().transact([](pqxx::work &work) -> std::optional<models::PhotoStore> {
        const auto row = work.exec1("SELECT public_photo_store()");
        return row[0].is_null()
                   ? std::nullopt
                   : models::read_photo_store(models::Json::parse(row[0].c_str(), nullptr, false));
    });
}

std::string PublicStore::photo_ends() {
    return m_session.impl().transact(
        [](pqxx::work &work) { return std::string(work.exec1("SELECT public_photo_ends()")[0].c_str()); });
}

std::vector<std::string> PublicStore::withdrawn_photos() {
    return m_session.impl().transact([&](pqxx::work &work) {
        std::vector<std::string> urls;
        for (const auto &row : work.exec("SELECT photo_url FROM public_withdrawn_photos")) {
            urls.emplace_back(row[0].c_str());
        }
        return urls;
    });
}

} // namespace studio::db
