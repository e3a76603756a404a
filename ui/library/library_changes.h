// SPDX-License-Identifier: Apache-2.0
// What the page changes in the database. All of it throws db::Error.
#pragma once

#include "db/stores/compliance_store.h"
#include "db/stores/photo_library.h"
#include "models/tenant/ids.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace studio::ui {

// What a person types about one photo.
struct PhotoTexts {
    std::string alt, caption;
    models::FocalPoint focal_point;
    std::optional<int> people; // nullopt: nobody said yet
    std::string photographer, licence;
    bool operator==(const PhotoTexts &) const = default;
};
PhotoTexts texts_of(const db::LibraryPhoto &photo);

// The fields that a person changed; what has no value stays as it is stored, whoever changed it meanwhile.
struct TextChange {
    std::optional<std::string> alt, caption;
    std::optional<models::FocalPoint> focal_point;
    std::optional<int> people;      // below 0: stays as it is stored
    std::optional<int> people_seen; // the number that was stored when the person changed it
    std::optional<std::string> photographer, licence;
    bool operator==(const TextChange &) const = default;
};
PhotoTexts with_change(PhotoTexts texts, const TextChange &change);

enum class TextsSaved {
    All,
    AllButPeople,  // somebody raised the number of people meanwhile, and it does not fall by what is older
    PeopleRefused, // all but the number of people, which this login may not lower
    Nothing        // the photo is no longer in the library
};
TextsSaved save_texts(db::Session &session, const models::TenantId &tenant, const std::string &picture,
                      const TextChange &change);

// The same for several photos; the numbers of people become the given one.
struct BulkChange {
    std::optional<std::string> alt, caption;
    std::optional<models::FocalPoint> focal_point;
    std::optional<int> people;
    std::optional<db::PhotoRelease> release; // person, adult, scope and days are used
};
// Repeating it after a loss in the middle does no harm. Gives how many photos were still there. Throws
// db::Error at the end where the release of several photos left out some, because one was withdrawn.
int save_bulk(db::Session &session, const models::TenantId &tenant, const std::vector<std::string> &pictures,
              const BulkChange &change);

// What adding a photo found.
struct Registered {
    bool was_known = false;         // the same file with the same edits is in the library already
    std::string label;              // what a person knows it by
    std::string other_edits;        // label of a photo of the same file with other edits; "" for none
    std::vector<std::string> alike; // labels of photos that look the same
    std::string other; // the picture that other_edits names, else the first of alike; "" for none
};
inline constexpr int alike_bits = 6;
// As add_to_library() does it; repeating it does no harm.
Registered register_photo(db::Session &session, const models::TenantId &tenant,
                          const db::LibraryPhoto &added);
// Its alt text or caption, else the last characters of its address.
std::string label_of(const models::Photo &photo);

// Every use in the newest draft becomes the other photo, as one revision with a note. Gives the number of
// places, 0 where nothing was saved. Throws where nobody may see the other photo. `key` is a UUID: a repeat
// after a lost connection saves nothing twice.
int replace_everywhere(db::Session &session, const models::TenantId &tenant, const std::string &picture,
                       const std::string &by, const std::string &note, const std::string &key);

// Shares of visitors by the id of the draft's hero variants, in whole per cent, as one revision.
void save_shares(db::Session &session, const models::TenantId &tenant,
                 const std::map<std::string, int> &shares, const std::string &note, const std::string &key);

} // namespace studio::ui
