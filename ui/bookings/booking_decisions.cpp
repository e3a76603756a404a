// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/booking_decisions.h"

#include "ui/bookings/booking_detail.h"
#include "ui/bookings/booking_queue.h"
#include "ui/bookings/booking_words.h"
#include "ui/bookings/bookings_watcher.h"
#include "ui/bookings/undo_bar.h"
#include "ui/widgets/phrases.h"
#include "ui/widgets/tenant_id.h"

#include <QApplication>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTableView>

#include <algorithm>
#include <utility>

namespace studio::ui {

namespace {

SeenBooking seen(const db::Booking &booking, const CompanionFacts &companion, const Decision &decision) {
    return {booking.id,
            booking.tenant_id,
            booking.version,
            QString::fromStdString(booking.client_name),
            writes_to_client(booking, decision),
            companion.zone,
            filled_message(booking, companion, decision, base::now())};
}

bool are_the_same(const std::vector<db::Booking> &some, const std::vector<db::Booking> &others) {
    return std::ranges::is_permutation(some, others, {}, &db::Booking::id, &db::Booking::id);
}

bool is_text_field(const QWidget *widget) {
    return qobject_cast<const QPlainTextEdit *>(widget) != nullptr ||
           qobject_cast<const QLineEdit *>(widget) != nullptr;
}

QString why_not(const BookingReading &reading, Act act) {
    const auto &booking = reading.booking;
    if (is_too_early(booking, act)) {
        return BookingDecisions::tr("“%1” is possible once the booking has begun: %2.")
            .arg(act_title(act), long_span(*booking.start, std::nullopt, reading.companion.zone));
    }
    return BookingDecisions::tr("“%1” is not possible: the booking is “%2”.")
        .arg(act_title(act), status_word(booking.status));
}

bool is_lost(const DecisionResult &result) {
    return std::ranges::any_of(result.refusals, &Refusal::lost);
}

} // namespace

BookingDecisions::BookingDecisions(Worker &worker, BookingsWatcher &watcher, BookingQueue *queue,
                                   BookingDetail *detail, UndoBar *undo, QObject *parent)
    : QObject(parent), m_watcher(watcher), m_queue(queue), m_detail(detail), m_undo(undo),
      m_decider(new BookingDecider(worker, this)), m_doubts(new DecisionsInDoubt(worker, this)) {
    connect_signals();
}

void BookingDecisions::connect_signals() {
    connect(m_detail, &BookingDetail::act_requested, this, &BookingDecisions::request);
    connect(m_queue, &BookingQueue::bulk_requested, this, &BookingDecisions::request_bulk);
    connect(m_queue, &BookingQueue::loaded, this, &BookingDecisions::heed_bulk);
    connect(m_detail->panel(), &DecisionPanel::submitted, this, &BookingDecisions::submit);
    connect(m_detail, &BookingDetail::submitted, this, &BookingDecisions::submit);
    connect(m_queue->bulk_panel(), &DecisionPanel::submitted, this, &BookingDecisions::submit_bulk);
    for (auto *panel : {m_detail->panel(), m_queue->bulk_panel()}) {
        connect(panel, &DecisionPanel::closed, this, [this](bool had_focus) {
            if (had_focus) { // a person who types elsewhere goes on there
                m_queue->table()->setFocus();
            }
        });
    }
    connect(m_decider, &BookingDecider::decided, this, &BookingDecisions::show_decided);
    connect(m_decider, &BookingDecider::undone, this, &BookingDecisions::show_undone);
    connect(m_decider, &BookingDecider::finished, this, &BookingDecisions::go_on);
    connect(&m_watcher, &BookingsWatcher::connected_changed, this, [this](bool connected) {
        if (connected) {
            m_doubts->settle();
        }
    });
    connect(m_doubts, &DecisionsInDoubt::stored, this, &BookingDecisions::show_stored);
    connect(m_doubts, &DecisionsInDoubt::not_stored, this, &BookingDecisions::show_not_stored);
    connect(m_undo, &UndoBar::undo_requested, this, &BookingDecisions::undo);
    connect(m_undo, &UndoBar::over, this, &BookingDecisions::heed_end);
}

void BookingDecisions::request(Act act) {
    if (m_queue->has_several()) {
        if (entry_of(act).in_bulk) {
            request_bulk(act);
        } else {
            m_undo->say(tr("“%1” is for one booking at a time.").arg(act_title(act)));
        }
        return;
    }
    const auto &reading = m_detail->reading();
    // While the chosen one is on its way the one before is still shown: a key must not decide about that.
    if (is_busy_with_another() || !reading || m_queue->chosen() != m_detail->booking()) {
        return;
    }
    if (!allows(reading->booking, act)) {
        m_detail->say(Tone::Neutral, why_not(*reading, act));
        return;
    }
    if (needs_form(reading->booking, act)) {
        m_detail->begin(act);
        return;
    }
    if (m_detail->panel()->draft()) {
        m_detail->say(Tone::Neutral, tr("A form with what you entered is open. Send it or close it first."));
        return;
    }
    db::BookingDecision decision;
    decision.action = *entry_of(act).action;
    submit({act, decision});
}

bool BookingDecisions::is_busy_with_another() {
    if (m_decider->busy()) {
        m_undo->say(tr("The decision before is still on its way. Press again once it is there."));
    }
    return m_decider->busy();
}

// The panel keeps what it was opened for: neither another selection nor a newer reading changes that.
void BookingDecisions::request_bulk(Act act) {
    auto *panel = m_queue->bulk_panel();
    const auto bookings = m_queue->selection();
    const bool goes_on = panel->is_open() && panel->act() == act && are_the_same(panel->bookings(), bookings);
    if (m_queue->can_be_decided() && !goes_on && !is_busy_with_another()) {
        panel->begin_bulk(act, bookings, m_queue->model()->companions());
    }
}

// Somebody else changed some of them while the panel is open: it is said before the person presses.
void BookingDecisions::heed_bulk() {
    auto *panel = m_queue->bulk_panel();
    if (!panel->is_open() || m_decider->busy()) {
        return;
    }
    QStringList changed;
    for (const auto &booking : panel->bookings()) {
        const auto *now = m_queue->model()->at(m_queue->model()->row_of(QString::fromStdString(booking.id)));
        if (now == nullptr || now->version != booking.version) {
            changed << short_name(QString::fromStdString(booking.client_name));
        }
    }
    if (!changed.isEmpty()) {
        panel->show_changed(
            tr("Changed since you opened this, or no longer in the list: %1. Whatever someone else "
               "changed stays as it is.")
                .arg(changed.join(QStringLiteral(", "))),
            true);
    }
}

void BookingDecisions::submit(const Decision &decision) {
    const auto &reading = m_detail->reading();
    if (!reading || is_busy_with_another()) {
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
    m_draft = panel->draft();
    m_bulk_draft.reset();
    m_mail = coming_mail(reading->booking, reading->companion, decision, base::now());
    decide({seen(reading->booking, reading->companion, decision)}, decision);
}

void BookingDecisions::decide(std::vector<SeenBooking> bookings, const Decision &decision) {
    for (const auto &booking : bookings) {
        m_doubts->forget(booking.id);
    }
    m_sent = bookings;
    m_decision = decision;
    m_choices = m_queue->choices();
    m_decider->decide(std::move(bookings), decision);
}

void BookingDecisions::submit_bulk(const Decision &decision) {
    auto *panel = m_queue->bulk_panel();
    if (is_busy_with_another()) {
        return;
    }
    if (!m_watcher.connected()) {
        panel->show_refusal(tr("The database cannot be reached, so nothing was decided."), {});
        return;
    }
    const auto &companions = m_queue->model()->companions();
    std::vector<SeenBooking> bookings;
    for (const auto &booking : panel->bookings()) {
        bookings.push_back(seen(booking, companions.value(to_text(booking.tenant_id)), decision));
    }
    panel->set_busy(true);
    m_mail.reset();
    m_draft.reset();
    m_bulk_draft = panel->bulk_draft();
    decide(std::move(bookings), decision);
}

void BookingDecisions::show_decided(const DecisionResult &result) {
    emit refused_elsewhere({});
    if (result.done.bookings.empty()) {
        m_undos_wanted = 0; // they meant this decision, not the one before
    } else {
        show_done(result.done);
    }
    if (result.done.bookings.size() + result.refusals.size() > 1) {
        show_bulk_result(result);
    } else if (!result.refusals.empty()) {
        show_refusal(result.refusals.front());
    }
    if (is_lost(result)) {
        keep_doubts(result);
        emit trouble();
    }
}

void BookingDecisions::keep_doubts(const DecisionResult &result) {
    for (const auto &refusal : result.refusals) {
        const auto sent = std::ranges::find(m_sent, refusal.booking.toStdString(), &SeenBooking::id);
        if (refusal.in_doubt && sent != m_sent.end()) {
            m_doubts->add(*sent, *m_decision, undo_seconds_of(m_sent.size()), m_draft);
        }
    }
    if (m_watcher.connected()) { // the connection of the decision alone was lost
        m_doubts->settle();
    }
}

void BookingDecisions::show_stored(const Done &done, const std::optional<DecisionDraft> &draft) {
    const auto &booking = done.bookings.front();
    m_draft = draft;
    keep_entered(done);
    m_detail->decision_is_taken(QString::fromStdString(booking.id));
    if (!done.until.hasExpired()) {
        m_undo->offer(done);
    }
    m_undo->say(tr("It was stored after all. %1: %2.").arg(done_word(done.act), short_name(booking.client)));
    emit finished();
}

void BookingDecisions::show_not_stored(const SeenBooking &seen) {
    const auto booking = QString::fromStdString(seen.id);
    const auto text = tr("It was not stored. What you entered is kept: decide again.");
    if (m_detail->panel()->is_open() && m_detail->panel()->booking() == booking) {
        m_detail->panel()->show_refusal(text, {});
    } else if (m_detail->booking() == booking) {
        m_detail->say(Tone::Caution, text);
    } else {
        emit refused_elsewhere(tr("%1: %2").arg(seen.client, text));
    }
}

void BookingDecisions::show_done(const Done &done) {
    const auto first = QString::fromStdString(done.bookings.front().id);
    const auto *focus = QApplication::focusWidget();
    const bool typed = is_text_field(focus) &&
                       (m_detail->panel()->isAncestorOf(focus) || m_queue->bulk_panel()->isAncestorOf(focus));
    keep_entered(done);
    for (const auto &booking : done.bookings) {
        m_detail->decision_is_taken(QString::fromStdString(booking.id));
    }
    if (typed) {
        emit form_is_sent();
    }
    if (done.act != Act::Block) {
        m_undo->offer(done);
        m_detail->mail_is_over();
        if (m_mail && m_detail->booking() == first) {
            m_detail->show_going_out(*m_mail);
        }
        return;
    }
    m_detail->read_client_again();
    if (done.blocks.empty()) {
        m_detail->say(Tone::Neutral, tr("The client was blocked before. The client card shows until when."));
    } else {
        m_undo->offer(done);
    }
}

// For as long as it can be taken back; the decisions before on the same booking cannot any more.
void BookingDecisions::keep_entered(const Done &done) {
    for (auto *taken : {&m_taken, &m_taken_together}) {
        taken->removeIf([this](const auto &entry) { return !m_undo->waits_for(entry.key().toStdString()); });
        for (const auto &booking : done.bookings) {
            taken->remove(QString::fromStdString(booking.id));
        }
    }
    if (m_draft) {
        m_taken.insert(QString::fromStdString(done.bookings.front().id), *m_draft);
    }
    if (m_bulk_draft) {
        for (const auto &booking : done.bookings) {
            m_taken_together.insert(QString::fromStdString(booking.id), *m_bulk_draft);
        }
    }
    m_draft.reset();
    m_bulk_draft.reset();
}

// What was entered is there again: for one booking with it, for several in the form for several.
void BookingDecisions::give_back(const Done &undone) {
    std::optional<DecisionDraft> together;
    for (const auto &booking : undone.bookings) {
        const auto id = QString::fromStdString(booking.id);
        if (m_taken.contains(id)) {
            m_detail->decision_is_taken_back(id, m_taken.take(id));
        }
        if (m_taken_together.contains(id)) {
            together = m_taken_together.take(id);
        }
    }
    if (together) {
        m_queue->bulk_panel()->keep_bulk(*together);
    }
}

// What was refused stays selected, and what was typed is there for another try.
void BookingDecisions::show_bulk_result(const DecisionResult &result) {
    auto *panel = m_queue->bulk_panel();
    if (result.refusals.empty()) {
        panel->close_panel();
        return;
    }
    panel->put_away();
    QStringList refused;
    for (const auto &refusal : result.refusals) {
        refused << refusal.booking;
    }
    if (m_queue->choices() == m_choices) { // a person who chose something else goes on there
        m_queue->select(refused);
    }
    emit refused_elsewhere(summary(done_word(result.done.act), result));
}

void BookingDecisions::show_undone(const DecisionResult &result) {
    const auto &bookings = result.done.bookings;
    if (result.done.act == Act::Block) {
        m_detail->read_client_again();
    }
    give_back(result.done);
    if (is_lost(result)) {
        offer_again(result);
    }
    if (bookings.size() == 1) {
        m_undo->say(tr("Undone: %1. Nothing was sent.").arg(short_name(bookings.front().client)));
    } else if (!bookings.empty()) {
        m_undo->say(tr("Undone: %1 bookings. Nothing was sent to them.").arg(bookings.size()));
    }
    if (bookings.size() + result.refusals.size() > 1 && !result.refusals.empty()) {
        emit refused_elsewhere(summary(tr("Undone"), result));
    } else if (!result.refusals.empty()) {
        show_refusal(result.refusals.front());
    }
    if (is_lost(result)) {
        emit trouble();
    }
}

// Those that the lost connection left as they were.
void BookingDecisions::offer_again(const DecisionResult &result) {
    if (!m_taking_back || m_taking_back->until.hasExpired()) {
        return;
    }
    auto rest = *m_taking_back;
    std::erase_if(rest.bookings, [&result](const SeenBooking &booking) {
        return std::ranges::none_of(result.refusals, [&booking](const Refusal &refusal) {
            return refusal.booking.toStdString() == booking.id && (refusal.lost || !refusal.was_tried);
        });
    });
    if (!rest.bookings.empty()) {
        m_undo->offer(rest);
    }
}

void BookingDecisions::show_refusal(const Refusal &refusal) {
    const auto text = explain(refusal);
    const auto other = QString::fromStdString(refusal.answer.other_booking);
    const bool is_blocked = m_decision && refusal.answer.outcome == db::DecisionOutcome::Blocked;
    auto *panel = m_detail->panel();
    if (panel->is_open() && panel->booking() == refusal.booking) {
        is_blocked ? panel->show_blocked(text, *m_decision) : panel->show_refusal(text, other);
    } else if (!refusal.booking.isEmpty() && m_detail->booking() == refusal.booking) {
        is_blocked ? m_detail->say_blocked(text, *m_decision) : m_detail->say(Tone::Negative, text, other);
    } else {
        emit refused_elsewhere(refusal.client.isEmpty() ? text : tr("%1: %2").arg(refusal.client, text));
    }
}

// The email of the booking that is shown has gone, or was taken back, unless a decision about it still waits.
void BookingDecisions::heed_end() {
    if (!m_undo->waits_for(m_detail->booking().toStdString())) {
        m_detail->mail_is_over();
    }
}

void BookingDecisions::go_on() {
    m_detail->panel()->set_busy(false);
    m_queue->bulk_panel()->set_busy(false);
    emit finished();
    if (m_undos_wanted > 0) {
        --m_undos_wanted;
        undo();
        if (!m_decider->busy()) {
            m_undos_wanted = 0; // there was nothing left to take back
        }
    }
}

void BookingDecisions::undo() {
    if (m_decider->busy()) {
        ++m_undos_wanted;
    } else if (!m_watcher.connected()) {
        m_undo->say(tr("The database cannot be reached, so nothing was undone."));
    } else if (const auto done = m_undo->take()) {
        m_taking_back = done;
        m_decider->undo(*done);
    }
}

} // namespace studio::ui
