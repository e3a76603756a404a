// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"
#include "models/documents/documents.h"

#include <string>

namespace studio::test_support {

// Small documents that every validator accepts; `name` is the companion's. One hero photo and one gallery
// photo: /media/NAME/hero.jpg and /media/NAME/one.jpg with the name in lower case.
models::Documents valid_documents(const std::string &name);

// Records what the go-live gate asks for, publishes the latest revision and sets the tenant active.
void go_live(db::Session &operator_session, const models::TenantId &tenant_id);

} // namespace studio::test_support
