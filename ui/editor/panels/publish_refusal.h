// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editor/editor_session.h"

#include <QFrame>
#include <QLabel>
#include <QPushButton>

#include <optional>

namespace studio::ui {

// Says why a revision was not published or would be refused, which revisions are live and newest, and what
// can be done: view the differences, continue from the newest, or publish anyway. It is shown until something
// has changed.
class PublishRefusal final : public QFrame {
    Q_OBJECT

public:
    explicit PublishRefusal(EditorSession &session, QWidget *parent = nullptr);

    bool standing() const { return m_conflict || m_failed; }
    // What the person has to do before the draft can be published.
    QString next_step() const;
    // If a newer revision is known, asks about it before a publication is sent.
    void follow_facts();

signals:
    void standing_changed();
    // The person wants to compare the other revision with the draft.
    void differences_requested(int number);

private:
    void show_conflict(const PublishConflict &conflict);
    void show_refused(const PublishConflict &conflict);
    void show_failure(const QString &reason);
    void forget();

    EditorSession &m_session;
    std::optional<PublishConflict> m_conflict;
    bool m_foreseen = false; // the conflict is known from TenantFacts; no publication was sent
    bool m_failed = false;   // refused by a rule or a failure, with nothing to compare with
    QLabel *m_words;
    QPushButton *m_look;
    QPushButton *m_take_over;
    QPushButton *m_anyway;
    QPushButton *m_again;
};

} // namespace studio::ui
