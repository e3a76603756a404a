// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/uploads/uploads_state.h"

#include <QString>

namespace studio::ui {

// "3 of 12 photos, 1 min left"; "" where there is nothing to say.
QString uploads_line(const UploadsState &state);
// What holds them up, or one of them, and what to do; "" where nothing does.
QString uploads_problem(const UploadsState &state);
// The same without the problems of single photos, which a list says beside each.
QString common_problem(const UploadsState &state);
// "1.5 of 4.0 MB", "Waiting", or the problem.
QString upload_line(const Upload &upload);

} // namespace studio::ui
