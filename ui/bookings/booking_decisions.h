// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/bookings/booking_decider.h"
#include "ui/bookings/coming_mail.h"
#include "ui/bookings/decisions_in_doubt.h"

#include <QHash>
#include <QObject>

namespace studio::ui {

class BookingDetail;
class BookingQueue;
class BookingsWatcher;
class UndoBar;

// From a key or button to what becomes of it: opens the panel where something must be entered, takes the
// decision, offers to undo it, and says where it was refused.
class BookingDecisions final : public QObject {
    Q_OBJECT

public:
    // All outlive it.
    BookingDecisions(Worker &worker, BookingsWatcher &watcher, BookingQueue *queue, BookingDetail *detail,
                     UndoBar *undo, QObject *parent = nullptr);
    // For the booking that is shown, or those that are selected.
    void request(Act act);
    // The newest decision that can be undone; one that is on its way is undone once it is there.
    void undo();
    bool busy() const { return m_decider->busy(); }

signals:
    void finished(); // read again
    // About bookings that are not shown, or several; "" once something newer was decided.
    void refused_elsewhere(const QString &text);
    void trouble();
    void form_is_sent(); // under the fingers of a person who typed in it

private:
    void connect_signals();
    void request_bulk(Act act);
    bool is_busy_with_another();
    void decide(std::vector<SeenBooking> bookings, const Decision &decision);
    void keep_doubts(const DecisionResult &result);
    void show_stored(const Done &done, const std::optional<DecisionDraft> &draft);
    void show_not_stored(const SeenBooking &seen);
    void keep_entered(const Done &done);
    void give_back(const Done &undone);
    void offer_again(const DecisionResult &result);
    void heed_bulk();
    void submit(const Decision &decision);
    void submit_bulk(const Decision &decision);
    void show_decided(const DecisionResult &result);
    void show_undone(const DecisionResult &result);
    void show_done(const Done &done);
    void show_refusal(const Refusal &refusal);
    void show_bulk_result(const DecisionResult &result);
    void go_on();
    void heed_end();

    BookingsWatcher &m_watcher;
    BookingQueue *m_queue;
    BookingDetail *m_detail;
    UndoBar *m_undo;
    BookingDecider *m_decider;
    DecisionsInDoubt *m_doubts;
    std::vector<SeenBooking> m_sent; // what the decision that is on its way is about
    std::optional<Decision> m_decision;
    int m_choices = 0;                                  // of the queue, when it was sent
    std::optional<ComingMail> m_mail;                   // of the decision that is on its way
    std::optional<DecisionDraft> m_draft, m_bulk_draft; // what was entered for it: for one, for several
    // Of those that can be taken back, by booking.
    QHash<QString, DecisionDraft> m_taken, m_taken_together;
    std::optional<Done> m_taking_back; // while that is on its way
    int m_undos_wanted = 0;            // pressed while a decision was on its way
};

} // namespace studio::ui
