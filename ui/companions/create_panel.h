// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/companions/companions_services.h"

#include <QFrame>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSet>

class QButtonGroup;

namespace studio::ui {

class Banner;

// The panel that creates a companion: her name, her address, and the starting site, chosen by its picture.
class CreatePanel final : public QFrame {
    Q_OBJECT

public:
    explicit CreatePanel(CompanionsServices services, QWidget *parent = nullptr);
    void begin(); // clears the fields, unless they hold a companion that was not created yet
    void focus_first();
    void set_taken(QSet<QString> subdomains); // the subdomains in use

signals:
    void created(const QString &tenant_id);
    void cancelled();
    void failed_unseen(const QString &name,
                       const QString &reason); // creating failed after the panel was closed
    void trouble();

private:
    void build_layout();
    QWidget *build_templates();
    void connect_signals();
    void check();
    void create();
    void set_busy(bool busy);
    void show_failure(const QString &reason);
    void made(const QString &tenant_id);

    CompanionsServices m_services;
    QSet<QString> m_taken;
    bool m_address_typed = false; // until then the address follows the name
    QLineEdit *m_name;
    QLabel *m_name_problem;
    QLineEdit *m_subdomain;
    QLabel *m_address;
    QLabel *m_problem;
    QButtonGroup *m_templates;
    QPushButton *m_create;
    QPushButton *m_cancel;
    Banner *m_banner;
};

// "Zoë van Dürén" → "zoe-van-duren": a proposal for the address.
QString proposed_subdomain(const QString &name);

} // namespace studio::ui
