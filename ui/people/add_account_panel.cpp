// SPDX-License-Identifier: Apache-2.0
#include "ui/people/add_account_panel.h"

#include "ui/people/password_once.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/elided_combo_box.h"
#include "ui/widgets/phrases.h"
#include "ui/widgets/style_sheet.h"
#include "ui/widgets/tenant_id.h"
#include "ui/widgets/words.h"

#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace studio::ui {

namespace {

QString role_text(const QVariant &role) {
    if (!role.isValid()) {
        return {};
    }
    switch (static_cast<models::Role>(role.toInt())) {
    case models::Role::Operator:
        return AddAccountPanel::tr("Sees and changes everything, and manages accounts.");
    case models::Role::Staff:
        return AddAccountPanel::tr("Answers the booking requests of every companion.");
    case models::Role::Companion:
        return AddAccountPanel::tr("Sees one site, its bookings and its figures.");
    }
    return {};
}

} // namespace

AddAccountPanel::AddAccountPanel(QWidget *parent)
    : QFrame(parent), m_fields(new QWidget(this)), m_name(new QLineEdit(this)),
      m_name_problem(new QLabel(this)), m_role(new QComboBox(this)), m_role_text(new QLabel(this)),
      m_companion(new ElidedComboBox(this)), m_companion_label(new QLabel(tr("Whose site"), this)),
      m_may_edit(new QCheckBox(tr("May edit this site"), this)),
      m_add(new QPushButton(tr("Add account"), this)), m_close(new QPushButton(tr("Cancel"), this)),
      m_banner(new Banner(QStringLiteral("add_account.banner"), this)), m_password(new PasswordOnce(this)) {
    setObjectName(QStringLiteral("add_account"));
    set_card(this);
    m_add->setObjectName(QStringLiteral("add_account.add"));
    m_close->setObjectName(QStringLiteral("add_account.close"));
    set_button_role(m_add, ButtonRole::Primary);
    auto *title = new QLabel(tr("New account"), this);
    set_text_role(title, TextRole::Title);
    auto *fields = new QVBoxLayout(m_fields);
    fields->setContentsMargins(0, 0, 0, 0);
    fields->setSpacing(6);
    build_fields(fields);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 20);
    layout->setSpacing(12);
    layout->addWidget(title);
    layout->addWidget(m_banner);
    layout->addWidget(m_fields);
    layout->addWidget(m_password);
    layout->addStretch(1);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(m_close);
    buttons->addWidget(m_add);
    layout->addLayout(buttons);
    connect_signals();
    check();
}

void AddAccountPanel::build_fields(QVBoxLayout *layout) {
    m_name->setObjectName(QStringLiteral("add_account.name"));
    m_role->setObjectName(QStringLiteral("add_account.role"));
    m_companion->setObjectName(QStringLiteral("add_account.companion"));
    m_may_edit->setObjectName(QStringLiteral("add_account.may_edit"));
    m_name->setPlaceholderText(tr("Olivia Marsh"));
    m_name_problem->setObjectName(QStringLiteral("add_account.name_problem"));
    m_name_problem->setWordWrap(true);
    set_text_role(m_name_problem, TextRole::Negative);
    m_role->setPlaceholderText(tr("Choose a role"));
    m_companion->setPlaceholderText(tr("Choose a companion"));
    for (const auto role : {models::Role::Operator, models::Role::Staff, models::Role::Companion}) {
        m_role->addItem(role_word(role), static_cast<int>(role));
    }
    m_role->setCurrentIndex(-1);
    m_role_text->setWordWrap(true);
    set_text_role(m_role_text, TextRole::Muted);
    const auto add = [this, layout](QLabel *caption, QWidget *field) {
        caption->setBuddy(field);
        field->setAccessibleName(caption->text());
        if (layout->count() > 0) {
            layout->addSpacing(6);
        }
        layout->addWidget(caption);
        layout->addWidget(field);
    };
    add(new QLabel(tr("Name"), this), m_name);
    layout->addWidget(m_name_problem);
    add(new QLabel(tr("Role"), this), m_role);
    layout->addWidget(m_role_text);
    add(m_companion_label, m_companion);
    layout->addWidget(m_may_edit);
}

void AddAccountPanel::connect_signals() {
    connect(m_name, &QLineEdit::textChanged, this, &AddAccountPanel::check);
    connect(m_role, &QComboBox::currentIndexChanged, this, &AddAccountPanel::check);
    connect(m_companion, &QComboBox::currentIndexChanged, this, &AddAccountPanel::check);
    connect(m_name, &QLineEdit::returnPressed, m_add, &QPushButton::click);
    connect(m_close, &QPushButton::clicked, this, &AddAccountPanel::closed);
    connect(m_add, &QPushButton::clicked, this, [this] {
        m_banner->clear();
        m_add->setEnabled(false);
        m_fields->setEnabled(false); // the fields cannot be changed until the answer arrives
        emit add_requested(account());
    });
}

void AddAccountPanel::set_companions(const QMap<QString, QString> &companions) {
    const QSignalBlocker quiet(m_companion);
    const auto chosen = m_companion->currentData();
    m_companion->clear();
    for (auto companion = companions.begin(); companion != companions.end(); ++companion) {
        m_companion->addItem(companion.value(), companion.key());
    }
    m_companion->setCurrentIndex(chosen.isValid() ? m_companion->findData(chosen) : -1);
    check();
}

void AddAccountPanel::begin() {
    m_banner->clear();
    m_password->forget();
    m_name->clear();
    m_role->setCurrentIndex(-1);
    m_companion->setCurrentIndex(-1);
    m_may_edit->setChecked(false);
    m_close->setText(tr("Cancel"));
    m_add->show();
    m_fields->setEnabled(true);
    m_fields->show();
    check();
    m_name->setFocus();
}

void AddAccountPanel::show_password(const QString &name, const QString &login, const QString &password) {
    m_fields->hide();
    m_add->hide();
    m_close->setText(tr("Done"));
    m_password->show_password(name, login, password);
}

void AddAccountPanel::show_problem(const QString &text) {
    m_banner->show_message(Tone::Negative, text);
    m_fields->setEnabled(true);
    check();
    if (isVisible()) {
        m_name->setFocus();
    }
}

void AddAccountPanel::check() {
    const auto role = m_role->currentData();
    const bool companion = role.isValid() && role.toInt() == static_cast<int>(models::Role::Companion);
    m_role_text->setText(role_text(role));
    m_role_text->setVisible(role.isValid());
    m_companion->setVisible(companion);
    m_companion_label->setVisible(companion);
    m_may_edit->setVisible(companion);
    const auto problem = name_length_problem(m_name->text(), max_name_characters);
    m_name_problem->setText(problem);
    m_name_problem->setVisible(!problem.isEmpty());
    set_invalid(m_name, !problem.isEmpty());
    m_add->setEnabled(m_fields->isEnabledTo(this) && !m_name->text().trimmed().isEmpty() &&
                      problem.isEmpty() && role.isValid() &&
                      (!companion || m_companion->currentIndex() >= 0));
}

db::NewAccount AddAccountPanel::account() const {
    db::NewAccount account;
    account.display_name = m_name->text().trimmed().toStdString();
    account.role = static_cast<models::Role>(m_role->currentData().toInt());
    if (account.role == models::Role::Companion) {
        account.tenant_id = to_tenant_id(m_companion->currentData().toString());
        account.may_edit = m_may_edit->isChecked();
    }
    return account;
}

} // namespace studio::ui
