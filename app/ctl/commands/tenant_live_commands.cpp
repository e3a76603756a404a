// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/commands/tenant_live_commands.h"

// Commands for publishing a site and taking it live.
#include "app/ctl/drafts.h"
#include "app/ctl/failure.h"
#include "app/ctl/step_receipt.h"
#include "app/ctl/text.h"
#include "base/host.h"
#include "base/text.h"
#include "db/experiments/experiment_store.h"
#include "db/stores/compliance_store.h"
#include "db/stores/platform_store.h"
#include "db/stores/revision_store.h"
#include "db/stores/tenant_store.h"
#include "models/booking/day.h"
#include "models/documents/validate_documents.h"
#include "models/tenant/hostname.h"
#include "models/tenant/photo_releases.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace studio::ctl {

namespace {

using Arity = Positional::Arity;

// The revisions that publishing is conditional on: the live one must be the one that the command line
// expects, or the one that was live when the command began, and no revision may have been saved after the one
// that is published as the latest.
db::KnownRevisions known_revisions(const Arguments &arguments, const models::Tenant &tenant, int number) {
    db::KnownRevisions known{db::KnownRevisions::Live{tenant.published_revision}, std::nullopt};
    if (const auto expected = arguments.optional_text("--expect")) {
        int live = 0;
        const auto end = expected->data() + expected->size();
        const auto read = std::from_chars(expected->data(), end, live);
        if (*expected != "none" && (read.ec != std::errc{} || read.ptr != end || live < 1)) {
            throw UsageError("--expect",
                             fmt::format("must be a revision's number or \"none\", not \"{}\".", *expected));
        }
        known.live = db::KnownRevisions::Live{live > 0 ? std::optional(live) : std::nullopt};
    }
    if (arguments.text_or("--revision", "latest") == "latest") {
        known.latest = number;
    }
    return known;
}

Report publish(Context &context, const Arguments &arguments) {
    const auto tenant = context.tenant(arguments.text("TENANT"));
    const auto revision = named_revision(context, tenant, arguments.text_or("--revision", "latest"));
    if (const auto errors = only_errors(models::validate(revision.documents)); !errors.empty()) {
        throw CommandFailure("Nothing was published.", errors);
    }
    db::RevisionStore(context.session())
        .publish(tenant.id, revision.summary.number,
                 known_revisions(arguments, tenant, revision.summary.number));
    return {{{"tenant", tenant.subdomain}, {"revision", revision.summary.number}, {"published", true}},
            fmt::format("{}: revision {} is live.\n", tenant.subdomain, revision.summary.number)};
}

Report status(Context &context, const Arguments &arguments) {
    const auto tenant = context.tenant(arguments.text("TENANT"));
    auto status = tenant.status;
    if (const auto wanted = arguments.optional_text("STATUS")) {
        const auto parsed = models::parse_tenant_status(*wanted);
        if (!parsed) {
            throw UsageError("STATUS",
                             fmt::format("must be active, inactive or preview, not \"{}\".", *wanted));
        }
        db::TenantStore(context.session()).set_status(tenant.id, *parsed);
        status = *parsed;
    }
    return {{{"tenant", tenant.subdomain}, {"status", to_string(status)}},
            fmt::format("{}: {}\n", tenant.subdomain, to_string(status))};
}

Report domain(Context &context, const Arguments &arguments) {
    const auto tenant = context.tenant(arguments.text("TENANT"));
    auto current = tenant.custom_domain;
    auto wanted = arguments.optional_text("DOMAIN");
    if (wanted && arguments.has("--clear")) {
        throw UsageError("DOMAIN", "either give a domain, or remove it with --clear.");
    }
    if (wanted) {
        wanted = base::plain_host(*wanted);
        if (const std::string problem = models::CustomDomain::problem(*wanted); !problem.empty()) {
            throw CommandFailure("DOMAIN", problem);
        }
    }
    if (wanted || arguments.has("--clear")) {
        current = wanted;
        db::TenantStore(context.session()).set_custom_domain(tenant.id, current);
    }
    return {
        {{"tenant", tenant.subdomain}, {"customDomain", current ? models::Json(*current) : models::Json()}},
        fmt::format("{}: {}\n", tenant.subdomain, current.value_or("no custom domain"))};
}

Report verify_identity(Context &context, const Arguments &arguments) {
    const std::string &kind = arguments.text("--document");
    const char *kinds[] = {"passport", "driver_licence", "national_id", "proof_of_age_card"};
    if (std::find(std::begin(kinds), std::end(kinds), kind) == std::end(kinds)) {
        throw UsageError("--document",
                         fmt::format("must be one of {}, not \"{}\".", fmt::join(kinds, ", "), kind));
    }
    const auto tenant = context.tenant(arguments.text("TENANT"));
    db::ComplianceStore compliance(context.session());
    compliance.record_verification(tenant.id, kind);
    const auto recorded = compliance.verification(tenant.id);
    Report report;
    report.data = {{"tenant", tenant.subdomain}, {"document", kind}, {"adult", true}};
    if (recorded) {
        report.data["verifiedBy"] = recorded->verified_by;
        report.data["verifiedAt"] = iso_time(recorded->verified_at);
    }
    report.text =
        fmt::format("{}: recorded that an adult's identity was verified by {}.\n", tenant.subdomain, kind);
    return report;
}

// The photos of the latest draft and of experiments that are not over.
std::vector<std::string> photo_urls(Context &context, const models::Tenant &tenant) {
    std::vector<std::string> urls;
    for (const models::ReachingPhoto &reaching :
         models::photos_that_reach_visitors(latest_revision(context, tenant).documents,
                                            db::ExperimentStore(context.session()).list(tenant.id))) {
        urls.push_back(reaching.photo.url);
    }
    return urls;
}

// "2027-03-01", a day of the calendar; "" where the option is not given.
std::string day_option(const Arguments &arguments, const char *option) {
    const std::string day = arguments.text_or(option, "");
    if (!day.empty() && !models::parse_day(day)) {
        throw UsageError(option, fmt::format("must be a day such as 2027-03-01, not \"{}\".", day));
    }
    return day;
}

// The release of one person; nullopt if the release is for everyone in the photo.
std::optional<db::PhotoRelease> person_release(const Arguments &arguments, const models::TenantId &tenant) {
    if (!arguments.has("--person")) {
        for (const char *option : {"--from", "--until", "--scope"}) {
            if (arguments.has(option)) {
                throw UsageError("--person",
                                 fmt::format("is missing: {} belongs to one person's release.", option));
            }
        }
        return std::nullopt;
    }
    db::PhotoRelease release;
    release.tenant_id = tenant;
    release.person = std::string(base::trimmed(arguments.text("--person")));
    release.scope = arguments.text_or("--scope", "");
    release.valid_from = day_option(arguments, "--from");
    release.valid_until = day_option(arguments, "--until");
    if (release.person.empty()) {
        throw UsageError("--person", "must name the person.");
    }
    if (!release.valid_from.empty() && !release.valid_until.empty() &&
        release.valid_until < release.valid_from) {
        throw UsageError("--until", "must not be before --from.");
    }
    const models::Day today(std::chrono::floor<std::chrono::days>(base::now()).time_since_epoch());
    if (const auto last = models::parse_day(release.valid_until); last && *last < today) {
        throw UsageError("--until", "must not be before today (UTC): a release that is over takes the photo "
                                    "away. To take it away, withdraw the release.");
    }
    return release;
}

// Names the photos that were left out, because somebody took back the release of them.
void tell_left_out(const Context &context, const models::Tenant &tenant,
                   const std::vector<db::WithdrawnRelease> &left_out, Report &report) {
    report.data["withdrawn"] = models::Json::array();
    for (const db::WithdrawnRelease &each : left_out) {
        const std::string words = "tenant record-release " + tenant.subdomain + " " + each.photo_url;
        report.data["withdrawn"].push_back({{"photo", each.photo_url},
                                            {"person", each.person},
                                            {"withdrawnAt", iso_time(each.withdrawn_at)}});
        report.text += fmt::format(
            "Left out: {}. {} was withdrawn on {}; only recording it by itself gives it back: \"{}\"\n",
            each.photo_url,
            each.person.empty() ? "Its release" : fmt::format("The release of {}", each.person),
            iso_time(each.withdrawn_at).substr(0, 10),
            context.command_here(each.person.empty() ? words
                                                     : fmt::format("{} --person '{}'", words, each.person)));
    }
}

Report record_release(Context &context, const Arguments &arguments) {
    const auto tenant = context.tenant(arguments.text("TENANT"));
    auto person = person_release(arguments, tenant.id);
    const auto known = photo_urls(context, tenant);
    auto urls = arguments.list("PHOTO");
    if (arguments.has("--all") == !urls.empty()) {
        throw UsageError("PHOTO", "either name photos by their address, or record all of the latest draft "
                                  "and the tests with --all.");
    }
    if (urls.empty()) {
        urls = known;
    }
    for (const auto &url : urls) {
        if (std::find(known.begin(), known.end(), url) == known.end()) {
            throw CommandFailure("PHOTO",
                                 fmt::format("\"{}\" is not a photo of {}'s latest draft or tests. "
                                             "\"{}\" shows their addresses.",
                                             url, tenant.subdomain,
                                             context.command_here("photo list " + tenant.subdomain)));
        }
    }
    db::ComplianceStore compliance(context.session());
    std::vector<db::WithdrawnRelease> left_out;
    if (arguments.has("--all")) {
        db::PhotoRelease whole;
        whole.tenant_id = tenant.id;
        left_out = compliance.record_releases(urls, person.value_or(whole));
    } else {
        for (const auto &url : urls) {
            if (person) {
                person->photo_url = url;
                compliance.record_person_release(*person);
            } else {
                compliance.record_release(tenant.id, url);
            }
        }
    }
    std::erase_if(urls, [&](const std::string &url) {
        return std::ranges::any_of(left_out, [&](const auto &each) { return each.photo_url == url; });
    });
    Report report{{{"tenant", tenant.subdomain}, {"released", urls}},
                  fmt::format("{}: releases recorded for {} photo(s).\n", tenant.subdomain, urls.size())};
    tell_left_out(context, tenant, left_out, report);
    return report;
}

Report withdraw_release(Context &context, const Arguments &arguments) {
    const auto tenant = context.tenant(arguments.text("TENANT"));
    const std::string &url = arguments.text("PHOTO");
    db::ComplianceStore compliance(context.session());
    if (const auto person = arguments.optional_text("--person")) {
        compliance.withdraw_person_release(tenant.id, url, std::string(base::trimmed(*person)));
    } else {
        compliance.withdraw_release(tenant.id, url);
    }
    Report report{
        {{"tenant", tenant.subdomain}, {"withdrawn", url}},
        fmt::format("{}: the release of {} is withdrawn. The photo is gone from every page within seconds.\n",
                    tenant.subdomain, url)};
    // Photos in the folder are delivered by the public service, those in a bucket by the bucket.
    if (db::PlatformStore(context.session()).photo_store().bucket) {
        carry_out_and_tell(context, tenant.id, models::picture_of(url), report);
    }
    return report;
}

} // namespace

std::vector<Command> tenant_live_commands() {
    const Positional tenant{"TENANT", "The tenant's subdomain", Arity::Required};
    return {
        {"tenant",
         "publish",
         "Publishes a revision",
         "companionctl tenant publish claire",
         {tenant},
         {{"--revision", "REVISION", "A number, or latest (default)"},
          {"--expect", "REVISION", "Only if this revision is live; none: only if nothing is"}},
         publish},
        {"tenant",
         "status",
         "Shows or sets the status",
         "companionctl tenant status emma active",
         {tenant, {"STATUS", "active, inactive or preview", Arity::Optional}},
         {},
         status},
        {"tenant",
         "domain",
         "Shows, sets or removes the tenant's custom domain",
         "companionctl tenant domain claire claire-hamilton.com",
         {tenant, {"DOMAIN", "A host name", Arity::Optional}},
         {{"--clear", "", "Remove the domain"}},
         domain},
        {"tenant",
         "verify-identity",
         "Records that you verified her identity and age",
         "companionctl tenant verify-identity emma --document passport",
         {tenant},
         {{"--document", "KIND", "passport, driver_licence, national_id or proof_of_age_card", true}},
         verify_identity},
        {"tenant",
         "record-release",
         "Records that the person released photos for publishing",
         "companionctl tenant record-release emma --all",
         {tenant, {"PHOTO", "The address of a photo", Arity::Optional}},
         {{"--all", "", "Every photo of the latest draft, its sharing picture and its tests"},
          {"--person", "NAME", "One of the people in the photo; default: one release for everybody in it"},
          {"--from", "DAY", "The first day on which it counts"},
          {"--until", "DAY",
           "The last day on which it counts; then the photo is hidden, and removed after 30 days"},
          {"--scope", "TEXT", "What the person agreed to"}},
         record_release},
        {"tenant",
         "withdraw-release",
         "Removes a photo from every page, test, draft and shared link at once",
         "companionctl tenant withdraw-release claire /media/claire/bondi-1a2b3c4d-1920.jpg",
         {tenant, {"PHOTO", "The address of the photo", Arity::Required}},
         {{"--person", "NAME", "The release of one person; default: of everybody in the photo"}},
         withdraw_release},
    };
}

} // namespace studio::ctl
