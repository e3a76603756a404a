// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/async/worker.h"
#include "ui/library/library_changes.h"

#include <QObject>
#include <QTimer>

#include <map>
#include <optional>

namespace studio::ui {

// What was typed about photos and is not stored yet. It is stored half a second after the last key, of
// whichever companion and photo it is, and kept until that worked.
class UnsavedTexts final : public QObject {
    Q_OBJECT

public:
    explicit UnsavedTexts(Worker &worker, QObject *parent = nullptr);

    void keep(const models::TenantId &tenant, const std::string &picture, const PhotoTexts &texts);
    std::optional<PhotoTexts> find(const std::string &picture) const;
    int count() const { return static_cast<int>(m_kept.size()); }
    void save_now();

signals:
    void saved(const QString &picture);
    // `is_gone`: the photo is no longer in the library, and what was typed about it is dropped.
    void failed(const QString &message, bool is_gone);

private:
    struct Kept {
        models::TenantId tenant;
        PhotoTexts texts;
        bool is_saving = false;
    };
    void save(const std::string &picture);

    Worker &m_worker;
    QTimer m_pause;
    std::map<std::string, Kept> m_kept; // by picture
};

} // namespace studio::ui
