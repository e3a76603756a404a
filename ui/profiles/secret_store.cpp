// SPDX-License-Identifier: Apache-2.0
#include "ui/profiles/secret_store.h"

#include <qt6keychain/keychain.h>

namespace studio::ui {

namespace {
const QString service = QStringLiteral("companion-studio");

QString key(const QString &profile, const QString &login) {
    return profile + QLatin1Char('\n') + login;
}
} // namespace

void SecretStore::read(const QString &profile, const QString &login) {
    if (const auto password = m_memory.value(key(profile, login)); !password.isEmpty()) {
        emit found(profile, login, password);
        return;
    }
    auto *job = new QKeychain::ReadPasswordJob(service, this);
    job->setKey(key(profile, login));
    connect(job, &QKeychain::Job::finished, this, [this, job, profile, login] {
        emit found(profile, login, job->error() == QKeychain::NoError ? job->textData() : QString());
    });
    job->start();
}

void SecretStore::keep(const QString &profile, const QString &login, const QString &password) {
    m_memory[key(profile, login)] = password;
    auto *job = new QKeychain::WritePasswordJob(service, this);
    job->setKey(key(profile, login));
    job->setTextData(password);
    connect(job, &QKeychain::Job::finished, this,
            [this, job, profile, login] { emit kept(profile, login, job->error() == QKeychain::NoError); });
    job->start();
}

void SecretStore::forget(const QString &profile, const QString &login) {
    m_memory.remove(key(profile, login));
    auto *job = new QKeychain::DeletePasswordJob(service, this);
    job->setKey(key(profile, login));
    job->start();
}

} // namespace studio::ui
