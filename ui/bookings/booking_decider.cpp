// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/booking_decider.h"

#include "db/bookings/block_store.h"
#include "db/connection/error.h"
#include "ui/async/worker.h"
#include "ui/bookings/booking_words.h"
#include "ui/widgets/phrases.h"
#include "ui/widgets/words.h"

#include <QCoreApplication>

#include <algorithm>
#include <chrono>

namespace studio::ui {

namespace {

QString tr(const char *text) {
    return QCoreApplication::translate("studio::ui::booking_decider", text);
}

constexpr int max_undo_seconds = 60; // of the database
constexpr int bookings_in_a_second = 4;
constexpr std::size_t named_in_a_summary = 8;

db::DecisionAnswer block(db::Session &session, const SeenBooking &booking, const Decision::Block &wanted,
                         Done &done) {
    const auto added =
        db::BlockStore(session).add_of_booking(booking.id, wanted.kinds, wanted.reason, wanted.hours);
    done.blocks.insert(done.blocks.end(), added.begin(), added.end());
    db::DecisionAnswer answer;
    answer.version = booking.version;
    return answer;
}

db::DecisionAnswer take(db::Session &session, const SeenBooking &booking, const Decision &decision,
                        int delay_s, Done &done) {
    db::BookingDecisionStore store(session);
    if (const auto *what = std::get_if<db::BookingDecision>(&decision.what)) {
        auto decided = *what;
        decided.message = booking.message.value_or(what->message);
        return store.decide(booking.id, booking.version, decided, delay_s);
    }
    if (const auto *deposit = std::get_if<db::BookingDecisionStore::Deposit>(&decision.what)) {
        return store.deposit(booking.id, booking.version, *deposit, delay_s);
    }
    return block(session, booking, std::get<Decision::Block>(decision.what), done);
}

db::DecisionAnswer unblock(db::Session &session, const Done &done) {
    db::BlockStore store(session);
    for (const auto &id : done.blocks) {
        try {
            store.remove(id);
        } catch (const db::Error &error) {
            if (error.kind() != db::ErrorKind::NotFound) { // somebody else removed it
                throw;
            }
        }
    }
    return {};
}

Refusal refusal_of(const SeenBooking &booking) {
    Refusal refusal;
    refusal.booking = QString::fromStdString(booking.id);
    refusal.client = booking.client;
    refusal.zone = booking.zone;
    return refusal;
}

void fail(Refusal &refusal, const db::Error &error, bool is_undo) {
    refusal.lost = error.kind() == db::ErrorKind::Unreachable;
    refusal.in_doubt = is_in_doubt(error);
    refusal.reason = refusal.lost ? lost_words(error, is_undo) : QString::fromUtf8(error.what());
}

// Each booking in turn; after a lost connection the others are not tried.
template <typename Take>
void each(db::Session &session, std::vector<SeenBooking> bookings, DecisionResult &result, bool is_undo,
          Take take_one) {
    std::ranges::sort(bookings, {}, &SeenBooking::id);
    bool is_lost = false;
    for (auto &booking : bookings) {
        auto refusal = refusal_of(booking);
        refusal.was_tried = !is_lost;
        try {
            if (!is_lost) {
                refusal.answer = take_one(booking);
                if (refusal.answer.outcome == db::DecisionOutcome::Done) {
                    booking.version = refusal.answer.version;
                    result.done.writes = result.done.writes || booking.writes;
                    result.done.bookings.push_back(booking);
                    continue;
                }
                refusal.block = block_of(session, booking.tenant_id, refusal.answer);
            }
        } catch (const db::Error &error) {
            fail(refusal, error, is_undo);
        }
        is_lost = is_lost || refusal.lost;
        result.refusals.push_back(refusal);
    }
}

// For a list of several.
QString short_reason(const Refusal &refusal) {
    const auto &answer = refusal.answer;
    if (!refusal.was_tried) {
        return tr("not tried");
    }
    if (refusal.lost) {
        return tr("connection lost, look at it again");
    }
    switch (answer.outcome) {
    case db::DecisionOutcome::Changed:
        return last_change_sentence(answer.last_action, answer.last_by);
    case db::DecisionOutcome::NotAllowed: {
        const auto status = models::booking_status_of(answer.status);
        return tr("is “%1”").arg(status ? status_word(*status) : QString::fromStdString(answer.status));
    }
    case db::DecisionOutcome::Overlap:
        return tr("another booking has the time");
    case db::DecisionOutcome::Blocked:
        return tr("the time is blocked");
    case db::DecisionOutcome::TooLate:
        return tr("the message has gone out");
    case db::DecisionOutcome::NotFound:
        return tr("no longer there");
    case db::DecisionOutcome::Done:
        break;
    }
    return refusal.reason;
}

} // namespace

BookingDecider::BookingDecider(Worker &worker, QObject *parent) : QObject(parent), m_worker(worker) {}

template <typename Function> void BookingDecider::run(Function function, Answer answer) {
    ++m_running;
    m_worker.run(std::move(function))
        .then(this,
              [this, answer](const DecisionResult &result) {
                  --m_running;
                  emit(this->*answer)(result);
                  emit finished();
              })
        .onFailed(this, [this, answer](const std::exception &error) {
            --m_running;
            DecisionResult result;
            result.refusals.emplace_back().reason = QString::fromUtf8(error.what());
            emit(this->*answer)(result);
            emit finished();
        });
}

void BookingDecider::decide(std::vector<SeenBooking> bookings, const Decision &decision) {
    run(
        [bookings = std::move(bookings), decision](db::Session &session) {
            const int delay_s = undo_seconds_of(bookings.size());
            DecisionResult result;
            auto &done = result.done;
            done.act = decision.act;
            done.until = QDeadlineTimer(std::chrono::seconds(delay_s));
            each(session, bookings, result, false,
                 [&](const SeenBooking &booking) { return take(session, booking, decision, delay_s, done); });
            return result;
        },
        &BookingDecider::decided);
}

void BookingDecider::undo(const Done &done) {
    run(
        [done](db::Session &session) {
            DecisionResult result;
            result.done.act = done.act;
            each(session, done.bookings, result, true, [&](const SeenBooking &booking) {
                return done.act == Act::Block
                           ? unblock(session, done)
                           : db::BookingDecisionStore(session).undo(booking.id, booking.version);
            });
            return result;
        },
        &BookingDecider::undone);
}

int undo_seconds_of(std::size_t bookings) {
    return std::min(max_undo_seconds, db::undo_seconds + static_cast<int>(bookings) / bookings_in_a_second);
}

// An error of the server or of a broken connection has a code; one of an attempt to connect has none.
QString lost_words(const db::Error &error, bool is_undo) {
    if (!error.sqlstate().empty()) {
        return is_undo ? tr("The connection was lost on the way, so it is not known whether this was undone. "
                            "Look at it once the database is back.")
                       : tr("The connection was lost on the way, so it is not known whether this was stored. "
                            "Look at it once the database is back. What you typed is kept.");
    }
    return is_undo ? tr("The database cannot be reached, so this was not undone.")
                   : tr("The database cannot be reached, so this was not decided. What you typed is kept.");
}

bool is_in_doubt(const std::exception &error) {
    const auto *from_database = dynamic_cast<const db::Error *>(&error);
    return from_database != nullptr && from_database->kind() == db::ErrorKind::Unreachable &&
           !from_database->sqlstate().empty();
}

QString refusal_words(const QString &not_done, const std::exception &error) {
    if (is_in_doubt(error)) {
        return lost_words(dynamic_cast<const db::Error &>(error), false);
    }
    return tr("%1 %2").arg(not_done, QString::fromUtf8(error.what()));
}

QString explain(const Refusal &refusal) {
    const auto &answer = refusal.answer;
    if (!refusal.was_tried) {
        return tr("Not tried.");
    }
    switch (answer.outcome) {
    case db::DecisionOutcome::Changed: {
        auto text = last_change_sentence(answer.last_action, answer.last_by);
        if (answer.last_at) {
            text =
                tr("%1 (%2, %3)")
                    .arg(text,
                         short_moment(in_zone(*answer.last_at, refusal.zone), QDateTime::currentDateTime()),
                         zone_label(refusal.zone));
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
    case db::DecisionOutcome::Blocked:
        return tr("%1 Choose another time, free it in the calendar, or decide over it on purpose.")
            .arg(refusal.block ? block_words(*refusal.block, refusal.zone) : tr("This time is blocked."));
    case db::DecisionOutcome::TooLate:
        return tr("It is too late to undo: the message has gone out.");
    case db::DecisionOutcome::NotFound:
        return tr("This booking no longer exists, or your account may not see it.");
    case db::DecisionOutcome::Done:
        break;
    }
    return refusal.reason;
}

QString summary(const QString &what, const DecisionResult &result) {
    const auto &refusals = result.refusals;
    QStringList names;
    for (const auto &refusal : refusals) {
        if (static_cast<std::size_t>(names.size()) < named_in_a_summary) {
            names << tr("%1 (%2)").arg(short_name(refusal.client), short_reason(refusal));
        }
    }
    if (refusals.size() > named_in_a_summary) {
        names << tr("%1 more").arg(refusals.size() - named_in_a_summary);
    }
    const auto done = result.done.bookings.size();
    return tr("%1: %2 of %3. Not done: %4.")
        .arg(what)
        .arg(done)
        .arg(done + refusals.size())
        .arg(names.join(QStringLiteral(", ")));
}

} // namespace studio::ui
