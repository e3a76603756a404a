// SPDX-License-Identifier: Apache-2.0
// What the releases of one photo allow today, in words. Whether it may be shown is the database's answer.
#pragma once

#include "db/stores/compliance_store.h"
#include "db/stores/photo_library.h"

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

// `answer` is what the database says of the picture; `releases` are those of it that were not withdrawn;
// `people` how many can be recognised, nullopt where nobody said; `today` is the day by UTC, "2027-03-01".
ReleaseState release_state(const db::PictureState &answer, const std::vector<db::PhotoRelease> &releases,
                           std::optional<int> people, const std::string &today);
// The state of a picture that has none: no release counts.
db::PictureState state_of(const db::PictureStates &states, const std::string &picture);
std::string today_utc();

// "1 of 2 people’s releases", "The release of Mia ended on 3 March 2027", "Released".
QString state_words(const ReleaseState &state);
QString day_words(const std::string &day); // "3 March 2027"
// "Mia, until 3 March 2027; website".
QString release_words(const db::PhotoRelease &release);
// What is asked before a release is withdrawn: of `person`, "" for the whole photo, about the photo called
// `photo`.
QString withdrawal_question(const QString &photo, const QString &person);
QString withdrawal_answer(); // the words of the button

} // namespace studio::ui
