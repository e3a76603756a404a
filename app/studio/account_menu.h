// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QMenu>
#include <QStringList>

#include <functional>

namespace studio::app {

// The menu of the account button: the local workspace's other accounts, switching to another account, signing
// out.
class AccountMenu final : public QMenu {
    Q_OBJECT

public:
    // `logins` returns the labels of the workspace's accounts, none without a workspace; it is called
    // whenever the menu opens. `current` is the signed-in person's label, "" for a login elsewhere.
    AccountMenu(std::function<QStringList()> logins, QString current, QWidget *parent);

signals:
    void login_chosen(const QString &login);
    void switch_requested();
    void sign_out_requested();

private:
    void fill();

    const std::function<QStringList()> m_logins;
    const QString m_current;
};

} // namespace studio::app
