// SPDX-License-Identifier: Apache-2.0
#include "app/studio/tenant_directory.h"

#include "db/tenant_store.h"

#include <algorithm>

namespace studio::app {

TenantDirectory::TenantDirectory(Connection &connection, QObject *parent)
    : QObject(parent), m_connection(connection) {
    connect(connection.watcher.get(), &ui::TenantWatcher::tenant_changed, this, &TenantDirectory::refresh);
    connect(connection.watcher.get(), &ui::TenantWatcher::reconnected, this, &TenantDirectory::refresh);
}

void TenantDirectory::refresh() {
    const auto number = m_loads.next();
    m_connection.worker.run([](db::Session &session) { return db::TenantStore(session).list(); })
        .then(this,
              [this, number](std::vector<models::TenantSummary> tenants) {
                  if (m_loads.is_latest(number)) {
                      take(std::move(tenants));
                  }
              })
        .onFailed(this, [this](const std::exception &) {
            m_connection.monitor
                .check(); // says above the page what is the matter; the names that we have stay
        });
}

void TenantDirectory::take(std::vector<models::TenantSummary> tenants) {
    for (const auto &tenant : tenants) {
        const auto before = std::find_if(m_tenants.begin(), m_tenants.end(),
                                         [&tenant](const auto &known) { return known.id == tenant.id; });
        if (before != m_tenants.end() && before->published_revision != tenant.published_revision) {
            emit published(QString::fromStdString(tenant.name));
        }
    }
    m_tenants = std::move(tenants);
    emit changed();
}

} // namespace studio::app
