// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/commands/booking_decision_commands.h"

#include "app/ctl/booking_text.h"
#include "app/ctl/email_option.h"
#include "app/ctl/failure.h"
#include "app/ctl/text.h"
#include "base/telephone.h"
#include "base/text.h"
#include "db/bookings/booking_client_store.h"
#include "models/booking/service_duration.h"
#include "models/documents/content.h"
#include "models/values/money.h"
#include "models/values/timezone.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace studio::ctl {

namespace {

using Action = models::BookingAction;
using Arity = Positional::Arity;

constexpr std::array<std::string_view, 11> reason_codes{
    "not_available", "outside_area", "not_offered", "too_short_notice", "no_answer", "screening",
    "conduct",       "no_deposit",   "client_wish", "companion_wish",   "other"};

std::string all_reasons() {
    std::string list;
    for (const auto code : reason_codes) {
        list.append(list.empty() ? "" : ", ").append(code);
    }
    return list;
}

// Takes one of the reason codes. Any other text becomes an internal reason, which the client never sees.
void take_reason(db::BookingDecision &decision, const std::string &text) {
    const auto code = std::find(reason_codes.begin(), reason_codes.end(), text);
    if (code != reason_codes.end()) {
        decision.reason_code = text;
    } else {
        decision.reason_code = "other";
        decision.reason = text;
    }
}

int delay_of(const Arguments &arguments) {
    return arguments.has("--now") ? 0 : db::undo_seconds;
}

std::string zone_of_booking(const db::Booking &booking) {
    return booking.time_zone.empty() ? models::default_timezone : booking.time_zone;
}

std::optional<models::Time> time_option(const Arguments &arguments, const char *name,
                                        const std::string &zone) {
    const auto text = arguments.optional_text(name);
    return text ? std::optional(read_time(*text, zone, name)) : std::nullopt;
}

// How long the service lasts, as its companion published; an hour if she does not say.
std::chrono::minutes length_of(const models::Tenant &tenant, const std::string &service) {
    return models::duration_of_service(models::read_content(tenant.published.content), service)
        .value_or(std::chrono::hours(1));
}

// A booking that has no end yet lasts as long as its service.
void add_missing_end(db::BookingDecision &decision, Context &context, const db::Booking &booking) {
    const auto start = decision.start ? decision.start : booking.start;
    if (start && !decision.end && !booking.end) {
        decision.end = *start + length_of(context.tenant(booking.subdomain), booking.service_type);
    }
}

db::BookingDecision read_decision(Action action, const Arguments &arguments, const db::Booking &booking) {
    db::BookingDecision decision;
    decision.action = action;
    const std::string zone = zone_of_booking(booking);
    decision.start = time_option(arguments, "--start", zone);
    decision.end = time_option(arguments, "--end", zone);
    if (decision.end && !decision.start && !booking.start) {
        throw UsageError("--start", "is needed where an end is given.");
    }
    if (const auto kind = arguments.optional_text("--place-kind")) {
        if (*kind != "incall" && *kind != "outcall" && *kind != "travel") {
            throw UsageError("--place-kind",
                             fmt::format("must be incall, outcall or travel, not \"{}\".", *kind));
        }
        decision.place_kind = *kind;
    }
    decision.place = arguments.optional_text("--place");
    decision.message = action == Action::Ask ? arguments.text("TEXT") : arguments.text_or("--message", "");
    if (const auto reason = arguments.optional_text("--reason")) {
        take_reason(decision, *reason);
    }
    if (arguments.has("--no-deposit")) {
        decision.with_deposit = false;
    }
    decision.over_block = arguments.has("--over-block");
    if (arguments.has("--no-mail")) {
        decision.mail = false;
    } else if (arguments.has("--mail")) {
        decision.mail = true;
    }
    return decision;
}

// Accepting a booking that is agreed already, with another time, moves it.
Action action_for(Action wanted, const db::Booking &booking, const Arguments &arguments) {
    const bool moves =
        wanted == Action::Accept && models::is_agreed(booking.status) && arguments.has("--start");
    return moves ? Action::Move : wanted;
}

Report report_of(Context &context, const db::Booking &former, const db::DecisionAnswer &answer, int delay_s) {
    const db::Booking booking = find_booking(context, former.id);
    Report report;
    report.data = booking_json(booking);
    report.text =
        fmt::format("{}: {}, {}.{}\n", booking.id, answer.status, time_text(booking.start, booking.time_zone),
                    delay_s > 0 ? fmt::format(" Messages go out in {} s; `companionctl booking undo {}` "
                                              "takes it back until then.",
                                              delay_s, booking.id)
                                : "");
    return report;
}

Report decide(Context &context, const Arguments &arguments, Action wanted) {
    const db::Booking booking = find_booking(context, arguments.text("ID"));
    const Action action = action_for(wanted, booking, arguments);
    const int delay_s = delay_of(arguments);
    db::BookingDecision decision = read_decision(action, arguments, booking);
    add_missing_end(decision, context, booking);
    const db::DecisionAnswer answer =
        db::BookingDecisionStore(context.session()).decide(booking.id, booking.version, decision, delay_s);
    require_done(context, answer, booking, std::string(to_string(action)));
    return report_of(context, booking, answer, delay_s);
}

Report undo(Context &context, const Arguments &arguments) {
    const db::Booking booking = find_booking(context, arguments.text("ID"));
    const db::DecisionAnswer answer =
        db::BookingDecisionStore(context.session()).undo(booking.id, booking.version);
    if (answer.outcome == db::DecisionOutcome::Changed) {
        throw CommandFailure("ID", "There is nothing of yours to take back on this booking.");
    }
    require_done(context, answer, booking, "undo");
    return report_of(context, booking, answer, 0);
}

Report add_note(Context &context, const Arguments &arguments) {
    const db::Booking booking = find_booking(context, arguments.text("ID"));
    db::BookingDecisionStore(context.session())
        .add_note(booking.id, base::clean_line(arguments.text("TEXT")));
    return {{{"id", booking.id}, {"added", true}}, fmt::format("{}: the note is saved.\n", booking.id)};
}

Report change_deposit(Context &context, const Arguments &arguments) {
    const db::Booking booking = find_booking(context, arguments.text("ID"));
    db::BookingDecisionStore::Deposit deposit;
    deposit.what = arguments.text("STATE");
    if (deposit.what != "asked" && deposit.what != "received" && deposit.what != "returned" &&
        deposit.what != "kept") {
        throw UsageError("STATE",
                         fmt::format("must be asked, received, returned or kept, not \"{}\".", deposit.what));
    }
    if (const auto text = arguments.optional_text("--amount")) {
        const models::MoneyReading read = models::read_money(*text, {});
        if (!read.amount || read.amount->minor <= 0) {
            throw UsageError("--amount",
                             fmt::format("must be an amount such as 200 or 150.50, not \"{}\".", *text));
        }
        deposit.minor = read.amount->minor;
    }
    deposit.due = time_option(arguments, "--due", zone_of_booking(booking));
    deposit.received = time_option(arguments, "--at", zone_of_booking(booking));
    deposit.method = arguments.text_or("--method", "");
    if (arguments.has("--no-mail")) {
        deposit.mail = false;
    }
    const int delay_s = delay_of(arguments);
    const db::DecisionAnswer answer =
        db::BookingDecisionStore(context.session()).deposit(booking.id, booking.version, deposit, delay_s);
    require_done(context, answer, booking, "deposit " + deposit.what);
    return report_of(context, booking, answer, delay_s);
}

void take_client(db::EnteredBooking &booking, const Arguments &arguments, const models::Tenant &tenant) {
    booking.client_name = base::clean_line(arguments.text("--name"));
    if (booking.client_name.empty()) {
        throw UsageError("--name", "must not be empty.");
    }
    if (const auto email = arguments.optional_text("--email")) {
        booking.client_email = required_email(*email);
    }
    if (const auto phone = arguments.optional_text("--phone")) {
        booking.client_phone = base::clean_line(*phone);
        const std::string region = models::telephone_region(models::read_content(tenant.published.content));
        booking.client_phone_normal = base::normal_telephone(booking.client_phone, region).value_or("");
    }
    if (booking.client_email.empty() && booking.client_phone.empty()) {
        throw UsageError("--email", "Give an email address or, with --phone, a number.");
    }
}

Report enter(Context &context, const Arguments &arguments) {
    const models::Tenant tenant = context.tenant(arguments.text("TENANT"));
    db::EnteredBooking booking;
    booking.tenant_id = tenant.id;
    booking.source = arguments.text_or("--source", "phone");
    if (booking.source != "phone" && booking.source != "message" && booking.source != "in_person") {
        throw UsageError("--source",
                         fmt::format("must be phone, message or in_person, not \"{}\".", booking.source));
    }
    take_client(booking, arguments, tenant);
    booking.time_zone = zone_of(tenant);
    booking.start = time_option(arguments, "--start", booking.time_zone);
    booking.end = time_option(arguments, "--end", booking.time_zone);
    if (booking.end && (!booking.start || *booking.end <= *booking.start)) {
        throw UsageError("--end", "must be later than --start.");
    }
    booking.service_type = arguments.text_or("--service", "");
    if (booking.start && !booking.end) {
        booking.end = *booking.start + length_of(tenant, booking.service_type);
    }
    booking.message = arguments.text_or("--message", "");
    booking.place_kind = arguments.text_or("--place-kind", "");
    booking.place = arguments.text_or("--place", "");
    booking.mail = arguments.has("--mail");
    if (booking.mail && booking.client_email.empty()) {
        throw UsageError("--mail", "needs the client's address: --email ADDRESS.");
    }
    booking.over_block = arguments.has("--over-block");
    const std::string id = db::BookingClientStore(context.session()).enter(booking);
    const db::Booking added = find_booking(context, id);
    return {booking_json(added),
            fmt::format("{}: added, pending. {}\n", id,
                        booking.mail ? "The client is told by email." : "Nobody is written to.")};
}

const Option now_option{"--now", "",
                        "Send messages at once; default: after 10 seconds, within which undo works"};
const Option start_option{"--start", "TIME",
                          "2027-03-01T18:00 in the companion's time zone, or with an offset"};
const Option end_option{"--end", "TIME",
                        "The same for the end; default: as long as it was, or as the service lasts"};
const Option reason_option{"--reason", "TEXT",
                           "One of " + all_reasons() + "; or words, which stay with those who moderate"};
const Option message_option{"--message", "TEXT", "Words to the client, in the mail"};
const Option over_block_option{"--over-block", "", "Also where the time is blocked"};
const Option no_mail_option{"--no-mail", "",
                            "Do not write to the client, of this or of what follows until --mail"};
const Option mail_option{
    "--mail", "", "Write to the client although the booking was entered by hand or the client is blocked"};

struct Name {
    std::string noun, verb, summary;
};

Command decision_command(const Name &name, Action action, std::vector<Option> options,
                         const std::string &words = {}) {
    options.insert(options.end(), {message_option, no_mail_option, mail_option, now_option});
    return {name.noun,
            name.verb,
            name.summary,
            "companionctl booking " + name.verb + " 7a1f3c52-4a0b-4c1e-9d55-0c7d0e5f1a2b" + words,
            {{"ID", "The id that the list shows", Arity::Required}},
            std::move(options),
            [action](Context &context, const Arguments &arguments) {
                return decide(context, arguments, action);
            }};
}

Option required(Option option) {
    option.required = true;
    return option;
}

} // namespace

std::vector<Command> booking_decision_commands() {
    const Positional id{"ID", "The id that the list shows", Arity::Required};
    const std::string some_id = "7a1f3c52-4a0b-4c1e-9d55-0c7d0e5f1a2b";
    const Option place_kind{"--place-kind", "KIND", "incall, outcall or travel"};
    const Option place{"--place", "TEXT",
                       "The address or area, shown to the client once the booking is agreed"};
    return {
        {"booking",
         "add",
         "Enters a booking that came by phone, message or in person",
         "companionctl booking add claire --name \"Mara\" --phone \"0412 345 678\" --start 2027-03-01T18:00",
         {{"TENANT", "The tenant's subdomain", Arity::Required}},
         {{"--name", "TEXT", "The client's name", true},
          {"--email", "ADDRESS", "The client's email address"},
          {"--phone", "NUMBER", "The client's phone number"},
          {"--source", "SOURCE", "phone, message or in_person; default: phone"},
          start_option,
          end_option,
          {"--service", "NAME", "The service"},
          place_kind,
          place,
          {"--message", "TEXT", "What the client asked for"},
          over_block_option,
          {"--mail", "", "Tell the client by email that the request arrived"}},
         enter},
        decision_command({"booking", "accept", "Accepts a booking, at its own time or another"},
                         Action::Accept,
                         {start_option,
                          end_option,
                          place_kind,
                          place,
                          over_block_option,
                          {"--no-deposit", "", "Ask no deposit, whatever the companion's rules say"}}),
        decision_command({"booking", "decline", "Declines a booking"}, Action::Decline,
                         {required(reason_option)}, " --reason not_available"),
        decision_command({"booking", "propose", "Proposes another time to the client"}, Action::Propose,
                         {required(start_option), end_option, place_kind, place, over_block_option},
                         " --start 2027-03-01T18:00"),
        decision_command({"booking", "move", "Moves an agreed booking"}, Action::Move,
                         {required(start_option), end_option, place_kind, place, over_block_option},
                         " --start 2027-03-01T18:00"),
        decision_command(
            {"booking", "keep", "Tells a client who asked for another time that the agreed one stays"},
            Action::Keep, {}),
        {"booking",
         "ask",
         "Asks the client for details",
         "companionctl booking ask " + some_id + " \"Which hotel will you stay at?\"",
         {id, {"TEXT", "The question", Arity::Required}},
         {no_mail_option, mail_option, now_option},
         [](Context &context, const Arguments &arguments) {
             return decide(context, arguments, Action::Ask);
         }},
        decision_command({"booking", "cancel", "Cancels a booking"}, Action::Cancel,
                         {required(reason_option)}, " --reason client_wish"),
        decision_command({"booking", "complete", "Says that a booking took place"}, Action::Complete, {}),
        decision_command({"booking", "no-show", "Says that the client did not come"}, Action::NoShow, {}),
        decision_command({"booking", "spam", "Marks a request as spam"}, Action::Spam, {}),
        decision_command({"booking", "reopen", "Opens a decided booking again"}, Action::Reopen, {}),
        {"booking",
         "undo",
         "Takes back one's own last decision while its messages wait",
         "companionctl booking undo " + some_id,
         {id},
         {},
         undo},
        {"booking",
         "note",
         "Adds an internal note",
         "companionctl booking note " + some_id + " \"Called; will call back on Friday\"",
         {id, {"TEXT", "The note", Arity::Required}},
         {},
         add_note},
        {"booking",
         "deposit",
         "Says where a booking's deposit stands",
         "companionctl booking deposit " + some_id + " received --method \"bank transfer\"",
         {id, {"STATE", "asked, received, returned or kept", Arity::Required}},
         {{"--amount", "AMOUNT", "What is asked, for example 200"},
          {"--due", "TIME", "Until when; default: 48 hours, at most until the booking"},
          {"--at", "TIME", "When it came; default: now"},
          {"--method", "TEXT", "How it came"},
          no_mail_option,
          now_option},
         change_deposit},
    };
}

} // namespace studio::ctl
