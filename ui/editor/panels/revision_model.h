// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/tenant/tenant.h"

#include <QAbstractListModel>

#include <optional>
#include <vector>

namespace studio::ui {

// A tenant's revisions, newest first.
class RevisionModel final : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { NumberRole = Qt::UserRole, PublishedRole, NoteRole };
    using QAbstractListModel::QAbstractListModel;

    void set_revisions(std::vector<models::RevisionSummary> revisions);
    std::optional<models::RevisionSummary> at(const QModelIndex &index) const;
    std::optional<models::RevisionSummary> live() const;
    std::optional<models::RevisionSummary> before(int number) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    std::vector<models::RevisionSummary> m_revisions;
};

} // namespace studio::ui
