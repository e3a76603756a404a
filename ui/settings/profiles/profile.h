// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <optional>
#include <string>

namespace studio::ui {

// A platform that does not run on this machine: its database and public address. The password is not part of
// it.
struct Profile {
    QString name;         // as shown, unique
    QString database_url; // postgresql://host[:port]/database[?options], without password
    QString public_url;   // https://companions.example
    QString media_folder; // the folder that its public service serves at /media; "" where this machine cannot
                          // reach it
    QString last_login;
    bool operator==(const Profile &) const = default;
};

// What is wrong with a field, as a sentence; "" where nothing is.
QString profile_name_problem(const QString &name);
QString database_url_problem(const QString &url);
QString public_url_problem(const QString &url);

// The URL to connect with. db::Session adds the TLS options that are required.
std::string connection_url(const Profile &profile, const QString &login, const QString &password);
// A normalised form such as "db.example:5432/studio", with the options, under which a password is stored.
// Different spellings of one address give the same place.
QString database_place(const QString &database_url);
// The host, such as "db.example", for the status line.
QString host_of(const QString &database_url);

} // namespace studio::ui
