// SPDX-License-Identifier: Apache-2.0
#include "app/studio/tenant_directory.h"

#include "db/stores/tenant_store.h"

namespace studio::app {

TenantDirectory::TenantDirectory(Connection &connection, QObject *parent)
    : QObject(parent), m_connection(connection) {
    connect(connection.watcher.get(), &ui::TenantWatcher::tenant_changed, this, &TenantDirectory::refresh);
    connect(connection.watcher.get(), &ui::TenantWatcher::reconnected, this, &TenantDirectory::refresh);
}

void TenantDirectory::refresh() {
    const auto number = m_loads.next();
    struct Known {
        std::vector<models::TenantSummary> tenants;
        std::optional<db::Publication> last;
    };
    m_connection.worker
        .run([](db::Session &session) {
            return Known{db::TenantStore(session).list(), db::PublicationStore(session).last()};
        })
        .then(this,
              [this, number](const Known &known) {
                  if (m_loads.is_latest(number)) {
                      m_tenants = known.tenants;
                      m_last_publication = known.last;
                      emit changed();
                  }
              })
        .onFailed(this, [this](const std::exception &) {
            m_connection.monitor.check(); // shows above the page what is wrong; the names read before stay
        });
}

} // namespace studio::app
