// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"
#include "models/tenant/experiment.h"

#include <optional>
#include <string>
#include <vector>

namespace studio::db {

// A period of an experiment in which variants, weights and traffic share stayed the same.
struct ExperimentPhase {
    int number = 1;
    std::vector<models::Variant> variants;
    double traffic_share = 1;
    models::Time started_at{};
    std::optional<models::Time> ended_at;
};

// What declaring a winner published.
struct Declaration {
    int published_revision = 0;        // the live documents with the winning variant
    std::optional<int> draft_revision; // a draft that is newer than these: with the winning variant
};

// What reverting a winner published.
struct Reversal {
    int restored_revision = 0;         // whose documents are live again
    int published_revision = 0;        // the number that they have now
    std::optional<int> draft_revision; // a draft that is newer than these: without the variant,
                                       // unless it was edited since
};

// Experiments on what visitors see. Companions read their own; operators change them. All calls throw Error.
class ExperimentStore final {
public:
    explicit ExperimentStore(Session &session) : m_session(session) {}

    std::vector<models::Experiment> list(const models::TenantId &tenant_id); // newest first
    std::optional<models::Experiment> find(const std::string &id);
    std::vector<ExperimentPhase> phases(const std::string &id);

    // Stores a draft; `id`, status and times of `experiment` are not read. Invalid where it does not fit the
    // published documents.
    models::Experiment create(const models::Experiment &experiment);
    // Name, description, variants, traffic share, planned visitors and auto winner. Changed variants, weights
    // or traffic share of a started experiment begin a new phase. `version` and `status` of `experiment` are
    // those that were read: Conflict, saying what happened since, if the experiment has changed. Invalid for
    // changed variants of an experiment that was created by weights of hero photos, and for everything but
    // name and description of one that is over.
    models::Experiment update(const models::Experiment &experiment);

    // Starts a draft. An element has at most one experiment that runs or is paused: Conflict with the
    // constraint "ab_tests_one_of_element" if it has another, except `ending`, which is stopped in the same
    // transaction; Invalid with the constraint "ab_tests_ending" if `ending` belongs to another tenant or
    // element, or has ended meanwhile. Invalid where there would be more than 64 combinations of variants.
    void start(const std::string &id, const std::string &ending = {});
    // Everyone sees the control and nothing is recorded, but no other experiment can use the element.
    void pause(const std::string &id);
    void resume(const std::string &id);
    // Ends the experiment without a winner: everyone sees the published page. Hero photos with weights become
    // an experiment again when other weights are published. Conflict if the status is not `read`, the one
    // that was shown: so discarding a draft never ends a running experiment.
    void stop(const std::string &id, std::optional<models::ExperimentStatus> read = std::nullopt);

    // One transaction: a new revision with the variant applied is published and the experiment is completed
    // with its winner. If the latest draft is newer than the published documents, a draft with the variant
    // applied is saved on top. Invalid where the experiment is over or was never started, or where the
    // documents could not be published; Conflict where another revision was saved at the same moment.
    Declaration declare(const std::string &id, const std::string &variant_id);

    // One transaction: the documents that were live before the winner was declared are published again as a
    // new revision. The experiment stays ended and keeps its winner, marked as reverted. Invalid where there
    // is no winner to revert or something else was published since.
    Reversal revert_winner(const std::string &id);

private:
    void set_status(const std::string &id, models::ExperimentStatus from, models::ExperimentStatus to);
    Session &m_session;
};

} // namespace studio::db
