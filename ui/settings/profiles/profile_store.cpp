// SPDX-License-Identifier: Apache-2.0
#include "ui/settings/profiles/profile_store.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

#include <algorithm>

namespace studio::ui {

namespace {

Profile read_profile(const QJsonObject &object) {
    return {.name = object["name"].toString(),
            .database_url = object["database"].toString(),
            .public_url = object["public"].toString(),
            .media_folder = object["media"].toString(),
            .last_login = object["login"].toString()};
}

QJsonObject write_profile(const Profile &profile) {
    return {{"name", profile.name},
            {"database", profile.database_url},
            {"public", profile.public_url},
            {"media", profile.media_folder},
            {"login", profile.last_login}};
}

} // namespace

ProfileStore::ProfileStore(QString file, QObject *parent) : QObject(parent), m_file(std::move(file)) {
    load();
}

const Profile *ProfileStore::find(const QString &name) const {
    const auto found = std::find_if(m_profiles.begin(), m_profiles.end(),
                                    [&name](const Profile &profile) { return profile.name == name; });
    return found == m_profiles.end() ? nullptr : &*found;
}

bool ProfileStore::put(const Profile &profile, const QString &former_name) {
    if (profile.name != former_name && find(profile.name) != nullptr) {
        m_problem = tr("A profile named “%1” already exists.").arg(profile.name);
        return false;
    }
    const auto before = m_profiles;
    const auto place = std::find_if(m_profiles.begin(), m_profiles.end(), [&](const Profile &candidate) {
        return candidate.name == former_name || candidate.name == profile.name;
    });
    if (place == m_profiles.end()) {
        m_profiles.push_back(profile);
    } else {
        *place = profile;
    }
    if (!save()) {
        m_profiles = before;
        return false;
    }
    tell_places_left(before);
    emit changed();
    return true;
}

bool ProfileStore::remove(const QString &name) {
    const auto before = m_profiles;
    std::erase_if(m_profiles, [&name](const Profile &profile) { return profile.name == name; });
    if (!save()) {
        m_profiles = before;
        return false;
    }
    tell_places_left(before);
    emit changed();
    return true;
}

void ProfileStore::tell_places_left(const std::vector<Profile> &before) {
    for (const auto &profile : before) {
        const bool still = std::any_of(m_profiles.begin(), m_profiles.end(), [&](const Profile &now) {
            return database_place(now.database_url) == database_place(profile.database_url);
        });
        if (!still && !profile.last_login.isEmpty()) {
            emit place_left(profile.database_url, profile.last_login);
        }
    }
}

void ProfileStore::load() {
    QFile file(m_file);
    if (!file.exists()) {
        return;
    }
    QJsonParseError error;
    const auto document =
        file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll(), &error) : QJsonDocument();
    if (!document.isArray()) {
        m_unreadable = true;
        m_problem = tr("Could not read the profiles in %1, so the file was not changed: %2")
                        .arg(m_file, error.error == QJsonParseError::NoError ? file.errorString()
                                                                             : error.errorString());
        return;
    }
    for (const auto &value : document.array()) {
        if (const auto profile = read_profile(value.toObject()); !profile.name.isEmpty()) {
            m_profiles.push_back(profile);
        }
    }
}

bool ProfileStore::save() {
    if (m_unreadable) {
        return false;
    }
    QJsonArray array;
    for (const auto &profile : m_profiles) {
        array.append(write_profile(profile));
    }
    QDir().mkpath(QFileInfo(m_file).path());
    QSaveFile file(m_file);
    const auto bytes = QJsonDocument(array).toJson();
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit()) {
        m_problem = tr("Could not save the profiles to %1: %2").arg(m_file, file.errorString());
        return false;
    }
    QFile::setPermissions(m_file, QFile::ReadOwner | QFile::WriteOwner);
    m_problem.clear();
    return true;
}

} // namespace studio::ui
