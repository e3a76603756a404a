// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/library/library_filter.h"

#include <QAbstractListModel>

#include <vector>

namespace studio::ui {

class ThumbnailSource;

// A companion's photos in their order, of which those are rows that pass the filter and have the words.
class LibraryModel final : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { PictureRole = Qt::UserRole };
    explicit LibraryModel(ThumbnailSource &thumbnails, QObject *parent = nullptr);

    void set(std::vector<LibraryEntry> entries);
    void set_filter(LibraryFilter filter, const QString &words);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    Qt::DropActions supportedDropActions() const override { return Qt::MoveAction | Qt::CopyAction; }
    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;

    const LibraryEntry &at(int row) const;
    const LibraryEntry *find(const QString &picture) const; // whether it is a row or not; nullptr for none
    int row_of(const QString &picture) const;               // -1 where it is no row
    const std::vector<LibraryEntry> &entries() const { return m_entries; }
    int count(LibraryFilter filter) const;
    static QString pictures_type();

private:
    std::vector<int> passing(const std::vector<LibraryEntry> &entries) const;

    std::vector<LibraryEntry> m_entries;
    std::vector<int> m_rows; // indexes of m_entries
    LibraryFilter m_filter = LibraryFilter::All;
    QString m_words;
};

} // namespace studio::ui
