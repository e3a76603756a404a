// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ctl/context.h"
#include "db/stores/photo_library.h"

#include <set>
#include <string>

namespace studio::ctl {

// Which of a companion's photos may be shown today, as the database says it.
class PhotoReleases final {
public:
    PhotoReleases(Context &context, const models::TenantId &tenant);

    bool released(const std::string &picture) const;
    // Whether it is shown to nobody: it was taken down, is paused, or its release was withdrawn or is over.
    bool withheld(const std::string &picture) const;

private:
    db::PictureStates m_states;
    std::set<std::string> m_withheld; // pictures of all companions that this login may see
};

} // namespace studio::ctl
