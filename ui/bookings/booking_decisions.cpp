// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/booking_decisions.h"

#include "ui/bookings/booking_detail.h"
#include "ui/bookings/booking_queue.h"
#include "ui/bookings/booking_words.h"
#include "ui/bookings/bookings_watcher.h"
#include "ui/bookings/undo_bar.h"
#include "ui/widgets/tenant_id.h"

#include <QTableView>

namespace studio::ui {

namespace {

SeenBooking seen(const db::Booking &booking, const CompanionFacts &companion, const Decision &decision) {
    return {booking.id,
            booking.tenant_id,
            booking.version,
            QString::fromStdString(booking.client_name),
            writes_to_client(booking, decision),
            filled_message(booking, companion, decision, base::now())};
}

} // namespace

BookingDecisions::BookingDecisions(Worker &worker, BookingsWatcher &watcher, BookingQueue *queue,
                                   BookingDetail *detail, UndoBar *undo, QObject *parent)
    : QObject(parent), m_watcher(watcher), m_queue(queue), m_detail(detail), m_undo(undo),
      m_decider(new BookingDecider(worker, this)) {
    connect_signals();
}

void BookingDecisions::connect_signals() {
    connect(m_detail, &BookingDetail::act_requested, this, &BookingDecisions::request);
    connect(m_queue, &BookingQueue::bulk_requested, this, &BookingDecisions::request_bulk);
    connect(m_detail->panel(), &DecisionPanel::submitted, this, &BookingDecisions::submit);
    connect(m_queue->bulk_panel(), &DecisionPanel::submitted, this, &BookingDecisions::submit_bulk);
    connect(m_detail->panel(), &DecisionPanel::closed, this, [this](bool had_focus) {
        if (had_focus) { // a person who types elsewhere goes on there
            m_queue->table()->setFocus();
        }
    });
    connect(m_undo, &UndoBar::over, m_detail, &BookingDetail::mail_is_over);
    connect(m_decider, &BookingDecider::decided, this, &BookingDecisions::show_done);
    connect(m_decider, &BookingDecider::refused, this, &BookingDecisions::show_refusal);
    connect(m_decider, &BookingDecider::undone, this, [this](const Done &) {
        m_undo->clear();
        m_detail->say(Tone::Neutral, tr("Undone. Nothing was sent."));
    });
    connect(m_decider, &BookingDecider::finished, this, [this] {
        m_detail->panel()->set_busy(false);
        m_queue->bulk_panel()->set_busy(false);
        emit finished();
    });
    connect(m_undo, &UndoBar::undo_requested, this, &BookingDecisions::undo);
}

void BookingDecisions::request(Act act) {
    if (m_queue->selection().size() > 1) {
        if (entry_of(act).in_bulk) {
            request_bulk(act);
        }
        return;
    }
    const auto &reading = m_detail->reading();
    // While the chosen one is on its way the one before is still shown: a key must not decide about that.
    if (!reading || m_decider->busy() || m_queue->chosen() != m_detail->booking()) {
        return;
    }
    if (!allows(reading->booking, act)) {
        m_detail->say(Tone::Neutral, tr("“%1” is not possible: the booking is “%2”.")
                                         .arg(act_title(act), status_word(reading->booking.status)));
        return;
    }
    if (needs_form(reading->booking, act)) {
        m_detail->begin(act);
        return;
    }
    db::BookingDecision decision;
    decision.action = *entry_of(act).action;
    submit({act, decision});
}

void BookingDecisions::request_bulk(Act act) {
    if (const auto bookings = m_queue->selection(); !bookings.empty()) {
        m_queue->bulk_panel()->begin_bulk(act, bookings, m_queue->model()->companions());
    }
}

void BookingDecisions::submit(const Decision &decision) {
    const auto &reading = m_detail->reading();
    if (!reading) {
        return;
    }
    auto *panel = m_detail->panel();
    if (!m_watcher.connected()) {
        const auto text =
            tr("The database cannot be reached, so this was not decided. Everything you typed is kept.");
        panel->is_open() ? panel->show_refusal(text, {}) : m_detail->say(Tone::Negative, text);
        return;
    }
    panel->set_busy(true);
    m_mail = coming_mail(reading->booking, reading->companion, decision, base::now());
    m_decider->decide({seen(reading->booking, reading->companion, decision)}, decision);
}

void BookingDecisions::submit_bulk(const Decision &decision) {
    auto *panel = m_queue->bulk_panel();
    if (!m_watcher.connected()) {
        panel->show_refusal(tr("The database cannot be reached, so nothing was decided."), {});
        return;
    }
    std::vector<SeenBooking> bookings;
    for (const auto &booking : panel->bookings()) {
        const auto companion = m_queue->model()->companions().value(to_text(booking.tenant_id));
        bookings.push_back(seen(booking, companion, decision));
    }
    panel->set_busy(true);
    m_mail.reset();
    m_decider->decide(std::move(bookings), decision);
}

void BookingDecisions::show_done(const Done &done) {
    const auto first = QString::fromStdString(done.bookings.front().id);
    for (const auto &booking : done.bookings) {
        m_detail->decision_is_taken(QString::fromStdString(booking.id));
    }
    if (m_queue->bulk_panel()->is_open()) {
        m_queue->bulk_panel()->close_panel();
    }
    if (done.act == Act::Block) {
        m_detail->say(Tone::Positive, tr("The client is blocked. The client card shows until when."));
        return;
    }
    m_undo->offer(done);
    m_detail->mail_is_over();
    if (m_mail && m_detail->booking() == first) {
        m_detail->show_going_out(*m_mail);
    }
}

void BookingDecisions::show_refusal(const Refusal &refusal) {
    const auto zone = m_detail->reading() ? m_detail->reading()->companion.zone : QString();
    const auto text = explain(refusal, zone);
    const auto other = QString::fromStdString(refusal.answer.other_booking);
    auto *panel = m_detail->panel();
    if (panel->is_open() && panel->booking() == refusal.booking) {
        panel->show_refusal(text, other);
    } else if (m_detail->booking() == refusal.booking) {
        m_detail->say(Tone::Negative, text, other);
    } else {
        emit refused_elsewhere(refusal.client.isEmpty() ? text : tr("%1: %2").arg(refusal.client, text));
    }
    if (refusal.lost) {
        emit trouble();
    }
}

void BookingDecisions::undo() {
    if (m_undo->done() && !m_decider->busy()) {
        m_decider->undo(*m_undo->done());
    }
}

} // namespace studio::ui
