// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editor/editor_session.h"

#include <QString>

namespace studio::ui {

// The state of the draft for the status bar: "Draft saved 10:42", "Unsaved edits", "Saving…".
QString save_label(const EditorSession &session, const QDateTime &now);

} // namespace studio::ui
