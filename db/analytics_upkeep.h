// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/session.h"

#include <cstdint>
#include <string>
#include <vector>

namespace studio::db {

// A row of the figures that is not what the raw rows make. "" for a row that is missing on that side.
struct AnalyticsDifference {
    std::string table, key, stored, recomputed;
};

// Checks and repairs the figures. For operators; all calls throw Error, and may run for minutes.
class AnalyticsUpkeep final {
public:
    explicit AnalyticsUpkeep(Session &session) : m_session(session) {}

    // Brings the figures up to date and compares them with the raw rows as they were at one moment. The
    // upkeep by the public service waits meanwhile.
    std::vector<AnalyticsDifference> verify(const std::string &tenant_id);
    // Makes all figures of the tenant anew in one transaction; gives the number of visits. Readers see the
    // old ones until then.
    std::int64_t rebuild(const std::string &tenant_id);

private:
    Session &m_session;
};

} // namespace studio::db
