// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "media/imported_pictures.h"

#include <QObject>
#include <QString>
#include <QThreadPool>

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

class QWidget;

namespace studio::media {
class AssetStore;
}

namespace studio::ui {

class EditorSession;
class Worker;

struct ImportReading {
    QString file;
    models::Documents documents, draft; // of the file, and what they were read for
    bool without_missing = false;       // the person said so
    std::uint64_t opening = 0;          // of the session
};

struct PreparedImport {
    models::Documents documents; // which show the copies
    std::vector<media::ImportedPhoto> copies;
    std::set<std::string> missing; // except those that the draft lacks as well
};

// Imports a file's documents into the draft, as one edit that can be undone. Pictures of other companions in
// them are first copied into the tenant's own folder, in the background, and added to the library. Those that
// nobody may see are not copied, and none for people who may not know which these are.
class DocumentImport final : public QObject {
    Q_OBJECT

public:
    DocumentImport(EditorSession &session, Worker &worker, media::AssetStore &store,
                   QObject *parent = nullptr);

    void choose(QWidget *parent); // asks for the file
    void read(const QString &file);

signals:
    // Some pictures are missing (`words` names them) and nothing was changed. `import_anyway` imports without
    // them.
    void doubted(const QString &words, const std::function<void()> &import_anyway);
    void copied(const QString &words);

private:
    void read(const QString &file, bool without_missing);
    void copy(const ImportReading &reading, const std::optional<std::set<std::string>> &withheld);
    void take(const ImportReading &reading, const PreparedImport &prepared);
    void keep_copies(const std::vector<media::ImportedPhoto> &copies, const QString &name);

    EditorSession &m_session;
    Worker &m_worker;
    media::AssetStore &m_store;
    QThreadPool m_pool;
};

} // namespace studio::ui
