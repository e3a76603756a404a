// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"

#include <optional>
#include <string>
#include <vector>

namespace studio::db {

// What must be recorded before a tenant may be active.
struct IdentityVerification {
    models::TenantId tenant_id;
    std::string document_kind; // "passport", "driver_licence", "national_id", "proof_of_age_card"
    models::Time verified_at{};
    std::string verified_by;
    bool adult_confirmed = false;
};

struct PhotoRelease {
    models::TenantId tenant_id;
    std::string photo_url; // as in the photos document
    std::string person;    // who can be recognised; "" where one release stands for the whole photo
    bool adult = true;     // an adult, as was confirmed
    std::string scope;     // what the person agreed to, "website and social media"; "" for everything here
    std::string valid_from, valid_until; // "2027-03-01"; "" without a limit; the last day counts
    std::string recorded_by;
    models::Time recorded_at{};
};

// One that keeps its photo away.
struct WithdrawnRelease {
    std::string photo_url;
    std::string person; // "" for a release of the whole photo
    models::Time withdrawn_at{};
};

class ComplianceStore final {
public:
    explicit ComplianceStore(Session &session) : m_session(session) {}
    std::optional<IdentityVerification> verification(const models::TenantId &tenant_id);
    void record_verification(const models::TenantId &tenant_id, const std::string &document_kind);
    std::vector<PhotoRelease> releases(const models::TenantId &tenant_id); // that were not withdrawn
    // Addresses of photos whose release was withdrawn, of all tenants that the login sees.
    std::vector<std::string> withdrawn_photos();
    // Of the whole photo, also where that was withdrawn. Refused while a person's own release is withdrawn:
    // record_person_release() alone gives it back.
    void record_release(const models::TenantId &tenant_id, const std::string &photo_url);
    // The same release for several photos, all in one transaction: of release.person, or of the whole photo.
    // release.photo_url is not used. Photos that may not be shown since a withdrawal, or for which the same
    // person withdrew, are left out; gives their withdrawn releases, to be named to whoever records.
    std::vector<WithdrawnRelease> record_releases(const std::vector<std::string> &photo_urls,
                                                  const PhotoRelease &release);
    // One person's; replaces an earlier one of the same person and photo, also a withdrawn one. tenant_id,
    // photo_url, person, adult, scope, valid_from and valid_until of `release` are used. The last day must
    // not be before today (UTC).
    void record_person_release(const PhotoRelease &release);
    void withdraw_person_release(const models::TenantId &tenant_id, const std::string &photo_url,
                                 const std::string &person);
    // Releases that end within so many days, of all tenants that the login sees.
    std::vector<PhotoRelease> ending_releases(int days);
    // The photo disappears from every page, in all its sizes, within seconds, without another publish.
    void withdraw_release(const models::TenantId &tenant_id, const std::string &photo_url);

private:
    Session &m_session;
};

} // namespace studio::db
