// SPDX-License-Identifier: Apache-2.0
#include "media/s3/backoff.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <random>

namespace studio::media::s3 {

std::chrono::milliseconds pause_before(int next, const RetryRule &rule) {
    thread_local std::minstd_rand random{std::random_device{}()};
    const int doublings = std::clamp(next - 2, 0, 20);
    const auto span = std::min<long long>(rule.longest.count(), rule.first.count() << doublings);
    std::uniform_int_distribution<long long> within(span / 2, std::max<long long>(span, 1));
    return std::chrono::milliseconds(within(random));
}

bool wait(std::chrono::milliseconds pause, const std::stop_token &stop) {
    std::mutex mutex;
    std::condition_variable_any stopped;
    std::unique_lock lock(mutex);
    stopped.wait_for(lock, stop, pause, [] { return false; });
    return !stop.stop_requested();
}

} // namespace studio::media::s3
