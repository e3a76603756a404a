// SPDX-License-Identifier: Apache-2.0
#include "app/studio/local_people.h"

#include <algorithm>

namespace studio::app {

bool belongs_to_person(const QString &login) {
    return login != QLatin1String("owner") && login != QLatin1String("renderer");
}

QStringList people_of(const WorkspaceAddresses &addresses) {
    QStringList people;
    for (const auto &[login, url] : addresses.logins) {
        if (const auto name = QString::fromStdString(login); belongs_to_person(name)) {
            people << name;
        }
    }
    std::stable_partition(people.begin(), people.end(), [](const QString &login) {
        return login == QLatin1String("operator") || login == QLatin1String("staff");
    });
    return people;
}

} // namespace studio::app
