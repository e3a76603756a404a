// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/commands/experiment_commands.h"

#include "app/ctl/failure.h"
#include "app/ctl/files.h"
#include "app/ctl/text.h"
#include "db/connection/error.h"
#include "db/experiments/experiment_store.h"
#include "models/documents/parse_document.h"
#include "models/json/json_read.h"

#include <fmt/format.h>

#include <array>

namespace studio::ctl {

namespace {

using Arity = Positional::Arity;
using models::Experiment;
using models::ExperimentStatus;

models::Json optional_iso_time(const std::optional<models::Time> &time) {
    return time ? models::Json(iso_time(*time)) : models::Json();
}

models::Json json_of(const Experiment &experiment) {
    return {{"id", experiment.id},
            {"name", experiment.name},
            {"description", experiment.description},
            {"element", to_string(experiment.element)},
            {"status", to_string(experiment.status)},
            {"variants", models::write_variants(experiment.variants)},
            {"trafficShare", experiment.traffic_share},
            {"phase", experiment.phase},
            {"autoWinner", experiment.auto_winner},
            {"plannedVisitors",
             experiment.planned_visitors ? models::Json(*experiment.planned_visitors) : models::Json()},
            {"winner", experiment.winner.empty() ? models::Json() : models::Json(experiment.winner)},
            {"origin", experiment.origin},
            {"startedAt", optional_iso_time(experiment.started_at)},
            {"endedAt", optional_iso_time(experiment.ended_at)},
            {"decision", experiment.decision},
            {"revertedAt", optional_iso_time(experiment.reverted_at)}};
}

std::string variants_text(const Experiment &experiment) {
    std::string text;
    for (const models::Variant &variant : experiment.variants) {
        text += fmt::format("{}{} {:.4g}", text.empty() ? "" : ", ", variant.id, variant.weight);
    }
    return text;
}

Report report_of(const Experiment &experiment, const std::string &sentence) {
    return {json_of(experiment), fmt::format("{}: {}\n", experiment.name, sentence)};
}

Report list_experiments(Context &context, const Arguments &arguments) {
    const auto tenant = context.tenant(arguments.text("TENANT"));
    Report report;
    report.data = models::Json::array();
    std::vector<std::vector<std::string>> rows;
    for (const Experiment &experiment : db::ExperimentStore(context.session()).list(tenant.id)) {
        report.data.push_back(json_of(experiment));
        rows.push_back({experiment.id, experiment.name, std::string(to_string(experiment.element)),
                        std::string(to_string(experiment.status)), std::to_string(experiment.phase),
                        variants_text(experiment), experiment.winner});
    }
    report.text = table({"ID", "NAME", "ELEMENT", "STATUS", "PHASE", "ARMS", "WINNER"}, rows);
    return report;
}

// Refuses fields of a wrong JSON type, which the lenient reader would ignore.
void require_kinds(const models::Json &document, models::ValidationIssues &issues) {
    const auto require = [&](const char *key, bool (*fits)(const models::Json &), const char *sentence) {
        const auto found = document.find(key);
        if (found != document.end() && !fits(*found)) {
            issues.push_back({std::string("/") + key, sentence});
        }
    };
    const auto text = [](const models::Json &value) { return value.is_string(); };
    require("name", text, "The name must be text.");
    require("description", text, "The description must be text.");
    require(
        "variants", [](const models::Json &value) { return value.is_array(); },
        "The variants must be a list.");
    require(
        "trafficShare", [](const models::Json &value) { return value.is_number(); },
        "The traffic share must be a number above 0, at most 1, without quotes.");
    require(
        "plannedVisitors", [](const models::Json &value) { return value.is_number_integer(); },
        "The planned visitors must be a whole number.");
    require(
        "autoWinner", [](const models::Json &value) { return value.is_boolean(); },
        "The automatic winner must be true or false.");
}

// Reads an object with the members "name", "element", "variants" (a list of objects with "id", "name",
// "weight" and "config"), "description", "trafficShare", "plannedVisitors" and "autoWinner".
Experiment read_definition(const std::string &text, const models::TenantId &tenant_id) {
    const models::ParsedDocument parsed = models::parse_document(text);
    if (models::has_errors(parsed.issues)) {
        throw CommandFailure("FILE is not a JSON document.", parsed.issues);
    }
    if (!parsed.document.is_object()) {
        throw CommandFailure("FILE", "A test must be a JSON object.");
    }
    Experiment experiment;
    experiment.tenant_id = tenant_id;
    models::ValidationIssues issues;
    constexpr std::array known{"name",         "description",     "element",   "variants",
                               "trafficShare", "plannedVisitors", "autoWinner"};
    for (const auto &[key, value] : parsed.document.items()) {
        if (std::find(known.begin(), known.end(), key) == known.end()) {
            issues.push_back({"/" + key, "A test has no such field."});
        }
    }
    require_kinds(parsed.document, issues);
    experiment.name = models::text_member(parsed.document, "name");
    experiment.description = models::text_member(parsed.document, "description");
    if (const auto element =
            models::parse_experiment_element(models::text_member(parsed.document, "element"))) {
        experiment.element = *element;
    } else {
        issues.push_back({"/element", "The element must be hero_photo, gallery_order, cta or layout."});
    }
    experiment.variants = models::read_variants(models::list_member(parsed.document, "variants"));
    if (experiment.variants.size() != models::list_member(parsed.document, "variants").size()) {
        issues.push_back({"/variants", "Every variant needs an id."});
    }
    experiment.traffic_share = models::number_member(parsed.document, "trafficShare").value_or(1);
    if (const auto planned = models::number_member(parsed.document, "plannedVisitors")) {
        experiment.planned_visitors = static_cast<int>(*planned);
    }
    experiment.auto_winner = models::bool_member(parsed.document, "autoWinner", false);
    for (const models::ValidationIssue &issue : models::validate_experiment(experiment)) {
        issues.push_back(issue);
    }
    if (models::has_errors(issues)) {
        throw CommandFailure("The test is not valid.", issues);
    }
    return experiment;
}

Experiment require_experiment(db::ExperimentStore &store, const std::string &id, const char *field = "ID") {
    if (auto experiment = store.find(id)) {
        return *experiment;
    }
    throw CommandFailure(field,
                         fmt::format("There is no test \"{}\", or this login has no access to it.", id));
}

Report create_experiment(Context &context, const Arguments &arguments) {
    const auto tenant = context.tenant(arguments.text("TENANT"));
    const Experiment definition =
        read_definition(read_file(arguments.text("FILE"), "FILE", models::max_document_bytes), tenant.id);
    db::ExperimentStore store(context.session());
    return report_of(store.create(definition), "stored as a draft; \"experiment start\" runs it");
}

// An element has one experiment at a time. Another one on it ends only if the command line names it.
void start_or_name_the_other(db::ExperimentStore &store, const Experiment &experiment,
                             const std::string &ending) {
    try {
        store.start(experiment.id, ending);
    } catch (const db::Error &error) {
        if (error.constraint() == "ab_tests_ending") {
            throw CommandFailure("--ending", error.what());
        }
        if (error.constraint() != "ab_tests_one_of_element") {
            throw;
        }
        std::string hint;
        for (const Experiment &other : store.list(experiment.tenant_id)) {
            const bool holds =
                other.status == ExperimentStatus::Active || other.status == ExperimentStatus::Paused;
            if (holds && other.element == experiment.element) {
                hint = fmt::format(" \"--ending {}\" ends it in the same step.", other.id);
            }
        }
        throw CommandFailure("ID", error.what() + hint);
    }
}

Report start_experiment(Context &context, const Arguments &arguments) {
    db::ExperimentStore store(context.session());
    const std::string &id = arguments.text("ID");
    const auto ending = arguments.optional_text("--ending");
    const Experiment before = require_experiment(store, id);
    if (before.status == ExperimentStatus::Paused && !ending) {
        store.resume(id);
    } else {
        if (ending) {
            require_experiment(store, *ending, "--ending");
        }
        start_or_name_the_other(store, before, ending.value_or(""));
    }
    return report_of(require_experiment(store, id), "runs");
}

Report pause_experiment(Context &context, const Arguments &arguments) {
    db::ExperimentStore store(context.session());
    store.pause(require_experiment(store, arguments.text("ID")).id);
    return report_of(require_experiment(store, arguments.text("ID")),
                     "paused: everyone sees the control, nothing is recorded");
}

Report stop_experiment(Context &context, const Arguments &arguments) {
    db::ExperimentStore store(context.session());
    store.stop(require_experiment(store, arguments.text("ID")).id);
    return report_of(require_experiment(store, arguments.text("ID")), "over, without a winner");
}

Report declare_winner(Context &context, const Arguments &arguments) {
    db::ExperimentStore store(context.session());
    const std::string &id = arguments.text("ID"), &variant = arguments.text("VARIANT");
    const Experiment before = require_experiment(store, id);
    if (!before.variant(variant)) {
        throw CommandFailure("VARIANT", fmt::format("The test \"{}\" has no variant \"{}\": it has {}.",
                                                    before.name, variant, variants_text(before)));
    }
    const db::Declaration declared = store.declare(id, variant);
    Report report =
        report_of(require_experiment(store, id), fmt::format("\"{}\" won and is now live as revision {}",
                                                             variant, declared.published_revision));
    report.data["publishedRevision"] = declared.published_revision;
    report.data["draftRevision"] =
        declared.draft_revision ? models::Json(*declared.draft_revision) : models::Json();
    if (declared.draft_revision) {
        report.text +=
            fmt::format("The unpublished draft continues as revision {}.\n", *declared.draft_revision);
    }
    return report;
}

Report revert_winner(Context &context, const Arguments &arguments) {
    db::ExperimentStore store(context.session());
    const std::string &id = arguments.text("ID");
    require_experiment(store, id);
    const db::Reversal reversal = store.revert_winner(id);
    Report report = report_of(require_experiment(store, id),
                              fmt::format("the winner is reverted: revision {} is live again, as revision {}",
                                          reversal.restored_revision, reversal.published_revision));
    report.data["restoredRevision"] = reversal.restored_revision;
    report.data["publishedRevision"] = reversal.published_revision;
    report.data["draftRevision"] =
        reversal.draft_revision ? models::Json(*reversal.draft_revision) : models::Json();
    return report;
}

Report set_auto_winner(Context &context, const Arguments &arguments) {
    db::ExperimentStore store(context.session());
    Experiment experiment = require_experiment(store, arguments.text("ID"));
    const std::string &wanted = arguments.text("ON-OR-OFF");
    if (wanted != "on" && wanted != "off") {
        throw UsageError("ON-OR-OFF", "must be on or off.");
    }
    if (experiment.status == ExperimentStatus::Completed) {
        throw CommandFailure(
            "ID", fmt::format("The test \"{}\" is over: no winner is published automatically any more.",
                              experiment.name));
    }
    experiment.auto_winner = wanted == "on";
    return report_of(store.update(experiment),
                     experiment.auto_winner
                         ? "its winner is published automatically once the evidence is strong enough"
                         : "its winner is published only when someone declares it");
}

} // namespace

std::vector<Command> experiment_commands() {
    const Positional tenant{"TENANT", "The tenant's subdomain", Arity::Required};
    const Positional id{"ID", "The id that experiment list shows", Arity::Required};
    const std::string some_id = "7a1f3c52-4a0b-4c1e-9d55-0c7d0e5f1a2b";
    return {
        {"experiment",
         "list",
         "Tests of a site, newest first",
         "companionctl experiment list claire",
         {tenant},
         {},
         list_experiments},
        {"experiment",
         "create",
         "Stores a test as a draft",
         "companionctl experiment create claire test.json",
         {tenant,
          {"FILE", "JSON with name, element and variants (the variants); \"-\" is standard input",
           Arity::Required}},
         {},
         create_experiment},
        {"experiment",
         "start",
         "Runs a draft or a paused test",
         "companionctl experiment start " + some_id,
         {id},
         {{"--ending", "ID", "Also end this test of the same element, without a winner"}},
         start_experiment},
        {"experiment",
         "pause",
         "Pauses a test: everyone sees the control",
         "companionctl experiment pause " + some_id,
         {id},
         {},
         pause_experiment},
        {"experiment",
         "stop",
         "Ends a test without a winner",
         "companionctl experiment stop " + some_id,
         {id},
         {},
         stop_experiment},
        {"experiment",
         "declare",
         "Publishes the winning variant and ends the test",
         "companionctl experiment declare " + some_id + " variant-a",
         {id, {"VARIANT", "The id of the winning variant", Arity::Required}},
         {},
         declare_winner},
        {"experiment",
         "revert-winner",
         "Publishes the page from before the winner again",
         "companionctl experiment revert-winner " + some_id,
         {id},
         {},
         revert_winner},
        {"experiment",
         "auto-winner",
         "Sets whether the winner is published automatically",
         "companionctl experiment auto-winner " + some_id + " on",
         {id, {"ON-OR-OFF", "on or off", Arity::Required}},
         {},
         set_auto_winner},
    };
}

} // namespace studio::ctl
