// SPDX-License-Identifier: Apache-2.0
#include "ui/analytics/filters/variant_names.h"

#include "db/experiments/experiment_store.h"

namespace studio::ui {

VariantNames variant_names(db::Session &session, const models::TenantId &tenant) {
    VariantNames names;
    if (tenant.empty()) {
        return names;
    }
    for (const auto &test : db::ExperimentStore(session).list(tenant)) {
        for (const auto &variant : test.variants) {
            names[test.id + ':' + variant.id] = QStringLiteral("%1: %2").arg(
                QString::fromStdString(test.name),
                QString::fromStdString(variant.name.empty() ? variant.id : variant.name));
        }
    }
    return names;
}

} // namespace studio::ui
