// SPDX-License-Identifier: Apache-2.0
#include "ui/people/accounts_model.h"

#include "db/stores/audit_store.h"
#include "ui/people/audit_label.h"
#include "ui/widgets/tenant_id.h"
#include "ui/widgets/words.h"

#include <algorithm>

namespace studio::ui {

void AccountsModel::set_rows(std::vector<db::Account> rows, QMap<QString, QString> companions) {
    beginResetModel();
    m_rows = std::move(rows);
    m_companions = std::move(companions);
    endResetModel();
}

const db::Account *AccountsModel::find(const QString &login) const {
    const int row = row_of(login);
    return row < 0 ? nullptr : &m_rows[static_cast<std::size_t>(row)];
}

int AccountsModel::row_of(const QString &login_or_name) const {
    const auto words = login_or_name.toStdString();
    const auto find_by = [&](std::string db::Account::*field) {
        return std::find_if(m_rows.begin(), m_rows.end(),
                            [&](const auto &candidate) { return candidate.*field == words; });
    };
    auto row = find_by(&db::Account::login);
    if (row == m_rows.end()) {
        row = find_by(&db::Account::display_name);
    }
    return row == m_rows.end() ? -1 : static_cast<int>(row - m_rows.begin());
}

// The second line shows the login where two people have the same name.
QString AccountsModel::second_line(const db::Account &row) const {
    const auto same = std::count_if(m_rows.begin(), m_rows.end(), [&row](const auto &other) {
        return other.display_name == row.display_name;
    });
    return same > 1 ? QString::fromStdString(row.login) : QString();
}

int AccountsModel::rowCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int AccountsModel::columnCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : column_count;
}

QVariant AccountsModel::data(const QModelIndex &index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const auto &row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return text(row, static_cast<Column>(index.column()));
    case Login:
        return QString::fromStdString(row.login);
    case SecondLine:
        return static_cast<Column>(index.column()) == Column::Person ? second_line(row) : QString();
    case Disabled:
        return row.disabled;
    default:
        return {};
    }
}

QVariant AccountsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return QAbstractTableModel::headerData(section, orientation, role);
    }
    switch (static_cast<Column>(section)) {
    case Column::Person:
        return tr("Person");
    case Column::Role:
        return tr("Role");
    case Column::Companion:
        return tr("Companion");
    case Column::State:
        return tr("Account");
    }
    return {};
}

QString AccountsModel::text(const db::Account &row, Column column) const {
    switch (column) {
    case Column::Person:
        return QString::fromStdString(row.display_name);
    case Column::Role:
        return role_word(row.role);
    case Column::Companion:
        return row.tenant_id ? m_companions.value(to_text(*row.tenant_id)) : QString();
    case Column::State:
        return row.disabled ? tr("Disabled") : tr("Active");
    }
    return {};
}

void AuditModel::set_rows(std::vector<db::AuditEntry> rows, QMap<QString, QString> companions) {
    beginResetModel();
    m_rows = std::move(rows);
    m_companions = std::move(companions);
    endResetModel();
}

int AuditModel::rowCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int AuditModel::columnCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : column_count;
}

QVariant AuditModel::data(const QModelIndex &index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const auto &row = m_rows[static_cast<std::size_t>(index.row())];
    if (role == Qt::ToolTipRole) {
        return static_cast<Column>(index.column()) == Column::When ? full_time(to_date_time(row.at))
                                                                   : audit_label(row);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (static_cast<Column>(index.column())) {
    case Column::When:
        return relative_time(to_date_time(row.at), QDateTime::currentDateTime());
    case Column::Who:
        return author_label(row.name);
    case Column::What:
        return audit_label(row);
    case Column::Companion:
        return row.tenant_id ? m_companions.value(to_text(*row.tenant_id)) : QString();
    }
    return {};
}

QVariant AuditModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return QAbstractTableModel::headerData(section, orientation, role);
    }
    switch (static_cast<Column>(section)) {
    case Column::When:
        return tr("When");
    case Column::Who:
        return tr("Who");
    case Column::What:
        return tr("What");
    case Column::Companion:
        return tr("Companion");
    }
    return {};
}

} // namespace studio::ui
