// SPDX-License-Identifier: Apache-2.0
// What the releases of one photo allow today, by the rules of studio_picture_states in the database.
#pragma once

#include "db/stores/compliance_store.h"

#include <QString>

#include <optional>
#include <string>
#include <vector>

namespace studio::ui {

inline constexpr int release_reminder_days = 30;

struct ReleaseState {
    int needed = 1;   // people whose release the photo needs
    int counting = 0; // whose release counts today
    bool released = false;
    std::string ended_person, ended_on; // of the release that ended last, "" without
    std::string next_end;               // the first last day within the reminder's days; "" without
};

// `releases` are those of the photo that were not withdrawn; `people` how many can be recognised, nullopt
// where nobody said; `today` is the day by UTC, "2027-03-01".
ReleaseState release_state(const std::vector<db::PhotoRelease> &releases, std::optional<int> people,
                           const std::string &today);
std::string today_utc();

// "1 of 2 people’s releases", "The release of Mia ended on 3 March 2027", "Released".
QString state_words(const ReleaseState &state);
QString day_words(const std::string &day); // "3 March 2027"
// "Mia, until 3 March 2027; website".
QString release_words(const db::PhotoRelease &release);

} // namespace studio::ui
