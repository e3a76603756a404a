// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QMap>
#include <QObject>
#include <QString>

namespace studio::ui {

// Passwords in the operating system's keychain. Where there is none they live in memory until the program
// ends, and kept(…, false) says so, so that the page can too.
class SecretStore final : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    void read(const QString &profile, const QString &login);
    void keep(const QString &profile, const QString &login, const QString &password);
    void forget(const QString &profile, const QString &login);

signals:
    void found(const QString &profile, const QString &login,
               const QString &password); // "" where there is none
    void kept(const QString &profile, const QString &login, bool in_keychain);

private:
    QMap<QString, QString> m_memory;
};

} // namespace studio::ui
