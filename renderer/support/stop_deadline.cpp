// SPDX-License-Identifier: Apache-2.0
#include "renderer/support/stop_deadline.h"

#include <cstdlib>

namespace studio::renderer {

StopDeadline::StopDeadline(const Log &log, std::chrono::milliseconds time)
    : m_thread([this, &log, time] {
          std::unique_lock lock(m_mutex);
          if (m_wake.wait_for(lock, time, [this] { return m_stopped; })) {
              return;
          }
          log.warning("stopped_by_deadline",
                      {{"milliseconds", time.count()}, {"reason", "a statement waits for the database"}});
          std::_Exit(0);
      }) {}

StopDeadline::~StopDeadline() {
    {
        const std::scoped_lock lock(m_mutex);
        m_stopped = true;
    }
    m_wake.notify_all();
    m_thread.join();
}

} // namespace studio::renderer
