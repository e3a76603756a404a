// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editor/editor_session.h"

#include <QLabel>
#include <QPushButton>
#include <QWidget>

#include <optional>

class QButtonGroup;
class QVBoxLayout;

namespace studio::ui {

// Shown when another person saved while the draft was edited: what they changed, and for every field that
// both changed the two values to choose from, with none chosen beforehand. Saves the merge on top of the
// other person's revision. A choice is valid only for the values it was made for: a conflict that appears or
// changes while the panel is open is asked too, and nothing is saved before it is answered.
class ConflictPanel final : public QWidget {
    Q_OBJECT

public:
    explicit ConflictPanel(EditorSession &session, QWidget *parent = nullptr);
    void show_conflict(const SaveConflict &conflict);

signals:
    void settled();

private:
    struct Question {
        models::MergeConflict conflict;
        QButtonGroup *answer = nullptr;
    };
    void build_layout();
    void add_question(const models::MergeConflict &conflict, std::optional<models::MergeSide> side,
                      bool is_new);
    void add_their_changes();
    void follow_draft();
    void show_save();
    void focus_first();
    void forget();
    void save();
    std::vector<ConflictChoice> choices() const;
    QString story() const;

    EditorSession &m_session;
    QLabel *m_story;
    QVBoxLayout *m_lines;
    QPushButton *m_save;
    QList<Question> m_questions;
    std::optional<SaveConflict> m_conflict;
    bool m_saving = false; // the merge is being saved
};

// A JSON value as text for a comparison: text as it is, a missing value as "(empty)", lists and objects by
// their number of elements.
QString value_label(const models::Json &value);

} // namespace studio::ui
