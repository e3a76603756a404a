// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ctl/context.h"

#include <map>
#include <optional>
#include <set>
#include <string>

namespace studio::ctl {

// What the releases of a companion's photos say today (UTC), as studio_picture_states() of the database does.
class PhotoReleases final {
public:
    PhotoReleases(Context &context, const models::TenantId &tenant);

    // `people` is how many must have released it; nullopt where nobody said.
    bool released(const std::string &picture, std::optional<int> people) const;
    // Nobody may see it: it was taken down, is paused, or its release was withdrawn or is over.
    bool withheld(const std::string &picture, std::optional<int> people) const;

private:
    struct State {
        std::set<std::string> persons; // with a release that counts
        base::Time recorded_at{},
            over_at{}; // the last of each; of those that count, and of those that are over
        bool is_over = false, has_minor = false;
    };
    static bool agreed(const State &state, std::optional<int> people);

    std::map<std::string, State> m_states; // by picture
    std::set<std::string> m_withheld;      // pictures
};

} // namespace studio::ctl
