// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/json/json.h"
#include "models/tenant/ids.h"

#include <QDate>
#include <QWidget>

class QComboBox;
class QDateEdit;
class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace studio::ui {

class Worker;

// A companion's stays in other cities: a line for each, with what the site shows of it, and a form for
// another one. Changes are stored at once.
class ToursView final : public QWidget {
    Q_OBJECT

public:
    explicit ToursView(Worker &worker, QWidget *parent = nullptr);
    // `home_zone`: the companion's time zone at home; `tours`: as AvailabilityStore gives them.
    void show_tours(const models::TenantId &tenant, const QString &home_zone, const models::Json &tours);
    // Adds the one that was removed last once more.
    void restore();

signals:
    void changed(const QString &done);
    void removed(const QString &done);
    void failed(const QString &reason);
    void added_for(const models::TenantId &tenant); // who is no longer shown

private:
    void name_fields();
    void build_form(QVBoxLayout *layout);
    QWidget *line_of(const models::Json &document);
    void check();
    void start_at_home(const QString &zone);
    void propose_zone();
    void say_zone();
    QString zone_of(const QString &city) const;
    void follow_shown();
    void add();
    void store(const models::TenantId &tenant, const models::Json &document, const QString &done);
    void refused(const models::TenantId &tenant, const std::exception &error);
    void set_shown(const std::string &id, const std::string &shown, QDate from);
    void remove(const models::Json &document);

    Worker &m_worker;
    models::TenantId m_tenant, m_removed_from;
    models::Json m_shown, m_removed;
    QString m_home_zone;
    bool m_zone_is_chosen = false; // by a person: the city does not change it any more
    bool m_proposes = false;
    QDate m_proposed_day;
    QVBoxLayout *m_lines;
    QLineEdit *m_city;
    QComboBox *m_zone, *m_visibility, *m_places;
    QDateEdit *m_first, *m_last, *m_from;
    QPushButton *m_add;
    QLabel *m_clock; // in which city's time the tour's hours are
};

} // namespace studio::ui
