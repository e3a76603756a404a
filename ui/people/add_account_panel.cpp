// SPDX-License-Identifier: Apache-2.0
#include "ui/people/account_panel.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/style_sheet.h"
#include "ui/widgets/words.h"

#include <QHBoxLayout>
#include <QRegularExpressionValidator>
#include <QVBoxLayout>

namespace studio::ui {

AddAccountPanel::AddAccountPanel(QWidget *parent)
    : QFrame(parent), m_name(new QLineEdit(this)), m_login(new QLineEdit(this)), m_role(new QComboBox(this)),
      m_companion(new QComboBox(this)), m_companion_label(new QLabel(tr("Whose site"), this)),
      m_may_edit(new QCheckBox(tr("May edit her own site"), this)),
      m_add(new QPushButton(tr("Add account"), this)), m_close(new QPushButton(tr("Cancel"), this)),
      m_banner(new Banner(QStringLiteral("add_account.banner"), this)), m_password(new PasswordOnce(this)) {
    setObjectName(QStringLiteral("add_account"));
    set_card(this);
    m_name->setObjectName(QStringLiteral("add_account.name"));
    m_login->setObjectName(QStringLiteral("add_account.login"));
    m_role->setObjectName(QStringLiteral("add_account.role"));
    m_companion->setObjectName(QStringLiteral("add_account.companion"));
    m_may_edit->setObjectName(QStringLiteral("add_account.may_edit"));
    m_add->setObjectName(QStringLiteral("add_account.add"));
    m_close->setObjectName(QStringLiteral("add_account.close"));
    m_name->setPlaceholderText(tr("Olivia Marsh"));
    m_login->setPlaceholderText(QStringLiteral("olivia"));
    m_login->setValidator(
        new QRegularExpressionValidator(QRegularExpression(QStringLiteral("[a-z][a-z0-9_]{0,39}")), this));
    set_button_role(m_add, ButtonRole::Primary);
    for (const auto role : {models::Role::Operator, models::Role::Staff, models::Role::Companion}) {
        m_role->addItem(role_word(role), static_cast<int>(role));
    }
    m_role->setCurrentIndex(1);
    auto *title = new QLabel(tr("New account"), this);
    set_text_role(title, TextRole::Title);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 20);
    layout->setSpacing(6);
    layout->addWidget(title);
    layout->addWidget(m_banner);
    const auto add = [this, layout](const QString &label, QWidget *field, QLabel *caption = nullptr) {
        if (caption == nullptr) {
            caption = new QLabel(label, this);
        }
        caption->setBuddy(field);
        field->setAccessibleName(caption->text());
        layout->addSpacing(4);
        layout->addWidget(caption);
        layout->addWidget(field);
    };
    add(tr("Name"), m_name);
    add(tr("Login"), m_login);
    add(tr("Role"), m_role);
    add({}, m_companion, m_companion_label);
    layout->addWidget(m_may_edit);
    layout->addSpacing(8);
    layout->addWidget(m_password);
    layout->addStretch(1);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(m_close);
    buttons->addWidget(m_add);
    layout->addLayout(buttons);
    connect(m_name, &QLineEdit::textChanged, this, &AddAccountPanel::check);
    connect(m_login, &QLineEdit::textChanged, this, &AddAccountPanel::check);
    connect(m_role, &QComboBox::currentIndexChanged, this, &AddAccountPanel::check);
    connect(m_companion, &QComboBox::currentIndexChanged, this, &AddAccountPanel::check);
    connect(m_login, &QLineEdit::returnPressed, m_add, &QPushButton::click);
    connect(m_close, &QPushButton::clicked, this, &AddAccountPanel::closed);
    connect(m_add, &QPushButton::clicked, this, [this] {
        m_banner->clear();
        m_add->setEnabled(false);
        emit add_wanted(account());
    });
    check();
}

void AddAccountPanel::set_companions(const QMap<QString, QString> &companions) {
    const auto chosen = m_companion->currentData();
    m_companion->clear();
    for (auto companion = companions.begin(); companion != companions.end(); ++companion) {
        m_companion->addItem(companion.value(), companion.key());
    }
    m_companion->setCurrentIndex(std::max(0, m_companion->findData(chosen)));
}

void AddAccountPanel::begin() {
    m_banner->clear();
    m_password->forget();
    m_close->setText(tr("Cancel"));
    m_add->show();
    m_name->setFocus();
}

void AddAccountPanel::show_password(const QString &login, const QString &password) {
    m_name->clear();
    m_login->clear();
    m_password->show_password(login, password);
    m_close->setText(tr("Done"));
    m_add->hide();
}

void AddAccountPanel::show_problem(const QString &text) {
    m_banner->show_message(Tone::Negative, text);
    check();
}

void AddAccountPanel::check() {
    const bool companion = m_role->currentData().toInt() == static_cast<int>(models::Role::Companion);
    m_companion->setVisible(companion);
    m_companion_label->setVisible(companion);
    m_may_edit->setVisible(companion);
    m_add->setEnabled(!m_name->text().trimmed().isEmpty() && m_login->text().size() >= 2 &&
                      (!companion || m_companion->count() > 0));
}

db::Account AddAccountPanel::account() const {
    db::Account account;
    account.login = m_login->text().toStdString();
    account.display_name = m_name->text().trimmed().toStdString();
    account.role = static_cast<models::Role>(m_role->currentData().toInt());
    if (account.role == models::Role::Companion) {
        account.tenant_id = m_companion->currentData().toString().toStdString();
        account.may_edit = m_may_edit->isChecked();
    }
    return account;
}

} // namespace studio::ui
