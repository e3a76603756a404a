// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/commands/calendar_commands.h"

#include "app/ctl/booking_text.h"
#include "app/ctl/failure.h"
#include "app/ctl/files.h"
#include "app/ctl/text.h"
#include "base/text.h"
#include "base/time.h"
#include "db/bookings/availability_store.h"
#include "db/bookings/calendar_import_store.h"
#include "models/booking/calendar_source.h"
#include "models/values/timezone.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace studio::ctl {

namespace {

using Arity = Positional::Arity;

constexpr std::size_t max_name = 100;

// Reads "Customized Time Zone=Australia/Sydney; Work=Australia/Perth".
models::Json zones_of(const Arguments &arguments) {
    models::Json zones = models::Json::object();
    const std::string text = arguments.text_or("--zone", "");
    for (std::string_view rest = text; !rest.empty();) {
        const std::size_t end = std::min(rest.find(';'), rest.size());
        const std::string_view pair = base::trimmed(rest.substr(0, end));
        const std::size_t sign = pair.rfind('=');
        if (sign == std::string_view::npos || sign == 0 || !models::is_timezone(pair.substr(sign + 1))) {
            throw UsageError("--zone",
                             "must be NAME=REGION/CITY, as in \"Customized Time Zone=Australia/Sydney\"; "
                             "several are divided by semicolons.");
        }
        zones[std::string(pair.substr(0, sign))] = pair.substr(sign + 1);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return zones;
}

std::string gaps_text(const models::Json &report) {
    std::string text;
    for (const std::string &gap : models::import_gaps(report)) {
        text += "  " + gap + "\n";
    }
    return text;
}

models::CalendarImport read_calendar_file(const Arguments &arguments, const std::string &source,
                                          const std::string &zone) {
    const std::string text = read_file(source, "SOURCE", models::max_calendar_bytes);
    const models::CalendarImport import = models::read_busy_times(
        text, zone, models::import_window(base::now()), models::zone_names(zones_of(arguments)));
    if (!import.error.empty()) {
        throw CommandFailure("SOURCE", import.error);
    }
    if (!import.unknown_zones.empty()) {
        const std::string &name = import.unknown_zones.front();
        throw CommandFailure("SOURCE",
                             fmt::format("The calendar names the time zone \"{0}\", which is not known. "
                                         "Nothing was imported: say which one is meant, as in --zone "
                                         "\"{0}={1}\".",
                                         name, zone));
    }
    return import;
}

Report import_file(Context &context, const Arguments &arguments, const models::Tenant &tenant) {
    const std::string &source = arguments.text("SOURCE");
    const models::CalendarImport import = read_calendar_file(arguments, source, zone_of(tenant));
    std::vector<db::BusyTime> busy;
    for (const models::TimeSpan &span : import.busy) {
        busy.push_back({span.start, span.end});
    }
    const std::string name = arguments.text_or(
        "--name", source == "-" ? "Calendar" : std::filesystem::path(source).filename().string());
    const models::Json report = models::import_report(import);
    const std::string id =
        db::CalendarImportStore(context.session())
            .save(tenant.id, arguments.optional_text("--replace"), name.substr(0, max_name), busy, report);
    return {{{"id", id}, {"tenant", tenant.subdomain}, {"host", nullptr}, {"report", report}},
            fmt::format("{}: {} from {} in the calendar.\n{}", id,
                        counted(static_cast<std::int64_t>(busy.size()), "busy time"),
                        counted(static_cast<std::int64_t>(import.events), "event"), gaps_text(report))};
}

Report follow_address(Context &context, const Arguments &arguments, const models::Tenant &tenant,
                      const std::string &address) {
    if (arguments.has("--replace")) {
        throw UsageError("--replace", "is for files; a calendar at an address is read again by itself.");
    }
    const std::string id = db::CalendarImportStore(context.session())
                               .follow(tenant.id, arguments.text_or("--name", "Calendar").substr(0, max_name),
                                       address, zones_of(arguments));
    return {{{"id", id}, {"tenant", tenant.subdomain}, {"url", address}},
            fmt::format(
                "{}: the public service reads it within seconds, and then every half hour. What came of it: "
                "{}\n",
                id, context.command_here("calendar imports " + tenant.subdomain))};
}

Report import_calendar(Context &context, const Arguments &arguments) {
    const models::Tenant tenant = context.tenant(arguments.text("TENANT"));
    const std::string &source = arguments.text("SOURCE");
    if (const auto address = models::calendar_address(source)) {
        return follow_address(context, arguments, tenant, *address);
    }
    if (source.find("://") != std::string::npos) {
        throw UsageError("SOURCE", "must be a file, or an address that begins with https:// or webcal://.");
    }
    return import_file(context, arguments, tenant);
}

std::string when_read(const db::CalendarImport &import) {
    return import.read_at ? iso_time(*import.read_at) : "not yet";
}

Report list_imports(Context &context, const Arguments &arguments) {
    const models::Tenant tenant = context.tenant(arguments.text("TENANT"));
    Report report;
    report.data = models::Json::array();
    std::vector<std::vector<std::string>> rows;
    std::string remarks;
    for (const db::CalendarImport &import : db::CalendarImportStore(context.session()).list(tenant.id)) {
        const auto time = [](const std::optional<models::Time> &at) {
            return at ? models::Json(iso_time(*at)) : models::Json();
        };
        report.data.push_back({{"id", import.id},
                               {"name", import.name},
                               {"host", import.host.empty() ? models::Json() : models::Json(import.host)},
                               {"busy", import.busy},
                               {"readAt", time(import.read_at)},
                               {"triedAt", time(import.tried_at)},
                               {"problem", import.problem},
                               {"gaps", models::import_gaps(import.report)}});
        rows.push_back({import.id, import.name, import.host.empty() ? "file" : import.host,
                        std::to_string(import.busy), when_read(import),
                        import.problem.empty() ? "" : "failed"});
        const std::string gaps = gaps_text(import.report);
        if (!import.problem.empty() || !gaps.empty()) {
            remarks += fmt::format("{}:\n", import.name);
        }
        if (!import.problem.empty()) {
            remarks += fmt::format("  The last reading failed; the busy times of the one before count. {}\n",
                                   import.problem);
        }
        remarks += gaps;
    }
    report.text = table({"ID", "NAME", "FROM", "BUSY", "READ", "LAST"}, rows) + remarks;
    return report;
}

Report refresh_import(Context &context, const Arguments &arguments) {
    const models::Tenant tenant = context.tenant(arguments.text("TENANT"));
    const std::string &id = arguments.text("ID");
    const models::Json zones = arguments.has("--zone") ? zones_of(arguments) : models::Json();
    db::CalendarImportStore(context.session()).refresh(tenant.id, id, zones);
    return {{{"id", id}, {"asked", true}},
            fmt::format("{}: the public service reads it within a minute.\n", id)};
}

Report remove_import(Context &context, const Arguments &arguments) {
    const models::Tenant tenant = context.tenant(arguments.text("TENANT"));
    const std::string &id = arguments.text("ID");
    db::CalendarImportStore(context.session()).remove(tenant.id, id);
    return {{{"id", id}, {"removed", true}}, fmt::format("{}: removed, with its busy times.\n", id)};
}

Report add_feed(Context &context, const Arguments &arguments) {
    const models::Tenant tenant = context.tenant(arguments.text("TENANT"));
    const std::string titles = arguments.text_or("--titles", "busy");
    if (titles != "busy" && titles != "neutral") {
        throw UsageError("--titles", fmt::format("must be busy or neutral, not \"{}\".", titles));
    }
    const std::string secret = db::AvailabilityStore(context.session()).add_feed(tenant.id, titles);
    const std::string path = "/calendar/" + secret + ".ics";
    return {{{"tenant", tenant.subdomain}, {"path", path}, {"titles", titles}},
            fmt::format("The calendar's address, shown only now: {} on the site of {}.\n", path,
                        tenant.subdomain)};
}

Report list_feeds(Context &context, const Arguments &arguments) {
    const models::Tenant tenant = context.tenant(arguments.text("TENANT"));
    Report report;
    report.data = models::Json::array();
    std::vector<std::vector<std::string>> rows;
    for (const db::CalendarFeed &feed : db::AvailabilityStore(context.session()).feeds(tenant.id)) {
        report.data.push_back({{"id", feed.id},
                               {"titles", feed.titles},
                               {"createdBy", feed.created_by},
                               {"createdAt", iso_time(feed.created_at)}});
        rows.push_back({feed.id, feed.titles, iso_time(feed.created_at), feed.created_by});
    }
    report.text = table({"ID", "TITLES", "AT", "BY"}, rows);
    return report;
}

Report revoke_feed(Context &context, const Arguments &arguments) {
    const models::Tenant tenant = context.tenant(arguments.text("TENANT"));
    const std::string &id = arguments.text("ID");
    db::AvailabilityStore(context.session()).revoke_feed(tenant.id, id);
    return {{{"id", id}, {"revoked", true}}, fmt::format("{}: the address no longer works.\n", id)};
}

const Positional tenant_word{"TENANT", "The tenant's subdomain", Arity::Required};
const Positional import_id{"ID", "The id that calendar imports shows", Arity::Required};
const Option zone_option{"--zone", "NAME=ZONE",
                         "Which time zone a name in the calendar means that is not known; several with ;"};

std::vector<Command> import_commands() {
    return {
        {"calendar",
         "import",
         "Takes the busy times of another calendar: from a file once, from an address again and again",
         "companionctl calendar import claire https://calendar.example.com/claire.ics --name Work",
         {tenant_word,
          {"SOURCE",
           "An .ics file, - for standard input, or an address that begins with https:// or webcal://",
           Arity::Required}},
         {{"--name", "NAME", "What the calendar is called; default: the file's name"},
          {"--replace", "ID", "The file takes the place of this imported file"},
          zone_option},
         import_calendar},
        {"calendar",
         "imports",
         "Calendars whose busy times count: when each was last read, and what failed",
         "companionctl calendar imports claire",
         {tenant_word},
         {},
         list_imports},
        {"calendar",
         "refresh",
         "Has a calendar at an address read now",
         "companionctl calendar refresh claire 7a1f3c52-4a0b-4c1e-9d55-0c7d0e5f1a2b",
         {tenant_word, import_id},
         {zone_option},
         refresh_import},
        {"calendar",
         "remove",
         "Removes an imported calendar with its busy times",
         "companionctl calendar remove claire 7a1f3c52-4a0b-4c1e-9d55-0c7d0e5f1a2b",
         {tenant_word, import_id},
         {},
         remove_import},
    };
}

std::vector<Command> feed_commands() {
    return {
        {"calendar",
         "share",
         "Makes a secret address at which a calendar program sees when a companion is busy",
         "companionctl calendar share claire",
         {tenant_word},
         {{"--titles", "TITLES", "busy or neutral (\"Appointment\", \"Blocked\"); default: busy"}},
         add_feed},
        {"calendar",
         "list",
         "The secret addresses that work",
         "companionctl calendar list claire",
         {tenant_word},
         {},
         list_feeds},
        {"calendar",
         "revoke",
         "Ends a secret address",
         "companionctl calendar revoke claire 7a1f3c52-4a0b-4c1e-9d55-0c7d0e5f1a2b",
         {tenant_word, {"ID", "The id that the list shows", Arity::Required}},
         {},
         revoke_feed},
    };
}

} // namespace

std::vector<Command> calendar_commands() {
    std::vector<Command> all = import_commands();
    for (auto &command : feed_commands()) {
        all.push_back(std::move(command));
    }
    return all;
}

} // namespace studio::ctl
