// SPDX-License-Identifier: Apache-2.0
#include "ui/library/unsaved_texts.h"

#include <chrono>

namespace studio::ui {

UnsavedTexts::UnsavedTexts(Worker &worker, QObject *parent) : QObject(parent), m_worker(worker) {
    using namespace std::chrono_literals;
    m_pause.setSingleShot(true);
    m_pause.setInterval(500ms);
    connect(&m_pause, &QTimer::timeout, this, &UnsavedTexts::save_now);
}

void UnsavedTexts::keep(const models::TenantId &tenant, const std::string &picture, const PhotoTexts &texts) {
    auto &kept = m_kept[picture];
    kept.tenant = tenant;
    kept.texts = texts;
    m_pause.start();
}

std::optional<PhotoTexts> UnsavedTexts::find(const std::string &picture) const {
    const auto kept = m_kept.find(picture);
    return kept == m_kept.end() ? std::nullopt : std::optional(kept->second.texts);
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
        .run([tenant = kept.tenant, picture, texts = kept.texts](db::Session &session) {
            return save_texts(session, tenant, picture, texts);
        })
        .then(this,
              [this, picture, texts = kept.texts](bool is_there) {
                  const auto now = m_kept.find(picture);
                  now->second.is_saving = false;
                  if (!is_there) {
                      m_kept.erase(now);
                      emit failed(tr("This photo was taken out of the library meanwhile."), true);
                      return;
                  }
                  if (now->second.texts == texts) {
                      m_kept.erase(now);
                  } else {
                      m_pause.start(); // typed on while it was being saved
                  }
                  emit saved(QString::fromStdString(picture));
              })
        .onFailed(this, [this, picture](const std::exception &error) {
            m_kept.at(picture).is_saving = false;
            emit failed(QString::fromUtf8(error.what()), false);
        });
}

} // namespace studio::ui
