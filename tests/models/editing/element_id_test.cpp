// SPDX-License-Identifier: Apache-2.0
#include "models/editing/element_id.h"

#include <gtest/gtest.h>

#include <set>

namespace studio::models {

namespace {

TEST(ElementId, IsMadeTwiceByNobody) {
    std::set<std::string> made;
    for (int i = 0; i < 10000; ++i) {
        EXPECT_TRUE(made.insert(new_element_id("service")).second);
    }
    EXPECT_TRUE(made.begin()->starts_with("service-"));
    EXPECT_EQ(made.begin()->size(), std::string("service-").size() + 8);
}

} // namespace

} // namespace studio::models
