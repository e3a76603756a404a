// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/stores/compliance_store.h"

#include <QStringList>

namespace studio::ui {

// Records a release of each whole photo: of one photo by itself also where that was withdrawn, of several
// only where nothing was. Says which photos were left out and who withdrew; "" where none was. Throws
// db::Error.
QString record_releases(db::Session &session, const models::TenantId &tenant, const QStringList &urls);

// What ComplianceStore::record_releases() left out; "" for nothing.
QString left_out_words(const std::vector<db::WithdrawnRelease> &left_out);

} // namespace studio::ui
