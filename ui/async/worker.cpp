// SPDX-License-Identifier: Apache-2.0
#include "ui/async/worker.h"

namespace studio::ui {

Worker::Worker(std::string database_url)
    : m_session(std::make_unique<db::Session>(database_url)), m_database_url(std::move(database_url)) {
    m_pool.setMaxThreadCount(1);
    m_pool.setExpiryTimeout(-1);
}

Worker::~Worker() {
    m_pool.clear();
    // Only a query that runs is cancelled: the request for it goes over a connection of its own.
    for (int wait_ms = 0; !m_pool.waitForDone(wait_ms); wait_ms = 100) {
        m_session->cancel();
    }
}

} // namespace studio::ui
