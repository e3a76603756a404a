// SPDX-License-Identifier: Apache-2.0
#include "models/statistics/bayes.h"

#include <boost/math/special_functions/gamma.hpp>
#include <boost/math/tools/toms748_solve.hpp>

#include <algorithm>
#include <cmath>

namespace studio::statistics {

namespace {

std::vector<double> common_breaks(std::span<const BetaPosterior> arms) {
    std::vector<double> breaks;
    for (const auto &arm : arms) {
        breaks.insert(breaks.end(), arm.breaks().begin(), arm.breaks().end());
    }
    std::sort(breaks.begin(), breaks.end());
    breaks.erase(std::unique(breaks.begin(), breaks.end()), breaks.end());
    return refined(breaks);
}

// Adds the contribution of one integration node to the integrals of every arm; `weight` is the node's, over
// log-odds.
class RankingSum final {
public:
    explicit RankingSum(std::span<const BetaPosterior> arms)
        : m_arms(arms), m_tails(arms.size()),
          m_sum{std::vector<double>(arms.size()), std::vector<double>(arms.size())} {}

    void add(double log_odds, double weight) {
        const double x = rate_of_log_odds(log_odds), dx = x * rate_of_log_odds(-log_odds) * weight;
        for (std::size_t arm = 0; arm < m_arms.size(); ++arm) {
            m_tails[arm] = m_arms[arm].tails(log_odds);
        }
        for (std::size_t arm = 0; arm < m_arms.size(); ++arm) {
            double all_below = 1,
                   one_above =
                       0; // probabilities of the other arms; one_above = 1 - all_below, but precise near 0
            for (std::size_t other = 0; other < m_arms.size(); ++other) {
                if (other == arm) {
                    continue;
                }
                one_above += all_below * m_tails[other].upper;
                all_below *= m_tails[other].lower;
            }
            m_sum.p_best[arm] += weight * m_arms[arm].density(log_odds) * all_below;
            m_sum.expected_loss[arm] += dx * m_tails[arm].lower * one_above;
        }
    }

    Ranking take() { return std::move(m_sum); }

private:
    std::span<const BetaPosterior> m_arms;
    std::vector<BetaPosterior::Tails> m_tails;
    Ranking m_sum;
};

bool is_whole(double number) {
    return number == std::floor(number);
}

// Miller's sum: the probability that Beta(a2, b2) is above Beta(a1, b1), in a2 terms. nullopt where the first
// term is too small for a double.
std::optional<double> miller_sum(double a1, double b1, double a2, double b2) {
    using boost::math::lgamma;
    const double log_first = lgamma(b1 + b2) + lgamma(a1 + b1) - lgamma(a1 + b1 + b2) - lgamma(b1);
    if (log_first < -600) {
        return std::nullopt;
    }
    double term = std::exp(log_first), sum = 0;
    for (double i = 0; i < a2; ++i) {
        sum += term;
        term *= (a1 + i) * (b2 + i) / ((a1 + b1 + b2 + i) * (1 + i));
    }
    return std::min(1.0, sum);
}

std::optional<double> complement(std::optional<double> probability) {
    return probability ? std::optional(1 - *probability) : std::nullopt;
}

// Chooses the form with the fewest terms: the arms can be swapped, and rates replaced by their complements.
std::optional<double> closed_sum(const BetaPosterior &control, const BetaPosterior &treatment) {
    constexpr double largest_total = 25'000, max_terms = 1000;
    const double a1 = control.a(), b1 = control.b(), a2 = treatment.a(), b2 = treatment.b();
    const double smallest = std::min({a1, b1, a2, b2});
    if (smallest > max_terms || a1 + b1 + a2 + b2 > largest_total ||
        !(is_whole(a1) && is_whole(b1) && is_whole(a2) && is_whole(b2))) {
        return std::nullopt;
    }
    if (smallest == a2) {
        return miller_sum(a1, b1, a2, b2);
    }
    if (smallest == a1) {
        return complement(miller_sum(a2, b2, a1, b1));
    }
    if (smallest == b1) {
        return miller_sum(b2, a2, b1, a1);
    }
    return complement(miller_sum(b1, a1, b2, a2));
}

double log_of_rate(double log_odds) {
    return std::min(log_odds, 0.0) - std::log1p(std::exp(-std::abs(log_odds)));
}

double log_odds_of_log_rate(double log_rate) {
    return log_rate - std::log(-std::expm1(log_rate));
}

// The arm's breaks without the outer ones, beyond which the density changes no result in twelve digits.
std::vector<double> core(const BetaPosterior &arm) {
    std::vector<double> breaks;
    for (const double at : arm.breaks()) {
        const auto tails = arm.tails(at);
        if (std::min(tails.lower, tails.upper) > 1e-14) {
            breaks.push_back(at);
        }
    }
    return breaks;
}

// P(ln treatment - ln control <= t) as a function of t.
class LogRatio final {
public:
    LogRatio(const BetaPosterior &control, const BetaPosterior &treatment)
        : m_control(control), m_treatment(treatment), m_control_breaks(core(control)),
          m_treatment_breaks(core(treatment)) {}

    double below(double t) const {
        const double last =
            control_log_odds(m_treatment_breaks.back(), t); // beyond, treatment is certainly below
        const double end = std::min(last, m_control_breaks.back());
        double sum = m_control.tails(end).upper;
        const auto breaks = panels(t, end);
        const Legendre &rule = Legendre::rule();
        for (std::size_t panel = 1; panel < breaks.size(); ++panel) {
            const double half = (breaks[panel] - breaks[panel - 1]) / 2, middle = breaks[panel - 1] + half;
            for (std::size_t node = 0; node < Legendre::points; ++node) {
                const double at = middle + half * rule.nodes()[node];
                sum += half * rule.weights()[node] * m_control.density(at) * treatment_below(at, t);
            }
        }
        return sum;
    }

    double quantile(double probability) const;

private:
    double treatment_below(double control_log_odds, double t) const {
        const double log_rate = log_of_rate(control_log_odds) + t;
        return log_rate < 0 ? m_treatment.tails(log_odds_of_log_rate(log_rate)).lower : 1;
    }

    // The log-odds of control for which treatment = control e^t has these log-odds; infinite where there are
    // none.
    static double control_log_odds(double treatment_log_odds, double t) {
        const double log_rate = log_of_rate(treatment_log_odds) - t;
        return log_rate < 0 ? log_odds_of_log_rate(log_rate) : HUGE_VAL;
    }

    std::vector<double> panels(double t, double end) const {
        const double begin =
            std::max(m_control_breaks.front(), control_log_odds(m_treatment_breaks.front(), t));
        std::vector<double> breaks;
        if (!(begin < end)) {
            return breaks;
        }
        breaks = {begin, end};
        const auto add = [&](double at) {
            if (at > begin && at < end) {
                breaks.push_back(at);
            }
        };
        std::for_each(m_control_breaks.begin(), m_control_breaks.end(), add);
        for (const double at : m_treatment_breaks) {
            add(control_log_odds(at, t));
        }
        std::sort(breaks.begin(), breaks.end());
        return breaks;
    }

    const BetaPosterior &m_control, &m_treatment;
    std::vector<double> m_control_breaks, m_treatment_breaks;
};

// For two independent numbers P(Y - X <= y_s - x_{1-s}) <= 2 s, so half the probability on either side
// brackets the root.
double LogRatio::quantile(double probability) const {
    const auto bound = [&](double lower) {
        return log_of_rate(m_treatment.log_odds_quantile(lower)) -
               log_of_rate(m_control.log_odds_quantile(1 - lower));
    };
    const double low = bound(probability / 2), high = bound(1 - (1 - probability) / 2);
    const auto distance = [&](double t) { return below(t) - probability; };
    const double at_low = distance(low), at_high = distance(high);
    if (!(at_low < 0 && at_high > 0)) {
        return at_low >= 0 ? low : high;
    }
    const double enough = 1e-10 * (high - low);
    std::uintmax_t steps = 60;
    const auto [left, right] = boost::math::tools::toms748_solve(
        distance, low, high, at_low, at_high, [=](double from, double to) { return to - from <= enough; },
        steps);
    return left + (right - left) / 2;
}

} // namespace

Ranking rank(std::span<const BetaPosterior> arms) {
    RankingSum sum(arms);
    const auto breaks = common_breaks(arms);
    const Legendre &rule = Legendre::rule();
    for (std::size_t panel = 1; panel < breaks.size(); ++panel) {
        const double half = (breaks[panel] - breaks[panel - 1]) / 2, middle = breaks[panel - 1] + half;
        for (std::size_t node = 0; node < Legendre::points; ++node) {
            sum.add(middle + half * rule.nodes()[node], half * rule.weights()[node]);
        }
    }
    return sum.take();
}

double probability_greater(const BetaPosterior &control, const BetaPosterior &treatment) {
    if (const auto sum = closed_sum(control, treatment)) {
        return *sum;
    }
    const BetaPosterior arms[] = {control, treatment};
    return rank(arms).p_best[1];
}

LiftBelief lift_belief(const BetaPosterior &control, const BetaPosterior &treatment, double alpha) {
    const LogRatio ratio(control, treatment);
    return {std::expm1(ratio.quantile(0.5)),
            {std::expm1(ratio.quantile(alpha / 2)), std::expm1(ratio.quantile(1 - alpha / 2))}};
}

} // namespace studio::statistics
