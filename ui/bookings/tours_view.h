// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/json/json.h"
#include "models/tenant/ids.h"

#include <QWidget>

class QComboBox;
class QDateEdit;
class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace studio::ui {

class Worker;

// A companion's stays in other cities: a line for each, and a form for another one. Changes are stored at
// once.
class ToursView final : public QWidget {
    Q_OBJECT

public:
    explicit ToursView(Worker &worker, QWidget *parent = nullptr);
    // `tours`: as AvailabilityStore gives them.
    void show_tours(const models::TenantId &tenant, const models::Json &tours);

signals:
    void changed(const QString &done);
    void failed(const QString &reason);

private:
    void build_form(QVBoxLayout *layout);
    void check();
    void add();
    void remove(const std::string &id);

    Worker &m_worker;
    models::TenantId m_tenant;
    QVBoxLayout *m_lines;
    QLineEdit *m_city;
    QComboBox *m_zone, *m_visibility;
    QDateEdit *m_first, *m_last;
    QPushButton *m_add;
};

} // namespace studio::ui
