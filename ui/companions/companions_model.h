// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/tenant/tenant.h"
#include "ui/widgets/badge.h"

#include <QAbstractTableModel>
#include <QHash>
#include <QImage>
#include <QSortFilterProxyModel>

#include <optional>
#include <vector>

namespace studio::ui {

// The companions as rows. Holds values and reads nothing itself. set_rows() keeps rows that exist already, so
// that selection and scroll position stay.
class CompanionsModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum class Column { Companion, Status, Published, LastEdit };
    static constexpr int column_count = 4;
    enum Role { Id = Qt::UserRole + 1, Address, Thumbnail, SortKey, StatusValue, SearchText, SecondLine };

    explicit CompanionsModel(QString public_url, QObject *parent = nullptr);

    void set_rows(std::vector<models::TenantSummary> rows);
    void set_thumbnail(const QString &id, const QImage &image);
    const models::TenantSummary *find(const QString &id) const;
    const std::vector<models::TenantSummary> &rows() const { return m_rows; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const models::TenantSummary &row, Column column) const;
    QString second_line(const models::TenantSummary &row, Column column) const;
    QVariant sort_key(const models::TenantSummary &row, Column column) const;

    QString m_public_url;
    std::vector<models::TenantSummary> m_rows;
    QHash<QString, QImage> m_thumbnails;
};

// "Published", "2 revisions ahead", "Never published".
QString publish_label(const models::TenantSummary &row);
Tone status_tone(models::TenantStatus status);

// Filters the rows by search words (all must occur in name, address, domain or author) and by one status or
// all.
class CompanionsFilter final : public QSortFilterProxyModel {
    Q_OBJECT

public:
    explicit CompanionsFilter(QObject *parent = nullptr);
    void set_search(const QString &text);
    void set_status(std::optional<models::TenantStatus> status);

protected:
    bool filterAcceptsRow(int source_row, const QModelIndex &source_parent) const override;

private:
    QStringList m_words;
    std::optional<models::TenantStatus> m_status;
};

} // namespace studio::ui
