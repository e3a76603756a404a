// SPDX-License-Identifier: Apache-2.0
#include "ui/people/people_page.h"

#include "db/stores/tenant_store.h"
#include "ui/async/worker.h"
#include "ui/people/account_delegate.h"
#include "ui/people/account_panel.h"
#include "ui/people/accounts_model.h"
#include "ui/people/add_account_panel.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/elided_combo_box.h"
#include "ui/widgets/line_icon.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/state_stack.h"
#include "ui/widgets/style_sheet.h"
#include "ui/widgets/tenant_id.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTabBar>
#include <QTableView>
#include <QVBoxLayout>

#include <utility>

namespace studio::ui {

namespace {

constexpr int panel_width = 340;
constexpr int log_length = 500;

QTableView *make_table(const QString &name, const QString &title, QAbstractItemModel *model, int row_height,
                       QWidget *parent) {
    auto *table = new QTableView(parent);
    table->setObjectName(name);
    table->setAccessibleName(title);
    table->setModel(model);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setShowGrid(false);
    table->setTabKeyNavigation(false);
    table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(row_height);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    return table;
}

QWidget *card_around(QWidget *content, QWidget *parent) {
    auto *card = new QFrame(parent);
    set_card(card);
    auto *layout = new QVBoxLayout(card);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->addWidget(content);
    return card;
}

} // namespace

PeoplePage::PeoplePage(Worker &worker, QString login, AccountPasswords passwords, QWidget *parent)
    : Page(parent), m_worker(worker), m_own_login(std::move(login)), m_passwords(std::move(passwords)),
      m_header(new PageHeader(title(), this)), m_banner(new Banner(QStringLiteral("people.banner"), this)),
      m_tabs(new QTabBar(this)), m_views(new QStackedWidget(this)), m_accounts(new AccountsModel(this)),
      m_audit(new AuditModel(this)), m_log_of(new ElidedComboBox(this)), m_panel(new QStackedWidget(this)),
      m_account(new AccountPanel(this)), m_add(new AddAccountPanel(this)) {
    build_layout();
    connect_signals();
}

QIcon PeoplePage::icon() const {
    return line_icon(QStringLiteral("people"));
}

void PeoplePage::build_layout() {
    m_header->set_subtitle(tr("Who can sign in, and what everyone did"));
    connect(
        m_header->set_primary_action(QStringLiteral("people.add"), QStringLiteral("plus"), tr("Add account")),
        &QPushButton::clicked, this, &PeoplePage::show_add);
    m_tabs->setObjectName(QStringLiteral("people.tabs"));
    m_tabs->setAccessibleName(tr("Accounts or activity"));
    m_tabs->addTab(tr("Accounts"));
    m_tabs->addTab(tr("Activity"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_views->addWidget(build_accounts());
    m_views->addWidget(build_activity());
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 20);
    layout->setSpacing(12);
    layout->addWidget(m_header);
    layout->addWidget(m_banner);
    layout->addWidget(m_tabs);
    layout->addWidget(m_views, 1);
}

QWidget *PeoplePage::build_accounts() {
    m_table = make_table(QStringLiteral("people.accounts"), tr("Accounts"), m_accounts,
                         AccountDelegate::row_height, this);
    m_table->setItemDelegate(new AccountDelegate(m_table));
    auto *header = m_table->horizontalHeader();
    header->setSectionResizeMode(static_cast<int>(AccountsModel::Column::Person), QHeaderView::Stretch);
    header->resizeSection(static_cast<int>(AccountsModel::Column::Role), 130);
    header->resizeSection(static_cast<int>(AccountsModel::Column::Companion), 170);
    header->resizeSection(static_cast<int>(AccountsModel::Column::State), 110);
    m_state = new StateStack(m_table, Skeleton::Shape::Table, this);
    m_state->setObjectName(QStringLiteral("people.state"));
    m_panel->setFixedWidth(panel_width);
    m_panel->addWidget(m_account);
    m_panel->addWidget(m_add);
    m_panel->hide();
    auto *view = new QWidget(this);
    auto *row = new QHBoxLayout(view);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(16);
    row->addWidget(card_around(m_state, view), 1);
    row->addWidget(m_panel);
    return view;
}

QWidget *PeoplePage::build_activity() {
    m_log = make_table(QStringLiteral("people.log"), tr("Activity"), m_audit, LogDelegate::row_height, this);
    m_log->setItemDelegate(new LogDelegate(m_log));
    auto *header = m_log->horizontalHeader();
    header->resizeSection(static_cast<int>(AuditModel::Column::When), 150);
    header->resizeSection(static_cast<int>(AuditModel::Column::Who), 130);
    header->setSectionResizeMode(static_cast<int>(AuditModel::Column::What), QHeaderView::Stretch);
    header->resizeSection(static_cast<int>(AuditModel::Column::Companion), 170);
    m_log_state = new StateStack(m_log, Skeleton::Shape::Table, this);
    m_log_of->setObjectName(QStringLiteral("people.log_of"));
    m_log_of->setAccessibleName(tr("Filter activity by companion"));
    m_log_of->addItem(tr("Everyone"));
    m_log_of->setFixedWidth(220);
    auto *view = new QWidget(this);
    auto *layout = new QVBoxLayout(view);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    layout->addWidget(m_log_of);
    layout->addWidget(card_around(m_log_state, view), 1);
    return view;
}

void PeoplePage::connect_signals() {
    connect(m_tabs, &QTabBar::currentChanged, m_views, &QStackedWidget::setCurrentIndex);
    connect(m_state, &StateStack::retry_requested, this, &PeoplePage::activate);
    connect(m_log_state, &StateStack::retry_requested, this, &PeoplePage::activate);
    connect(m_state, &StateStack::action_requested, this, &PeoplePage::show_add);
    connect(m_log_of, &QComboBox::currentIndexChanged, this, &PeoplePage::load);
    const auto show = [this](const QModelIndex &index) {
        show_account(index.data(AccountsModel::Login).toString());
    };
    connect(m_table, &QTableView::clicked, this, show);
    connect(m_table, &QTableView::activated, this, show);
    connect(m_add, &AddAccountPanel::add_requested, this, &PeoplePage::add);
    connect(m_add, &AddAccountPanel::closed, this, [this] {
        m_additions.next(); // an answer that arrives later is shown above the list
        m_panel->hide();
    });
    connect(m_account, &AccountPanel::closed, m_panel, &QWidget::hide);
    connect(m_account, &AccountPanel::reset_requested, this, &PeoplePage::reset_password);
    connect(m_account, &AccountPanel::disable_requested, this, [this](const QString &login) {
        change(
            login,
            [login = login.toStdString()](db::Session &session) { db::AccountStore(session).disable(login); },
            tr("Account disabled and signed out everywhere."));
    });
    connect(m_account, &AccountPanel::enable_requested, this, [this](const QString &login) {
        change(
            login,
            [login = login.toStdString()](db::Session &session) { db::AccountStore(session).enable(login); },
            tr("Account enabled."));
    });
    connect(m_account, &AccountPanel::may_edit_requested, this, [this](const QString &login, bool may_edit) {
        change(
            login,
            [login = login.toStdString(), may_edit](db::Session &session) {
                db::AccountStore(session).set_may_edit(login, may_edit);
            },
            may_edit ? tr("This account can now edit the site.")
                     : tr("This account can now only view the site."));
    });
}

void PeoplePage::activate() {
    for (auto *state : {m_state, m_log_state}) {
        if (state->state() == StateStack::State::Error) {
            state->show_loading();
        }
    }
    load();
}

void PeoplePage::open(const QString &argument) {
    if (argument == QLatin1String("new")) {
        show_add();
    } else if (argument == QLatin1String("activity")) {
        m_tabs->setCurrentIndex(1);
    } else {
        m_requested = argument;
    }
}

void PeoplePage::load() {
    const auto number = m_loads.next();
    const auto of = m_log_of->currentData().toString();
    m_worker
        .run([of = of.isEmpty() ? std::nullopt : std::optional(to_tenant_id(of))](db::Session &session) {
            Loaded loaded;
            loaded.accounts = db::AccountStore(session).list();
            loaded.audit = db::AuditStore(session).list(of, log_length);
            for (const auto &tenant : db::TenantStore(session).list()) {
                loaded.companions[to_text(tenant.id)] = QString::fromStdString(tenant.name);
            }
            return loaded;
        })
        .then(this,
              [this, number](Loaded loaded) {
                  if (m_loads.is_latest(number)) {
                      show_loaded(std::move(loaded));
                  }
              })
        .onFailed(this, [this, number](const std::exception &error) {
            if (m_loads.is_latest(number)) {
                show_failure(QString::fromUtf8(error.what()));
            }
        });
}

void PeoplePage::show_loaded(Loaded loaded) {
    if (std::exchange(m_list_is_old, false)) {
        m_banner->clear();
    }
    const auto chosen = m_table->currentIndex().data(AccountsModel::Login).toString();
    m_companions = loaded.companions;
    m_add->set_companions(m_companions);
    const QSignalBlocker quiet(m_log_of);
    const auto of = m_log_of->currentData();
    m_log_of->clear();
    m_log_of->addItem(tr("Everyone"));
    for (auto companion = m_companions.begin(); companion != m_companions.end(); ++companion) {
        m_log_of->addItem(companion.value(), companion.key());
    }
    m_log_of->setCurrentIndex(std::max(0, m_log_of->findData(of)));
    m_accounts->set_rows(std::move(loaded.accounts), m_companions);
    m_audit->set_rows(std::move(loaded.audit), m_companions);
    if (m_accounts->rowCount() == 0) {
        m_state->show_empty(QStringLiteral("people"), tr("No accounts yet"),
                            tr("Give everyone who works here their own login."), tr("Add the first account"));
    } else {
        m_state->show_content();
    }
    if (m_audit->rowCount() == 0) {
        m_log_state->show_empty(QStringLiteral("journal"), tr("No activity yet"),
                                tr("Every change a person makes appears here."), {});
    } else {
        m_log_state->show_content();
    }
    const auto wanted = m_requested.isEmpty() ? chosen : std::exchange(m_requested, {});
    if (const int row = m_accounts->row_of(wanted); row >= 0) {
        m_table->selectRow(row);
        if (m_panel->isVisible() ? m_panel->currentWidget() == m_account : wanted != chosen) {
            show_account(wanted);
        }
    }
}

void PeoplePage::show_failure(const QString &reason) {
    if (m_accounts->rowCount() == 0) {
        m_state->show_error(tr("Could not load the accounts"), reason);
        m_log_state->show_error(tr("Could not load the activity"), reason);
    } else {
        m_list_is_old = true;
        m_banner->show_message(Tone::Caution, tr("The list may be out of date. %1").arg(reason));
    }
    emit trouble();
}

void PeoplePage::show_account(const QString &login) {
    const auto *account = m_accounts->find(login);
    if (account == nullptr) {
        return;
    }
    const auto companion = account->tenant_id ? m_companions.value(to_text(*account->tenant_id)) : QString();
    m_additions.next();
    m_account->show_account(*account, companion, login == m_own_login);
    m_panel->setCurrentWidget(m_account);
    m_panel->show();
}

void PeoplePage::show_add() {
    m_additions.next();
    m_tabs->setCurrentIndex(0);
    m_panel->setCurrentWidget(m_add);
    m_panel->show();
    m_add->begin();
}

// The answer is shown in the form that asked, or above the list if that form was closed in the meantime.
void PeoplePage::add(const db::NewAccount &account) {
    const auto name = QString::fromStdString(account.display_name);
    const auto number = m_additions.next();
    m_worker.run([account, make = m_passwords.add](db::Session &session) { return make(session, account); })
        .then(this,
              [this, name, number](const db::NewLogin &made) {
                  if (m_additions.is_latest(number)) {
                      m_add->show_password(name, QString::fromStdString(made.login),
                                           QString::fromStdString(made.password));
                  } else {
                      say(Tone::Caution,
                          tr("The account of %1 was created. Its password was not shown because you had "
                             "left the form. Reset the password to see a new one.")
                              .arg(name));
                  }
                  load();
              })
        .onFailed(this, [this, name, number](const std::exception &error) {
            const auto reason = QString::fromUtf8(error.what());
            if (m_additions.is_latest(number)) {
                m_add->show_problem(reason);
            } else {
                say(Tone::Negative, tr("The account of %1 was not created. %2").arg(name, reason));
            }
            emit trouble();
        });
}

void PeoplePage::change(const QString &login, std::function<void(db::Session &)> change,
                        const QString &done) {
    m_worker.run(std::move(change))
        .then(this,
              [this, login, done] {
                  tell(login, true, done);
                  load();
              })
        .onFailed(this, [this, login](const std::exception &error) {
            tell(login, false, QString::fromUtf8(error.what()));
            emit trouble();
            load();
        });
}

// Shows an answer in the panel of the account that it is about, or above the list with the account's name.
void PeoplePage::tell(const QString &login, bool good, const QString &text) {
    if (shows(login)) {
        m_account->show_message(good, text);
        return;
    }
    const auto *account = m_accounts->find(login);
    const auto name = account == nullptr ? login : QString::fromStdString(account->display_name);
    say(good ? Tone::Positive : Tone::Negative, tr("%1: %2").arg(name, text));
}

bool PeoplePage::shows(const QString &login) const {
    return !m_panel->isHidden() && m_panel->currentWidget() == m_account && m_account->login() == login;
}

void PeoplePage::say(Tone tone, const QString &text) {
    m_list_is_old = false; // the banner stays when the list is read again
    m_banner->show_message(tone, text);
}

void PeoplePage::reset_password(const QString &login) {
    m_worker
        .run([login = login.toStdString(), reset = m_passwords.reset](db::Session &session) {
            return reset(session, login);
        })
        .then(
            this,
            [this, login](const std::string &password) {
                if (shows(login)) {
                    m_account->show_password(QString::fromStdString(password));
                } else {
                    tell(login, false,
                         tr("The password was reset but is not shown, because its account is no longer open. "
                            "Reset it again to see it."));
                }
                load();
            })
        .onFailed(this, [this, login](const std::exception &error) {
            tell(login, false, QString::fromUtf8(error.what()));
            emit trouble();
        });
}

} // namespace studio::ui
