// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ctl/context.h"

#include <map>
#include <optional>
#include <set>
#include <string>

namespace studio::ctl {

// What the releases of a companion's photos say today (UTC), as the database's gate reads them.
class PhotoReleases final {
public:
    PhotoReleases(Context &context, const models::TenantId &tenant);

    // `people` is how many must have released it; nullopt where nobody said.
    bool released(const std::string &picture, std::optional<int> people) const;
    // It was released once, and no longer is: its release was withdrawn or is over.
    bool withheld(const std::string &picture, std::optional<int> people) const;

private:
    std::map<std::string, std::set<std::string>> m_persons; // with a release that counts today, by picture
    std::set<std::string> m_ended;                          // withdrawn, or over
};

} // namespace studio::ctl
