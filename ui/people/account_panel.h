// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/stores/account_store.h"

#include <QCheckBox>
#include <QFrame>
#include <QLabel>
#include <QPushButton>

namespace studio::ui {

class Banner;
class ConfirmBar;
class ElidedLabel;
class PasswordOnce;

// The panel of one account: whether it may edit, resetting its password, disabling and enabling it.
class AccountPanel final : public QFrame {
    Q_OBJECT

public:
    explicit AccountPanel(QWidget *parent = nullptr);
    // `own` means that it is the signed-in person's account, which cannot be disabled here.
    void show_account(const db::Account &account, const QString &companion, bool own);
    void show_password(const QString &password);
    void show_message(bool good, const QString &text);
    QString login() const { return QString::fromStdString(m_account.login); }

signals:
    void disable_requested(const QString &login);
    void enable_requested(const QString &login);
    void reset_requested(const QString &login);
    void may_edit_requested(const QString &login, bool may_edit);
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
