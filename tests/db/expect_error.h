// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/error.h"

#include <gmock/gmock.h>

#include <optional>

namespace studio::db {

// The db::Error that the function throws; nullopt where it throws none.
template <class Function> std::optional<Error> error_of(Function function) {
    try {
        function();
    } catch (const Error &error) {
        return error;
    }
    return std::nullopt;
}

#define EXPECT_DB_ERROR(wanted_kind, statement, message_matcher)                                             \
    do {                                                                                                     \
        const auto raised = ::studio::db::error_of([&] { statement; });                                      \
        ASSERT_TRUE(raised.has_value()) << "nothing was thrown by " #statement;                              \
        EXPECT_EQ(raised->kind(), (wanted_kind)) << raised->what();                                          \
        EXPECT_THAT(raised->what(), message_matcher);                                                        \
    } while (false)

} // namespace studio::db
