// SPDX-License-Identifier: Apache-2.0
// Why a booking is refused where time is blocked.
#pragma once

#include "db/bookings/availability_store.h"
#include "db/bookings/booking_decision_store.h"

#include <QString>

#include <optional>

namespace studio::ui {

struct BlockInTheWay {
    models::Time start{}, end{};
    std::string note = {};     // of the person who blocked it
    std::string calendar = {}; // the imported one, whose busy time it is
};

// The first block that has some of the time, for what is not a decision; throws db::Error.
std::optional<BlockInTheWay> block_in_the_way(db::Session &session, const models::TenantId &tenant,
                                              models::Time start, models::Time end);
// The one that a refused decision names by its time, with note and calendar unless it was freed meanwhile;
// nullopt where the answer is another. Throws db::Error.
std::optional<BlockInTheWay> block_of(db::Session &session, const models::TenantId &tenant,
                                      const db::DecisionAnswer &answer);
// "“Dentist” blocks this time: Wednesday, 10 March 2027, 10:00 to 11:00 (Sydney time)."
QString block_words(const BlockInTheWay &block, const QString &zone);

} // namespace studio::ui
