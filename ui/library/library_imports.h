// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "media/photo_importer.h"
#include "models/tenant/ids.h"
#include "ui/async/worker.h"
#include "ui/library/library_changes.h"

#include <QObject>
#include <QStringList>
#include <QThreadPool>

#include <deque>
#include <exception>
#include <optional>
#include <string>
#include <vector>

namespace studio::media {
class AssetStore;
}

namespace studio::ui {

// Whose photos the files become.
struct ImportTarget {
    models::TenantId tenant;
    QString name;
    std::string media_folder;
    bool keep_original = false; // privately, as it came
    media::PictureEdits edits = {};
    std::optional<int> people = {}; // that can be recognised; nullopt: nobody said yet
    std::string photographer = {}, licence = {};
    bool operator==(const ImportTarget &) const = default;
};

struct ImportResult {
    enum class Kind { Added, Known, Failed };
    Kind kind = Kind::Added;
    QString file;
    ImportTarget target;
    QString picture;     // of the added or the known photo
    QString label;       // of the known photo
    QString other_edits; // of a photo of the same file with other edits
    QStringList alike;
    QString other;   // the picture that other_edits names, else the first of alike
    QString problem; // of a failed one: a sentence
};

// Adds files to libraries in the background, one after another: each is imported into the store, then noted
// in the database. Leaving the program drops what has not begun.
class LibraryImports final : public QObject {
    Q_OBJECT

public:
    LibraryImports(Worker &worker, media::AssetStore &store, QObject *parent = nullptr);
    ~LibraryImports() override;

    // Looks for the pictures in folders and below them, and tells them with the files among the paths:
    // found().
    void look_through(const QStringList &paths, const ImportTarget &target);
    void add(const QStringList &files, const ImportTarget &target);
    void retry_failed();
    void forget_results();
    int waiting() const { return static_cast<int>(m_waiting.size()) + (m_running ? 1 : 0); }
    bool is_busy() const { return m_running || m_searching > 0 || !m_waiting.empty(); }
    const std::vector<ImportResult> &results() const { return m_results; }
    int count(ImportResult::Kind kind) const;
    QString current_file() const { return m_current; }

    static QString file_filter();

signals:
    void changed();
    void found(const QStringList &files, const studio::ui::ImportTarget &target);
    void photo_added(const studio::models::TenantId &tenant);

private:
    struct Job {
        QString file;
        ImportTarget target;
    };
    void next();
    void note(const Job &job, const media::ImportedPhoto &imported);
    static ImportResult failed(const Job &job, const std::exception &error);
    void finish(ImportResult result);

    Worker &m_worker;
    media::AssetStore &m_store;
    std::deque<Job> m_waiting;
    std::vector<ImportResult> m_results;
    QString m_current;
    bool m_running = false;
    int m_searching = 0; // folders that are being looked through
    QThreadPool m_pool;
};

} // namespace studio::ui
