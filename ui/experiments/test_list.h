// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/tenant/experiment.h"
#include "ui/widgets/badge.h"

#include <QAbstractListModel>
#include <QStyledItemDelegate>

#include <vector>

namespace studio::ui {

// A companion's experiments by name, with what they vary and their state.
class TestListModel final : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { Id = Qt::UserRole, SecondLine, State, StateTone };

    using QAbstractListModel::QAbstractListModel;

    void set(std::vector<models::Experiment> tests);
    const std::vector<models::Experiment> &tests() const { return m_tests; }
    int row_of(const QString &id) const; // -1 for none

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    std::vector<models::Experiment> m_tests;
};

QString status_label(const models::Experiment &test); // "Running", "Winner chosen"
Tone status_tone(const models::Experiment &test);

// Draws two lines of text and the state as a pill.
class TestListDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override { return {200, 60}; }
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
};

} // namespace studio::ui
