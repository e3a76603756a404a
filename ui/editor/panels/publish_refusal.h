// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editor/editor_session.h"

#include <QFrame>
#include <QLabel>
#include <QPushButton>

#include <optional>

namespace studio::ui {

// Why a revision was not published, what is live and newest instead, and what can be done: look, go on from
// the newest, or publish over it all the same.
class PublishRefusal final : public QFrame {
    Q_OBJECT

public:
    explicit PublishRefusal(EditorSession &session, QWidget *parent = nullptr);

signals:
    // The other revision is to be compared with the draft.
    void differences_wanted(int number);

private:
    void show_conflict(const PublishConflict &conflict);
    void forget();

    EditorSession &m_session;
    std::optional<PublishConflict> m_conflict;
    QLabel *m_words;
    QPushButton *m_look;
    QPushButton *m_take_over;
    QPushButton *m_anyway;
};

} // namespace studio::ui
