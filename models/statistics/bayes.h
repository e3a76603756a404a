// SPDX-License-Identifier: Apache-2.0
// Exact comparisons of arms by their posteriors: integrals of Beta distributions, no simulation and no normal
// approximation. Errors are about 1e-12 absolute.
#pragma once

#include "models/statistics/beta_posterior.h"

#include <span>
#include <vector>

namespace studio::statistics {

struct Ranking {
    std::vector<double> p_best;        // the chance that an arm's rate is the highest; they sum to 1
    std::vector<double> expected_loss; // E[highest rate - this arm's rate], what choosing it costs on average
};

// With f the densities and F the distribution functions:
//   p_best_i = integral of f_i prod_{j != i} F_j,   loss_i = integral of F_i (1 - prod_{j != i} F_j) dx
// The latter is E[max_j theta_j - theta_i] written without a difference of near numbers. C. Stucchi,
// "Bayesian A/B Testing at VWO" (2015) states both for two arms. At least one arm.
Ranking rank(std::span<const BetaPosterior> arms);

// P(treatment > control): E. Miller, "Formulas for Bayesian A/B Testing" (2015), a sum of as many terms as
// the smallest parameter, where parameters are whole and small; else the integral of f_treatment F_control.
double probability_greater(const BetaPosterior &control, const BetaPosterior &treatment);

// The belief about treatment / control - 1. Median and quantiles always exist. The mean is left out, because
// it does not exist if control has no conversions.
struct LiftBelief {
    double median = 0;
    Interval interval; // equal-tailed at 1 - alpha
};

// Roots of P(treatment <= r control) = integral of f_control(x) F_treatment(r x) dx = probability.
LiftBelief lift_belief(const BetaPosterior &control, const BetaPosterior &treatment, double alpha);

} // namespace studio::statistics
