// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/commands/availability_commands.h"

#include "app/ctl/booking_text.h"
#include "app/ctl/failure.h"
#include "app/ctl/files.h"
#include "app/ctl/text.h"
#include "db/bookings/availability_store.h"
#include "models/booking/booking_rules.h"
#include "models/booking/validate_availability.h"
#include "models/values/timezone.h"

#include <fmt/format.h>

namespace studio::ctl {

namespace {

using Arity = Positional::Arity;
using namespace std::chrono_literals;

constexpr std::size_t max_settings_bytes = 300'000;

models::Json blocks_json(const std::vector<db::TimeBlock> &blocks) {
    models::Json list = models::Json::array();
    for (const db::TimeBlock &block : blocks) {
        list.push_back({{"id", block.id},
                        {"start", iso_time(block.start)},
                        {"end", iso_time(block.end)},
                        {"note", block.note},
                        {"imported", block.imported}});
    }
    return list;
}

models::Time now() {
    return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
}

Report show(Context &context, const Arguments &arguments) {
    const models::Tenant tenant = context.tenant(arguments.text("TENANT"));
    db::AvailabilityStore store(context.session());
    const db::BookingSettings settings = store.settings(tenant.id);
    Report report;
    report.data = {{"tenant", tenant.subdomain},
                   {"zone", zone_of(tenant)},
                   {"availability", settings.availability},
                   {"rules", settings.rules},
                   {"version", settings.version},
                   {"tours", store.tours(tenant.id)},
                   {"blocked", blocks_json(store.blocks(tenant.id, now() - 24h, now() + 24h * 731))}};
    report.text = report.data.dump(2) + "\n";
    if (settings.availability.is_null()) {
        report.text += "No availability is set: clients can ask for any time.\n";
    }
    return report;
}

void require_valid(const db::BookingSettings &settings) {
    models::ValidationIssues issues;
    if (!settings.availability.is_null()) {
        for (auto issue : models::validate_availability(settings.availability)) {
            issue.pointer = "/availability" + issue.pointer;
            issues.push_back(issue);
        }
    }
    for (auto issue : models::validate_booking_rules(settings.rules)) {
        issue.pointer = "/rules" + issue.pointer;
        issues.push_back(issue);
    }
    if (!issues.empty()) {
        throw CommandFailure("The settings were not saved.", issues);
    }
}

// Takes over what the file contains; other settings stay as they are.
void take_file(db::BookingSettings &settings, const std::string &text) {
    const models::Json json = models::Json::parse(text, nullptr, false);
    if (!json.is_object()) {
        throw CommandFailure("FILE", "must be a JSON object: {\"availability\": {…}, \"rules\": {…}}.");
    }
    const bool is_whole = json.contains("availability") || json.contains("rules");
    if (!is_whole) { // the file is the availability itself
        settings.availability = json;
        return;
    }
    settings.availability = json.value("availability", settings.availability);
    settings.rules = json.value("rules", settings.rules);
}

Report set(Context &context, const Arguments &arguments) {
    const models::Tenant tenant = context.tenant(arguments.text("TENANT"));
    db::AvailabilityStore store(context.session());
    db::BookingSettings settings = store.settings(tenant.id);
    if (arguments.has("--clear")) {
        settings.availability = nullptr;
    } else {
        take_file(settings, read_file(arguments.text_or("FILE", "-"), "FILE", max_settings_bytes));
    }
    require_valid(settings);
    if (!store.save(tenant.id, settings)) {
        throw CommandFailure("TENANT",
                             "Somebody else changed the availability at this moment. Nothing was saved.");
    }
    return {{{"tenant", tenant.subdomain}, {"version", settings.version + 1}},
            fmt::format("{}: the availability is saved.\n", tenant.subdomain)};
}

Report block(Context &context, const Arguments &arguments) {
    const models::Tenant tenant = context.tenant(arguments.text("TENANT"));
    const std::string zone = zone_of(tenant);
    const models::Time start = read_time(arguments.text("START"), zone, "START");
    const models::Time end = read_time(arguments.text("END"), zone, "END");
    if (end <= start) {
        throw UsageError("END", "must be later than START.");
    }
    const std::string id = db::AvailabilityStore(context.session())
                               .add_block(tenant.id, start, end, arguments.text_or("--note", ""));
    return {{{"id", id}, {"tenant", tenant.subdomain}, {"start", iso_time(start)}, {"end", iso_time(end)}},
            fmt::format("{}: blocked from {} to {}.\n", id, time_text(start, zone), time_text(end, zone))};
}

Report unblock(Context &context, const Arguments &arguments) {
    const models::Tenant tenant = context.tenant(arguments.text("TENANT"));
    const std::string &id = arguments.text("ID");
    db::AvailabilityStore(context.session()).remove_block(tenant.id, id);
    return {{{"id", id}, {"removed", true}}, fmt::format("{}: the time is free again.\n", id)};
}

Report add_tour(Context &context, const Arguments &arguments) {
    const models::Tenant tenant = context.tenant(arguments.text("TENANT"));
    const std::string city = arguments.text("--city");
    const std::string named = models::timezone_of_city(city);
    const std::string zone = arguments.text_or("--zone", named.empty() ? zone_of(tenant) : named);
    models::Json tour = {{"city", city},
                         {"timezone", zone},
                         {"firstDay", arguments.text("--first")},
                         {"lastDay", arguments.text("--last")},
                         {"visibility", arguments.text_or("--show", "now")}};
    if (const auto day = arguments.optional_text("--from")) {
        tour["visibility"] = "later";
        tour["visibleFrom"] = *day;
    }
    for (const auto &[option, member] :
         {std::pair("--incall", "incall"), std::pair("--outcall", "outcall")}) {
        if (const auto offered = arguments.optional_text(option)) {
            if (*offered != "yes" && *offered != "no") {
                throw UsageError(option, fmt::format("must be yes or no, not \"{}\".", *offered));
            }
            tour[member] = *offered == "yes";
        }
    }
    if (const auto issues = models::validate_tour(tour); !issues.empty()) {
        throw CommandFailure("The tour was not saved.", issues);
    }
    const std::string id = db::AvailabilityStore(context.session()).add_tour(tenant.id, tour);
    tour["id"] = id;
    return {tour, fmt::format("{}: {} from {} to {}, on the clock of {}.\n", id, city,
                              arguments.text("--first"), arguments.text("--last"), zone)};
}

Report list_tours(Context &context, const Arguments &arguments) {
    const models::Tenant tenant = context.tenant(arguments.text("TENANT"));
    Report report;
    report.data = db::AvailabilityStore(context.session()).tours(tenant.id);
    std::vector<std::vector<std::string>> rows;
    for (const models::Json &tour : report.data) {
        rows.push_back({tour["id"], tour["city"], tour["firstDay"], tour["lastDay"], tour["timezone"],
                        tour["visibility"]});
    }
    report.text = table({"ID", "CITY", "FIRST", "LAST", "ZONE", "SHOWN"}, rows);
    return report;
}

Report remove_tour(Context &context, const Arguments &arguments) {
    const models::Tenant tenant = context.tenant(arguments.text("TENANT"));
    const std::string &id = arguments.text("ID");
    db::AvailabilityStore(context.session()).remove_tour(tenant.id, id);
    return {{{"id", id}, {"removed", true}}, fmt::format("{}: the tour is removed.\n", id)};
}

Report set_tour_shown(Context &context, const Arguments &arguments) {
    const models::Tenant tenant = context.tenant(arguments.text("TENANT"));
    const std::string &id = arguments.text("ID");
    const auto from = arguments.optional_text("--from");
    const std::string shown = from ? "later" : arguments.text_or("--show", "now");
    if (shown != "later" && shown != "now" && shown != "month") {
        throw UsageError("--show", fmt::format("must be now or month, not \"{}\".", shown));
    }
    if (from && !models::parse_day(*from)) {
        throw UsageError("--from", "must be a date such as 2027-03-01.");
    }
    db::AvailabilityStore(context.session()).set_tour_shown(tenant.id, id, shown, from);
    return {
        {{"id", id}, {"visibility", shown}, {"visibleFrom", from ? models::Json(*from) : models::Json()}},
        from ? fmt::format("{}: the pages show the tour from {} on.\n", id, *from)
             : fmt::format("{}: the pages show {}.\n", id, shown == "now" ? "the tour's days" : "its month")};
}

const Positional tenant_word{"TENANT", "The tenant's subdomain", Arity::Required};

std::vector<Command> time_commands() {
    return {
        {"availability",
         "show",
         "When a companion can be booked",
         "companionctl availability show claire",
         {tenant_word},
         {},
         show},
        {"availability",
         "set",
         "Sets when a companion can be booked, from JSON",
         "companionctl availability set claire hours.json",
         {tenant_word,
          {"FILE", "JSON as availability show --json gives it; - is standard input", Arity::Optional}},
         {{"--clear", "", "No availability: clients can ask for any time"}},
         set},
        {"availability",
         "block",
         "Blocks a time",
         "companionctl availability block claire 2027-03-01T12:00 2027-03-01T15:00 --note dentist",
         {tenant_word,
          {"START", "2027-03-01T12:00 in the companion's time zone, or with an offset", Arity::Required},
          {"END", "The same for the end", Arity::Required}},
         {{"--note", "TEXT", "Why; nobody outside sees it"}},
         block},
        {"availability",
         "unblock",
         "Frees a blocked time",
         "companionctl availability unblock claire 7a1f3c52-4a0b-4c1e-9d55-0c7d0e5f1a2b",
         {tenant_word, {"ID", "The id that availability show names", Arity::Required}},
         {},
         unblock},
    };
}

std::vector<Command> tour_commands() {
    return {
        {"tour",
         "add",
         "Adds a stay in another city",
         "companionctl tour add claire --city Melbourne --zone Australia/Melbourne --first 2027-03-10 --last "
         "2027-03-14",
         {tenant_word},
         {{"--city", "CITY", "Where", true},
          {"--zone", "ZONE",
           "The city's time zone; default: the one named after the city, else the companion's"},
          {"--first", "DAY", "The first day", true},
          {"--last", "DAY", "The last day", true},
          {"--show", "WHEN", "now or month (the pages name only the month); default: now"},
          {"--from", "DAY", "The pages show it from this day on"},
          {"--incall", "yes|no", "Whether incall is offered there; default: as at home"},
          {"--outcall", "yes|no", "Whether outcall is offered there; default: as at home"}},
         add_tour},
        {"tour",
         "set",
         "Changes what the pages show of a tour",
         "companionctl tour set claire 7a1f3c52-4a0b-4c1e-9d55-0c7d0e5f1a2b --from 2027-02-01",
         {tenant_word, {"ID", "The id that the list shows", Arity::Required}},
         {{"--show", "WHEN", "now or month (the pages name only the month); default: now"},
          {"--from", "DAY", "The pages show it from this day on"}},
         set_tour_shown},
        {"tour",
         "list",
         "A companion's tours",
         "companionctl tour list claire",
         {tenant_word},
         {},
         list_tours},
        {"tour",
         "remove",
         "Removes a tour",
         "companionctl tour remove claire 7a1f3c52-4a0b-4c1e-9d55-0c7d0e5f1a2b",
         {tenant_word, {"ID", "The id that the list shows", Arity::Required}},
         {},
         remove_tour},
    };
}

} // namespace

std::vector<Command> availability_commands() {
    std::vector<Command> all;
    for (auto group : {time_commands, tour_commands}) {
        for (auto &command : group()) {
            all.push_back(std::move(command));
        }
    }
    return all;
}

} // namespace studio::ctl
