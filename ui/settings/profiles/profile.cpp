// SPDX-License-Identifier: Apache-2.0
#include "ui/settings/profiles/profile.h"

#include "ui/widgets/phrases.h"

#include <QCoreApplication>
#include <QUrl>
#include <QUrlQuery>

namespace studio::ui {

namespace {

QString tr(const char *text) {
    return QCoreApplication::translate("studio::ui::profile", text);
}

} // namespace

QString profile_name_problem(const QString &name) {
    if (name.trimmed().isEmpty()) {
        return tr("Give the profile a name, such as “Production”.");
    }
    if (character_count(name) > 40) {
        return tr("Use at most 40 characters for the name.");
    }
    return {};
}

QString database_url_problem(const QString &text) {
    const QUrl url(text.trimmed(), QUrl::StrictMode);
    if (!url.isValid() ||
        (url.scheme() != QLatin1String("postgresql") && url.scheme() != QLatin1String("postgres"))) {
        return tr("Enter the address as postgresql://host/database.");
    }
    if (url.host().isEmpty()) {
        return tr("The address has no host.");
    }
    if (url.path().size() < 2) {
        return tr("The address has no database name: postgresql://%1/database.").arg(url.host());
    }
    if (!url.password().isEmpty() || QUrlQuery(url).hasQueryItem(QStringLiteral("password"))) {
        return tr("Leave out the password. You enter it when you sign in.");
    }
    return {};
}

QString public_url_problem(const QString &text) {
    const QUrl url(text.trimmed(), QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() ||
        (url.scheme() != QLatin1String("https") && url.scheme() != QLatin1String("http"))) {
        return tr("Enter the platform's address as https://companions.example.");
    }
    return {};
}

std::string connection_url(const Profile &profile, const QString &login, const QString &password) {
    QUrl url(profile.database_url.trimmed());
    url.setUserName(login, QUrl::DecodedMode);
    if (!password.isEmpty()) {
        url.setPassword(password, QUrl::DecodedMode);
    }
    return url.toString(QUrl::FullyEncoded).toStdString();
}

QString database_place(const QString &database_url) {
    const QUrl url(database_url.trimmed());
    const auto query = url.query(QUrl::FullyEncoded);
    return QStringLiteral("%1:%2%3").arg(url.host().toLower()).arg(url.port(5432)).arg(url.path()) +
           (query.isEmpty() ? QString() : QLatin1Char('?') + query);
}

QString host_of(const QString &database_url) {
    return QUrl(database_url).host();
}

} // namespace studio::ui
