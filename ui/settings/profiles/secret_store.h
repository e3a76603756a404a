// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QMap>
#include <QObject>
#include <QString>

namespace studio::ui {

// Stores passwords in the operating system's keychain, each under its database and login, so that a profile
// whose address is changed does not find the password of the previous database. Without a keychain passwords
// are held in memory until the program ends, and kept(…, false) reports that.
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
