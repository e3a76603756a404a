// SPDX-License-Identifier: Apache-2.0
#include "db/provision/migrator.h"
#include "db/stores/privacy_store.h"
#include "tests/db/fixtures/sql.h"
#include "tests/support/test_database.h"

#include <gtest/gtest.h>

namespace studio::db {

namespace {

TEST(ClientPhones, OfBookingsBeforeTheUpdateAreEachFoundAfterIt) {
    const test_support::TestDatabase database{test_support::TestDatabase::Tenants::Two};
    Sql owner(database.owner_url());
    const auto add = [&](const std::string &phone) {
        return owner.value(
            "INSERT INTO bookings (tenant_id, source, client_name, client_phone, time_zone, created_at)"
            " VALUES ('" +
            database.tenant_id().text() + "', 'phone', 'Mara', '" + phone +
            "', 'Australia/Sydney', now() - interval '1 day') RETURNING id");
    };
    const std::string two = add("0412 345 678 / 0413 456 789"), none = add("ask for Mara, or Petra");
    Session session(database.owner_url());
    migrate(session);
    const auto phones = [&](const std::string &id) {
        return owner.value("SELECT coalesce(client_phones::text, '') FROM bookings WHERE id = '" + id + "'");
    };
    EXPECT_EQ(phones(two), "{+61412345678,+61413456789}");
    EXPECT_EQ(phones(none), "");
    migrate(session);
    EXPECT_EQ(phones(two), "{+61412345678,+61413456789}");
    Session staff(database.staff_url());
    EXPECT_EQ(PrivacyStore(staff).erase_phone(database.tenant_id(), "+61413456789").bookings, 1);
    EXPECT_EQ(phones(two), "");
}

} // namespace

} // namespace studio::db
