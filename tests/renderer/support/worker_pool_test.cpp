// SPDX-License-Identifier: Apache-2.0
#include "renderer/support/worker_pool.h"

#include <gtest/gtest.h>

#include <future>
#include <stdexcept>

namespace studio::renderer {
namespace {

TEST(WorkerPool, SaysWhatAJobThrowsCountsItAndGoesOn) {
    const Log log(Log::Level::Error);
    std::promise<void> later;
    WorkerPool pool("a pool of the test", 1, 8, log);
    ASSERT_TRUE(pool.submit([] { throw std::runtime_error("a job that fails"); }));
    ASSERT_TRUE(pool.submit([&later] { later.set_value(); }));
    EXPECT_EQ(later.get_future().wait_for(std::chrono::seconds(30)), std::future_status::ready);
    EXPECT_EQ(log.thread_failures(), 1u);
}

} // namespace
} // namespace studio::renderer
