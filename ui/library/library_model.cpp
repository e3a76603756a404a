// SPDX-License-Identifier: Apache-2.0
#include "ui/library/library_model.h"

#include "ui/library/library_words.h"
#include "ui/library/thumbnail_source.h"

#include <QMimeData>

#include <algorithm>

namespace studio::ui {

LibraryModel::LibraryModel(ThumbnailSource &thumbnails, QObject *parent) : QAbstractListModel(parent) {
    connect(&thumbnails, &ThumbnailSource::ready, this, [this](const QString &url) {
        const auto wanted = url.toStdString();
        for (int row = 0; row < rowCount(); ++row) {
            if (at(row).photo.photo.url == wanted) {
                emit dataChanged(index(row), index(row), {Qt::DecorationRole});
            }
        }
    });
}

std::vector<int> LibraryModel::passing(const std::vector<LibraryEntry> &entries) const {
    std::vector<int> rows;
    for (std::size_t number = 0; number < entries.size(); ++number) {
        if (passes(entries[number], m_filter) && has_words(entries[number], m_words)) {
            rows.push_back(static_cast<int>(number));
        }
    }
    return rows;
}

// Rows that stay the same photos are not reset, so that selection and place are kept.
void LibraryModel::set(std::vector<LibraryEntry> entries) {
    auto rows = passing(entries);
    const bool same_photos = std::ranges::equal(rows, m_rows, [&](int now, int before) {
        return entries[static_cast<std::size_t>(now)].photo.picture ==
               m_entries[static_cast<std::size_t>(before)].photo.picture;
    });
    if (!same_photos) {
        beginResetModel();
    }
    m_entries = std::move(entries);
    m_rows = std::move(rows);
    if (!same_photos) {
        endResetModel();
    } else if (!m_rows.empty()) {
        emit dataChanged(index(0), index(rowCount() - 1));
    }
}

void LibraryModel::set_filter(LibraryFilter filter, const QString &words) {
    if (filter == m_filter && words == m_words) {
        return;
    }
    beginResetModel();
    m_filter = filter;
    m_words = words;
    m_rows = passing(m_entries);
    endResetModel();
}

int LibraryModel::rowCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

const LibraryEntry &LibraryModel::at(int row) const {
    return m_entries[static_cast<std::size_t>(m_rows[static_cast<std::size_t>(row)])];
}

const LibraryEntry *LibraryModel::find(const QString &picture) const {
    const auto wanted = picture.toStdString();
    const auto found =
        std::ranges::find(m_entries, wanted, [](const auto &entry) { return entry.photo.picture; });
    return found == m_entries.end() ? nullptr : &*found;
}

int LibraryModel::row_of(const QString &picture) const {
    const auto wanted = picture.toStdString();
    for (int row = 0; row < rowCount(); ++row) {
        if (at(row).photo.picture == wanted) {
            return row;
        }
    }
    return -1;
}

int LibraryModel::count(LibraryFilter filter) const {
    return static_cast<int>(
        std::ranges::count_if(m_entries, [filter](const auto &entry) { return passes(entry, filter); }));
}

QVariant LibraryModel::data(const QModelIndex &index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) {
        return {};
    }
    const auto &entry = at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return QString::fromStdString(entry.photo.photo.alt);
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole: {
        const auto alt = entry.needs_alt() ? tr("Photo %1, without alt text").arg(index.row() + 1)
                                           : QString::fromStdString(entry.photo.photo.alt);
        const auto state = state_words(entry).join(QStringLiteral(", "));
        return state.isEmpty() ? alt : tr("%1. %2").arg(alt, state);
    }
    case PictureRole:
        return QString::fromStdString(entry.photo.picture);
    default:
        return {};
    }
}

Qt::ItemFlags LibraryModel::flags(const QModelIndex &index) const {
    const auto usual = QAbstractListModel::flags(index);
    return index.isValid() ? usual | Qt::ItemIsDragEnabled : usual | Qt::ItemIsDropEnabled;
}

QString LibraryModel::pictures_type() {
    return QStringLiteral("application/x-companion-studio-pictures");
}

QStringList LibraryModel::mimeTypes() const {
    return {pictures_type(), QStringLiteral("text/uri-list")};
}

QMimeData *LibraryModel::mimeData(const QModelIndexList &indexes) const {
    auto rows = indexes;
    std::ranges::sort(rows, {}, &QModelIndex::row);
    QStringList pictures;
    for (const auto &index : rows) {
        pictures << index.data(PictureRole).toString();
    }
    auto *data = new QMimeData;
    data->setData(pictures_type(), pictures.join(QLatin1Char('\n')).toUtf8());
    return data;
}

} // namespace studio::ui
