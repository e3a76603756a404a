// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QString>
#include <QThreadPool>

#include <functional>

class QWidget;

namespace studio::media {
class AssetStore;
}

namespace studio::ui {

class EditorSession;

// Imports a file's documents into the draft, as one edit that can be undone. Pictures of other companions in
// them are first copied into the tenant's own folder, in the background.
class DocumentImport final : public QObject {
    Q_OBJECT

public:
    DocumentImport(EditorSession &session, media::AssetStore &store, QObject *parent = nullptr);

    void choose(QWidget *parent); // asks for the file
    void read(const QString &file);

signals:
    // Some pictures are missing (`words` names them) and nothing was changed. `import_anyway` imports without
    // them.
    void doubted(const QString &words, const std::function<void()> &import_anyway);
    void copied(const QString &words);

private:
    void read(const QString &file, bool without_missing);

    EditorSession &m_session;
    media::AssetStore &m_store;
    QThreadPool m_pool;
};

} // namespace studio::ui
