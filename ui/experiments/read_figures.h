// SPDX-License-Identifier: Apache-2.0
// What the pages of a test are read from. Throws db::Error; of a test that is gone, NotFound.
#pragma once

#include "db/session.h"
#include "ui/experiments/experiment_figures.h"

namespace studio::ui {

TestFigures read_figures(db::Session &session, const std::string &test_id);
PublishedPage read_published_page(db::Session &session, const std::string &tenant_id);

} // namespace studio::ui
