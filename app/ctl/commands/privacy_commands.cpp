// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/commands/privacy_commands.h"

#include "app/ctl/email_option.h"
#include "app/ctl/failure.h"
#include "app/ctl/job_media.h"
#include "app/ctl/job_winners.h"
#include "app/ctl/phone_option.h"
#include "app/ctl/text.h"
#include "db/bookings/due_bookings.h"
#include "db/stores/privacy_store.h"

#include <fmt/format.h>

namespace studio::ctl {

namespace {

using Arity = Positional::Arity;

// Whose data are erased.
struct Subject {
    std::string option, value;
};

Subject subject_of(const Arguments &arguments) {
    std::vector<Subject> given;
    for (const char *option : {"--email", "--phone", "--booking", "--session"}) {
        if (const auto value = arguments.optional_text(option)) {
            given.push_back({option, *value});
        }
    }
    if (given.size() != 1) {
        throw UsageError("--email", "Give one of --email, --phone, --booking and --session.");
    }
    return given.front();
}

db::ErasureReceipt erase_subject(Context &context, const Arguments &arguments, const Subject &subject) {
    models::TenantId tenant_id;
    if (const auto subdomain = arguments.optional_text("--tenant")) {
        tenant_id = context.tenant(*subdomain, "--tenant").id;
    }
    db::PrivacyStore privacy(context.session());
    if (subject.option == "--email") {
        return privacy.erase_email(tenant_id, required_email(subject.value));
    }
    if (subject.option == "--phone") {
        return privacy.erase_phone(tenant_id, required_phone(context, arguments, subject.value));
    }
    return subject.option == "--booking"
               ? privacy.erase_booking(tenant_id, subject.value)
               : privacy.forget_session(tenant_id, models::SessionId(subject.value));
}

Report erase(Context &context, const Arguments &arguments) {
    const Subject subject = subject_of(arguments);
    const db::ErasureReceipt receipt = erase_subject(context, arguments, subject);
    // There is no receipt where nothing was stored and so nothing was erased.
    const bool held = !receipt.id.empty();
    const bool unlinked = subject.option == "--session" && held && receipt.sessions == 0;
    std::string text = "Nothing is stored about it, so nothing was erased.\n";
    if (unlinked) {
        text = fmt::format("The visit was made without consent and may be of several people, so it stays. {} "
                           "to it.\nReceipt: {}\n",
                           counted(receipt.bookings, "booking lost its link", "bookings lost their link"),
                           receipt.id);
    } else if (held) {
        text = fmt::format("Erased: {}, {}, {}, {}.\nReceipt: {}\n", counted(receipt.bookings, "booking"),
                           counted(receipt.sessions, "visit"), counted(receipt.events, "event"),
                           counted(receipt.assignments, "test assignment"), receipt.id);
    }
    return {{{"receipt", held ? models::Json(receipt.id) : models::Json()},
             {"sessions", receipt.sessions},
             {"events", receipt.events},
             {"assignments", receipt.assignments},
             {"bookings", receipt.bookings}},
            text};
}

Report run_retention(Context &context) {
    const auto report = db::PrivacyStore(context.session()).retention(base::now());
    if (!report) {
        return {{{"ran", false}}, "Another process is already running the retention job.\n"};
    }
    return {{{"ran", true},
             {"partitionsDropped", report->partitions_dropped},
             {"partitionsMade", report->partitions_made},
             {"events", report->events},
             {"sessions", report->sessions},
             {"bookings", report->bookings},
             {"botDays", report->bot_days},
             {"attempts", report->attempts},
             {"messages", report->messages},
             {"clientKeys", report->client_keys},
             {"bookingWords", report->booking_words},
             {"auditEntries", report->audit_entries}},
            fmt::format("Removed: {}, {}, {}, {}. Months created ahead: {}.\n",
                        counted(report->partitions_dropped, "month of events", "months of events"),
                        counted(report->events, "event"), counted(report->sessions, "visit"),
                        counted(report->bookings, "booking"), report->partitions_made)};
}

Report run_due_bookings(Context &context) {
    int changed = 0;
    for (int more = db::max_due_bookings; more >= db::max_due_bookings; changed += more) {
        more = db::run_due_bookings(context.session());
    }
    return {{{"changed", changed}},
            changed == 0 ? "No booking is due.\n"
                         : fmt::format("{}: expired, released, or with a reminder or an agenda on its way.\n",
                                       counted(changed, "booking"))};
}

Report run_job(Context &context, const Arguments &arguments) {
    const std::string &name = arguments.text("NAME");
    if (name == "winners") {
        return run_winners(context);
    }
    if (name == "bookings") {
        return run_due_bookings(context);
    }
    if (name == "media") {
        return run_media(context);
    }
    if (name != "retention") {
        throw UsageError("NAME", "The jobs are bookings, media, retention and winners.");
    }
    return run_retention(context);
}

} // namespace

std::vector<Command> privacy_commands() {
    return {
        {"erase",
         "",
         "Erases what is stored about a person, with a receipt",
         "companionctl erase --email someone@example.com",
         {},
         {{"--email", "ADDRESS", "Bookings with this email address and the visits they came from"},
          {"--phone", "NUMBER",
           "The same by telephone number; without its country's code it is one of the tenant's country"},
          {"--booking", "ID", "One booking and the visits it came from"},
          {"--session", "ID", "One visit with its events"},
          {"--tenant", "TENANT", "Only at this tenant; default: everywhere"}},
         erase},
        {"jobs",
         "run",
         "Runs a job now: one of the public service, or media, which a timer runs",
         "companionctl jobs run retention",
         {{"NAME",
           "retention: deletes what is older than two years; winners: declares automatic winners; bookings: "
           "expires, releases and reminds what is due; media: removes, hides and shows photos where the "
           "platform "
           "keeps them",
           Arity::Required}},
         {},
         run_job},
    };
}

} // namespace studio::ctl
