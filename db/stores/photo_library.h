// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"
#include "models/documents/photos.h"
#include "models/values/photo_store.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace studio::db {

struct LibraryFile {
    std::string key; // in the store
    std::string content_type;
    std::uint64_t bytes = 0;
    bool original = false;
    bool stored = false; // the platform's store has it
};

struct LibraryPhoto {
    std::string picture;      // models::picture_of() of its address: what identifies it
    models::Photo photo;      // with the library's alt text, caption and focal point
    std::string content_hash; // SHA-256 in hex of the file that was added
    std::uint64_t likeness = 0;
    std::optional<int> people; // that can be recognised; nullopt: not entered yet
    std::string photographer, licence;
    bool paused = false;
    models::Time added_at{};
    std::string added_by;
    std::vector<LibraryFile> files;
    bool stored() const; // all files that pages show
};

// Whether a picture may be shown today, as the database decides it (studio_picture_states()).
struct PictureState {
    int releases = 0; // people whose release counts
    bool paused = false;
    bool stored = true;      // the platform's store has all files that pages show
    bool agreed = false;     // its releases let it be shown
    bool released = false;   // the same, and it is not paused
    bool withheld = false;   // nobody gets it: paused, taken down, or a release was withdrawn or is over
    bool taken_down = false; // its files are deleted for good, so that no release brings it back
};
using PictureStates = std::map<std::string, PictureState>; // by models::picture_of()

// One step of a takedown, a pause or a resume, as the receipt lists it. Steps at the places that show photos
// are done with the takedown itself, because pages follow the database; files and the CDN follow.
struct PhotoStep {
    std::string id;
    models::TenantId tenant_id;
    std::string picture;
    // The file; "" of steps that are not about one. Of a place: which one, "hero", "landing page", "gallery
    // 3", "variant ID", "testimonial 1", the name of a test, or when a draft link ends.
    std::string key;
    // "page", "test", "draft" or "sharing" of a place, "remove", "hide" or "show" at the store, "purge" at
    // the CDN.
    std::string action;
    std::string reason; // "withdrawn", "ended", "deleted", "paused", "resumed"
    models::Time asked_at{};
    std::optional<models::Time> done_at;
    int attempts = 0;
    std::string problem; // of the last attempt; "" without
    bool is_of_place() const;
};

// A companion's photos, wherever her pages use them. All of it throws db::Error.
class PhotoLibrary final {
public:
    explicit PhotoLibrary(Session &session) : m_session(session) {}

    std::vector<LibraryPhoto>
    list(const models::TenantId &tenant); // as ordered by hand, newest first until then
    // Of every picture that is in the library, has a release or was taken down; the others have no release.
    PictureStates states(const models::TenantId &tenant);
    std::optional<LibraryPhoto> find(const models::TenantId &tenant, const std::string &picture);
    std::vector<LibraryPhoto> with_content(const models::TenantId &tenant, const std::string &content_hash);
    // Adding a photo that is in the library already does not change it.
    void add(const models::TenantId &tenant, const LibraryPhoto &photo);
    void describe(const models::TenantId &tenant, const std::string &picture, const std::string &alt,
                  const std::string &caption, const models::FocalPoint &focal_point);
    void set_people(const models::TenantId &tenant, const std::string &picture, int people);
    void set_licence(const models::TenantId &tenant, const std::string &picture,
                     const std::string &photographer, const std::string &licence);
    // Moves the pictures in front of another one; "" for the end.
    void move(const models::TenantId &tenant, const std::vector<std::string> &pictures,
              const std::string &before);

    // Whether the originals of new photos are kept privately at the store; at first they are not.
    bool keeps_originals(const models::TenantId &tenant);
    void keep_originals(const models::TenantId &tenant, bool keeps);

    // The store has these files. Gives those of them that must not stay public there, because their photo is
    // withdrawn, over, paused or taken down by now: steps that hide or remove them are asked for, and one
    // that is to be removed does not count as stored. Refused while the store is not confirmed, and as a
    // Conflict where `sent_to`, the store that they were sent to, is not the platform's any more.
    std::vector<std::string> mark_stored(const models::TenantId &tenant, const std::vector<std::string> &keys,
                                         const std::optional<models::PhotoStore> &sent_to = std::nullopt);
    // The sending of a photo ended early, so that the store may have some of these files. Gives those that
    // must not stay public there, as mark_stored() does.
    std::vector<std::string> sent_in_part(const models::TenantId &tenant,
                                          const std::vector<std::string> &keys);
    std::vector<LibraryFile> not_stored(const models::TenantId &tenant);

    // Removes the picture from every page, experiment, draft link and share picture at once; the files are
    // removed by steps.
    void take_down(const models::TenantId &tenant, const std::string &picture); // for ever, with its row
    void pause(const models::TenantId &tenant, const std::string &picture);
    void resume(const models::TenantId &tenant, const std::string &picture);
    // The same for several at once, all or none; gives how many of them are still in the library.
    int take_down_all(const models::TenantId &tenant, const std::vector<std::string> &pictures);
    int pause_all(const models::TenantId &tenant, const std::vector<std::string> &pictures);
    int resume_all(const models::TenantId &tenant, const std::vector<std::string> &pictures);

    // Steps that are due, oldest first, each claimed for five minutes; none while the store is not confirmed.
    // A companion gets those of her own pauses and resumes alone. Ends releases whose last day is over
    // before: their files are hidden, and removed 30 days later.
    std::vector<PhotoStep> claim_steps(int limit);
    void step_done(const std::string &id);
    void step_failed(const std::string &id, const std::string &problem); // tried again later
    std::vector<PhotoStep> steps(const models::TenantId &tenant, const std::string &picture); // the receipt
    std::set<std::string> with_steps(const models::TenantId &tenant); // pictures that have a receipt

private:
    Session &m_session;
};

} // namespace studio::db
