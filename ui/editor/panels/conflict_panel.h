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

// Somebody saved while the draft was edited: what they changed, and for every field that both changed the two
// values to choose from. Saves the merge on top of theirs.
class ConflictPanel final : public QWidget {
    Q_OBJECT

public:
    explicit ConflictPanel(EditorSession &session, QWidget *parent = nullptr);
    void show_conflict(const SaveConflict &conflict);

signals:
    void settled();

private:
    void add_choice(const models::MergeConflict &conflict, std::size_t index);
    void save();

    EditorSession &m_session;
    QLabel *m_story;
    QVBoxLayout *m_lines;
    QPushButton *m_save;
    QList<QButtonGroup *> m_choices;
    std::optional<SaveConflict> m_conflict;
};

// A JSON value as a person reads it in a comparison: text as it is, nothing as "(empty)", lists and objects
// counted.
QString value_words(const models::Json &value);

} // namespace studio::ui
