// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/photo_releases.h"

#include "app/ctl/text.h"
#include "db/stores/compliance_store.h"
#include "models/tenant/photo_releases.h"

#include <algorithm>

namespace studio::ctl {

PhotoReleases::PhotoReleases(Context &context, const models::TenantId &tenant) {
    const std::string today = iso_time(base::now()).substr(0, std::string("2026-12-01").size());
    db::ComplianceStore compliance(context.session());
    for (const db::PhotoRelease &release : compliance.releases(tenant)) {
        const std::string picture = models::picture_of(release.photo_url);
        const bool has_begun = release.valid_from.empty() || release.valid_from <= today;
        const bool is_over = !release.valid_until.empty() && release.valid_until < today;
        if (is_over) {
            m_ended.insert(picture);
        } else if (has_begun && release.adult) {
            m_persons[picture].insert(release.person);
        }
    }
    for (const std::string &url : compliance.withdrawn_photos()) {
        m_ended.insert(models::picture_of(url));
    }
}

bool PhotoReleases::released(const std::string &picture, std::optional<int> people) const {
    const auto persons = m_persons.find(picture);
    if (persons == m_persons.end()) {
        return false;
    }
    const auto needed = static_cast<std::size_t>(std::max(people.value_or(1), 1));
    return persons->second.contains("") || persons->second.size() >= needed;
}

bool PhotoReleases::withheld(const std::string &picture, std::optional<int> people) const {
    return m_ended.contains(picture) && !released(picture, people);
}

} // namespace studio::ctl
