// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <utility>

namespace studio::ui {

// The mean of the last three seconds. What Qt says of an upload comes in steps of megabytes, so that a
// shorter time would jump.
class UploadSpeed final {
public:
    using Clock = std::chrono::steady_clock;

    void note(std::uint64_t sent, Clock::time_point now);
    // Bytes a second.
    double at(Clock::time_point now) const;

private:
    std::deque<std::pair<Clock::time_point, std::uint64_t>> m_samples;
};

} // namespace studio::ui
