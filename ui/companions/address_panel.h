// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/companions/tenant_details.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QWidget>

class QVBoxLayout;

namespace studio::ui {

// Name and custom domain of a companion. Each is checked while typing and saved by a button of its own.
class AddressPanel final : public QWidget {
    Q_OBJECT

public:
    explicit AddressPanel(QWidget *parent = nullptr);
    void show_details(const TenantDetails &details);

signals:
    void rename_requested(const QString &name);
    void domain_requested(const QString &domain); // "" removes it

private:
    void add_field(QVBoxLayout *layout, QLineEdit *field, const QString &label, QLabel *problem,
                   QPushButton *button);
    void check();

    models::TenantId m_tenant_id;
    QString m_name_before, m_domain_before;
    QLineEdit *m_name;
    QLabel *m_name_problem;
    QPushButton *m_name_save;
    QLineEdit *m_domain;
    QLabel *m_domain_problem;
    QPushButton *m_domain_save;
};

} // namespace studio::ui
