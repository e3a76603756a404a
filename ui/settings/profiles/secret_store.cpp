// SPDX-License-Identifier: Apache-2.0
#include "ui/settings/profiles/secret_store.h"

#include "ui/settings/profiles/profile.h"

#include <qt6keychain/keychain.h>

namespace studio::ui {

namespace {
const QString service = QStringLiteral("companion-studio");

QString key(const QString &database_url, const QString &login) {
    return database_place(database_url) + QLatin1Char('\n') + login;
}
} // namespace

void SecretStore::read(const QString &database_url, const QString &login) {
    if (const auto password = m_memory.value(key(database_url, login)); !password.isEmpty()) {
        emit found(database_url, login, password);
        return;
    }
    auto *job = new QKeychain::ReadPasswordJob(service, this);
    job->setKey(key(database_url, login));
    connect(job, &QKeychain::Job::finished, this, [this, job, database_url, login] {
        emit found(database_url, login, job->error() == QKeychain::NoError ? job->textData() : QString());
    });
    job->start();
}

void SecretStore::keep(const QString &database_url, const QString &login, const QString &password) {
    m_memory[key(database_url, login)] = password;
    auto *job = new QKeychain::WritePasswordJob(service, this);
    job->setKey(key(database_url, login));
    job->setTextData(password);
    connect(job, &QKeychain::Job::finished, this, [this, job, database_url, login] {
        emit kept(database_url, login, job->error() == QKeychain::NoError);
    });
    job->start();
}

void SecretStore::forget(const QString &database_url, const QString &login) {
    m_memory.remove(key(database_url, login));
    auto *job = new QKeychain::DeletePasswordJob(service, this);
    job->setKey(key(database_url, login));
    job->start();
}

} // namespace studio::ui
