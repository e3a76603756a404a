// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/async/worker.h"
#include "ui/library/library_changes.h"

#include <QObject>
#include <QTimer>

#include <map>

namespace studio::ui {

// What was typed about photos and is not stored yet. It is stored half a second after the last key, of
// whichever companion and photo it is, and kept until that worked.
class UnsavedTexts final : public QObject {
    Q_OBJECT

public:
    explicit UnsavedTexts(Worker &worker, QObject *parent = nullptr);

    // Adds to what was changed of the photo before.
    void keep(const models::TenantId &tenant, const std::string &picture, const TextChange &change);
    // What is stored of the photo, with what was typed about it.
    PhotoTexts with_typed(const std::string &picture, const PhotoTexts &stored) const;
    int count() const { return static_cast<int>(m_kept.size()); }
    void save_now();

signals:
    void saved(const QString &picture);
    // `is_dropped`: what `message` is about was not stored and is not tried again.
    void failed(const QString &message, bool is_dropped);

private:
    struct Kept {
        models::TenantId tenant;
        TextChange change;
        bool is_saving = false;
    };
    void save(const std::string &picture);
    void note_saved(const std::string &picture, const TextChange &change, TextsSaved outcome);

    Worker &m_worker;
    QTimer m_pause;
    std::map<std::string, Kept> m_kept; // by picture
};

} // namespace studio::ui
