// SPDX-License-Identifier: Apache-2.0
// What a companion with psql learns from the server's own views about who else is on the platform.
#include "db/stores/account_store.h"
#include "db/stores/revision_store.h"
#include "db/stores/tenant_store.h"
#include "tests/db/fixtures/sql.h"
#include "tests/support/sample_site.h"
#include "tests/support/test_database.h"

#include <gmock/gmock.h>

namespace studio::db {

namespace {

using test_support::TestDatabase;
using testing::IsEmpty;

// With a companion whose site, name and domain nobody else may know.
class CatalogueWalk : public testing::Test {
protected:
    CatalogueWalk() {
        TenantStore tenants(operators);
        const models::TenantId id =
            tenants
                .create({"quentin-marker", "Quentin Marker", test_support::valid_documents("Quentin Marker")})
                .id;
        tenants.set_custom_domain(id, "quentin-marker.example");
        another = AccountStore(operators).add({"Quentin Marker", models::Role::Companion, id, true});
        Sql owner(database.owner_url());
        owner.done("ANALYZE"); // so that there are samples of every column's values
    }
    ~CatalogueWalk() override { Sql(database.superuser_url()).done("DROP ROLE " + another.login); }
    std::string url_of_another() const {
        std::string url = database.companion_url();
        const auto at = url.find("//") + 2;
        return url.replace(at, url.find('@') - at, another.login + ":" + another.password);
    }

    const TestDatabase database{TestDatabase::Tenants::Two};
    Session operators{database.operator_url()};
    NewLogin another;
};

TEST_F(CatalogueWalk, NoViewOfTheServerNamesAnotherTenantToACompanion) {
    // She is signed in, has a transaction open, and her last statement names her.
    Sql other_session(url_of_another());
    pqxx::work open(other_session.connection());
    open.exec("SELECT 'Quentin Marker' FROM tenants");
    Sql companion(database.companion_url());
    std::size_t readable = 0;
    std::vector<std::string> found;
    for (const std::string &view : companion.column(
             "SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n"
             " ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'v', 'm', 'p') AND n.nspname IN"
             " ('pg_catalog', 'information_schema') ORDER BY 1")) {
        // In two parts, so that the statement does not find itself.
        const auto outcome =
            companion.tried("SELECT v::text FROM " + view + " v WHERE v::text ~* ('quen' || 'tin')");
        readable += outcome.sqlstate.empty() ? 1 : 0;
        if (outcome.rows > 0) {
            found.push_back(view);
        }
    }
    EXPECT_GT(readable, 150U);
    EXPECT_THAT(found, IsEmpty());
}

// The search itself: the superuser finds the name where it is.
TEST_F(CatalogueWalk, TheSamplesOfTheServerHoldTheNameForWhoMaySeeThem) {
    Sql superuser(database.superuser_url());
    EXPECT_GT(superuser.tried("SELECT FROM pg_stats v WHERE v::text ~* 'quentin'").rows, 0U);
}

} // namespace

} // namespace studio::db
