// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"
#include "models/documents/documents.h"

#include <string>

namespace studio::test_support {

// A fresh, migrated database of TestServer, removed with the object. It has the accounts operator and staff,
// the renderer's login and a login that belongs to nobody; with Tenants::Two also the tenants ada and bea
// (status preview, one revision, nothing published) with a companion's login each, of which ada may edit.
class TestDatabase final {
public:
    enum class Tenants { None, Two };
    explicit TestDatabase(Tenants tenants = Tenants::None);
    ~TestDatabase();
    TestDatabase(const TestDatabase &) = delete;
    TestDatabase &operator=(const TestDatabase &) = delete;

    const std::string &name() const { return m_name; }
    std::string superuser_url() const;
    std::string owner_url() const; // owns the schema, applies migrations
    std::string operator_url() const;
    std::string staff_url() const;
    std::string companion_url() const;       // ada
    std::string other_companion_url() const; // bea
    std::string renderer_url() const;
    std::string anonymous_url() const; // a login in no group and without an account
    // The random name of the login "operator", "staff", "renderer", "ada" or "bea".
    std::string login(const std::string &label) const;
    models::TenantId tenant_id() const;       // ada's
    models::TenantId other_tenant_id() const; // bea's

private:
    std::string m_name;
};

// A database without the product's schema, for tests of the migrator.
class EmptyDatabase final {
public:
    EmptyDatabase();
    ~EmptyDatabase();
    EmptyDatabase(const EmptyDatabase &) = delete;
    EmptyDatabase &operator=(const EmptyDatabase &) = delete;
    std::string owner_url() const;
    std::string superuser_url() const;

private:
    std::string m_name;
};

} // namespace studio::test_support
