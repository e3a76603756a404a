// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/documents/validation_issue.h"
#include "ui/editor/editor_session.h"

#include <QString>

#include <vector>

namespace studio::ui {

// One line of the list of what must or should be done before a draft is published.
struct ChecklistItem {
    enum class Level { Blocking, Advice };
    Level level = Level::Advice;
    QString text;
    QString pointer;            // of the field that corrects it; "" for none
    QString release_url;        // of a photo whose release is not recorded yet
    bool at_companions = false; // to be corrected on the Companions page
    bool operator==(const ChecklistItem &) const = default;
};

// Blocking items come first. A missing identity check or release and a paused photo block only while the
// tenant is live.
std::vector<ChecklistItem> publish_checklist(const TenantFacts &facts, const models::Documents &documents,
                                             const models::ValidationIssues &issues);
int blocking(const std::vector<ChecklistItem> &items);

} // namespace studio::ui
