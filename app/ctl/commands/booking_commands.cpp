// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/commands/booking_commands.h"

#include "app/ctl/booking_text.h"
#include "app/ctl/failure.h"
#include "app/ctl/text.h"
#include "models/values/timezone.h"

#include <fmt/format.h>

namespace studio::ctl {

namespace {

using Arity = Positional::Arity;

std::string all_statuses() {
    std::string list;
    for (const auto status : models::booking_statuses()) {
        list.append(list.empty() ? "" : ", ").append(to_string(status));
    }
    return list;
}

db::BookingFilter filter_of(Context &context, const Arguments &arguments) {
    db::BookingFilter filter;
    filter.max_rows = arguments.number_or("--limit", 50, 1, 10'000);
    filter.words = arguments.text_or("--words", "");
    filter.service = arguments.text_or("--service", "");
    if (const auto text = arguments.optional_text("--status")) {
        const auto status = models::booking_status_of(*text);
        if (!status) {
            throw UsageError("--status",
                             fmt::format("must be one of {}, not \"{}\".", all_statuses(), *text));
        }
        filter.statuses.push_back(*status);
    }
    std::string zone = models::default_timezone;
    if (const auto subdomain = arguments.optional_text("--tenant")) {
        const auto tenant = context.tenant(*subdomain, "--tenant");
        filter.tenant_id = tenant.id;
        zone = zone_of(tenant);
    }
    if (const auto day = arguments.optional_text("--from")) {
        filter.from = read_day(*day, zone, "--from");
    }
    if (const auto day = arguments.optional_text("--to")) { // the day itself is included
        filter.to = day_after(read_day(*day, zone, "--to"), zone);
    }
    return filter;
}

Report list_bookings(Context &context, const Arguments &arguments) {
    Report report;
    report.data = models::Json::array();
    std::vector<std::vector<std::string>> rows;
    for (const db::Booking &booking :
         db::BookingStore(context.session()).list(filter_of(context, arguments))) {
        report.data.push_back(booking_json(booking));
        rows.push_back({booking.id, iso_time(booking.created_at), booking.subdomain,
                        std::string(to_string(booking.status)), booking.client_name,
                        booking.start ? iso_time(*booking.start) : ""});
    }
    report.text = table({"ID", "AT", "TENANT", "STATUS", "NAME", "START"}, rows);
    return report;
}

Report show_booking(Context &context, const Arguments &arguments) {
    const db::Booking booking = find_booking(context, arguments.text("ID"));
    db::BookingStore store(context.session());
    Report report;
    report.data = booking_json(booking);
    std::vector<std::vector<std::string>> rows;
    for (const auto &[key, value] : report.data.items()) {
        if (!value.is_null()) {
            rows.push_back({key, value.is_string() ? value.get<std::string>() : value.dump()});
        }
    }
    report.text = table({"FIELD", "VALUE"}, rows);
    report.data["history"] = models::Json::array();
    rows.clear();
    for (const db::BookingChange &change : store.history(booking.id)) {
        report.data["history"].push_back(booking_change_json(change));
        rows.push_back({iso_time(change.at), change.actor.empty() ? change.actor_kind : change.actor,
                        change.action, change.to_status});
    }
    report.text += "\n" + table({"AT", "BY", "ACTION", "STATUS"}, rows);
    report.data["notes"] = models::Json::array();
    for (const db::BookingNote &note : store.notes(booking.id)) {
        report.data["notes"].push_back(booking_note_json(note));
        report.text +=
            fmt::format("\n{} {} ({}):\n{}\n", iso_time(note.created_at),
                        note.author.empty() ? note.author_kind : note.author, note.kind, note.text);
    }
    return report;
}

} // namespace

std::vector<Command> booking_commands() {
    return {
        {"booking",
         "list",
         "Booking requests, newest first",
         "companionctl booking list --tenant claire --status pending",
         {},
         {{"--tenant", "TENANT", "Only this tenant"},
          {"--status", "STATUS", fmt::format("Only one of {}", all_statuses())},
          {"--from", "DAY",
           "Only from this day on, for example 2027-03-01, in the tenant's time zone (else UTC)"},
          {"--to", "DAY", "Only until this day, itself included"},
          {"--service", "NAME", "Only this service"},
          {"--words", "TEXT", "Only with these words in name, address, number, service or message"},
          {"--limit", "COUNT", "Maximum number of rows, 1 to 10000; default: 50"}},
         list_bookings},
        {"booking",
         "show",
         "Shows one booking with its notes and history",
         "companionctl booking show 7a1f3c52-4a0b-4c1e-9d55-0c7d0e5f1a2b",
         {{"ID", "The id that the list shows", Arity::Required}},
         {},
         show_booking},
    };
}

} // namespace studio::ctl
