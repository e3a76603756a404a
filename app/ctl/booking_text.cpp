// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/booking_text.h"

#include "app/ctl/failure.h"
#include "app/ctl/text.h"
#include "models/documents/content.h"
#include "models/values/timezone.h"
#include "models/values/zoned_time.h"

#include <fmt/format.h>

namespace studio::ctl {

namespace {

models::Json text_or_null(const std::string &text) {
    return text.empty() ? models::Json() : models::Json(text);
}

models::Json time_or_null(const std::optional<models::Time> &time) {
    return time ? models::Json(iso_time(*time)) : models::Json();
}

models::Json deposit_json(const db::BookingDeposit &deposit) {
    if (deposit.state.empty()) {
        return {};
    }
    return {{"state", deposit.state},
            {"amount", static_cast<double>(deposit.minor) / 100},
            {"due", time_or_null(deposit.due)},
            {"reference", deposit.reference},
            {"received", time_or_null(deposit.received)},
            {"method", text_or_null(deposit.method)}};
}

// "It overlaps the booking …" of the booking in the way, as far as the login may know it.
std::string overlap_text(Context &context, const db::DecisionAnswer &answer) {
    if (!answer.other_booking.empty()) {
        if (const auto other = db::BookingStore(context.session()).find(answer.other_booking)) {
            return fmt::format("It overlaps booking {} ({}, {}).", other->id,
                               time_text(other->start, other->time_zone), to_string(other->status));
        }
    }
    return "Another booking has that time.";
}

} // namespace

models::Json booking_json(const db::Booking &booking) {
    return {
        {"id", booking.id},
        {"tenant", booking.subdomain},
        {"status", to_string(booking.status)},
        {"start", time_or_null(booking.start)},
        {"end", time_or_null(booking.end)},
        {"service", text_or_null(booking.service_type)},
        {"client_name", booking.client_name},
        {"client_email", text_or_null(booking.client_email)},
        {"client_phone", text_or_null(booking.client_phone)},
        {"created_at", iso_time(booking.created_at)},
        {"changed_at", iso_time(booking.changed_at)},
        {"version", booking.version},
        {"source", booking.source},
        {"asked_start", time_or_null(booking.preferred)},
        {"asked_end", time_or_null(booking.preferred_end)},
        {"answer_by", time_or_null(booking.answer_by)},
        {"held_until", time_or_null(booking.held_until)},
        {"duration", text_or_null(booking.duration)},
        {"time_zone", text_or_null(booking.time_zone)},
        {"client_time_zone", text_or_null(booking.client_time_zone)},
        {"place_kind", text_or_null(booking.place_kind)},
        {"place", text_or_null(booking.place)},
        {"buffer_minutes", booking.buffer_minutes},
        {"message", text_or_null(booking.message)},
        {"screening", booking.screening},
        {"reason", text_or_null(booking.reason_code)},
        {"move_asked", time_or_null(booking.move_asked)},
        {"deposit", deposit_json(booking.deposit)},
        {"blocked", booking.blocked},
        {"flagged_reason", booking.flagged_reason ? models::Json(*booking.flagged_reason) : models::Json()},
        {"erased", booking.erased},
        {"conversion_path", booking.conversion_path}};
}

models::Json booking_change_json(const db::BookingChange &change) {
    return {{"at", iso_time(change.at)}, {"by", change.actor.empty() ? change.actor_kind : change.actor},
            {"action", change.action},   {"from", text_or_null(change.from_status)},
            {"to", change.to_status},    {"details", change.details}};
}

models::Json booking_note_json(const db::BookingNote &note) {
    return {{"at", iso_time(note.created_at)},
            {"by", note.author.empty() ? note.author_kind : note.author},
            {"kind", note.kind},
            {"text", note.text}};
}

db::Booking find_booking(Context &context, const std::string &id) {
    const auto booking = db::BookingStore(context.session()).find(id);
    if (!booking) {
        throw CommandFailure("ID", "There is no such booking, or this login has no access to it.");
    }
    return *booking;
}

models::Time read_time(const std::string &text, const std::string &zone, const char *field) {
    if (const auto at = models::parse_rfc3339(text)) {
        return *at;
    }
    const auto local = models::parse_local_date_time(text);
    if (!local) {
        throw UsageError(field, fmt::format("must be a time such as 2027-03-01T18:00 (in {}) or "
                                            "2027-03-01T18:00:00+11:00, not \"{}\".",
                                            zone, text));
    }
    const models::ResolvedTime resolved = models::resolve_local_time(*local, zone);
    if (resolved.kind == models::LocalTimeKind::Skipped) {
        throw UsageError(
            field,
            fmt::format("\"{}\" does not exist in {}: the clocks are put forward over it.", text, zone));
    }
    return resolved.at;
}

models::Time read_day(const std::string &text, const std::string &zone, const char *field) {
    const auto local = models::parse_local_date_time(text + "T00:00");
    if (!local) {
        throw UsageError(field, fmt::format("must be a day such as 2027-03-01, not \"{}\".", text));
    }
    return models::resolve_local_time(*local, zone).at;
}

models::Time day_after(models::Time first_moment, const std::string &zone) {
    using namespace std::chrono_literals; // a day has at most 25 hours
    models::LocalDateTime next = models::local_time(first_moment + 30h, zone);
    next.hour = next.minute = next.second = 0;
    return models::resolve_local_time(next, zone).at;
}

std::string time_text(const std::optional<models::Time> &time, const std::string &zone) {
    if (!time) {
        return "no time";
    }
    return zone.empty() ? iso_time(*time) : models::format_local_time(*time, zone);
}

std::string zone_of(const models::Tenant &tenant) {
    const std::string zone = models::read_content(tenant.published.content).location.timezone;
    return zone.empty() ? models::default_timezone : zone;
}

void require_done(Context &context, const db::DecisionAnswer &answer, const db::Booking &booking,
                  const std::string &action) {
    switch (answer.outcome) {
    case db::DecisionOutcome::Done:
        return;
    case db::DecisionOutcome::NotFound:
        throw CommandFailure("ID", "There is no such booking, or this login has no access to it.");
    case db::DecisionOutcome::Changed:
        throw CommandFailure(
            "ID", fmt::format("Somebody else changed this booking meanwhile: it is {} now{}.", answer.status,
                              answer.last_by.empty() ? "" : " (by " + answer.last_by + ")"));
    case db::DecisionOutcome::NotAllowed:
        throw CommandFailure(
            "ID", fmt::format("A booking that is {} does not take \"{}\".", answer.status, action));
    case db::DecisionOutcome::Overlap:
        throw CommandFailure("--start", overlap_text(context, answer));
    case db::DecisionOutcome::Blocked:
        throw CommandFailure(
            "--start", fmt::format("That time is blocked from {} to {}. Choose another one, or book over "
                                   "the block with --over-block.",
                                   time_text(answer.block_start, booking.time_zone),
                                   time_text(answer.block_end, booking.time_zone)));
    case db::DecisionOutcome::TooLate:
        throw CommandFailure("ID",
                             fmt::format("The message of {}'s last change was sent already.", booking.id));
    }
}

} // namespace studio::ctl
