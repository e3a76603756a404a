// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/account_store.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFrame>
#include <QLabel>
#include <QLineEdit>
#include <QMap>
#include <QPushButton>

namespace studio::ui {

class Banner;
class ConfirmBar;
class ElidedLabel;

// A password that was just made, shown once, with a button that copies it.
class PasswordOnce final : public QFrame {
    Q_OBJECT

public:
    explicit PasswordOnce(QWidget *parent = nullptr);
    void show_password(const QString &login, const QString &password);
    void forget();

private:
    QLabel *m_text;
    QLineEdit *m_password;
    QPushButton *m_copy;
};

// Adds an account.
class AddAccountPanel final : public QFrame {
    Q_OBJECT

public:
    explicit AddAccountPanel(QWidget *parent = nullptr);
    void set_companions(const QMap<QString, QString> &companions); // tenant id → name
    void begin();
    void show_password(const QString &login, const QString &password);
    void show_problem(const QString &text);

signals:
    void add_wanted(const studio::db::Account &account);
    void closed();

private:
    void check();
    db::Account account() const;

    QLineEdit *m_name;
    QLineEdit *m_login;
    QComboBox *m_role;
    QComboBox *m_companion;
    QLabel *m_companion_label;
    QCheckBox *m_may_edit;
    QPushButton *m_add;
    QPushButton *m_close;
    Banner *m_banner;
    PasswordOnce *m_password;
};

// One account: may edit, new password, disable, enable.
class AccountPanel final : public QFrame {
    Q_OBJECT

public:
    explicit AccountPanel(QWidget *parent = nullptr);
    // `own`: it is the account of whoever looks, which cannot be disabled here.
    void show_account(const db::Account &account, const QString &companion, bool own);
    void show_password(const QString &password);
    void show_message(bool good, const QString &text);
    QString login() const { return QString::fromStdString(m_account.login); }

signals:
    void disable_wanted(const QString &login);
    void enable_wanted(const QString &login);
    void reset_wanted(const QString &login);
    void may_edit_wanted(const QString &login, bool may_edit);
    void closed();

private:
    void connect_signals();

    db::Account m_account;
    ElidedLabel *m_name;
    QLabel *m_text;
    QCheckBox *m_may_edit;
    QPushButton *m_reset;
    QPushButton *m_disable;
    QPushButton *m_enable;
    Banner *m_banner;
    ConfirmBar *m_confirm;
    PasswordOnce *m_password;
};

} // namespace studio::ui
