// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace studio::ui {

// Numbers requests that may overlap, so that the reply to an older one is dropped:
//   worker.run(…).then(this, [this, number = m_loads.next()](Rows rows) { if (m_loads.is_latest(number)) …
//   });
class Latest final {
public:
    std::uint64_t next() { return ++m_number; }
    bool is_latest(std::uint64_t number) const { return number == m_number; }

private:
    std::uint64_t m_number = 0;
};

} // namespace studio::ui
