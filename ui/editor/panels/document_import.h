// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QString>
#include <QThreadPool>

#include <functional>
#include <vector>

class QWidget;

namespace studio::media {
class AssetStore;
struct ImportedPhoto;
} // namespace studio::media

namespace studio::ui {

class EditorSession;
class Worker;

// Imports a file's documents into the draft, as one edit that can be undone. Pictures of other companions in
// them are first copied into the tenant's own folder, in the background, and added to the library.
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
    void keep_copies(const std::vector<media::ImportedPhoto> &copies, const QString &name);

    EditorSession &m_session;
    Worker &m_worker;
    media::AssetStore &m_store;
    QThreadPool m_pool;
};

} // namespace studio::ui
