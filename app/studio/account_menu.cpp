// SPDX-License-Identifier: Apache-2.0
#include "app/studio/account_menu.h"

#include "ui/settings/profiles/sign_in_panel.h"

#include <utility>

namespace studio::app {

AccountMenu::AccountMenu(std::function<QStringList()> logins, QString current, QWidget *parent)
    : QMenu(parent), m_logins(std::move(logins)), m_current(std::move(current)) {
    setObjectName(QStringLiteral("account.menu"));
    fill();
    connect(this, &QMenu::aboutToShow, this, &AccountMenu::fill);
}

void AccountMenu::fill() {
    clear();
    const auto logins = m_logins();
    for (const auto &login : logins) {
        auto *action = addAction(tr("Switch to %1").arg(ui::local_login_title(login)), this,
                                 [this, login] { emit login_chosen(login); });
        action->setObjectName(QStringLiteral("account.") + login);
        action->setEnabled(login != m_current);
    }
    if (!logins.isEmpty()) {
        addSeparator();
    }
    addAction(tr("Switch account"), this, &AccountMenu::switch_requested)
        ->setObjectName(QStringLiteral("account.switch"));
    addAction(tr("Sign out"), this, &AccountMenu::sign_out_requested)
        ->setObjectName(QStringLiteral("account.sign_out"));
}

} // namespace studio::app
