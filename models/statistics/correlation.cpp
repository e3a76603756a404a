// SPDX-License-Identifier: Apache-2.0
#include "models/statistics/correlation.h"

#include "models/statistics/proportions.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace studio::statistics {

namespace {

constexpr std::size_t min_for_interval = 4;

std::optional<double> coefficient(const std::vector<double> &x, const std::vector<double> &y) {
    const auto n = static_cast<double>(x.size());
    const double mean_x = std::accumulate(x.begin(), x.end(), 0.0) / n;
    const double mean_y = std::accumulate(y.begin(), y.end(), 0.0) / n;
    double xx = 0, yy = 0, xy = 0;
    for (std::size_t at = 0; at < x.size(); ++at) {
        xx += (x[at] - mean_x) * (x[at] - mean_x);
        yy += (y[at] - mean_y) * (y[at] - mean_y);
        xy += (x[at] - mean_x) * (y[at] - mean_y);
    }
    const auto changes = [](const std::vector<double> &values) {
        return std::any_of(values.begin(), values.end(),
                           [&](double value) { return value != values.front(); });
    };
    if (!changes(x) || !changes(y)) {
        return std::nullopt;
    }
    return std::clamp(xy / std::sqrt(xx * yy), -1.0, 1.0);
}

std::vector<double> ranks(const std::vector<double> &values) {
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
    std::vector<double> rank(values.size());
    for (std::size_t first = 0; first < order.size();) {
        std::size_t end = first + 1;
        while (end < order.size() && values[order[end]] == values[order[first]]) {
            ++end;
        }
        for (std::size_t at = first; at < end; ++at) {
            rank[order[at]] = static_cast<double>(first + end + 1) / 2;
        }
        first = end;
    }
    return rank;
}

// At r = ±1 the interval has no width.
Interval fisher_interval(double r, double standard_error, double alpha) {
    if (std::abs(r) >= 1) {
        return {r, r};
    }
    const double reach = normal_upper_quantile(alpha / 2) * standard_error;
    return {std::tanh(std::atanh(r) - reach), std::tanh(std::atanh(r) + reach)};
}

} // namespace

std::optional<Correlation> pearson(const std::vector<double> &x, const std::vector<double> &y, double alpha) {
    if (x.size() < min_for_interval) {
        return std::nullopt;
    }
    const auto r = coefficient(x, y);
    if (!r) {
        return std::nullopt;
    }
    return Correlation{*r, fisher_interval(*r, 1 / std::sqrt(static_cast<double>(x.size()) - 3), alpha)};
}

std::optional<Correlation> spearman(const std::vector<double> &x, const std::vector<double> &y,
                                    double alpha) {
    if (x.size() < min_for_interval) {
        return std::nullopt;
    }
    const auto r = coefficient(ranks(x), ranks(y));
    if (!r) {
        return std::nullopt;
    }
    const double variance = (1 + *r * *r / 2) / (static_cast<double>(x.size()) - 3);
    return Correlation{*r, fisher_interval(*r, std::sqrt(variance), alpha)};
}

std::vector<LaggedCorrelation> lagged_correlations(const std::vector<std::optional<double>> &x,
                                                   const std::vector<std::optional<double>> &y, int max_lag,
                                                   double alpha) {
    std::vector<LaggedCorrelation> all;
    for (int lag = 0; lag <= max_lag; ++lag) {
        std::vector<double> first, second;
        for (std::size_t day = 0; day < x.size() && day + static_cast<std::size_t>(lag) < y.size(); ++day) {
            const auto &later = y[day + static_cast<std::size_t>(lag)];
            if (x[day] && later) {
                first.push_back(*x[day]);
                second.push_back(*later);
            }
        }
        LaggedCorrelation found{lag, first.size(), {}, {}};
        if (found.n >= min_pairs) {
            found.pearson = pearson(first, second, alpha);
            found.spearman = spearman(first, second, alpha);
        }
        all.push_back(found);
    }
    return all;
}

double chance_of_any_false(int intervals, double alpha) {
    return 1 - std::pow(1 - alpha, intervals);
}

} // namespace studio::statistics
