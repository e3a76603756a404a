// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/booking_decider.h"

#include "db/bookings/block_store.h"
#include "db/connection/error.h"
#include "ui/async/worker.h"
#include "ui/bookings/booking_words.h"
#include "ui/widgets/words.h"

#include <QCoreApplication>

#include <algorithm>

namespace studio::ui {

namespace {

QString tr(const char *text) {
    return QCoreApplication::translate("studio::ui::booking_decider", text);
}

void block(db::Session &session, const SeenBooking &booking, const Decision::Block &wanted) {
    for (const auto &kind : wanted.kinds) {
        db::BlockStore(session).add(booking.tenant_id, kind, booking.id, wanted.reason,
                                    kind == "address" ? std::optional(wanted.hours) : std::nullopt);
    }
}

db::DecisionAnswer take(db::Session &session, const SeenBooking &booking, const Decision &decision) {
    db::BookingDecisionStore store(session);
    if (const auto *what = std::get_if<db::BookingDecision>(&decision.what)) {
        auto decided = *what;
        decided.message = booking.message.value_or(what->message);
        return store.decide(booking.id, booking.version, decided);
    }
    if (const auto *deposit = std::get_if<db::BookingDecisionStore::Deposit>(&decision.what)) {
        return store.deposit(booking.id, booking.version, *deposit);
    }
    block(session, booking, std::get<Decision::Block>(decision.what));
    db::DecisionAnswer answer;
    answer.version = booking.version;
    return answer;
}

QString message_of(const db::Error &error) {
    return error.kind() == db::ErrorKind::Unreachable
               ? tr("The database cannot be reached, so this was not decided. What you typed is kept.")
               : QString::fromUtf8(error.what());
}

template <typename Take>
void each(std::vector<SeenBooking> bookings, Done &done, std::vector<Refusal> &refusals, Take take_one) {
    std::ranges::sort(bookings, {}, &SeenBooking::id);
    for (auto &booking : bookings) {
        Refusal refusal;
        refusal.booking = QString::fromStdString(booking.id);
        refusal.client = booking.client;
        try {
            refusal.answer = take_one(booking);
            if (refusal.answer.outcome == db::DecisionOutcome::Done) {
                booking.version = refusal.answer.version;
                done.writes = done.writes || booking.writes;
                done.bookings.push_back(booking);
                continue;
            }
        } catch (const db::Error &error) {
            refusal.reason = message_of(error);
            refusal.lost = error.kind() == db::ErrorKind::Unreachable;
        }
        refusals.push_back(refusal);
        if (refusal.lost) {
            return;
        }
    }
}

} // namespace

BookingDecider::BookingDecider(Worker &worker, QObject *parent) : QObject(parent), m_worker(worker) {}

template <typename Function> void BookingDecider::run(Function function, bool is_undo) {
    ++m_running;
    m_worker.run(std::move(function))
        .then(this,
              [this, is_undo](const Outcome &outcome) {
                  --m_running;
                  if (!outcome.done.bookings.empty()) {
                      is_undo ? emit undone(outcome.done) : emit decided(outcome.done);
                  }
                  for (const auto &refusal : outcome.refusals) {
                      emit refused(refusal);
                  }
                  emit finished();
              })
        .onFailed(this, [this](const std::exception &error) {
            --m_running;
            Refusal refusal;
            refusal.reason = QString::fromUtf8(error.what());
            emit refused(refusal);
            emit finished();
        });
}

void BookingDecider::decide(std::vector<SeenBooking> bookings, const Decision &decision) {
    run(
        [bookings = std::move(bookings), decision](db::Session &session) {
            Outcome outcome;
            outcome.done.act = decision.act;
            each(bookings, outcome.done, outcome.refusals, [&session, &decision](const SeenBooking &booking) {
                return take(session, booking, decision);
            });
            return outcome;
        },
        false);
}

void BookingDecider::undo(const Done &done) {
    run(
        [done](db::Session &session) {
            Outcome outcome;
            outcome.done.act = done.act;
            each(done.bookings, outcome.done, outcome.refusals, [&session](const SeenBooking &booking) {
                return db::BookingDecisionStore(session).undo(booking.id, booking.version);
            });
            return outcome;
        },
        true);
}

QString explain(const Refusal &refusal, const QString &zone) {
    const auto &answer = refusal.answer;
    switch (answer.outcome) {
    case db::DecisionOutcome::Changed: {
        auto text = last_change_sentence(answer.last_action, answer.last_by);
        if (answer.last_at) {
            text = tr("%1 (%2)").arg(
                text, short_moment(in_zone(*answer.last_at, zone), QDateTime::currentDateTime()));
        }
        return tr("%1. Nothing of yours was done or lost: look at it and decide again.").arg(text);
    }
    case db::DecisionOutcome::NotAllowed: {
        const auto status = models::booking_status_of(answer.status);
        return tr("This is not possible any more: the booking is “%1”.")
            .arg(status ? status_word(*status) : QString::fromStdString(answer.status));
    }
    case db::DecisionOutcome::Overlap:
        return answer.other_booking.empty()
                   ? tr("Another booking has this time. Choose another time.")
                   : tr("Another booking has this time. Open it, or choose another time.");
    case db::DecisionOutcome::TooLate:
        return tr("It is too late to undo: the message has gone out.");
    case db::DecisionOutcome::NotFound:
        return tr("This booking no longer exists, or your account may not see it.");
    case db::DecisionOutcome::Done:
        break;
    }
    return refusal.reason;
}

} // namespace studio::ui
