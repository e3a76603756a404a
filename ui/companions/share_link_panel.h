// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/companions/tenant_details.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>
#include <QWidget>

namespace studio::ui {

// Links that open the latest draft without a login until they expire.
class ShareLinkPanel final : public QWidget {
    Q_OBJECT

public:
    explicit ShareLinkPanel(QWidget *parent = nullptr);
    void show_details(const TenantDetails &details);
    // Shows a link that was just created. Its address is not stored, so it cannot be shown again.
    void show_link(const QString &address);

signals:
    void link_requested(int hours);
    void revoke_requested(const QString &link_id);
    void copied(const QString &address);

private:
    QComboBox *m_validity;
    QPushButton *m_make;
    QLineEdit *m_link;
    QPushButton *m_copy;
    QWidget *m_made;
    QVBoxLayout *m_links;
    models::TenantId m_tenant_id;
};

} // namespace studio::ui
