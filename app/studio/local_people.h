// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/workspace/workspace.h"

#include <QStringList>

namespace studio::app {

// Whether a person signs in with this login of the local workspace; false for the schema's owner and the
// public service.
bool belongs_to_person(const QString &login);
// Labels of the workspace's logins for people, operator and staff first.
QStringList people_of(const WorkspaceAddresses &addresses);

} // namespace studio::app
