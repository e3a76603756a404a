// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/stores/account_store.h"
#include "db/stores/audit_store.h"
#include "ui/async/latest.h"
#include "ui/page.h"
#include "ui/people/account_passwords.h"
#include "ui/widgets/badge.h"

#include <QMap>

#include <functional>
#include <optional>
#include <vector>

class QComboBox;
class QStackedWidget;
class QTabBar;
class QTableView;

namespace studio::ui {

class AccountPanel;
class AccountsModel;
class AddAccountPanel;
class AuditModel;
class Banner;
class PageHeader;
class StateStack;
class Worker;

// The People page: the accounts, and the log of what everyone did.
class PeoplePage final : public Page {
    Q_OBJECT

public:
    // `login` is the signed-in person's. The worker outlives the page.
    PeoplePage(Worker &worker, QString login, AccountPasswords passwords = {}, QWidget *parent = nullptr);

    QString id() const override { return QStringLiteral("people"); }
    QString title() const override { return tr("People"); }
    QIcon icon() const override;
    void activate() override;
    // `argument` is "new" for the panel of a new account, "activity" for the log, otherwise a login or a
    // person's name.
    void open(const QString &argument) override;

private:
    struct Loaded {
        std::vector<db::Account> accounts;
        std::vector<db::AuditEntry> audit;
        QMap<QString, QString> companions; // id → name
    };
    void build_layout();
    QWidget *build_accounts();
    QWidget *build_activity();
    void connect_signals();
    void load();
    void show_loaded(Loaded loaded);
    void show_failure(const QString &reason);
    void show_account(const QString &login);
    void show_add();
    void add(const db::NewAccount &account);
    void change(const QString &login, std::function<void(db::Session &)> change, const QString &done);
    void tell(const QString &login, bool good, const QString &text);
    bool shows(const QString &login) const;   // whether the panel shows this account
    void say(Tone tone, const QString &text); // in the banner above the list
    void reset_password(const QString &login);

    Worker &m_worker;
    QString m_own_login;
    AccountPasswords m_passwords;
    Latest m_loads;
    Latest m_additions;         // so that the answer to an earlier form is not shown in the one that is open
    bool m_list_is_old = false; // reading the list failed, and the banner says so
    QString m_requested;
    QMap<QString, QString> m_companions;
    PageHeader *m_header;
    Banner *m_banner;
    QTabBar *m_tabs;
    QStackedWidget *m_views;
    AccountsModel *m_accounts;
    QTableView *m_table;
    AuditModel *m_audit;
    QTableView *m_log;
    QComboBox *m_log_of;
    StateStack *m_state;
    StateStack *m_log_state;
    QStackedWidget *m_panel;
    AccountPanel *m_account;
    AddAccountPanel *m_add;
};

} // namespace studio::ui
