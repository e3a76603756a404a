// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"
#include "models/tenant/experiment.h"

#include <optional>
#include <string>
#include <vector>

namespace studio::db {

// One stretch of a test in which variants, weights and traffic share stayed the same.
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
    std::optional<int> draft_revision; // where the latest draft was ahead: the draft with the winning variant
};

// What reverting a winner published.
struct Reversal {
    int restored_revision = 0;         // whose documents are live again
    int published_revision = 0;        // the number that they have now
    std::optional<int> draft_revision; // where the latest draft was ahead: that draft, without the variant
                                       // unless it was edited since
};

// Tests of what visitors see. Companions read their own; operators change. All calls throw Error.
class ExperimentStore final {
public:
    explicit ExperimentStore(Session &session) : m_session(session) {}

    std::vector<models::Experiment> list(const models::TenantId &tenant_id); // newest first
    std::optional<models::Experiment> find(const std::string &id);
    std::vector<ExperimentPhase> phases(const std::string &id);

    // Stores a draft; `id`, status and times of `experiment` are not read. Invalid where it does not fit the
    // published documents.
    models::Experiment create(const models::Experiment &experiment);
    // Name, description, variants, traffic share, planned visitors and auto winner. Other variants, weights
    // or share of a test that was started begin a new phase. `version` and `status` of `experiment` are those
    // that were read: Conflict with what happened since where the test has changed. Invalid for the variants
    // of a test that the weights of the hero photos made, and for all but name and description of a test that
    // is over.
    models::Experiment update(const models::Experiment &experiment);

    // From draft. One element has one test that runs or is paused: Conflict with the constraint
    // "ab_tests_one_of_element" where it has another, unless that is `ending`, which is then stopped in the
    // same transaction; Invalid with the constraint "ab_tests_ending" where that is another tenant's or
    // element's, or has ended meanwhile. Invalid where there would be more than 64 combinations of variants.
    void start(const std::string &id, const std::string &ending = {});
    // Everyone sees the control, nothing is recorded; the element stays this test's.
    void pause(const std::string &id);
    void resume(const std::string &id);
    // For good, without a winner: everyone sees the published page. Hero photos with weights are a test again
    // when other weights are published. Conflict where `read`, the status that was shown, is no longer the
    // test's: discarding a draft never ends a running test.
    void stop(const std::string &id, std::optional<models::ExperimentStatus> read = std::nullopt);

    // One transaction: a new revision with the variant applied is published and the test completed with its
    // winner. A draft that is ahead of the published documents stays ahead, with the variant applied, too.
    // Invalid where the test is over or was never started, or where the documents could not be published;
    // Conflict where another revision was saved at the same moment.
    Declaration declare(const std::string &id, const std::string &variant_id);

    // One transaction: the documents that were live before the winner was declared are published again as a
    // new revision. The test stays ended and keeps its winner, marked as reverted. Invalid
    // where there is no winner to revert or something else was published since.
    Reversal revert_winner(const std::string &id);

private:
    void set_status(const std::string &id, models::ExperimentStatus from, models::ExperimentStatus to);
    Session &m_session;
};

} // namespace studio::db
