// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/connection.h"
#include "db/stores/publication_store.h"
#include "models/tenant/tenant.h"
#include "ui/async/latest.h"

#include <QObject>

#include <vector>

namespace studio::app {

// The companions that this person may see, kept fresh for the command palette and for "last publish".
class TenantDirectory final : public QObject {
    Q_OBJECT

public:
    explicit TenantDirectory(Connection &connection, QObject *parent = nullptr);
    const std::vector<models::TenantSummary> &tenants() const { return m_tenants; }
    const std::optional<db::Publication> &last_publication() const { return m_last_publication; }
    void refresh();

signals:
    void changed();

private:
    Connection &m_connection;
    ui::Latest m_loads;
    std::vector<models::TenantSummary> m_tenants;
    std::optional<db::Publication> m_last_publication;
};

} // namespace studio::app
