// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/documents/documents.h"
#include "ui/editor/tenant_facts.h"

#include <QString>

#include <string>
#include <vector>

namespace studio::ui {

class DraftDocument;

// A photo of a draft, or of a running test of its hero photo, and where it is.
struct DraftPhoto {
    std::string url;
    QString alt;
    QString pointer; // of its field; "" for a photo of a test
    QString place;   // in words, such as "gallery photo 3"
    bool operator==(const DraftPhoto &) const = default;
};

// Every place of a photo that visitors would see.
std::vector<DraftPhoto> draft_photos(const models::Documents &documents, const TenantFacts &facts);

// Whether the picture was taken down: its files are deleted, so that no release brings it back.
bool is_taken_down(const TenantFacts &facts, const std::string &picture);
std::vector<DraftPhoto> taken_down_photos(const models::Documents &documents, const TenantFacts &facts);

// Empties every place of a photo that was taken down, as one step for undo. Testimonials that showed one of
// them have no photo then.
void remove_taken_down_photos(DraftDocument &document, const TenantFacts &facts);

// The database's words, with the place of each photo of the draft instead of its address.
QString with_places(QString words_of_database, const std::vector<DraftPhoto> &photos);

} // namespace studio::ui
