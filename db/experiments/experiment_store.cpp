// SPDX-License-Identifier: Apache-2.0
#include "db/experiments/experiment_store.h"

#include "db/connection/rows.h"
#include "db/connection/session_impl.h"
#include "db/stores/publishable.h"
#include "models/json/json_read.h"

namespace studio::db {

namespace {

#define EXPERIMENT                                                                                           \
    "SELECT id, tenant_id, name, description, element_type, status, variants, traffic_share, phase,"         \
    " auto_winner, planned_visitors, winner_variant_id, origin, version, " SQL_MICROSECONDS(                 \
        "started_at") " AS started, " SQL_MICROSECONDS("ended_at") " AS ended, decision, " SQL_MICROSECONDS("reverted_at") " AS reverted FROM ab_tests "

std::optional<models::Time> optional_time(const pqxx::field &field) {
    return field.is_null() ? std::nullopt : std::optional(time_of(field));
}

std::vector<models::Variant> variants_of(const pqxx::field &field) {
    try {
        return models::read_variants(models::Json::parse(field.c_str(), field.c_str() + field.size()));
    } catch (const models::Json::exception &) {
        throw Error(ErrorKind::Other, "The stored variants of a test are damaged.");
    }
}

models::Experiment experiment_of(const pqxx::row &row) {
    models::Experiment experiment;
    experiment.id = row["id"].c_str();
    experiment.tenant_id = models::TenantId(row["tenant_id"].c_str());
    experiment.name = row["name"].c_str();
    experiment.description = row["description"].c_str();
    experiment.element = models::parse_experiment_element(row["element_type"].c_str())
                             .value_or(models::ExperimentElement::HeroPhoto);
    experiment.status =
        models::parse_experiment_status(row["status"].c_str()).value_or(models::ExperimentStatus::Completed);
    experiment.variants = variants_of(row["variants"]);
    experiment.traffic_share = row["traffic_share"].as<double>();
    experiment.phase = row["phase"].as<int>();
    experiment.auto_winner = row["auto_winner"].as<bool>();
    experiment.planned_visitors = optional_int(row["planned_visitors"]);
    experiment.winner = optional_text(row["winner_variant_id"]).value_or("");
    experiment.origin = row["origin"].c_str();
    experiment.started_at = optional_time(row["started"]);
    experiment.ended_at = optional_time(row["ended"]);
    experiment.reverted_at = optional_time(row["reverted"]);
    experiment.version = row["version"].as<int>();
    if (!row["decision"].is_null()) {
        experiment.decision = models::Json::parse(row["decision"].c_str());
    }
    return experiment;
}

std::string variants_text(const std::vector<models::Variant> &variants) {
    try {
        return models::write_variants(variants).dump();
    } catch (const models::Json::exception &) {
        throw Error(ErrorKind::Invalid, "The variants contain text that is not UTF-8.");
    }
}

[[noreturn]] void throw_no_experiment() {
    throw Error(ErrorKind::NotFound, "There is no such test, or this account has no access to it.");
}

models::Experiment require(pqxx::work &work, const std::string &id) {
    if (!is_uuid(id)) {
        throw_no_experiment();
    }
    const auto rows = work.exec_params(EXPERIMENT "WHERE id = $1", id);
    if (rows.empty()) {
        throw_no_experiment();
    }
    return experiment_of(rows[0]);
}

// Reads an experiment and locks it until the transaction ends.
models::Experiment hold(pqxx::work &work, const std::string &id) {
    const auto rows = work.exec_params(EXPERIMENT "WHERE id = $1 FOR UPDATE", id);
    if (rows.empty()) {
        throw_no_experiment();
    }
    return experiment_of(rows[0]);
}

// Reports what another person did to the experiment since `read` was read.
[[noreturn]] void throw_changed(const models::Experiment &read, const models::Experiment &now) {
    using models::ExperimentStatus;
    std::string what = "changed";
    if (now.status != read.status) {
        switch (now.status) {
        case ExperimentStatus::Active:
            what = read.status == ExperimentStatus::Draft ? "started" : "resumed";
            break;
        case ExperimentStatus::Paused:
            what = "paused";
            break;
        case ExperimentStatus::Completed:
            what = "ended";
            break;
        case ExperimentStatus::Draft:
            break;
        }
    }
    throw Error(ErrorKind::Conflict, "Somebody else " + what + " the test \"" + now.name +
                                         "\" in the meantime: nothing was saved. Look at it as it is now.");
}

void require_unchanged(const models::Experiment &read, const models::Experiment &now) {
    if (now.version != read.version) {
        throw_changed(read, now);
    }
}

// Refuses changes of an experiment that is over, except of its name and description.
void require_not_over(const models::Experiment &now, const models::Experiment &wanted) {
    if (now.status != models::ExperimentStatus::Completed) {
        return;
    }
    if (now.variants != wanted.variants || now.traffic_share != wanted.traffic_share ||
        now.planned_visitors != wanted.planned_visitors || now.auto_winner != wanted.auto_winner) {
        throw Error(ErrorKind::Invalid,
                    "The test \"" + now.name + "\" is over: only its name and description can be changed.");
    }
}

void require_right(const models::ValidationIssues &issues) {
    for (const models::ValidationIssue &issue : issues) {
        if (issue.severity == models::Severity::Error) {
            throw Error(ErrorKind::Invalid, issue.pointer + ": " + issue.message);
        }
    }
}

void change_status(pqxx::work &work, const std::string &id, models::ExperimentStatus from,
                   models::ExperimentStatus to) {
    const models::Experiment experiment = require(work, id);
    if (experiment.status != from) {
        throw Error(ErrorKind::Invalid, "The test \"" + experiment.name + "\" is " +
                                            std::string(to_string(experiment.status)) + ", not " +
                                            std::string(to_string(from)) + ".");
    }
    const auto changed = work.exec_params("UPDATE ab_tests SET status = $2 WHERE id = $1 AND status = $3", id,
                                          std::string(to_string(to)), std::string(to_string(from)));
    if (changed.affected_rows() == 0) {
        throw Error(ErrorKind::Conflict, "Someone else changed this test in the meantime.");
    }
}

void complete(pqxx::work &work, const models::Experiment &experiment) {
    if (experiment.status != models::ExperimentStatus::Completed) {
        work.exec_params("UPDATE ab_tests SET status = 'completed' WHERE id = $1", experiment.id);
    }
}

// Ends the experiment that `starting` replaces. Any other one is left alone.
void complete_for(pqxx::work &work, const models::Experiment &ending, const models::Experiment &starting) {
    const bool holds = ending.status == models::ExperimentStatus::Active ||
                       ending.status == models::ExperimentStatus::Paused;
    if (ending.id == starting.id || ending.tenant_id != starting.tenant_id ||
        ending.element != starting.element || !holds) {
        throw Error(ErrorKind::Invalid,
                    "The test \"" + ending.name +
                        "\" does not run on the same element of the same site as \"" + starting.name +
                        "\": nothing was changed.",
                    {}, "ab_tests_ending");
    }
    complete(work, ending);
}

struct Tenant {
    int published = 0, latest = 0;
};

// Locks the tenant until the transaction ends, so that nothing else is published in between.
Tenant hold_tenant(pqxx::work &work, const models::TenantId &tenant_id) {
    const auto rows =
        work.exec_params("SELECT published_revision FROM tenants WHERE id = $1 FOR NO KEY UPDATE", tenant_id);
    if (rows.empty()) {
        throw_no_tenant();
    }
    const auto latest =
        work.exec_params1("SELECT coalesce(max(number), 0) FROM revisions WHERE tenant_id = $1", tenant_id);
    return {optional_int(rows[0][0]).value_or(0), latest[0].as<int>()};
}

models::Documents documents_at(pqxx::work &work, const models::TenantId &tenant_id, int number) {
    const auto rows = work.exec_params("SELECT theme_config, content_config, photos_config FROM revisions"
                                       " WHERE tenant_id = $1 AND number = $2",
                                       tenant_id, number);
    if (rows.empty()) {
        throw Error(ErrorKind::Invalid, "This companion has no published revision.");
    }
    return documents_of(rows[0], "revision " + std::to_string(number));
}

void add_revision(pqxx::work &work, const models::TenantId &tenant_id, int number,
                  const models::Documents &documents, const std::string &note) {
    work.exec_params("INSERT INTO revisions (tenant_id, number, base_number, theme_config, content_config,"
                     " photos_config, note) VALUES ($1, $2, nullif($2 - 1, 0), $3, $4, $5, $6)",
                     tenant_id, number, document_text(documents.theme, models::DocumentKind::Theme),
                     document_text(documents.content, models::DocumentKind::Content),
                     document_text(documents.photos, models::DocumentKind::Photos), note);
}

struct PublishedWinner {
    Declaration declaration;
    models::Json decision;
};

PublishedWinner publish_winner(pqxx::work &work, const Tenant &tenant, const models::Experiment &experiment,
                               const models::Variant &variant) {
    models::Documents live = documents_at(work, experiment.tenant_id, tenant.published);
    models::apply_variant(experiment, variant, live);
    const std::string note =
        "Winner of \"" + experiment.name + "\": " + (variant.name.empty() ? variant.id : variant.name);
    Declaration declaration{tenant.latest + 1, std::nullopt};
    require_publishable(live, declaration.published_revision);
    add_revision(work, experiment.tenant_id, declaration.published_revision, live, note);
    if (tenant.latest != tenant.published) {
        models::Documents draft = documents_at(work, experiment.tenant_id, tenant.latest);
        models::apply_variant(experiment, variant, draft);
        declaration.draft_revision = tenant.latest + 2;
        add_revision(work, experiment.tenant_id, *declaration.draft_revision, draft,
                     note + ", in the unpublished draft");
    }
    const auto updated = work.exec_params("UPDATE tenants SET published_revision = $2 WHERE id = $1",
                                          experiment.tenant_id, declaration.published_revision);
    if (updated.affected_rows() == 0) {
        throw_no_tenant();
    }
    models::Json decision = {
        {"by", "person"}, {"revisionBefore", tenant.published}, {"revision", declaration.published_revision}};
    if (declaration.draft_revision) {
        decision["draftBefore"] = tenant.latest;
        decision["draft"] = *declaration.draft_revision;
    }
    return {declaration, std::move(decision)};
}

int revision_of(const models::Json &decision, const char *key) {
    return static_cast<int>(models::number_member(decision, key).value_or(0));
}

void require_reversible(const models::Experiment &experiment, const Tenant &tenant) {
    const std::string name = "The winner of \"" + experiment.name + "\"";
    if (experiment.winner.empty()) {
        throw Error(ErrorKind::Invalid, "The test \"" + experiment.name + "\" has no winner to revert.");
    }
    if (experiment.reverted_at) {
        throw Error(ErrorKind::Invalid, name + " was already reverted.");
    }
    if (!experiment.decision.is_object()) {
        throw Error(
            ErrorKind::Invalid,
            name + " has no revision recorded with it: restore the revision before it from the history.");
    }
    const int declared = revision_of(experiment.decision, "revision");
    if (tenant.published != declared) {
        throw Error(
            ErrorKind::Invalid,
            name + " was published as revision " + std::to_string(declared) + ", and revision " +
                std::to_string(tenant.published) +
                " since. Reverting would lose those changes: restore what you want from the history.");
    }
}

} // namespace

std::vector<models::Experiment> ExperimentStore::list(const models::TenantId &tenant_id) {
    require_tenant_id(tenant_id);
    return m_session.impl().transact([&](pqxx::work &work) {
        std::vector<models::Experiment> experiments;
        for (const auto &row : work.exec_params(
                 EXPERIMENT "WHERE tenant_id = $1 ORDER BY coalesce(started_at, 'infinity') DESC, name, id",
                 tenant_id)) {
            experiments.push_back(experiment_of(row));
        }
        return experiments;
    });
}

std::optional<models::Experiment> ExperimentStore::find(const std::string &id) {
    if (!is_uuid(id)) {
        return std::nullopt;
    }
    return m_session.impl().transact([&](pqxx::work &work) {
        const auto rows = work.exec_params(EXPERIMENT "WHERE id = $1", id);
        return rows.empty() ? std::nullopt : std::optional(experiment_of(rows[0]));
    });
}

std::vector<ExperimentPhase> ExperimentStore::phases(const std::string &id) {
    if (!is_uuid(id)) {
        return {};
    }
    return m_session.impl().transact([&](pqxx::work &work) {
        std::vector<ExperimentPhase> phases;
        for (const auto &row : work.exec_params(
                 "SELECT number, variants, traffic_share, " SQL_MICROSECONDS("started_at") " AS started, " //
                 SQL_MICROSECONDS(
                     "ended_at") " AS ended FROM ab_test_phases WHERE test_id = $1 ORDER BY number",
                 id)) {
            phases.push_back({row["number"].as<int>(), variants_of(row["variants"]),
                              row["traffic_share"].as<double>(), time_of(row["started"]),
                              optional_time(row["ended"])});
        }
        return phases;
    });
}

models::Experiment ExperimentStore::create(const models::Experiment &experiment) {
    require_tenant_id(experiment.tenant_id);
    return m_session.impl().transact([&](pqxx::work &work) {
        const Tenant tenant = hold_tenant(work, experiment.tenant_id);
        require_right(models::validate_experiment(
            experiment, documents_at(work, experiment.tenant_id, tenant.published)));
        const auto row = work.exec_params1(
            "INSERT INTO ab_tests (tenant_id, name, description, element_type, variants, traffic_share,"
            " planned_visitors, auto_winner, status) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'draft')"
            " RETURNING id",
            experiment.tenant_id, experiment.name, experiment.description,
            std::string(to_string(experiment.element)), variants_text(experiment.variants),
            experiment.traffic_share, experiment.planned_visitors, experiment.auto_winner);
        return require(work, row[0].c_str());
    });
}

models::Experiment ExperimentStore::update(const models::Experiment &experiment) {
    return m_session.impl().transact([&](pqxx::work &work) {
        const models::Experiment before = require(work, experiment.id);
        require_unchanged(experiment, before);
        require_not_over(before, experiment);
        if (before.variants != experiment.variants || before.traffic_share != experiment.traffic_share) {
            if (before.origin == "photos" && before.variants != experiment.variants) {
                throw Error(ErrorKind::Invalid, "The variants of this test are the published hero photos and "
                                                "their weights: change those and publish.");
            }
            models::Experiment changed = experiment;
            changed.element = before.element;
            const Tenant tenant = hold_tenant(work, before.tenant_id);
            if (before.origin != "photos") {
                require_right(models::validate_experiment(
                    changed, documents_at(work, before.tenant_id, tenant.published)));
            }
        }
        const auto changed = work.exec_params(
            "UPDATE ab_tests SET name = $2, description = $3, variants = $4, traffic_share = $5,"
            " planned_visitors = $6, auto_winner = $7 WHERE id = $1 AND version = $8",
            experiment.id, experiment.name, experiment.description, variants_text(experiment.variants),
            experiment.traffic_share, experiment.planned_visitors, experiment.auto_winner,
            experiment.version);
        const models::Experiment after = require(work, experiment.id);
        if (changed.affected_rows() == 0) {
            throw_changed(experiment, after);
        }
        return after;
    });
}

void ExperimentStore::set_status(const std::string &id, models::ExperimentStatus from,
                                 models::ExperimentStatus to) {
    m_session.impl().transact([&](pqxx::work &work) { change_status(work, id, from, to); });
}

void ExperimentStore::start(const std::string &id, const std::string &ending) {
    m_session.impl().transact([&](pqxx::work &work) {
        if (!ending.empty()) {
            complete_for(work, require(work, ending), require(work, id));
        }
        change_status(work, id, models::ExperimentStatus::Draft, models::ExperimentStatus::Active);
    });
}

void ExperimentStore::pause(const std::string &id) {
    set_status(id, models::ExperimentStatus::Active, models::ExperimentStatus::Paused);
}

void ExperimentStore::resume(const std::string &id) {
    set_status(id, models::ExperimentStatus::Paused, models::ExperimentStatus::Active);
}

void ExperimentStore::stop(const std::string &id, std::optional<models::ExperimentStatus> read) {
    m_session.impl().transact([&](pqxx::work &work) {
        const models::Experiment experiment = hold(work, id);
        models::Experiment shown = experiment;
        shown.status = read.value_or(experiment.status);
        if (shown.status != experiment.status) {
            throw_changed(shown, experiment);
        }
        complete(work, experiment);
    });
}

Declaration ExperimentStore::declare(const std::string &id, const std::string &variant_id) {
    return m_session.impl().transact([&](pqxx::work &work) {
        const Tenant tenant = hold_tenant(work, require(work, id).tenant_id);
        const models::Experiment experiment = hold(work, id);
        const models::Variant *variant = experiment.variant(variant_id);
        if (!variant) {
            throw Error(ErrorKind::NotFound,
                        "The test \"" + experiment.name + "\" has no variant \"" + variant_id + "\".");
        }
        if (!experiment.winner.empty()) {
            throw Error(ErrorKind::Invalid, "The winner of this test is already declared.");
        }
        if (experiment.status == models::ExperimentStatus::Completed) {
            throw Error(ErrorKind::Invalid, "The test \"" + experiment.name +
                                                "\" is over without a winner: it gets none. To put \"" +
                                                variant_id +
                                                "\" on the page, change the page and publish it.");
        }
        if (!experiment.started_at) {
            throw Error(ErrorKind::Invalid, "A test that was never started has no winner.");
        }
        const PublishedWinner published = publish_winner(work, tenant, experiment, *variant);
        work.exec_params(
            "UPDATE ab_tests SET status = 'completed', winner_variant_id = $2, decision = $3 WHERE id = $1",
            id, variant_id, published.decision.dump());
        return published.declaration;
    });
}

Reversal ExperimentStore::revert_winner(const std::string &id) {
    return m_session.impl().transact([&](pqxx::work &work) {
        const Tenant tenant = hold_tenant(work, require(work, id).tenant_id);
        const models::Experiment experiment = require(work, id); // read while the tenant's row is locked
        require_reversible(experiment, tenant);
        Reversal reversal{revision_of(experiment.decision, "revisionBefore"), tenant.latest + 1,
                          std::nullopt};
        const models::Documents before = documents_at(work, experiment.tenant_id, reversal.restored_revision);
        require_publishable(before, reversal.published_revision);
        const std::string note = "Winner of \"" + experiment.name + "\" reverted: as revision " +
                                 std::to_string(reversal.restored_revision);
        add_revision(work, experiment.tenant_id, reversal.published_revision, before, note);
        if (tenant.latest != tenant.published) {
            const bool untouched = tenant.latest == revision_of(experiment.decision, "draft");
            reversal.draft_revision = tenant.latest + 2;
            add_revision(
                work, experiment.tenant_id, *reversal.draft_revision,
                documents_at(work, experiment.tenant_id,
                             untouched ? revision_of(experiment.decision, "draftBefore") : tenant.latest),
                "The unpublished draft");
        }
        work.exec_params("UPDATE tenants SET published_revision = $2 WHERE id = $1", experiment.tenant_id,
                         reversal.published_revision);
        const auto marked =
            work.exec_params("UPDATE ab_tests SET reverted_at = clock_timestamp() WHERE id = $1", id);
        if (marked.affected_rows() == 0) {
            throw Error(ErrorKind::Forbidden, "Only an operator can revert a winner.");
        }
        return reversal;
    });
}

} // namespace studio::db
