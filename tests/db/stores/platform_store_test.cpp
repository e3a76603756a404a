// SPDX-License-Identifier: Apache-2.0
#include "db/stores/platform_store.h"
#include "tests/db/fixtures/expect_error.h"
#include "tests/db/fixtures/sql.h"
#include "tests/support/test_database.h"

#include <gmock/gmock.h>

namespace studio::db {
namespace {

using test_support::TestDatabase;

models::PhotoStore spaces() {
    return {models::BucketAddress{"https://fra1.digitaloceanspaces.com", "fra1", "companion-photos",
                                  "https://photos.example.com", false}};
}

// What the database says to the setting; "" where it takes it.
std::string set(Sql &login, const std::string &value) {
    return login.done("UPDATE platform_settings SET value = '" + value + "' WHERE name = 'photo_store'")
        .message;
}

TEST(PlatformStore, BeginsWithTheFolder) {
    const TestDatabase database;
    Session login(database.operator_url());
    EXPECT_EQ(PlatformStore(login).photo_store(), models::PhotoStore{});
}

TEST(PlatformStore, KeepsTheBucketThatAnOperatorChose) {
    const TestDatabase database{TestDatabase::Tenants::Two};
    Session login(database.operator_url()), staff(database.staff_url()), companion(database.companion_url());
    PlatformStore(login).set_photo_store(spaces());
    EXPECT_EQ(PlatformStore(login).photo_store(), spaces());
    EXPECT_EQ(PlatformStore(staff).photo_store(), spaces());
    EXPECT_EQ(PlatformStore(companion).photo_store(), spaces());
    EXPECT_DB_ERROR(ErrorKind::Forbidden, PlatformStore(staff).set_photo_store({}), testing::_);
    EXPECT_DB_ERROR(ErrorKind::Forbidden, PlatformStore(companion).set_photo_store({}), testing::_);
    PlatformStore(login).set_photo_store({});
    EXPECT_EQ(PlatformStore(login).photo_store(), models::PhotoStore{});
    EXPECT_EQ(Sql(database.owner_url()).value("SELECT count(*) FROM audit_log WHERE row_id = 'photo_store'"),
              "2");
}

TEST(PlatformStore, RefusesWhatIsNoStoreWhoeverWritesIt) {
    const TestDatabase database;
    Sql login(database.operator_url());
    for (const std::string part :
         {R"("endpoint":"https://a","region":"b","bucket":"ccc","public":"javascript:alert")",
          R"("endpoint":"https://a","region":"b","bucket":"ccc","public":"https://x/\" onload")",
          R"("endpoint":"https://a/path","region":"b","bucket":"ccc","public":"")", R"("bucket":"ccc")"}) {
        EXPECT_NE(set(login, R"({"kind":"s3",)" + part + "}"), "") << part;
    }
    for (const std::string value : {"", "folder", "[]", "{}", R"({"kind":"ftp"})", R"({"kind":"s3"})"}) {
        EXPECT_NE(set(login, value), "") << value;
    }
    EXPECT_EQ(set(login, to_json(spaces()).dump()), "");
}

} // namespace
} // namespace studio::db
