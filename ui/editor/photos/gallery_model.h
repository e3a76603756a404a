// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editor/draft/draft_document.h"

#include <QAbstractListModel>

#include <vector>

namespace studio::ui {

class Thumbnails;

// The photos of the gallery, in order. Rows are moved by drag and drop, which becomes one edit of the
// document.
class GalleryModel final : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { UrlRole = Qt::UserRole, NeedsAltRole };
    GalleryModel(DraftDocument &document, Thumbnails &thumbnails, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    Qt::DropActions supportedDropActions() const override { return Qt::MoveAction | Qt::CopyAction; }
    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;
    bool canDropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column,
                         const QModelIndex &parent) const override;
    bool dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column,
                      const QModelIndex &parent) override;

signals:
    void moved(int to);
    // Picture files were dropped, to be inserted before the row.
    void files_dropped(const QStringList &files, int row);

private:
    struct Row {
        QString url, alt;
        bool operator==(const Row &) const = default;
    };
    void reload();

    DraftDocument &m_document;
    Thumbnails &m_thumbnails;
    std::vector<Row> m_rows;
};

inline const QString gallery_pointer = QStringLiteral("/photos/gallery");

} // namespace studio::ui
