// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/photo_releases.h"

#include "db/stores/compliance_store.h"
#include "models/booking/day.h"
#include "models/tenant/photo_releases.h"

#include <algorithm>

namespace studio::ctl {

PhotoReleases::PhotoReleases(Context &context, const models::TenantId &tenant) {
    const models::Day today(std::chrono::floor<std::chrono::days>(base::now()).time_since_epoch());
    db::ComplianceStore compliance(context.session());
    for (const db::PhotoRelease &release : compliance.releases(tenant)) {
        State &state = m_states[models::picture_of(release.photo_url)];
        const auto from = models::parse_day(release.valid_from);
        const auto until = models::parse_day(release.valid_until);
        state.has_minor = state.has_minor || !release.adult;
        if (until && *until < today) {
            const base::Time over_at((*until + std::chrono::days(1)).time_since_epoch());
            state.is_over = true;
            state.over_at = std::max(state.over_at, over_at);
        } else if (release.adult && (!from || *from <= today)) {
            state.persons.insert(release.person);
            state.recorded_at = std::max(state.recorded_at, release.recorded_at);
        }
    }
    for (const std::string &url : compliance.withdrawn_photos()) {
        m_withheld.insert(models::picture_of(url));
    }
}

bool PhotoReleases::agreed(const State &state, std::optional<int> people) {
    const auto needed = static_cast<std::size_t>(std::max(people.value_or(1), 1));
    return !state.has_minor && state.persons.size() >= needed &&
           (!state.is_over || state.recorded_at > state.over_at);
}

bool PhotoReleases::released(const std::string &picture, std::optional<int> people) const {
    const auto state = m_states.find(picture);
    return !m_withheld.contains(picture) && state != m_states.end() && agreed(state->second, people);
}

bool PhotoReleases::withheld(const std::string &picture, std::optional<int> people) const {
    const auto state = m_states.find(picture);
    const bool is_over = state != m_states.end() && (state->second.is_over || state->second.has_minor) &&
                         !agreed(state->second, people);
    return m_withheld.contains(picture) || is_over;
}

} // namespace studio::ctl
