// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"
#include "models/booking/booking_rules.h"
#include "models/booking/reply_templates.h"
#include "models/json/json.h"
#include "models/tenant/ids.h"
#include "models/values/timezone.h"

#include <QHash>
#include <QString>
#include <QStringList>

#include <chrono>
#include <string>
#include <vector>

namespace studio::ui {

// What the bookings page says of a companion.
struct CompanionFacts {
    QString id, name, subdomain;
    QString zone = QString::fromLatin1(models::default_timezone); // IANA name
    std::string currency = "AUD";
    QStringList services;                                 // names, as published
    QStringList service_ids;                              // in the same order
    QHash<QString, std::chrono::minutes> service_lengths; // by name, of those that say it
    std::chrono::minutes shortest_service{60};            // an hour where no service says how long it lasts
    QHash<QString, QString> questions;                    // that new clients are asked, by id
    std::vector<models::ReplyTemplate> replies;
    models::Json mail_facts;          // "tenant" of an outbox message's payload (db/bookings/outbox_store.h)
    models::DepositRule deposit_rule; // known where one booking is read

    // Of the service of that name: as published, an hour where that says nothing.
    std::chrono::minutes length_of(const QString &service) const {
        return service_lengths.value(service.trimmed(), std::chrono::minutes(60));
    }
};
using Companions = QHash<QString, CompanionFacts>; // by id

// Those of `wanted` that exist; throws db::Error.
Companions read_companions(db::Session &session, const std::vector<models::TenantId> &wanted);

} // namespace studio::ui
