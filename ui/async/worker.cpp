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
    // Cancelling needs a connection to the server, so it is done only while a query runs.
    for (int wait_ms = 0; !m_pool.waitForDone(wait_ms); wait_ms = 100) {
        m_session->cancel();
    }
}

} // namespace studio::ui
