// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QMap>
#include <QObject>
#include <QString>

namespace studio::ui {

// Passwords in the operating system's keychain, each kept under the database and the login that it is for: a
// profile that is pointed elsewhere never finds the password of the place before. Where there is no keychain
// they live in memory until the program ends, and kept(…, false) says so, so that the page can too.
class SecretStore final : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    void read(const QString &database_url, const QString &login);
    void keep(const QString &database_url, const QString &login, const QString &password);
    void forget(const QString &database_url, const QString &login);

signals:
    void found(const QString &database_url, const QString &login,
               const QString &password); // "" where there is none
    void kept(const QString &database_url, const QString &login, bool in_keychain);

private:
    QMap<QString, QString> m_memory;
};

} // namespace studio::ui
