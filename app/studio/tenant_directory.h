// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/connection.h"
#include "models/tenant.h"
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
    void refresh();

signals:
    void changed();
    // Somebody published this companion's site a moment ago.
    void published(const QString &name);

private:
    void take(std::vector<models::TenantSummary> tenants);

    Connection &m_connection;
    ui::Latest m_loads;
    std::vector<models::TenantSummary> m_tenants;
};

} // namespace studio::app
