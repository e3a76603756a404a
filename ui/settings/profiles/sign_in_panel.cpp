// SPDX-License-Identifier: Apache-2.0
#include "ui/settings/profiles/sign_in_panel.h"

#include "ui/settings/profiles/profile_form.h"
#include "ui/widgets/line_icon.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/style_sheet.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <utility>

namespace studio::ui {

namespace {
constexpr int panel_width = 400;
}

QString local_login_title(const QString &login) {
    if (login == QLatin1String("operator")) {
        return SignInPanel::tr("Operator");
    }
    if (login == QLatin1String("staff")) {
        return SignInPanel::tr("Booking staff");
    }
    return login.left(1).toUpper() + login.mid(1);
}

SignInPanel::SignInPanel(const QStringList &local_logins, ProfileStore &profiles, SecretStore &secrets,
                         QWidget *parent)
    : QWidget(parent), m_profiles(profiles), m_secrets(secrets), m_profile(new QComboBox(this)),
      m_login(new QLineEdit(this)), m_password(new QLineEdit(this)), m_keep(new QCheckBox(this)),
      m_problem(new QLabel(this)), m_submit(new QPushButton(tr("Sign in"), this)),
      m_remote(new QWidget(this)), m_form(new ProfileForm(profiles, this)) {
    setObjectName(QStringLiteral("sign_in"));
    setFixedWidth(panel_width);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->setSpacing(8);
    add_local(layout, local_logins);
    add_remote(layout);
    m_form->hide();
    layout->addWidget(m_form);
    connect(m_form, &ProfileForm::cancelled, this, [this] {
        m_form->hide();
        m_remote->show();
    });
    connect(m_form, &ProfileForm::saved, this, [this](const QString &name) {
        m_form->hide();
        m_remote->show();
        choose_profile(name);
    });
    connect(&m_profiles, &ProfileStore::changed, this, &SignInPanel::list_profiles);
    connect(&m_secrets, &SecretStore::found, this,
            [this](const QString &database_url, const QString &login, const QString &password) {
                const auto *profile = m_profiles.find(m_profile->currentText());
                if (profile != nullptr && database_url == profile->database_url && login == m_login->text() &&
                    m_password->text().isEmpty()) {
                    m_password->setText(password);
                    m_password_was_kept = !password.isEmpty();
                }
            });
    connect(&m_profiles, &ProfileStore::place_left, &m_secrets, &SecretStore::forget);
    connect(m_password, &QLineEdit::textEdited, this, [this] { m_password_was_kept = false; });
    connect(m_login, &QLineEdit::textEdited, this, [this] {
        if (std::exchange(m_password_was_kept, false)) {
            m_password->clear(); // the password belongs to the previous login
        }
    });
    list_profiles();
}

void SignInPanel::add_local(QVBoxLayout *layout, const QStringList &logins) {
    if (logins.isEmpty()) {
        return;
    }
    layout->addWidget(section_header(tr("On this computer")));
    for (const auto &login : logins) {
        auto *button = new QPushButton(line_icon(QStringLiteral("account")), local_login_title(login), this);
        button->setObjectName(QStringLiteral("sign_in.local.") + login);
        connect(button, &QPushButton::clicked, this, [this, login] { emit local_chosen(login); });
        layout->addWidget(button);
    }
    layout->addSpacing(16);
}

void SignInPanel::add_remote(QVBoxLayout *layout) {
    layout->addWidget(section_header(tr("On another platform")));
    m_profile->setObjectName(QStringLiteral("sign_in.profile"));
    m_profile->setAccessibleName(tr("Platform"));
    m_login->setObjectName(QStringLiteral("sign_in.login"));
    m_login->setAccessibleName(tr("Login"));
    m_login->setPlaceholderText(tr("Login"));
    m_password->setObjectName(QStringLiteral("sign_in.password"));
    m_password->setAccessibleName(tr("Password"));
    m_password->setPlaceholderText(tr("Password"));
    m_password->setEchoMode(QLineEdit::Password);
    m_keep->setObjectName(QStringLiteral("sign_in.keep"));
    m_keep->setText(tr("Save the password in this computer's keychain"));
    m_submit->setObjectName(QStringLiteral("sign_in.submit"));
    set_text_role(m_problem, TextRole::Negative);
    m_problem->setObjectName(QStringLiteral("sign_in.problem"));
    m_problem->setWordWrap(true);
    m_problem->hide();
    auto *column = new QVBoxLayout(m_remote);
    column->setContentsMargins(0, 0, 0, 0);
    for (QWidget *widget : {static_cast<QWidget *>(m_profile), static_cast<QWidget *>(m_login),
                            static_cast<QWidget *>(m_password), static_cast<QWidget *>(m_keep),
                            static_cast<QWidget *>(m_problem)}) {
        column->addWidget(widget);
    }
    auto *add = new QPushButton(line_icon(QStringLiteral("plus")), tr("Add platform"), this);
    add->setObjectName(QStringLiteral("sign_in.add"));
    set_button_role(add, ButtonRole::Quiet);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(add);
    buttons->addStretch(1);
    buttons->addWidget(m_submit);
    column->addLayout(buttons);
    layout->addWidget(m_remote);
    connect(add, &QPushButton::clicked, this, [this] {
        m_remote->hide();
        m_form->show();
        m_form->edit({});
    });
    connect(m_profile, &QComboBox::currentIndexChanged, this, &SignInPanel::profile_selected);
    connect(m_submit, &QPushButton::clicked, this, &SignInPanel::submit);
    connect(m_password, &QLineEdit::returnPressed, this, &SignInPanel::submit);
    connect(m_login, &QLineEdit::returnPressed, m_password, qOverload<>(&QWidget::setFocus));
}

void SignInPanel::list_profiles() {
    const auto chosen = m_profile->currentText();
    m_profile->clear();
    for (const auto &profile : m_profiles.profiles()) {
        m_profile->addItem(profile.name);
    }
    const bool any = m_profile->count() > 0;
    for (QWidget *widget : {static_cast<QWidget *>(m_profile), static_cast<QWidget *>(m_login),
                            static_cast<QWidget *>(m_password), static_cast<QWidget *>(m_keep),
                            static_cast<QWidget *>(m_submit)}) {
        widget->setVisible(any);
    }
    choose_profile(chosen);
}

void SignInPanel::choose_profile(const QString &name) {
    if (const int index = m_profile->findText(name); index >= 0) {
        m_profile->setCurrentIndex(index);
    }
}

void SignInPanel::profile_selected() {
    m_problem->hide();
    m_password->clear();
    m_password_was_kept = false;
    if (const auto *profile = m_profiles.find(m_profile->currentText())) {
        m_login->setText(profile->last_login);
        if (!profile->last_login.isEmpty()) {
            m_secrets.read(profile->database_url, profile->last_login);
        }
    }
}

void SignInPanel::show_problem(const QString &text) {
    m_problem->setText(text);
    m_problem->show();
    m_submit->setEnabled(true);
    m_submit->setText(tr("Sign in"));
}

void SignInPanel::submit() {
    if (m_login->text().trimmed().isEmpty() || m_password->text().isEmpty()) {
        show_problem(tr("Enter your login and password."));
        return;
    }
    m_problem->hide();
    m_submit->setEnabled(false);
    m_submit->setText(tr("Signing in"));
    emit remote_chosen(m_profile->currentText(), m_login->text().trimmed(), m_password->text(),
                       m_keep->isChecked());
}

} // namespace studio::ui
