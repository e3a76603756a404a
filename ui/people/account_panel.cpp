// SPDX-License-Identifier: Apache-2.0
#include "ui/people/account_panel.h"

#include "ui/people/password_once.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/confirm_bar.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/line_icon.h"
#include "ui/widgets/phrases.h"
#include "ui/widgets/style_sheet.h"
#include "ui/widgets/words.h"

#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

namespace studio::ui {

AccountPanel::AccountPanel(QWidget *parent)
    : QFrame(parent), m_name(new ElidedLabel({}, this)), m_text(new QLabel(this)),
      m_may_edit(new QCheckBox(tr("May edit this site"), this)),
      m_reset(new QPushButton(line_icon(QStringLiteral("key")), tr("Reset password"), this)),
      m_disable(new QPushButton(this)), m_enable(new QPushButton(this)),
      m_banner(new Banner(QStringLiteral("account.banner"), this)),
      m_confirm(new ConfirmBar(QStringLiteral("account.confirm"), this)), m_password(new PasswordOnce(this)) {
    setObjectName(QStringLiteral("account_panel"));
    set_card(this);
    set_text_role(m_name, TextRole::Title);
    set_text_role(m_text, TextRole::Muted);
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_may_edit->setObjectName(QStringLiteral("account.may_edit"));
    m_reset->setObjectName(QStringLiteral("account.reset"));
    m_disable->setObjectName(QStringLiteral("account.disable"));
    m_enable->setObjectName(QStringLiteral("account.enable"));
    set_button_role(m_disable, ButtonRole::Danger);
    auto *close = new QToolButton(this);
    close->setObjectName(QStringLiteral("account.close"));
    close->setIcon(line_icon(QStringLiteral("close")));
    close->setAccessibleName(tr("Close panel"));
    connect(close, &QToolButton::clicked, this, &AccountPanel::closed);
    auto *top = new QHBoxLayout;
    top->addWidget(m_name, 1);
    top->addWidget(close, 0, Qt::AlignTop);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 20);
    layout->setSpacing(12);
    layout->addLayout(top);
    layout->addWidget(m_text);
    layout->addWidget(m_banner);
    layout->addWidget(m_confirm);
    layout->addWidget(m_password);
    layout->addWidget(m_may_edit);
    layout->addWidget(m_reset);
    layout->addWidget(m_disable);
    layout->addWidget(m_enable);
    layout->addStretch(1);
    connect_signals();
}

void AccountPanel::connect_signals() {
    connect(m_may_edit, &QCheckBox::toggled, this, [this](bool on) { emit may_edit_requested(login(), on); });
    connect(m_enable, &QPushButton::clicked, this, [this] { emit enable_requested(login()); });
    connect(m_reset, &QPushButton::clicked, this, [this] {
        const auto name = QString::fromStdString(m_account.display_name);
        m_confirm->ask(
            tr("%1’s current password stops working at once. The new one is shown here, once.").arg(name),
            tr("Reset %1’s password").arg(short_name(name)), [this] { emit reset_requested(login()); });
    });
    connect(m_disable, &QPushButton::clicked, this, [this] {
        const auto name = QString::fromStdString(m_account.display_name);
        m_confirm->ask(tr("%1 is signed out at once and cannot sign in until you enable the account again. "
                          "Nothing %1 created is deleted.")
                           .arg(name),
                       tr("Disable %1’s account").arg(short_name(name)),
                       [this] { emit disable_requested(login()); });
    });
}

void AccountPanel::show_account(const db::Account &account, const QString &companion, bool own) {
    if (account.login != m_account.login) {
        m_banner->clear();
        m_confirm->cancel();
        m_password->forget();
    }
    m_account = account;
    const auto name = QString::fromStdString(account.display_name);
    m_name->set_full_text(name);
    const auto since =
        QLocale().toString(to_date_time(account.created_at).date(), QStringLiteral("d MMMM yyyy"));
    auto text = companion.isEmpty()
                    ? tr("%1 since %2.").arg(role_word(account.role), since)
                    : tr("%1 since %2, sees the site of %3.").arg(role_word(account.role), since, companion);
    text += QLatin1Char('\n') + tr("Login: %1").arg(login());
    m_text->setText(own ? text + QLatin1Char('\n') + tr("This is your own account.") : text);
    const QSignalBlocker quiet(m_may_edit);
    m_may_edit->setChecked(account.may_edit);
    m_may_edit->setVisible(account.role == models::Role::Companion);
    m_disable->setText(tr("Disable %1’s account").arg(short_name(name)));
    m_disable->setVisible(!account.disabled && !own);
    m_enable->setText(tr("Enable %1’s account").arg(short_name(name)));
    m_enable->setVisible(account.disabled);
}

void AccountPanel::show_password(const QString &password) {
    m_password->show_password(QString::fromStdString(m_account.display_name), login(), password);
}

void AccountPanel::show_message(bool good, const QString &text) {
    m_banner->show_message(good ? Tone::Positive : Tone::Negative, text);
}

} // namespace studio::ui
