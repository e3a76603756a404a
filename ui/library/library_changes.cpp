// SPDX-License-Identifier: Apache-2.0
#include "ui/library/library_changes.h"

#include "db/connection/error.h"
#include "db/stores/compliance_store.h"
#include "db/stores/revision_store.h"
#include "media/photo_importer.h"
#include "models/tenant/photo_uses.h"
#include "ui/photos/library_record.h"
#include "ui/photos/record_releases.h"

#include <QCoreApplication>

#include <algorithm>
#include <functional>

namespace studio::ui {

namespace {

// Saves the newest draft as `change` makes it, on top of whatever was saved in the meantime. False where
// `change` says that nothing changed.
bool save_draft(db::Session &session, const models::TenantId &tenant, const std::string &note,
                const std::string &key, const std::function<bool(models::Documents &)> &change) {
    constexpr int most_attempts = 5; // others may save at the same moment
    db::RevisionStore revisions(session);
    for (int attempt = 1;; ++attempt) {
        auto latest = revisions.latest(tenant);
        if (!latest || !change(latest->documents)) {
            return false;
        }
        try {
            revisions.save(tenant, latest->summary.number, latest->documents, note, key);
            return true;
        } catch (const db::Error &error) {
            if (error.kind() != db::ErrorKind::Conflict || attempt == most_attempts) {
                throw;
            }
        }
    }
}

} // namespace

PhotoTexts texts_of(const db::LibraryPhoto &photo) {
    return {photo.photo.alt, photo.photo.caption, photo.photo.focal_point,
            photo.people,    photo.photographer,  photo.licence};
}

PhotoTexts with_change(PhotoTexts texts, const TextChange &change) {
    texts.alt = change.alt.value_or(texts.alt);
    texts.caption = change.caption.value_or(texts.caption);
    texts.focal_point = change.focal_point.value_or(texts.focal_point);
    texts.people = change.people.value_or(-1) >= 0 ? change.people : texts.people;
    texts.photographer = change.photographer.value_or(texts.photographer);
    texts.licence = change.licence.value_or(texts.licence);
    return texts;
}

TextsSaved save_texts(db::Session &session, const models::TenantId &tenant, const std::string &picture,
                      const TextChange &change) {
    db::PhotoLibrary library(session);
    const auto photo = library.find(tenant, picture);
    if (!photo) {
        return TextsSaved::Nothing;
    }
    const auto before = texts_of(*photo);
    const auto texts = with_change(before, change);
    if (texts.alt != before.alt || texts.caption != before.caption ||
        !(texts.focal_point == before.focal_point)) {
        library.describe(tenant, picture, texts.alt, texts.caption, texts.focal_point);
    }
    if (texts.photographer != before.photographer || texts.licence != before.licence) {
        library.set_licence(tenant, picture, texts.photographer, texts.licence);
    }
    if (!texts.people || texts.people == before.people) {
        return TextsSaved::All;
    }
    try { // last: a refusal of the number keeps nothing else back
        return set_people(session, tenant, picture, *texts.people, change.people_seen)
                   ? TextsSaved::All
                   : TextsSaved::AllButPeople;
    } catch (const db::Error &error) {
        if (error.kind() != db::ErrorKind::Forbidden) {
            throw;
        }
        return TextsSaved::PeopleRefused;
    }
}

int save_bulk(db::Session &session, const models::TenantId &tenant, const std::vector<std::string> &pictures,
              const BulkChange &change) {
    db::PhotoLibrary library(session);
    db::ComplianceStore compliance(session);
    int found = 0;
    std::vector<db::WithdrawnRelease> left_out;
    for (const auto &picture : pictures) {
        const auto photo = library.find(tenant, picture);
        if (!photo) {
            continue;
        }
        ++found;
        save_texts(session, tenant, picture,
                   {change.alt, change.caption, change.focal_point, change.people, photo->people, {}, {}});
        if (change.release) {
            auto release = *change.release;
            release.tenant_id = tenant;
            release.photo_url = photo->photo.url;
            if (pictures.size() == 1) {
                compliance.record_person_release(release);
            } else {
                for (const auto &each : compliance.record_releases({release.photo_url}, release)) {
                    left_out.push_back(each);
                }
            }
        }
    }
    if (!left_out.empty()) {
        throw db::Error(db::ErrorKind::Invalid, left_out_words(left_out).toStdString());
    }
    return found;
}

std::string label_of(const models::Photo &photo) {
    if (!photo.alt.empty() || !photo.caption.empty()) {
        return photo.alt.empty() ? photo.caption : photo.alt;
    }
    constexpr std::size_t shown = 8; // characters of the hash
    const auto picture = models::picture_of(photo.url);
    const auto name = picture.substr(picture.rfind('/') + 1);
    return name.size() > shown ? "…" + name.substr(name.size() - shown) : name;
}

Registered register_photo(db::Session &session, const models::TenantId &tenant,
                          const db::LibraryPhoto &added) {
    db::PhotoLibrary library(session);
    Registered registered;
    if (const auto known = library.find(tenant, added.picture)) {
        registered.was_known = true;
        registered.label = label_of(known->photo);
    } else {
        registered.label = label_of(added.photo);
        if (const auto same = library.with_content(tenant, added.content_hash); !same.empty()) {
            registered.other_edits = label_of(same.front().photo);
            registered.other = same.front().picture;
        }
        for (const auto &photo : library.list(tenant)) {
            if (media::likeness_distance(photo.likeness, added.likeness) <= alike_bits) {
                registered.alike.push_back(label_of(photo.photo));
                registered.other = registered.other.empty() ? photo.picture : registered.other;
            }
        }
    }
    add_to_library(session, tenant, added);
    return registered;
}

int replace_everywhere(db::Session &session, const models::TenantId &tenant, const std::string &picture,
                       const std::string &by, const std::string &note, const std::string &key) {
    const auto other = db::PhotoLibrary(session).find(tenant, by);
    const auto withheld = db::ComplianceStore(session).withdrawn_photos();
    if (std::ranges::find(withheld, by) != withheld.end()) {
        throw db::Error(
            db::ErrorKind::Invalid,
            QCoreApplication::translate("studio::ui::LibraryPage",
                                        "Not replaced: the other photo is paused, or its releases are "
                                        "over, so that no page would show it.")
                .toStdString());
    }
    int places = 0;
    if (other) {
        save_draft(session, tenant, note, key, [&](models::Documents &documents) {
            places = models::replace_photo(documents, picture, other->photo);
            return places > 0;
        });
    }
    return places;
}

void save_shares(db::Session &session, const models::TenantId &tenant,
                 const std::map<std::string, int> &shares, const std::string &note, const std::string &key) {
    save_draft(session, tenant, note, key, [&](models::Documents &documents) {
        auto photos = models::read_photos(documents.photos);
        for (auto &variant : photos.hero.variants) {
            if (const auto share = shares.find(variant.id); share != shares.end()) {
                variant.weight = share->second / 100.0;
            }
        }
        const auto changed = models::write_photos(photos, documents.photos);
        const bool differs = changed != documents.photos;
        documents.photos = changed;
        return differs;
    });
}

} // namespace studio::ui
