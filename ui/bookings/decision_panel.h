// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/bookings/booking_decider.h"
#include "ui/bookings/companion_facts.h"
#include "ui/bookings/decision_draft.h"
#include "ui/widgets/badge.h"

#include <QFrame>

class QCheckBox;
class QLabel;
class QPushButton;

namespace studio::ui {

class Banner;
class BlockFields;
class DepositFields;
class MailPreview;
class PlaceFields;
class TimeFields;
class WordsFields;

// What must be entered for a decision, in place above the booking. What is typed stays until the decision was
// taken or the panel is closed.
class DecisionPanel final : public QFrame {
    Q_OBJECT

public:
    // Object names begin with `name`.
    explicit DecisionPanel(const QString &name, QWidget *parent = nullptr);
    void begin(Act act, const db::Booking &booking, const CompanionFacts &companion);
    // For several bookings: reason and words only.
    void begin_bulk(Act act, std::vector<db::Booking> bookings, const Companions &companions);
    // The booking of the open panel as it was read again.
    void follow(const db::Booking &booking, const CompanionFacts &companion);
    // Drops what was typed.
    void close_panel();
    // Keeps it: begin_bulk() goes on with it, and draft() gives it for another time.
    void put_away();
    bool is_open() const { return !isHidden(); }
    bool is_bulk() const { return m_is_bulk; }
    Act act() const { return m_act; }
    QString booking() const { return m_booking; }
    // As they were seen when the panel was opened: a decision is about these and no others.
    const std::vector<db::Booking> &bookings() const { return m_bookings; }
    // All that was entered for one booking; nullopt where nothing was.
    std::optional<DecisionDraft> draft() const;
    // What was entered for several bookings and no decision has taken yet, also while the panel is away;
    // nullopt where nothing was.
    std::optional<DecisionDraft> bulk_draft() const;
    // It is there at the next begin_bulk(), unless something else was entered by then.
    void keep_bulk(const DecisionDraft &draft);
    // After begin() for the same booking.
    void restore(const DecisionDraft &draft);
    // Somebody else changed the booking: said before the person presses. `possible`: the decision still is.
    void show_changed(const QString &text, bool possible);
    // Why it was not done. `other`: the booking that stands in the way.
    void show_refusal(const QString &text, const QString &other);
    // `refused` was, because of blocked time: the same can be sent over it, until another time is entered.
    void show_blocked(const QString &text, const Decision &refused);
    void submit_over_block();
    void set_busy(bool busy);

signals:
    void submitted(const studio::ui::Decision &decision);
    void other_requested(const QString &booking);
    void closed(bool had_focus);
    void changed(); // what was entered

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void name_fields(const QString &name);
    void build_layout();
    void connect_signals();
    void show_parts(bool time, bool place, bool reason, bool message);
    void begin_fields(const db::Booking &booking, const CompanionFacts &companion);
    void fill_time(const db::Booking &booking, const CompanionFacts &companion);
    void begin_words(bool goes_on);
    void leave();
    void show_mail();
    void check();
    bool has_time_of(const db::BookingDecision &decision) const;
    void heed_other_time();
    QString problem() const; // with what was entered
    QString missing() const; // what was not entered yet
    void ask_for_missing();
    void submit();
    Decision decision() const;

    Act m_act = Act::Accept;
    bool m_is_bulk = false, m_is_possible = true, m_is_busy = false;
    bool m_keeps_words = false; // of a bulk decision that was not taken yet
    bool m_asked_to_discard = false;
    bool m_says_missing = false; // once the person wanted to send it
    bool m_usual_mail = false;   // how "Email the client" is ticked where nobody touched it
    QString m_booking, m_other;
    std::optional<db::BookingDecision> m_blocked; // what was refused because of blocked time
    std::vector<db::Booking> m_bookings;          // that are decided about
    Companions m_companions;                      // of them
    // As they stand in the panel: Tab goes through them in this order.
    QLabel *m_title;
    Banner *m_banner;
    TimeFields *m_time;
    PlaceFields *m_place;
    DepositFields *m_deposit_fields;
    BlockFields *m_block_fields;
    WordsFields *m_words;
    QCheckBox *m_deposit;
    QLabel *m_mail_words;
    QCheckBox *m_mail;
    MailPreview *m_preview;
    QLabel *m_problem;
    QPushButton *m_cancel, *m_submit;
};

} // namespace studio::ui
