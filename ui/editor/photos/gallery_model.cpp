// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/photos/gallery_model.h"

#include "models/documents/photos.h"
#include "ui/editor/photos/thumbnails.h"
#include "ui/widgets/file_drops.h"

#include <QMimeData>
#include <QPixmap>

namespace studio::ui {

namespace {
const auto row_type = QStringLiteral("application/x-studio-gallery-row");
}

GalleryModel::GalleryModel(DraftDocument &document, Thumbnails &thumbnails, QObject *parent)
    : QAbstractListModel(parent), m_document(document), m_thumbnails(thumbnails) {
    reload();
    connect(&m_document, &DraftDocument::changed, this, [this](const QString &pointer) {
        if (pointer.isEmpty() || pointer == QLatin1String("/photos") || pointer.startsWith(gallery_pointer)) {
            reload();
        }
    });
    connect(&m_thumbnails, &Thumbnails::ready, this, [this](const QString &url) {
        for (int i = 0; i < rowCount(); ++i) {
            if (m_rows[static_cast<std::size_t>(i)].url == url) {
                emit dataChanged(index(i), index(i), {Qt::DecorationRole});
            }
        }
    });
}

// As long as the number of rows does not change the model is not reset, so that the selection is kept while
// typing.
void GalleryModel::reload() {
    std::vector<Row> rows;
    for (const auto &photo : models::read_photos(m_document.documents().photos).gallery) {
        rows.push_back({QString::fromStdString(photo.url), QString::fromStdString(photo.alt)});
    }
    if (rows.size() != m_rows.size()) {
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
        return;
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i] != m_rows[i]) {
            m_rows[i] = rows[i];
            const auto changed = index(static_cast<int>(i));
            emit dataChanged(changed, changed);
        }
    }
}

int GalleryModel::rowCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant GalleryModel::data(const QModelIndex &index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) {
        return {};
    }
    const auto &row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DecorationRole: {
        const auto image = m_thumbnails.find(row.url);
        return image.isNull() ? QVariant() : QVariant(QPixmap::fromImage(image));
    }
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole:
        return row.alt.isEmpty() ? tr("Photo %1, without alt text").arg(index.row() + 1) : row.alt;
    case UrlRole:
        return row.url;
    case NeedsAltRole:
        return row.alt.trimmed().isEmpty();
    default:
        return {};
    }
}

Qt::ItemFlags GalleryModel::flags(const QModelIndex &index) const {
    const auto usual = QAbstractListModel::flags(index);
    return index.isValid() ? usual | Qt::ItemIsDragEnabled : usual | Qt::ItemIsDropEnabled;
}

QStringList GalleryModel::mimeTypes() const {
    return {row_type, QStringLiteral("text/uri-list")};
}

QMimeData *GalleryModel::mimeData(const QModelIndexList &indexes) const {
    auto *data = new QMimeData;
    if (!indexes.isEmpty()) {
        data->setData(row_type, QByteArray::number(indexes.first().row()));
    }
    return data;
}

bool GalleryModel::canDropMimeData(const QMimeData *data, Qt::DropAction, int, int,
                                   const QModelIndex &) const {
    return data->hasFormat(row_type) || !dragged_files(data).isEmpty();
}

bool GalleryModel::dropMimeData(const QMimeData *data, Qt::DropAction, int row, int,
                                const QModelIndex &parent) {
    const int before = row >= 0 ? row : (parent.isValid() ? parent.row() : rowCount());
    if (!data->hasFormat(row_type)) {
        const auto files = dragged_files(data);
        if (!files.isEmpty()) {
            emit files_dropped(files, before);
        }
        return !files.isEmpty();
    }
    const int from = data->data(row_type).toInt();
    const int to = before > from ? before - 1 : before;
    m_document.move(gallery_pointer, static_cast<std::size_t>(from), static_cast<std::size_t>(to),
                    tr("Move photo"));
    emit moved(to);
    return false; // so that the view does not remove the row as well
}

} // namespace studio::ui
