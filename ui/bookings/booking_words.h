// SPDX-License-Identifier: Apache-2.0
// How the studio says states, decisions and times of bookings.
#pragma once

#include "db/bookings/booking_store.h"
#include "models/booking/booking_state.h"
#include "ui/widgets/badge.h"

#include <QDateTime>
#include <QString>
#include <QTimeZone>

#include <optional>
#include <string>
#include <vector>

namespace studio::ui {

QString status_word(models::BookingStatus status); // "Waiting for client"
Tone status_tone(models::BookingStatus status);

// The time on the clock of `zone`; local time where the machine does not know the zone.
// UTC where this machine does not know the zone; zone_label() says so.
QTimeZone clock_of(const QString &zone);
QDateTime in_zone(models::Time time, const QString &zone);
models::Time to_time(const QDateTime &time);
// "Fri 4 Dec, 19:00", with the year where it is another one than `now`'s.
QString short_moment(const QDateTime &time, const QDateTime &now);
// "Friday, 4 December 2026, 19:00 to 21:00 (Sydney time)"; the end's date is said where it is another one.
QString long_span(models::Time start, std::optional<models::Time> end, const QString &zone);
// "Sydney time"
QString zone_label(const QString &zone);
// "5 min", "3 h", "2 days"
QString short_duration(qint64 seconds);
// "2 h 30 min"
QString minutes_text(int minutes);

QString source_word(const std::string &source);      // "By phone"
QString place_word(const std::string &place_kind);   // "Incall"
QString block_kind_word(const std::string &kind);    // "Email address"
QString deposit_word(const std::string &state);      // "Overdue"
QString reason_word(const std::string &reason_code); // "Outside the area"
// Codes to choose from where a booking is declined or cancelled.
std::vector<std::string> reason_codes();

// Who did something: "Sam", "the client", "the companion by email", "the service".
QString actor_word(const std::string &actor_kind, const std::string &actor);
// "Sam accepted it for Fri 4 Dec, 19:00."
QString history_sentence(const db::BookingChange &change, const QString &zone, const std::string &currency);
// "Sam declined it" from what a refused decision says; `by` is a name or a kind of actor.
QString last_change_sentence(const std::string &action, const std::string &by);

} // namespace studio::ui
