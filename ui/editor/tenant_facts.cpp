// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/tenant_facts.h"

#include "db/revision_store.h"

namespace studio::ui {

namespace {

void read_compliance(db::Session &session, const std::string &tenant_id, TenantFacts &facts) {
    try {
        db::ComplianceStore compliance(session);
        facts.verification = compliance.verification(tenant_id);
        facts.releases = compliance.releases(tenant_id);
        facts.compliance_known = true;
    } catch (const db::Error &error) {
        if (error.kind() != db::ErrorKind::Forbidden) {
            throw;
        }
    }
}

std::optional<models::Experiment> hero_test_by_hand(db::Session &session, const std::string &tenant_id) {
    for (auto &test : db::ExperimentStore(session).list(tenant_id)) {
        const bool holds = test.status == models::ExperimentStatus::Active ||
                           test.status == models::ExperimentStatus::Paused;
        if (holds && test.element == models::ExperimentElement::HeroPhoto && test.origin != "photos") {
            return std::move(test);
        }
    }
    return std::nullopt;
}

} // namespace

TenantFacts read_tenant_facts(db::Session &session, const std::string &tenant_id) {
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
    if (identity.role != models::Role::Staff) {
        facts.hero_test = hero_test_by_hand(session, tenant_id);
    }
    facts.may_publish = identity.role == models::Role::Operator;
    facts.may_save = facts.may_publish || (identity.may_edit && identity.tenant_id == tenant_id);
    return facts;
}

} // namespace studio::ui
