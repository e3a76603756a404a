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
    do {
        m_session->cancel();
    } while (!m_pool.waitForDone(100));
}

} // namespace studio::ui
