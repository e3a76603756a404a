// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/panels/revision_model.h"

#include "ui/widgets/words.h"

#include <algorithm>

namespace studio::ui {

void RevisionModel::set_revisions(std::vector<models::RevisionSummary> revisions) {
    beginResetModel();
    m_revisions = std::move(revisions);
    endResetModel();
}

std::optional<models::RevisionSummary> RevisionModel::at(const QModelIndex &index) const {
    if (!index.isValid() || index.row() >= rowCount()) {
        return std::nullopt;
    }
    return m_revisions[static_cast<std::size_t>(index.row())];
}

std::optional<models::RevisionSummary> RevisionModel::live() const {
    const auto found =
        std::find_if(m_revisions.begin(), m_revisions.end(), [](const auto &one) { return one.published; });
    return found == m_revisions.end() ? std::nullopt : std::optional(*found);
}

std::optional<models::RevisionSummary> RevisionModel::before(int number) const {
    const auto found = std::find_if(m_revisions.begin(), m_revisions.end(),
                                    [number](const auto &one) { return one.number < number; });
    return found == m_revisions.end() ? std::nullopt : std::optional(*found);
}

int RevisionModel::rowCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_revisions.size());
}

QVariant RevisionModel::data(const QModelIndex &index, int role) const {
    const auto revision = at(index);
    if (!revision) {
        return {};
    }
    const auto note = QString::fromStdString(revision->note);
    switch (role) {
    case Qt::DisplayRole: {
        auto text = tr("%1 · %2")
                        .arg(revision->number)
                        .arg(relative_time(to_date_time(revision->created_at), QDateTime::currentDateTime()));
        text += revision->published ? tr(" · live") : QString();
        text += QLatin1Char('\n') + author_label(revision->author);
        return note.isEmpty() ? text : text + QStringLiteral(" · ") + note;
    }
    case Qt::ToolTipRole:
        return full_time(to_date_time(revision->created_at));
    case NumberRole:
        return revision->number;
    case PublishedRole:
        return revision->published;
    case NoteRole:
        return note;
    default:
        return {};
    }
}

} // namespace studio::ui
