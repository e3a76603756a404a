// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/documents/validation_issue.h"
#include "ui/editor/editor_session.h"

#include <QString>

#include <vector>

namespace studio::ui {

// One line of what stands between a draft and its publication.
struct ChecklistItem {
    enum class Level { Blocking, Advice };
    Level level = Level::Advice;
    QString text;
    QString pointer;            // of the field to go to; "" where there is none
    QString release_url;        // of a photo whose release is not recorded yet
    bool at_companions = false; // put right beside the list of companions
    bool operator==(const ChecklistItem &) const = default;
};

// Blocking ones first. Identity and releases block only a tenant that is live.
std::vector<ChecklistItem> publish_checklist(const TenantFacts &facts, const models::Documents &documents,
                                             const models::ValidationIssues &issues);
int blocking(const std::vector<ChecklistItem> &items);

} // namespace studio::ui
