// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <stop_token>

namespace studio::media::s3 {

struct RetryRule {
    int attempts = 6; // in all
    std::chrono::milliseconds first{500}, longest{20'000};
};

// How long to wait before attempt `next` (2 is the second): a random part of a span that doubles each time,
// so that many who failed at once do not come back at once.
std::chrono::milliseconds pause_before(int next, const RetryRule &rule);

// False where the stop came first.
bool wait(std::chrono::milliseconds pause, const std::stop_token &stop);

} // namespace studio::media::s3
