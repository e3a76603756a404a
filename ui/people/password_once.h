// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFrame>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace studio::ui {

// Shows a login and its new password once, each with a button that copies it.
class PasswordOnce final : public QFrame {
    Q_OBJECT

public:
    explicit PasswordOnce(QWidget *parent = nullptr);
    void show_password(const QString &name, const QString &login, const QString &password);
    void forget();

private:
    QLabel *m_text;
    QLineEdit *m_login;
    QPushButton *m_copy_login;
    QLineEdit *m_password;
    QPushButton *m_copy_password;
};

} // namespace studio::ui
