// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/app/ctl/companionctl.h"
#include "tests/db/fixtures/sql.h"

#include <gtest/gtest.h>

namespace studio::ctl_tests {

inline db::Sql workspace_owner() {
    return db::Sql(answer({"workspace", "status"})["logins"]["owner"].get<std::string>());
}

// No library has a photo, no step is left and the store is confirmed, whatever the tests before did; photos
// lie in the folder.
inline void forget_photos() {
    db::Sql owner = workspace_owner();
    EXPECT_EQ(owner.done("DELETE FROM photos").message, "");
    EXPECT_EQ(owner.done("DELETE FROM photo_steps").message, "");
    EXPECT_EQ(owner.done("UPDATE platform_settings SET value = 'true' WHERE name = 'photo_store_confirmed'")
                  .message,
              "");
    answer({"store", "set", "--kind", "folder"});
}

} // namespace studio::ctl_tests
