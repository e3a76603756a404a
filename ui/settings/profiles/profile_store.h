// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/settings/profiles/profile.h"

#include <QObject>

#include <vector>

namespace studio::ui {

// Stores profiles in one JSON file that only its owner can read. A file that cannot be parsed is left as it
// is and named by problem(); saving is then refused.
class ProfileStore final : public QObject {
    Q_OBJECT

public:
    explicit ProfileStore(QString file, QObject *parent = nullptr);

    const std::vector<Profile> &profiles() const { return m_profiles; }
    const Profile *find(const QString &name) const;
    // Adds a profile, or replaces the one called `former_name`. False where the name is taken or the file
    // could not be written; problem() says which.
    bool put(const Profile &profile, const QString &former_name = {});
    bool remove(const QString &name);
    QString problem() const { return m_problem; }

signals:
    void changed();
    // Emitted when the last profile of this database is gone; `login` was used there last.
    void place_left(const QString &database_url, const QString &login);

private:
    void load();
    bool save();
    void tell_places_left(const std::vector<Profile> &before);

    QString m_file;
    std::vector<Profile> m_profiles;
    QString m_problem;
    bool m_unreadable = false;
};

} // namespace studio::ui
