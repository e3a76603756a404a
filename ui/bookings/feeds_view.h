// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/bookings/availability_store.h"

#include <QStringList>
#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace studio::ui {

class Worker;

// Secret addresses under which a companion's own calendar program reads her busy times. Each is shown once,
// when it is made.
class FeedsView final : public QWidget {
    Q_OBJECT

public:
    // `public_url`: of the platform.
    FeedsView(Worker &worker, QString public_url, QWidget *parent = nullptr);
    void show_feeds(const models::TenantId &tenant, const QString &subdomain,
                    const std::vector<db::CalendarFeed> &feeds);

signals:
    void changed(const QString &done);
    void failed(const QString &reason);

private:
    QWidget *line_of(const db::CalendarFeed &feed);
    void add();
    void revoke(const std::string &id);

    Worker &m_worker;
    QString m_public_url, m_subdomain;
    models::TenantId m_tenant;
    QStringList m_shown; // ids of the lines
    QVBoxLayout *m_lines;
    QComboBox *m_titles;
    QPushButton *m_add;
    QLabel *m_once;
    QLineEdit *m_address;
};

} // namespace studio::ui
