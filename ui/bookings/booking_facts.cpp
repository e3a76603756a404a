// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/booking_facts.h"

#include "models/booking/delivery_words.h"
#include "models/values/money.h"
#include "ui/bookings/booking_words.h"
#include "ui/widgets/words.h"

#include <QCoreApplication>

namespace studio::ui {

namespace {

QString tr(const char *text) {
    return QCoreApplication::translate("studio::ui::booking_facts", text);
}

QString text_of(const std::string &text) {
    return QString::fromStdString(text);
}

QString money(std::int64_t minor, const std::string &currency) {
    return QString::fromStdString(models::format_money({minor}, currency));
}

void add(std::vector<FactRow> &rows, const QString &label, const QString &text) {
    if (!text.isEmpty()) {
        rows.push_back({label, text});
    }
}

void add_times(std::vector<FactRow> &rows, const BookingReading &reading) {
    const auto &booking = reading.booking;
    const auto &zone = reading.companion.zone;
    const auto client_zone =
        text_of(booking.client_time_zone.empty() ? booking.time_zone : booking.client_time_zone);
    if (booking.start) {
        add(rows, tr("Time"), long_span(*booking.start, booking.end, zone));
        for (const auto &other : reading.taken_by) {
            if (other.start) {
                add(rows, tr("Taken by"),
                    tr("%1: %2").arg(text_of(other.client_name), long_span(*other.start, other.end, zone)));
            }
        }
        const bool has_other_clock =
            !client_zone.isEmpty() &&
            (in_zone(*booking.start, client_zone).offsetFromUtc() !=
                 in_zone(*booking.start, zone).offsetFromUtc() ||
             in_zone(booking.end.value_or(*booking.start), client_zone).offsetFromUtc() !=
                 in_zone(booking.end.value_or(*booking.start), zone).offsetFromUtc());
        if (has_other_clock) {
            add(rows, tr("For the client"), long_span(*booking.start, booking.end, client_zone));
        }
    }
    if (booking.preferred && booking.preferred != booking.start) {
        add(rows, tr("First asked for"), long_span(*booking.preferred, booking.preferred_end, zone));
    }
    add(rows, tr("Duration asked"), text_of(booking.duration));
    if (booking.buffer_minutes > 0) {
        add(rows, tr("Kept free after"), minutes_text(booking.buffer_minutes));
    }
    if (booking.holds && booking.held_until) {
        add(rows, tr("Time held until"),
            short_moment(in_zone(*booking.held_until, zone), QDateTime::currentDateTime()));
    }
    if (booking.answer_by && models::is_open(booking.status)) {
        add(rows,
            booking.status == models::BookingStatus::Pending ? tr("Answer by") : tr("Client answers by"),
            short_moment(in_zone(*booking.answer_by, zone), QDateTime::currentDateTime()));
    }
}

QString path_text(const models::Json &path) {
    QStringList steps;
    if (path.is_array()) {
        for (const auto &step : path) {
            if (!step.is_object()) {
                continue;
            }
            const auto page = text_of(step.value("page", std::string()));
            if (!page.isEmpty() && (steps.isEmpty() || steps.last() != page)) {
                steps << page;
            }
        }
    }
    return steps.join(QStringLiteral(" → "));
}

// "The email to the client about the acceptance could not be delivered: the mail server refused it (550)."
FactRow undelivered_row(const db::UndeliveredMessage &message, const QString &zone) {
    const auto now = QDateTime::currentDateTime();
    auto text = tr("%1 could not be delivered: %2.")
                    .arg(text_of(models::message_words(message.kind)),
                         text_of(models::delivery_words(message.reason)));
    text += QLatin1Char(' ') +
            (message.next_try_at
                 ? tr("It is tried again %1.").arg(short_moment(in_zone(*message.next_try_at, zone), now))
                 : tr("It is not tried again by itself."));
    return {short_moment(in_zone(message.given_up_at.value_or(message.created_at), zone), now), text};
}

} // namespace

std::vector<FactRow> request_rows(const BookingReading &reading) {
    const auto &booking = reading.booking;
    std::vector<FactRow> rows;
    add(rows, tr("Service"), text_of(booking.service_type));
    add_times(rows, reading);
    const auto kind = booking.place_kind.empty() ? QString() : place_word(booking.place_kind);
    const auto place = text_of(booking.place);
    add(rows, tr("Place"), kind.isEmpty() || place.isEmpty() ? kind + place : tr("%1: %2").arg(kind, place));
    if (booking.value_minor) {
        add(rows, tr("Price"), money(*booking.value_minor, reading.companion.currency));
    }
    add(rows, tr("Email"), text_of(booking.client_email));
    add(rows, tr("Phone"), text_of(booking.client_phone));
    add(rows, tr("Message"), text_of(booking.message));
    add(rows, tr("Came"),
        tr("%1, %2").arg(source_word(booking.source),
                         relative_time(in_zone(booking.created_at, reading.companion.zone),
                                       in_zone(base::now(), reading.companion.zone))));
    add(rows, tr("Found the site by"), text_of(reading.visit_source));
    add(rows, tr("Pages visited"), path_text(booking.conversion_path));
    if (!booking.reason_code.empty()) {
        add(rows, tr("Reason"), reason_word(booking.reason_code));
    }
    return rows;
}

// A question that is no longer asked goes by its id.
std::vector<FactRow> screening_rows(const BookingReading &reading) {
    std::vector<FactRow> rows;
    const auto &answers = reading.booking.screening;
    if (answers.is_object()) {
        for (const auto &[question, answer] : answers.items()) {
            const auto id = text_of(question);
            rows.push_back(
                {reading.companion.questions.value(id, id),
                 answer.is_string() ? text_of(answer.get<std::string>()) : text_of(answer.dump())});
        }
    }
    return rows;
}

std::vector<FactRow> deposit_rows(const BookingReading &reading) {
    const auto &deposit = reading.booking.deposit;
    std::vector<FactRow> rows;
    if (deposit.state.empty()) {
        return rows;
    }
    const auto moment = [&reading](const std::optional<models::Time> &time) {
        return time ? short_moment(in_zone(*time, reading.companion.zone), QDateTime::currentDateTime())
                    : QString();
    };
    add(rows, tr("Deposit"),
        tr("%1, %2").arg(money(deposit.minor, reading.companion.currency), deposit_word(deposit.state)));
    add(rows, tr("Reference"), text_of(deposit.reference));
    add(rows, tr("Due"), moment(deposit.due));
    add(rows, tr("Received"), moment(deposit.received));
    add(rows, tr("How"), text_of(deposit.method));
    return rows;
}

std::vector<FactRow> history_rows(const BookingReading &reading) {
    std::vector<FactRow> rows;
    for (const auto &message : reading.undelivered) {
        rows.push_back(undelivered_row(message, reading.companion.zone));
    }
    for (auto change = reading.history.rbegin(); change != reading.history.rend(); ++change) {
        rows.push_back(
            {short_moment(in_zone(change->at, reading.companion.zone), QDateTime::currentDateTime()),
             history_sentence(*change, reading.companion.zone, reading.companion.currency)});
    }
    return rows;
}

std::vector<FactRow> note_rows(const BookingReading &reading) {
    std::vector<FactRow> rows;
    for (const auto &note : reading.notes) {
        const auto who = actor_word(note.author_kind, note.author);
        const auto when =
            short_moment(in_zone(note.created_at, reading.companion.zone), QDateTime::currentDateTime());
        QString head;
        if (note.kind == "question" || note.kind == "message") {
            head = tr("%1 to the client, %2").arg(who, when);
        } else if (note.kind == "answer") {
            head = tr("Answer of the client, %1").arg(when);
        } else {
            head = tr("%1, %2").arg(who, when);
        }
        rows.push_back({head, text_of(note.text)});
    }
    return rows;
}

QString caution_of(const db::Booking &booking) {
    if (booking.erased) {
        return tr("What was personal in this booking was erased. Nothing can be decided about it.");
    }
    if (booking.blocked) {
        return tr("This client is blocked. The request was stored as spam and nobody was notified.");
    }
    if (booking.flagged_reason) {
        return tr("This request came from a blocked internet address. Other people may share it.");
    }
    return booking.move_asked ? tr("The client asks for another time. Move the booking, or keep the time.")
                              : QString();
}

} // namespace studio::ui
