// SPDX-License-Identifier: Apache-2.0
#include "ui/companions/companions_model.h"

#include "ui/companions/companions_services.h"
#include "ui/widgets/phrases.h"
#include "ui/widgets/site_address.h"
#include "ui/widgets/tenant_id.h"
#include "ui/widgets/words.h"

#include <algorithm>

namespace studio::ui {

namespace {

bool same_order(const std::vector<models::TenantSummary> &first,
                const std::vector<models::TenantSummary> &second) {
    return std::equal(first.begin(), first.end(), second.begin(), second.end(),
                      [](const auto &one, const auto &other) { return one.id == other.id; });
}

QString custom_domain(const models::TenantSummary &row) {
    return row.custom_domain ? QString::fromStdString(*row.custom_domain) : QString();
}

} // namespace

QString publish_label(const models::TenantSummary &row) {
    if (!row.published_revision) {
        return CompanionsModel::tr("Never published");
    }
    const int ahead = row.latest_revision - *row.published_revision;
    if (ahead <= 0) {
        return CompanionsModel::tr("Up to date");
    }
    return counted(ahead, CompanionsModel::tr("1 revision ahead"), CompanionsModel::tr("%1 revisions ahead"));
}

Tone status_tone(models::TenantStatus status) {
    switch (status) {
    case models::TenantStatus::Active:
        return Tone::Positive;
    case models::TenantStatus::Preview:
        return Tone::Caution;
    case models::TenantStatus::Inactive:
        break;
    }
    return Tone::Neutral;
}

CompanionsModel::CompanionsModel(QString public_url, QObject *parent)
    : QAbstractTableModel(parent), m_public_url(std::move(public_url)) {}

void CompanionsModel::set_rows(std::vector<models::TenantSummary> rows) {
    if (!same_order(m_rows, rows)) {
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
        return;
    }
    for (std::size_t index = 0; index < rows.size(); ++index) {
        if (m_rows[index] != rows[index]) {
            m_rows[index] = std::move(rows[index]);
            const int row = static_cast<int>(index);
            emit dataChanged(this->index(row, 0), this->index(row, column_count - 1));
        }
    }
}

void CompanionsModel::set_thumbnail(const QString &id, const QImage &image) {
    m_thumbnails[id] = image;
    const auto row =
        std::find_if(m_rows.begin(), m_rows.end(),
                     [wanted = to_tenant_id(id)](const auto &candidate) { return candidate.id == wanted; });
    if (row != m_rows.end()) {
        const auto cell = index(static_cast<int>(row - m_rows.begin()), static_cast<int>(Column::Companion));
        emit dataChanged(cell, cell, {Thumbnail});
    }
}

const models::TenantSummary *CompanionsModel::find(const QString &id) const {
    const auto row =
        std::find_if(m_rows.begin(), m_rows.end(),
                     [wanted = to_tenant_id(id)](const auto &candidate) { return candidate.id == wanted; });
    return row == m_rows.end() ? nullptr : &*row;
}

int CompanionsModel::rowCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int CompanionsModel::columnCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : column_count;
}

QVariant CompanionsModel::data(const QModelIndex &index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const auto &row = m_rows[static_cast<std::size_t>(index.row())];
    const auto column = static_cast<Column>(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return text(row, column);
    case SecondLine:
        return second_line(row, column);
    case Qt::ToolTipRole:
        return column == Column::LastEdit ? full_time(to_date_time(row.last_edit)) : text(row, column);
    case Qt::AccessibleTextRole:
        return text(row, column) + QStringLiteral(", ") + second_line(row, column);
    case Id:
        return to_text(row.id);
    case Address:
        return site_address(m_public_url, QString::fromStdString(row.subdomain), custom_domain(row));
    case Thumbnail:
        return m_thumbnails.value(to_text(row.id));
    case SortKey:
        return sort_key(row, column);
    case StatusValue:
        return static_cast<int>(row.status);
    case SearchText:
        return QString::fromStdString(row.name + ' ' + row.subdomain + ' ' + row.custom_domain.value_or("") +
                                      ' ' + row.last_author);
    default:
        return {};
    }
}

QVariant CompanionsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return QAbstractTableModel::headerData(section, orientation, role);
    }
    switch (static_cast<Column>(section)) {
    case Column::Companion:
        return tr("Companion");
    case Column::Status:
        return tr("Status");
    case Column::Published:
        return tr("Site");
    case Column::LastEdit:
        return tr("Last edit");
    }
    return {};
}

QString CompanionsModel::text(const models::TenantSummary &row, Column column) const {
    switch (column) {
    case Column::Companion:
        return QString::fromStdString(row.name);
    case Column::Status:
        return status_word(row.status);
    case Column::Published:
        return publish_label(row);
    case Column::LastEdit:
        return relative_time(to_date_time(row.last_edit), QDateTime::currentDateTime());
    }
    return {};
}

QString CompanionsModel::second_line(const models::TenantSummary &row, Column column) const {
    switch (column) {
    case Column::Companion:
        return row.custom_domain
                   ? custom_domain(row)
                   : short_address(site_address(m_public_url, QString::fromStdString(row.subdomain)));
    case Column::Published:
        return row.published_revision
                   ? tr("Revision %1 of %2").arg(*row.published_revision).arg(row.latest_revision)
                   : counted(row.latest_revision, tr("1 revision"), tr("%1 revisions"));
    case Column::LastEdit:
        return row.last_author.empty() ? QString() : tr("by %1").arg(author_label(row.last_author));
    case Column::Status:
        break;
    }
    return {};
}

QVariant CompanionsModel::sort_key(const models::TenantSummary &row, Column column) const {
    switch (column) {
    case Column::Companion:
        return QString::fromStdString(row.name).toCaseFolded();
    case Column::Status:
        return static_cast<int>(row.status);
    case Column::Published:
        return row.latest_revision - row.published_revision.value_or(-1000);
    case Column::LastEdit:
        return static_cast<qlonglong>(row.last_edit.time_since_epoch().count());
    }
    return {};
}

CompanionsFilter::CompanionsFilter(QObject *parent) : QSortFilterProxyModel(parent) {
    setSortRole(CompanionsModel::SortKey);
    setSortLocaleAware(true);
    setDynamicSortFilter(true);
}

void CompanionsFilter::set_search(const QString &text) {
    m_words = text.toCaseFolded().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    invalidateRowsFilter();
}

void CompanionsFilter::set_status(std::optional<models::TenantStatus> status) {
    m_status = status;
    invalidateRowsFilter();
}

bool CompanionsFilter::filterAcceptsRow(int source_row, const QModelIndex &source_parent) const {
    const auto index = sourceModel()->index(source_row, 0, source_parent);
    if (m_status && index.data(CompanionsModel::StatusValue).toInt() != static_cast<int>(*m_status)) {
        return false;
    }
    const auto text = index.data(CompanionsModel::SearchText).toString().toCaseFolded();
    return std::all_of(m_words.begin(), m_words.end(),
                       [&text](const QString &word) { return text.contains(word); });
}

} // namespace studio::ui
