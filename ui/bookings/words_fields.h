// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/booking/reply_templates.h"
#include "ui/bookings/decision_draft.h"

#include <QWidget>

#include <vector>

class QComboBox;
class QLabel;
class QPlainTextEdit;

namespace studio::ui {

class ReplyMenu;

// The words of a decision: its reason and a note, which stay with the team, and a message to the client.
class WordsFields final : public QWidget {
    Q_OBJECT

public:
    // Object names begin with `name`.
    explicit WordsFields(const QString &name, QWidget *parent = nullptr);
    // What the decision asks for; hidden where that is nothing.
    void show_parts(bool reason, bool message);
    void set_is_question(bool is_question);
    void set_replies(const std::vector<models::ReplyTemplate> &replies);
    bool has_reason() const;
    bool has_message() const;
    QString reason() const; // its code
    QString note() const;
    QString message() const;
    bool is_empty() const;
    void clear();
    void write_to(DecisionDraft &draft) const;
    void enter(const DecisionDraft &draft);
    QString problem() const; // "" where all is right
    QWidget *first_field() const;
    void focus_message();

signals:
    void changed();

private:
    void build_layout();
    void insert_reply(const QString &text);

    QWidget *m_reason_part, *m_message_part;
    QComboBox *m_reason;
    QPlainTextEdit *m_note;
    QLabel *m_label;
    ReplyMenu *m_replies;
    QPlainTextEdit *m_message;
};

} // namespace studio::ui
