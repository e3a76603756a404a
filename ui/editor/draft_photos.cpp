// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/draft_photos.h"

#include "models/documents/content.h"
#include "models/documents/photos.h"
#include "models/tenant/photo_releases.h"
#include "ui/editor/draft/draft_document.h"
#include "ui/editor/draft/pointer.h"
#include "ui/photos/release_state.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>
#include <ranges>
#include <set>

namespace studio::ui {

namespace {

const auto sharing_pointer = QStringLiteral("/content/seo/ogImage");

QString words(const char *text) {
    return QCoreApplication::translate("DraftPhotos", text);
}

std::vector<models::Experiment> running_tests(const TenantFacts &facts) {
    return facts.hero_test && facts.hero_test->status == models::ExperimentStatus::Active
               ? std::vector{*facts.hero_test}
               : std::vector<models::Experiment>();
}

std::vector<DraftPhoto> all_places(const models::Documents &documents) {
    const auto photos = models::read_photos(documents.photos);
    std::vector<DraftPhoto> all;
    const auto add = [&all](const models::Photo &photo, const QString &pointer, const QString &place) {
        if (!photo.url.empty()) {
            all.push_back({photo.url, QString::fromStdString(photo.alt), pointer, place});
        }
    };
    add(photos.hero.control, QStringLiteral("/photos/hero/control"), words("hero photo"));
    std::size_t index = 0;
    for (const auto &variant : photos.hero.variants) {
        add(variant.photo, child(QStringLiteral("/photos/hero/variants"), index),
            words("hero variant %1").arg(QString::fromStdString(models::variant_letter(index))));
        ++index;
    }
    index = 0;
    for (const auto &photo : photos.gallery) {
        add(photo, child(QStringLiteral("/photos/gallery"), index), words("gallery photo %1").arg(index + 1));
        ++index;
    }
    index = 0;
    for (const auto &photo : photos.testimonials) {
        add(photo, child(QStringLiteral("/photos/testimonials"), index),
            words("testimonial photo %1").arg(index + 1));
        ++index;
    }
    return all;
}

// Whether the text mentions the address, and not merely a longer one that begins with it.
qsizetype find_address(const QString &text, const QString &url, qsizetype from = 0) {
    for (auto at = text.indexOf(url, from); at >= 0; at = text.indexOf(url, at + 1)) {
        const auto end = at + url.size();
        if (end == text.size() || QStringLiteral(" ;:,\"").contains(text[end]) || text[end].isSpace() ||
            (text[end] == QLatin1Char('.') && end + 1 == text.size())) {
            return at;
        }
    }
    return -1;
}

} // namespace

std::vector<DraftPhoto> draft_photos(const models::Documents &documents, const TenantFacts &facts) {
    auto all = all_places(documents);
    const auto sharing = models::read_content(documents.content).seo.og_image;
    for (const auto &reaching : models::photos_that_reach_visitors(documents, running_tests(facts))) {
        if (!sharing.empty() &&
            reaching.photo.url == sharing) { // also where another place shows the same size
            all.push_back({sharing, {}, sharing_pointer, words("sharing picture")});
        }
        if (reaching.place == models::PhotoPlace::Test) {
            all.push_back({reaching.photo.url,
                           {},
                           {},
                           words("photo of the A/B test “%1”").arg(QString::fromStdString(reaching.detail))});
        }
    }
    return all;
}

bool is_taken_down(const TenantFacts &facts, const std::string &picture) {
    return state_of(facts.photo_states, picture).taken_down;
}

std::vector<DraftPhoto> taken_down_photos(const models::Documents &documents, const TenantFacts &facts) {
    auto photos = draft_photos(documents, facts);
    std::erase_if(photos, [&facts](const DraftPhoto &photo) {
        return !is_taken_down(facts, models::picture_of(photo.url));
    });
    return photos;
}

void remove_taken_down_photos(DraftDocument &document, const TenantFacts &facts) {
    auto photos = taken_down_photos(document.documents(), facts);
    std::erase_if(photos, [&document](const DraftPhoto &photo) {
        return photo.pointer.isEmpty() ||
               document.value(photo.pointer).dump().find(photo.url) == std::string::npos;
    });
    if (photos.empty() || document.read_only()) {
        return;
    }
    const auto what = words("Remove photos that were taken down");
    std::set<QString> ids; // by which testimonials name a photo
    document.undo_stack()->beginMacro(what);
    // The last of a list first, so that the pointers of the others stay valid.
    for (const auto &photo : photos | std::views::reverse) {
        const auto id = document.text(child(photo.pointer, QStringLiteral("id")));
        if (!id.isEmpty()) {
            ids.insert(id);
        }
        document.remove(photo.pointer, what);
    }
    const auto testimonials = QStringLiteral("/content/testimonials");
    for (std::size_t index = 0; index < document.size(testimonials); ++index) {
        const auto photo = child(child(testimonials, index), QStringLiteral("photoId"));
        if (ids.contains(document.text(photo))) {
            document.remove(photo, what);
        }
    }
    document.undo_stack()->endMacro();
}

QString with_places(QString words_of_database, const std::vector<DraftPhoto> &photos) {
    std::map<QString, QStringList> places;
    for (const auto &photo : photos) {
        places[QString::fromStdString(photo.url)] << photo.place;
    }
    for (const auto &[url, names] : places) {
        const auto with_word = QStringLiteral("the photo ") + url;
        auto name = words("the %1").arg(names.first());
        if (names.size() > 1) {
            name += words(" (also the %1)").arg(names.mid(1).join(words(", the ")));
        }
        for (auto at = find_address(words_of_database, with_word); at >= 0;
             at = find_address(words_of_database, with_word, at + name.size())) {
            words_of_database.replace(at, with_word.size(), name);
        }
    }
    return words_of_database;
}

} // namespace studio::ui
