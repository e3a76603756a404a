// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStyledItemDelegate>

namespace studio::ui {

class LibraryModel;
class ThumbnailSource;

// A tile of the grid: the photo cropped around its focal point, its alt text, and what needs attention.
class LibraryDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    LibraryDelegate(const LibraryModel &model, ThumbnailSource &thumbnails, QObject *parent = nullptr);

    static constexpr QSize tile{176, 180}; // pixels
    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override { return tile; }
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;

private:
    const LibraryModel &m_model;
    ThumbnailSource &m_thumbnails;
};

} // namespace studio::ui
