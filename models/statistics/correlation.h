// SPDX-License-Identifier: Apache-2.0
// How much two series go up and down together.
#pragma once

#include "models/statistics/arm.h"

#include <optional>
#include <vector>

namespace studio::statistics {

struct Correlation {
    double r = 0;      // -1 to 1
    Interval interval; // at 1 - alpha
};

// The number of pairs below which a correlation is not shown.
constexpr std::size_t min_pairs = 10;

// Pearson's r, its interval by Fisher's z: R. A. Fisher, Metron 1 (1921). `x` and `y` are equally long.
// nullopt with fewer than 4 pairs or if one of the lists is constant.
std::optional<Correlation> pearson(const std::vector<double> &x, const std::vector<double> &y,
                                   double alpha = 0.05);

// Spearman's rank correlation, ties at their mean rank; its interval by Fisher's z with the variance
// (1 + r²/2) / (n - 3): D. G. Bonett, T. A. Wright, Psychometrika 65 (2000).
std::optional<Correlation> spearman(const std::vector<double> &x, const std::vector<double> &y,
                                    double alpha = 0.05);

// Correlation of a series with a later part of another: x of a day with y of `lag` days later.
struct LaggedCorrelation {
    int lag = 0;                                  // days
    std::size_t n = 0;                            // days on which both have a figure
    std::optional<Correlation> pearson, spearman; // nothing where n < min_pairs
};

// For each lag from 0 to `max_lag`. Both series are by day from the same first day; a day without a figure is
// nullopt.
std::vector<LaggedCorrelation> lagged_correlations(const std::vector<std::optional<double>> &x,
                                                   const std::vector<std::optional<double>> &y, int max_lag,
                                                   double alpha = 0.05);

// The chance that at least one of `intervals` independent intervals at 1 - alpha excludes zero although
// nothing is related.
double chance_of_any_false(int intervals, double alpha = 0.05);

} // namespace studio::statistics
