// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/photo_releases.h"

#include "db/stores/compliance_store.h"
#include "models/tenant/photo_releases.h"

namespace studio::ctl {

PhotoReleases::PhotoReleases(Context &context, const models::TenantId &tenant)
    : m_states(db::PhotoLibrary(context.session()).states(tenant)) {
    for (const std::string &url : db::ComplianceStore(context.session()).withdrawn_photos()) {
        m_withheld.insert(models::picture_of(url));
    }
}

bool PhotoReleases::released(const std::string &picture) const {
    const auto state = m_states.find(picture);
    return state != m_states.end() && state->second.released && !m_withheld.contains(picture);
}

bool PhotoReleases::withheld(const std::string &picture) const {
    return m_withheld.contains(picture);
}

} // namespace studio::ctl
