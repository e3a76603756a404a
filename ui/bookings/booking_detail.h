// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/bookings/booking_reading.h"
#include "ui/bookings/coming_mail.h"
#include "ui/bookings/decision_panel.h"
#include "ui/bookings/typed_words.h"

#include <QFrame>
#include <QHash>
#include <QSet>

class QPlainTextEdit;
class QPushButton;
class QScrollArea;

namespace studio::ui {

class ActionBar;
class Badge;
class Banner;
class ClientCardView;
class ElidedLabel;
class FactRows;
class MailNotice;
class StateStack;
class TypedJournal;
class Worker;

// One booking: what was asked, what can be decided, and what happened to it.
class BookingDetail final : public QFrame {
    Q_OBJECT

public:
    explicit BookingDetail(Worker &worker, QWidget *parent = nullptr);

    // What is typed is also kept there, and is there again from it. It outlives this.
    void keep_in(TypedJournal *journal);

    // What is typed for one booking stays with it while others are looked at.
    void show_reading(const BookingReading &reading);
    void show_nothing();
    void show_loading();
    // `booking` could not be read.
    void show_error(const QString &booking, const QString &reason);
    void show_bulk(int bookings);
    // "" where none is shown.
    QString booking() const;
    const std::optional<BookingReading> &reading() const { return m_reading; }
    DecisionPanel *panel() const { return m_panel; }
    void begin(Act act);
    // The email of the decision about the booking that is shown waits until it cannot be undone any more.
    void show_going_out(const ComingMail &mail);
    void mail_is_over();
    // Forgets what was typed for it.
    void decision_is_taken(const QString &booking);
    // It was taken back: what was entered for it is there again with its booking.
    void decision_is_taken_back(const QString &booking, const DecisionDraft &draft);
    // Decisions were typed about bookings that are not shown now.
    bool has_begun_decisions() const { return !m_begun.isEmpty(); }
    void discard_decisions();
    // Only what was sent is forgotten: a person may have typed on.
    void note_is_stored(const QString &booking, const QString &sent);
    void note_failed(const QString &booking, const QString &text);
    // The client's card, where it is open.
    void read_client_again();
    void focus_note();
    // Clients for whom notes were typed and not stored.
    QStringList unsaved_notes() const;
    // Drops them.
    void discard_notes();
    void say(Tone tone, const QString &text, const QString &other = {});
    // `refused` was, because of blocked time: the same can be sent over it.
    void say_blocked(const QString &text, const Decision &refused);
    // Sends it, where that is offered here or in the form.
    void submit_over_block();

signals:
    void act_requested(studio::ui::Act act);
    void note_added(const QString &booking, const QString &text);
    void booking_requested(const QString &booking);
    void submitted(const studio::ui::Decision &decision); // without a form
    void retry_requested();
    // About a booking that is no longer shown.
    void failed_elsewhere(const QString &text);

private:
    QWidget *build_head();
    QWidget *build_notes();
    void build_layout();
    void connect_signals();
    void show_facts();
    void offer_mail();
    void put_panel_away();
    void open_panel_again();
    void heed_change(const BookingReading &before);
    void say_failure(const QString &booking, const QString &text);
    void keep_note();
    void add_note();

    void keep_typed();
    void drop_what_is_gone();

    Worker &m_worker;
    TypedJournal *m_journal = nullptr;
    std::optional<BookingReading> m_reading;
    TypedNotes m_drafts;     // notes that are typed and not stored
    QSet<QString> m_sending; // bookings whose note is on its way
    TypedDecisions m_begun;  // decisions that are typed and not taken
    // Widgets are made where they stand: with a style sheet, moving one styles all that it holds again.
    QWidget *m_content;
    StateStack *m_state;
    QScrollArea *m_scroll;
    QWidget *m_body; // what scrolls
    QString m_other;
    std::optional<Decision> m_over_block; // the banner offers it
    ElidedLabel *m_name, *m_line;
    Badge *m_status;
    ActionBar *m_actions;
    Banner *m_banner, *m_caution;
    DecisionPanel *m_panel;
    MailNotice *m_mail;
    FactRows *m_request, *m_screening, *m_deposit, *m_notes, *m_history;
    QWidget *m_screening_part, *m_deposit_part;
    ClientCardView *m_client;
    QPlainTextEdit *m_note;
    QPushButton *m_add_note;
};

} // namespace studio::ui
