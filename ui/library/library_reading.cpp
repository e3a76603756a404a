// SPDX-License-Identifier: Apache-2.0
#include "ui/library/library_reading.h"

#include "db/experiments/experiment_store.h"
#include "db/stores/revision_store.h"
#include "db/stores/tenant_store.h"
#include "models/tenant/photo_releases.h"
#include "ui/photos/release_state.h"

#include <algorithm>
#include <map>

namespace studio::ui {

namespace {

using Releases = std::map<std::string, std::vector<db::PhotoRelease>>;

Releases by_picture(std::vector<db::PhotoRelease> releases) {
    Releases found;
    for (auto &release : releases) {
        found[models::picture_of(release.photo_url)].push_back(std::move(release));
    }
    return found;
}

void add_releases(LibraryEntry &entry, Releases &releases, const Releases &ending) {
    entry.releases = std::move(releases[entry.photo.picture]);
    if (const auto soon = ending.find(entry.photo.picture); soon != ending.end()) {
        for (const auto &release : soon->second) {
            if (entry.ends.empty() || release.valid_until < entry.ends) {
                entry.ends = release.valid_until;
            }
        }
    }
}

std::string running_test(const std::vector<models::Experiment> &tests) {
    const auto running = std::ranges::find_if(tests, [](const models::Experiment &test) {
        return test.element == models::ExperimentElement::HeroPhoto &&
               (test.status == models::ExperimentStatus::Active ||
                test.status == models::ExperimentStatus::Paused);
    });
    return running == tests.end() ? std::string() : running->name;
}

// The first alt text of each picture in the draft: there it may have been typed, and not in the library.
std::map<std::string, std::string> used_alts(const models::Documents &draft) {
    std::map<std::string, std::string> alts;
    for (const auto &reaching : models::photos_that_reach_visitors(draft, {})) {
        if (!reaching.photo.alt.empty()) {
            alts.emplace(models::picture_of(reaching.photo.url), reaching.photo.alt);
        }
    }
    return alts;
}

void read_entries(db::Session &session, LibraryReading &reading, const models::PhotoUses &uses,
                  const std::map<std::string, std::string> &alts) {
    db::ComplianceStore compliance(session);
    auto releases = by_picture(compliance.releases(reading.tenant));
    auto soon = compliance.ending_releases(reminder_days);
    std::erase_if(soon, [&](const auto &release) { return release.tenant_id != reading.tenant; });
    const auto ending = by_picture(std::move(soon));
    db::PhotoLibrary library(session);
    const auto states = library.states(reading.tenant);
    const auto with_steps = library.with_steps(reading.tenant);
    auto photos = library.list(reading.tenant);
    reading.entries.reserve(photos.size());
    for (auto &photo : photos) {
        LibraryEntry entry;
        entry.photo = std::move(photo);
        if (const auto places = uses.find(entry.photo.picture); places != uses.end()) {
            entry.uses = places->second;
        }
        if (const auto alt = alts.find(entry.photo.picture); alt != alts.end()) {
            entry.used_alt = alt->second;
        }
        entry.has_steps = with_steps.contains(entry.photo.picture);
        entry.state = state_of(states, entry.photo.picture);
        add_releases(entry, releases, ending);
        reading.entries.push_back(std::move(entry));
    }
}

} // namespace

int LibraryEntry::missing_releases() const {
    return is_released() ? 0 : std::max(1, std::max(1, people()) - state.releases);
}

bool LibraryEntry::is_in_test() const {
    return std::ranges::any_of(uses, [](const auto &use) { return use.in == models::PhotoUse::In::Test; });
}

bool LibraryEntry::needs_alt() const {
    return photo.photo.alt.find_first_not_of(" \t\n") == std::string::npos;
}

bool LibraryEntry::is_too_small() const {
    return photo.photo.width > 0 && photo.photo.width < smallest_good_width;
}

LibraryReading read_library(db::Session &session, const models::TenantId &wanted) {
    LibraryReading reading;
    db::TenantStore tenants(session);
    reading.tenants = tenants.list();
    reading.tenant = wanted;
    if (reading.tenant.empty() && !reading.tenants.empty()) {
        reading.tenant = reading.tenants.front().id;
    }
    const auto tenant = reading.tenant.empty() ? std::nullopt : tenants.find(reading.tenant);
    if (!tenant) {
        reading.tenant = {};
        return reading;
    }
    reading.tenant_name = tenant->name;
    reading.media_folder = tenant->media_folder;
    models::Documents draft = tenant->published;
    if (const auto latest = db::RevisionStore(session).latest(reading.tenant)) {
        draft = latest->documents;
        reading.draft_revision = latest->summary.number;
    }
    reading.hero = models::read_photos(draft.photos).hero;
    const auto tests = db::ExperimentStore(session).list(reading.tenant);
    reading.running_test = running_test(tests);
    read_entries(session, reading, models::photo_uses(draft, tenant->published, tests), used_alts(draft));
    return reading;
}

} // namespace studio::ui
