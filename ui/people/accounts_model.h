// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/stores/account_store.h"
#include "db/stores/audit_store.h"

#include <QAbstractTableModel>
#include <QMap>
#include <QString>

#include <vector>

namespace studio::ui {

// The platform's accounts as rows. Holds values and reads nothing itself.
class AccountsModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum class Column { Person, Role, Companion, State };
    static constexpr int column_count = 4;
    enum Role { Login = Qt::UserRole + 1, SecondLine, Disabled };

    using QAbstractTableModel::QAbstractTableModel;
    // `companions`: tenant id → name.
    void set_rows(std::vector<db::Account> rows, QMap<QString, QString> companions);
    const db::Account *find(const QString &login) const;
    // The row of a login or a person's name; -1 where there is none.
    int row_of(const QString &login_or_name) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const db::Account &row, Column column) const;
    QString second_line(const db::Account &row) const;

    std::vector<db::Account> m_rows;
    QMap<QString, QString> m_companions;
};

// The entries of the audit log, newest first. Holds values and reads nothing itself.
class AuditModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum class Column { When, Who, What, Companion };
    static constexpr int column_count = 4;

    using QAbstractTableModel::QAbstractTableModel;
    void set_rows(std::vector<db::AuditEntry> rows, QMap<QString, QString> companions);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<db::AuditEntry> m_rows;
    QMap<QString, QString> m_companions;
};

} // namespace studio::ui
