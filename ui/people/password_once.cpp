// SPDX-License-Identifier: Apache-2.0
#include "ui/people/password_once.h"

#include "ui/widgets/style_sheet.h"

#include <QClipboard>
#include <QGridLayout>
#include <QGuiApplication>

namespace studio::ui {

PasswordOnce::PasswordOnce(QWidget *parent)
    : QFrame(parent), m_text(new QLabel(this)), m_login(new QLineEdit(this)),
      m_copy_login(new QPushButton(this)), m_password(new QLineEdit(this)),
      m_copy_password(new QPushButton(this)) {
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_login->setObjectName(QStringLiteral("password_once.login"));
    m_login->setAccessibleName(tr("Login"));
    m_copy_login->setObjectName(QStringLiteral("password_once.copy_login"));
    m_copy_login->setAccessibleName(tr("Copy the login"));
    m_password->setObjectName(QStringLiteral("password_once"));
    m_password->setAccessibleName(tr("New password"));
    m_copy_password->setObjectName(QStringLiteral("password_once.copy"));
    m_copy_password->setAccessibleName(tr("Copy the password"));
    set_button_role(m_copy_password, ButtonRole::Primary);
    auto *layout = new QGridLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setVerticalSpacing(6);
    layout->addWidget(m_text, 0, 0, 1, 2);
    int row = 1;
    const auto add = [&](const QString &caption, QLineEdit *field, QPushButton *copy) {
        field->setReadOnly(true);
        auto *label = new QLabel(caption, this);
        label->setBuddy(field);
        layout->addWidget(label, row++, 0, 1, 2);
        layout->addWidget(field, row, 0);
        layout->addWidget(copy, row++, 1);
        connect(copy, &QPushButton::clicked, this, [field, copy] {
            QGuiApplication::clipboard()->setText(field->text());
            copy->setText(tr("Copied"));
        });
    };
    add(tr("Login"), m_login, m_copy_login);
    add(tr("Password"), m_password, m_copy_password);
    hide();
}

void PasswordOnce::show_password(const QString &name, const QString &login, const QString &password) {
    m_text->setText(
        tr("%1 signs in with these. The password is shown only once, so pass both on now.").arg(name));
    m_login->setText(login);
    m_password->setText(password);
    for (auto *field : {m_login, m_password}) {
        field->setCursorPosition(0);
    }
    for (auto *copy : {m_copy_login, m_copy_password}) {
        copy->setText(tr("Copy"));
    }
    show();
    m_copy_password->setFocus();
}

void PasswordOnce::forget() {
    m_login->clear();
    m_password->clear();
    hide();
}

} // namespace studio::ui
