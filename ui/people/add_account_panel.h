// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/stores/account_store.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFrame>
#include <QLabel>
#include <QLineEdit>
#include <QMap>
#include <QPushButton>

class QVBoxLayout;

namespace studio::ui {

class Banner;
class PasswordOnce;

// The panel that adds an account. Role and site decide what the person can see, so neither has a default.
class AddAccountPanel final : public QFrame {
    Q_OBJECT

public:
    explicit AddAccountPanel(QWidget *parent = nullptr);
    void set_companions(const QMap<QString, QString> &companions); // tenant id → name
    void begin();
    void show_password(const QString &name, const QString &login, const QString &password);
    void show_problem(const QString &text);

signals:
    void add_requested(const studio::db::NewAccount &account);
    void closed();

private:
    void build_fields(QVBoxLayout *layout);
    void connect_signals();
    void check();
    db::NewAccount account() const;

    QWidget *m_fields;
    QLineEdit *m_name;
    QLabel *m_name_problem;
    QComboBox *m_role;
    QLabel *m_role_text;
    QComboBox *m_companion;
    QLabel *m_companion_label;
    QCheckBox *m_may_edit;
    QPushButton *m_add;
    QPushButton *m_close;
    Banner *m_banner;
    PasswordOnce *m_password;
};

} // namespace studio::ui
