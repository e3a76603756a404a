// SPDX-License-Identifier: Apache-2.0
#include "ui/uploads/upload_speed.h"

#include <algorithm>

namespace studio::ui {

namespace {
constexpr std::chrono::seconds window{3};
}

void UploadSpeed::note(std::uint64_t sent, Clock::time_point now) {
    m_samples.emplace_back(now, sent);
    while (m_samples.size() > 2 && m_samples[1].first + window <= now) {
        m_samples.pop_front(); // the one before the window stays: the first measure begins there
    }
}

double UploadSpeed::at(Clock::time_point now) const {
    if (m_samples.size() < 2 || m_samples.back().first + window < now) {
        return 0;
    }
    const auto &[began, before] = m_samples.front();
    const double seconds =
        std::chrono::duration<double>(std::max(now, m_samples.back().first) - began).count();
    const auto after = m_samples.back().second;
    return seconds <= 0 || after < before ? 0 : static_cast<double>(after - before) / seconds;
}

} // namespace studio::ui
