// SPDX-License-Identifier: Apache-2.0
#include "renderer/visitors/day_salts.h"

#include <openssl/crypto.h>

#include <chrono>

namespace studio::renderer {

Day today() {
    return std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()).time_since_epoch().count();
}

std::shared_ptr<const MessageKey> DaySalts::of(Day day) const {
    const std::scoped_lock lock(m_mutex);
    return m_day == day ? m_key : nullptr;
}

void DaySalts::set(Day day, std::string &&salt) {
    auto key = std::make_shared<const MessageKey>(salt);
    OPENSSL_cleanse(salt.data(), salt.size());
    salt.clear();
    const std::scoped_lock lock(m_mutex);
    m_day = day;
    m_key = std::move(key);
}

void DaySalts::keep_only(Day day) {
    const std::scoped_lock lock(m_mutex);
    if (m_day != day) {
        m_key.reset();
    }
}

} // namespace studio::renderer
