// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/tenant/tenant.h"
#include "ui/async/latest.h"
#include "ui/page.h"

#include <vector>

class QVBoxLayout;

namespace studio::ui {

class StateStack;
class Worker;

// Says what this version has for booking staff, and lists the live sites.
class HomePage final : public Page {
    Q_OBJECT

public:
    // The worker outlives the page. `public_url`: of the platform.
    HomePage(Worker &worker, const QString &person, QString public_url, QWidget *parent = nullptr);

    QString id() const override { return QStringLiteral("home"); }
    QString title() const override { return tr("Home"); }
    QIcon icon() const override;
    void activate() override;

private:
    void show_sites(const std::vector<models::TenantSummary> &tenants);

    Worker &m_worker;
    QString m_public_url;
    Latest m_loads;
    QVBoxLayout *m_sites;
    StateStack *m_state;
};

} // namespace studio::ui
