// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/companion_facts.h"

#include "db/stores/tenant_store.h"
#include "models/booking/service_duration.h"
#include "models/json/json_read.h"
#include "ui/widgets/tenant_id.h"

namespace studio::ui {

namespace {

std::optional<std::chrono::minutes> shortest_of(const models::Content &content) {
    std::optional<std::chrono::minutes> shortest;
    for (const auto &service : content.services) {
        const auto length = models::duration_of_service(content, service.name);
        if (length && (!shortest || *length < *shortest)) {
            shortest = length;
        }
    }
    return shortest;
}

// As the outbox has them, but for what its emails do not say.
models::Json mail_facts(const models::Tenant &tenant) {
    const auto &content = tenant.published.content;
    models::Json facts{{"name", tenant.name},
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
            facts.service_ids << QString::fromStdString(service.id);
            if (const auto length = models::duration_of_service(content, service.name)) {
                facts.service_lengths.insert(facts.services.last(), *length);
            }
        }
        facts.shortest_service = shortest_of(content).value_or(facts.shortest_service);
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
