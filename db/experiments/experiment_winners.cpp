// SPDX-License-Identifier: Apache-2.0
#include "db/experiments/experiment_winners.h"

#include "db/analytics/experiment_counts.h"
#include "db/connection/rows.h"
#include "db/connection/session_impl.h"
#include "db/experiments/experiment_evaluation.h"

#include <algorithm>

namespace studio::db {

namespace {

struct Candidate {
    models::Experiment test;
    ExperimentCounts counts;
};

std::chrono::sys_days day_of(std::int64_t since_1970) {
    return std::chrono::sys_days(std::chrono::days(since_1970));
}

ExperimentCounts counts_of(const models::Experiment &test, const models::Json &rows) {
    std::vector<std::string> order;
    for (const models::Variant &arm : test.variants) {
        order.push_back(arm.id);
    }
    std::vector<VariantDayCounts> counts;
    for (const models::Json &row : rows) {
        counts.push_back({day_of(row[0].get<int>()), row[1].get<std::string>(), row[2].get<std::int64_t>(),
                          row[3].get<std::int64_t>()});
    }
    ExperimentCounts result{{}, {}, {}, variant_days(order, counts)};
    if (!result.days.empty()) {
        result.variants = result.days.back().variants;
    }
    return result;
}

std::vector<Candidate> candidates(Session &session) {
    return session.impl().transact([](pqxx::work &work) {
        std::vector<Candidate> found;
        for (const auto &row : work.exec(
                 "SELECT test_id, tenant_id, name, element_type, variants, traffic_share, phase, version, "
                 "planned_visitors, first_day, today, coalesce(counts, '[]') AS counts FROM "
                 "winners_to_decide()")) {
            Candidate candidate;
            candidate.test.id = row["test_id"].c_str();
            candidate.test.tenant_id = models::TenantId(row["tenant_id"].c_str());
            candidate.test.name = row["name"].c_str();
            candidate.test.variants = models::read_variants(models::Json::parse(row["variants"].c_str()));
            candidate.test.traffic_share = row["traffic_share"].as<double>();
            candidate.test.phase = row["phase"].as<int>();
            candidate.test.version = row["version"].as<int>();
            candidate.test.planned_visitors = optional_int(row["planned_visitors"]);
            candidate.counts = counts_of(candidate.test, models::Json::parse(row["counts"].c_str()));
            candidate.counts.first_day = day_of(row["first_day"].as<int>());
            candidate.counts.today = day_of(row["today"].as<int>());
            found.push_back(std::move(candidate));
        }
        return found;
    });
}

models::Json figures_of(const statistics::EvaluationInput &input, const statistics::Evaluation &evaluation) {
    models::Json variants = models::Json::array(), reasons = models::Json::array();
    for (std::size_t at = 0; at < evaluation.variants.size(); ++at) {
        const auto &variant = evaluation.variants[at];
        variants.push_back({{"id", variant.id},
                            {"visitors", input.variants[at].arm.visitors},
                            {"bookings", input.variants[at].arm.conversions},
                            {"chanceToBeBest", variant.p_best},
                            {"expectedLoss", variant.expected_loss}});
    }
    for (const auto &reason : evaluation.recommendation.reasons) {
        reasons.push_back(reason.sentence);
    }
    return {{"days", input.days_running.value_or(0)}, {"variants", variants}, {"reasons", reasons}};
}

void publish(Session &session, const Candidate &candidate, WinnerDecision &decision) {
    try {
        decision.published_revision = session.impl().transact([&](pqxx::work &work) {
            const auto row =
                work.exec_params1("SELECT winner_declare($1, $2, $3, $4)", candidate.test.id,
                                  candidate.test.version, decision.variant, decision.figures.dump());
            return optional_int(row[0]).value_or(0);
        });
        if (decision.published_revision == 0) {
            decision.problem = "Someone changed the test in the meantime.";
        }
    } catch (const Error &error) {
        if (error.kind() == ErrorKind::Unreachable) {
            throw;
        }
        decision.problem = error.what();
    }
}

} // namespace

std::vector<WinnerDecision> declare_winners(Session &session) {
    std::vector<WinnerDecision> decisions;
    for (const Candidate &candidate : candidates(session)) {
        if (candidate.test.variants.size() < 2) {
            continue;
        }
        const auto input = evaluation_input(candidate.test, candidate.counts);
        const auto evaluation = statistics::evaluate(input);
        WinnerDecision decision{candidate.test.id,
                                candidate.test.name,
                                candidate.test.tenant_id,
                                std::string(to_string(evaluation.recommendation.action)),
                                evaluation.recommendation.winner.value_or(""),
                                0,
                                figures_of(input, evaluation),
                                ""};
        if (!decision.variant.empty()) {
            publish(session, candidate, decision);
        }
        decisions.push_back(std::move(decision));
    }
    return decisions;
}

} // namespace studio::db
