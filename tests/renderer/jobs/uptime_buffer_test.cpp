// SPDX-License-Identifier: Apache-2.0
#include "renderer/jobs/uptime_buffer.h"

#include <gtest/gtest.h>

namespace studio::renderer {
namespace {

using Minutes = std::vector<db::ServiceMinute>;

TEST(UptimeBuffer, AddsUpBeatsOfAMinuteAndRequestsSinceTheBeatBefore) {
    UptimeBuffer book;
    book.beat(7, false, {3, 3});
    book.beat(7, true, {10, 4});
    book.beat(8, false, {15, 4});
    EXPECT_EQ(book.minutes(), (Minutes{{7, true, 10, 4}, {8, false, 5, 0}}));
}

TEST(UptimeBuffer, KeepsTheMinuteUnderWayWhenTheOthersWereWritten) {
    UptimeBuffer book;
    book.beat(7, true, {10, 0});
    book.beat(8, true, {12, 0});
    book.written();
    book.beat(8, true, {20, 0});
    EXPECT_EQ(book.minutes(), (Minutes{{8, true, 10, 0}}));
}

TEST(UptimeBuffer, RemembersAWeekWithoutADatabase) {
    UptimeBuffer book;
    for (std::int64_t minute = 0; minute < static_cast<std::int64_t>(UptimeBuffer::max_minutes) + 5;
         ++minute) {
        book.beat(minute, true, {static_cast<std::uint64_t>(minute), 0});
    }
    EXPECT_EQ(book.minutes().size(), UptimeBuffer::max_minutes);
    EXPECT_EQ(book.minutes().front().minute, 5);
}

} // namespace
} // namespace studio::renderer
