// SPDX-License-Identifier: Apache-2.0
#include "tests/support/test_database.h"

#include "db/connection/error.h"
#include "db/provision/migrator.h"
#include "db/provision/provision.h"
#include "db/stores/account_store.h"
#include "db/stores/tenant_store.h"
#include "tests/support/sample_site.h"
#include "tests/support/test_server.h"

#include <pqxx/pqxx>

#include <atomic>
#include <map>

namespace studio::test_support {

namespace {

constexpr const char *owner = "studio_owner";
constexpr const char *plain_template = "template_plain";
constexpr const char *template_with_tenants = "template_tenants";

std::string next_name() {
    static std::atomic<int> count = 0;
    return "test_" + std::to_string(++count);
}

void execute(const std::string &url, const std::string &statement) {
    pqxx::connection connection(url);
    pqxx::nontransaction(connection).exec(statement);
}

// The templates and the cluster's logins; made on first use.
class Templates final {
public:
    static const Templates &instance() {
        static const Templates templates;
        return templates;
    }

    const std::string &login(const std::string &label) const { return m_logins.at(label).login; }
    std::string url(const std::string &label, const std::string &database) const {
        const db::NewLogin &known = m_logins.at(label);
        return TestServer::instance().url(known.login, known.password, database);
    }
    const models::TenantId &tenant(const std::string &subdomain) const { return m_tenants.at(subdomain); }

private:
    Templates() {
        TestServer &server = TestServer::instance();
        db::Session superuser(server.superuser_url());
        m_logins[owner] = {owner, db::make_password()};
        db::provision_owner(superuser, owner, m_logins[owner].password);
        db::provision_database(superuser, plain_template, owner);
        fill_plain();
        m_logins["anonymous"] = {"anonymous", db::make_password()};
        execute(server.superuser_url(),
                "CREATE ROLE anonymous LOGIN PASSWORD '" + m_logins["anonymous"].password + "'");
        db::provision_database(superuser, template_with_tenants, owner, plain_template);
        fill_tenants();
    }

    void fill_plain() {
        db::Session session(url(owner, plain_template));
        db::migrate(session);
        db::AccountStore accounts(session);
        m_logins["operator"] = accounts.add({"Olivia Operator", models::Role::Operator, {}, false});
        m_logins["staff"] = accounts.add({"Sam Staff", models::Role::Staff, {}, false});
        m_logins["renderer"] = accounts.add_renderer();
    }

    void fill_tenants() {
        db::Session session(url("operator", template_with_tenants));
        db::AccountStore accounts(session);
        for (const auto &[label, name] : {std::pair("ada", "Ada"), std::pair("bea", "Bea")}) {
            m_tenants[label] = db::TenantStore(session).create({label, name, valid_documents(name)}).id;
            const bool may_edit = std::string(label) == "ada";
            m_logins[label] = accounts.add({name, models::Role::Companion, m_tenants[label], may_edit});
        }
    }

    std::map<std::string, db::NewLogin> m_logins; // by label
    std::map<std::string, models::TenantId> m_tenants;
};

void drop(const std::string &name) {
    try {
        db::Session superuser(TestServer::instance().superuser_url());
        db::drop_database(superuser, name);
    } catch (const db::Error &) { // a test may have stopped the server; the cluster is removed at the end
        return;
    }
}

} // namespace

TestDatabase::TestDatabase(Tenants tenants) : m_name(next_name()) {
    Templates::instance();
    db::Session superuser(TestServer::instance().superuser_url());
    db::provision_database(superuser, m_name, owner,
                           tenants == Tenants::Two ? template_with_tenants : plain_template);
    execute(TestServer::instance().superuser_url(), "GRANT CONNECT ON DATABASE " + m_name + " TO anonymous");
}

TestDatabase::~TestDatabase() {
    drop(m_name);
}

std::string TestDatabase::superuser_url() const {
    return TestServer::instance().superuser_url(m_name);
}
std::string TestDatabase::owner_url() const {
    return Templates::instance().url(owner, m_name);
}
std::string TestDatabase::operator_url() const {
    return Templates::instance().url("operator", m_name);
}
std::string TestDatabase::staff_url() const {
    return Templates::instance().url("staff", m_name);
}
std::string TestDatabase::companion_url() const {
    return Templates::instance().url("ada", m_name);
}
std::string TestDatabase::other_companion_url() const {
    return Templates::instance().url("bea", m_name);
}
std::string TestDatabase::renderer_url() const {
    return Templates::instance().url("renderer", m_name);
}
std::string TestDatabase::anonymous_url() const {
    return Templates::instance().url("anonymous", m_name);
}
std::string TestDatabase::login(const std::string &label) const {
    return Templates::instance().login(label);
}
models::TenantId TestDatabase::tenant_id() const {
    return Templates::instance().tenant("ada");
}
models::TenantId TestDatabase::other_tenant_id() const {
    return Templates::instance().tenant("bea");
}

EmptyDatabase::EmptyDatabase() : m_name(next_name()) {
    Templates::instance();
    db::Session superuser(TestServer::instance().superuser_url());
    db::provision_database(superuser, m_name, owner);
}

EmptyDatabase::~EmptyDatabase() {
    drop(m_name);
}

std::string EmptyDatabase::owner_url() const {
    return Templates::instance().url(owner, m_name);
}
std::string EmptyDatabase::superuser_url() const {
    return TestServer::instance().superuser_url(m_name);
}

} // namespace studio::test_support
