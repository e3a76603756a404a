// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/companion_facts.h"

#include "db/stores/tenant_store.h"
#include "models/documents/content.h"
#include "models/json/json_read.h"
#include "ui/widgets/tenant_id.h"

namespace studio::ui {

namespace {

// As the outbox has them, but for what its emails do not say.
models::Json mail_facts(const models::Tenant &tenant) {
    const auto &content = tenant.published.content;
    models::Json facts{{"name", tenant.name},
                       {"subdomain", tenant.subdomain},
                       {"customDomain", tenant.custom_domain.value_or(std::string())},
                       {"emails", models::object_member(content, "bookingEmails")},
                       {"services", models::list_member(content, "services")}};
    const auto copy = [&facts](const char *key, const models::Json &object, const char *member) {
        if (const auto *value = models::member(object, member)) {
            facts[key] = *value;
        }
    };
    copy("timeZone", models::object_member(content, "location"), "timezone");
    copy("currency", models::object_member(content, "pricing"), "currency");
    return facts;
}

} // namespace

Companions read_companions(db::Session &session, const std::vector<models::TenantId> &wanted) {
    Companions companions;
    db::TenantStore tenants(session);
    for (const auto &id : wanted) {
        const auto tenant = tenants.find(id);
        if (!tenant) {
            continue;
        }
        const auto content = models::read_content(tenant->published.content);
        CompanionFacts facts;
        facts.id = to_text(id);
        facts.name = QString::fromStdString(tenant->name);
        facts.subdomain = QString::fromStdString(tenant->subdomain);
        facts.zone = QString::fromStdString(content.location.timezone);
        facts.currency = content.pricing.currency;
        for (const auto &service : content.services) {
            facts.services << QString::fromStdString(service.name);
        }
        for (const auto &question : content.screening_fields) {
            facts.questions.insert(QString::fromStdString(question.id),
                                   QString::fromStdString(question.label));
        }
        facts.replies = content.reply_templates;
        facts.mail_facts = mail_facts(*tenant);
        companions.insert(facts.id, facts);
    }
    return companions;
}

} // namespace studio::ui
