// SPDX-License-Identifier: Apache-2.0
#include "ui/library/unsaved_texts.h"

#include "ui/photos/library_record.h"

#include <chrono>

namespace studio::ui {

namespace {

template <class Value> void take(std::optional<Value> &kept, const std::optional<Value> &changed) {
    kept = changed ? changed : kept;
}

template <class Value> bool drop(std::optional<Value> &kept, const std::optional<Value> &saved) {
    if (kept == saved) {
        kept.reset();
    }
    return !kept;
}

// Drops from `kept` what was saved; true where nothing is left.
bool without(TextChange &kept, const TextChange &saved) {
    bool none = drop(kept.alt, saved.alt);
    none = drop(kept.caption, saved.caption) && none;
    none = drop(kept.focal_point, saved.focal_point) && none;
    none = drop(kept.people, saved.people) && none;
    none = drop(kept.photographer, saved.photographer) && none;
    return drop(kept.licence, saved.licence) && none;
}

} // namespace

UnsavedTexts::UnsavedTexts(Worker &worker, QObject *parent) : QObject(parent), m_worker(worker) {
    using namespace std::chrono_literals;
    m_pause.setSingleShot(true);
    m_pause.setInterval(500ms);
    connect(&m_pause, &QTimer::timeout, this, &UnsavedTexts::save_now);
}

void UnsavedTexts::keep(const models::TenantId &tenant, const std::string &picture,
                        const TextChange &change) {
    auto &kept = m_kept[picture];
    kept.tenant = tenant;
    take(kept.change.alt, change.alt);
    take(kept.change.caption, change.caption);
    take(kept.change.focal_point, change.focal_point);
    if (!kept.change.people) { // later ones show what was typed, not what is stored
        take(kept.change.people_seen, change.people_seen);
    }
    take(kept.change.people, change.people);
    take(kept.change.photographer, change.photographer);
    take(kept.change.licence, change.licence);
    m_pause.start();
}

PhotoTexts UnsavedTexts::with_typed(const std::string &picture, const PhotoTexts &stored) const {
    const auto kept = m_kept.find(picture);
    return kept == m_kept.end() ? stored : with_change(stored, kept->second.change);
}

void UnsavedTexts::save_now() {
    m_pause.stop();
    for (const auto &[picture, kept] : m_kept) {
        if (!kept.is_saving) {
            save(picture);
        }
    }
}

void UnsavedTexts::save(const std::string &picture) {
    auto &kept = m_kept.at(picture);
    kept.is_saving = true;
    m_worker
        .run([tenant = kept.tenant, picture, change = kept.change](db::Session &session) {
            return save_texts(session, tenant, picture, change);
        })
        .then(this, [this, picture,
                     change = kept.change](TextsSaved outcome) { note_saved(picture, change, outcome); })
        .onFailed(this, [this, picture](const std::exception &error) {
            m_kept.at(picture).is_saving = false;
            emit failed(QString::fromUtf8(error.what()), false);
        });
}

void UnsavedTexts::note_saved(const std::string &picture, const TextChange &change, TextsSaved outcome) {
    const auto now = m_kept.find(picture);
    now->second.is_saving = false;
    if (outcome == TextsSaved::Nothing) {
        m_kept.erase(now);
        emit failed(tr("This photo was taken out of the library meanwhile."), true);
        return;
    }
    if (without(now->second.change, change)) {
        m_kept.erase(now);
    } else {
        if (change.people) {
            now->second.change.people_seen = change.people;
        }
        m_pause.start(); // typed on while it was being saved
    }
    emit saved(QString::fromStdString(picture));
    if (outcome == TextsSaved::AllButPeople) {
        emit failed(raised_words(), true);
    } else if (outcome == TextsSaved::PeopleRefused) {
        emit failed(
            tr("Only operators may lower the number of people in a photo, because it needs fewer releases "
               "then. Everything else is saved."),
            true);
    }
}

} // namespace studio::ui
