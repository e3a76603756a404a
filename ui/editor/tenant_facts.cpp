// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/tenant_facts.h"

#include "db/bookings/availability_store.h"
#include "db/stores/compliance_store.h"
#include "db/stores/revision_store.h"
#include "db/stores/tenant_store.h"
#include "models/documents/photos.h"
#include "models/tenant/photo_releases.h"

#include <algorithm>

namespace studio::ui {

namespace {

void read_compliance(db::Session &session, const models::TenantId &tenant_id, TenantFacts &facts) {
    try {
        db::ComplianceStore compliance(session);
        facts.verification = compliance.verification(tenant_id);
        facts.releases = compliance.releases(tenant_id);
        for (const auto &photo : db::PhotoLibrary(session).list(tenant_id)) {
            if (photo.people) {
                facts.people[photo.picture] = *photo.people;
            }
        }
        facts.compliance_known = true;
    } catch (const db::Error &error) {
        if (error.kind() != db::ErrorKind::Forbidden) {
            throw;
        }
    }
}

void read_photos_of(db::Session &session, const models::TenantId &tenant_id, TenantFacts &facts) {
    db::PhotoLibrary library(session);
    facts.photo_states = library.states(tenant_id);
    for (const auto &file : library.not_stored(tenant_id)) {
        if (!file.original) {
            facts.not_stored.push_back(models::picture_of("/media/" + file.key));
        }
    }
}

void read_hero_test(db::Session &session, const models::TenantId &tenant_id, TenantFacts &facts) {
    const auto &variants = models::read_photos(facts.tenant.published.photos).hero.variants;
    facts.weights_rest = facts.tenant.published_revision &&
                         std::ranges::any_of(variants, [](const auto &each) { return each.weight > 0; });
    for (const auto &test : db::ExperimentStore(session).list(tenant_id)) {
        const bool paused = test.status == models::ExperimentStatus::Paused;
        const bool holds = test.status == models::ExperimentStatus::Active || paused;
        if (holds && test.element == models::ExperimentElement::HeroPhoto) {
            facts.weights_rest = false;
            if (test.origin != "photos" || paused) {
                facts.hero_test = test;
            }
        }
    }
}

} // namespace

TenantFacts read_tenant_facts(db::Session &session, const models::TenantId &tenant_id) {
    const auto identity = session.identity();
    auto tenant = db::TenantStore(session).find(tenant_id);
    if (!tenant) {
        throw db::Error(db::ErrorKind::NotFound, "This companion does not exist, or you do not have access.");
    }
    TenantFacts facts;
    facts.tenant = std::move(*tenant);
    read_compliance(session, tenant_id, facts);
    facts.live = db::PublicationStore(session).live(tenant_id);
    facts.latest = db::RevisionStore(session).latest_summary(tenant_id);
    facts.calendar = db::AvailabilityStore(session).hours_and_tours(tenant_id);
    if (identity.role != models::Role::Staff) {
        read_hero_test(session, tenant_id, facts);
        read_photos_of(session, tenant_id, facts);
        facts.keeps_originals = db::PhotoLibrary(session).keeps_originals(tenant_id);
    }
    facts.may_publish = identity.role == models::Role::Operator;
    facts.may_save = facts.may_publish || (identity.may_edit && identity.tenant_id == tenant_id);
    return facts;
}

} // namespace studio::ui
