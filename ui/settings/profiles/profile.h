// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <optional>
#include <string>

namespace studio::ui {

// A platform somewhere else: its database, its public address. The password is never part of it.
struct Profile {
    QString name;         // as shown, unique
    QString database_url; // postgresql://host[:port]/database[?options], without password
    QString public_url;   // https://companions.example
    QString
        media_folder; // the folder that its public service shows at /media; "" where this machine has none
    QString last_login;
    bool operator==(const Profile &) const = default;
};

// What is wrong with the field, as a sentence; "" where nothing is.
QString profile_name_problem(const QString &name);
QString database_url_problem(const QString &url);
QString public_url_problem(const QString &url);

// The URL to connect with; db::Session adds what the rules for TLS ask for.
std::string connection_url(const Profile &profile, const QString &login, const QString &password);
// "db.example:5432/studio", with the options: what a kept password is for, however the address is written.
QString database_place(const QString &database_url);
// "db.example": for the status line and the tint.
QString host_of(const QString &database_url);

} // namespace studio::ui
