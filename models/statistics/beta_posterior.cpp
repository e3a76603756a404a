// SPDX-License-Identifier: Apache-2.0
#include "models/statistics/beta_posterior.h"

#include <boost/math/tools/toms748_solve.hpp>

#include <algorithm>
#include <cmath>

namespace studio::statistics {

namespace {

constexpr double depth = 100; // how far the log density is followed below its value at the mode

// The next level at which a panel ends: those of a normal density at 1, 2, 3 … standard deviations, then
// equal steps. 16 nodes resolve each panel.
double next_level(double level) {
    return level + std::min(std::sqrt(2 * level) + 0.5, 6.0);
}

} // namespace

BetaPosterior::BetaPosterior(const Arm &arm, const Prior &prior)
    : m_a(prior.a + static_cast<double>(arm.conversions)),
      m_b(prior.b + static_cast<double>(arm.visitors - arm.conversions)), m_mode(m_a / (m_a + m_b)),
      m_complement(m_b / (m_a + m_b)), m_center(std::log(m_a / m_b)) {
    place_breaks(-1);
    std::reverse(m_breaks.begin(), m_breaks.end());
    m_breaks.push_back(m_center);
    place_breaks(1);
    m_breaks = refined(m_breaks);
    integrate();
}

// With v the distance from the mode and m the mode: a v - (a + b) ln(1 + m (e^v - 1)), written for either
// side so that no digits cancel.
BetaPosterior::Slope BetaPosterior::log_density(double v) const {
    const double sum = m_a + m_b, own = v > 0 ? m_complement : m_mode, other = v > 0 ? m_mode : m_complement;
    const double growth = std::expm1(-std::abs(v)), inner = own * growth;
    const double height = -(v > 0 ? m_b : m_a) * std::abs(v) - sum * std::log1p(inner);
    const double steepness = sum * other * own * growth / (1 + inner);
    return {height, v > 0 ? steepness : -steepness};
}

// Uses Newton's method on a concave function, from inside: the first step goes too far, the following come
// back from outside.
void BetaPosterior::place_breaks(int side) {
    double distance = std::sqrt((m_a + m_b) / (m_a * m_b)); // about one standard deviation
    for (double level = 0.5; level < depth; level = next_level(level)) {
        for (int step = 0; step < 4; ++step) {
            const Slope at = log_density(side * distance);
            distance -= (at.height + level) / (side * at.slope);
        }
        m_breaks.push_back(m_center + side * distance);
    }
}

void BetaPosterior::integrate() {
    const Legendre &rule = Legendre::rule();
    const std::size_t panels = m_breaks.size() - 1;
    m_integrals.resize(panels);
    m_below.assign(panels, 0);
    m_above.assign(panels, 0);
    std::vector<double> whole(panels);
    for (std::size_t panel = 0; panel < panels; ++panel) {
        const double half = (m_breaks[panel + 1] - m_breaks[panel]) / 2, middle = m_breaks[panel] + half;
        Legendre::Values values;
        for (std::size_t node = 0; node < values.size(); ++node) {
            values[node] = half * std::exp(log_density(middle + half * rule.nodes()[node] - m_center).height);
            whole[panel] += rule.weights()[node] * values[node];
        }
        m_integrals[panel] = rule.running_integral(values);
    }
    for (std::size_t panel = 1; panel < panels; ++panel) {
        m_below[panel] = m_below[panel - 1] + whole[panel - 1];
        m_above[panels - 1 - panel] = m_above[panels - panel] + whole[panels - panel];
    }
    m_total = m_below.back() + whole.back();
}

std::size_t BetaPosterior::panel_of(double log_odds) const {
    const auto after = std::upper_bound(m_breaks.begin() + 1, m_breaks.end() - 1, log_odds);
    return static_cast<std::size_t>(after - m_breaks.begin()) - 1;
}

BetaPosterior::Tails BetaPosterior::tails(double log_odds) const {
    if (log_odds <= m_breaks.front()) {
        return {0, 1};
    }
    if (log_odds >= m_breaks.back()) {
        return {1, 0};
    }
    const std::size_t panel = panel_of(log_odds);
    const double left = m_breaks[panel], right = m_breaks[panel + 1];
    const double t = (2 * log_odds - left - right) / (right - left);
    const Legendre &rule = Legendre::rule();
    const double inside = rule.at(m_integrals[panel], t), whole = rule.at(m_integrals[panel], 1);
    return {std::max(0.0, m_below[panel] + inside) / m_total,
            std::max(0.0, m_above[panel] + whole - inside) / m_total};
}

double BetaPosterior::density(double log_odds) const {
    return std::exp(log_density(log_odds - m_center).height) / m_total;
}

double BetaPosterior::log_odds_quantile(double lower) const {
    const auto beyond = [&](double log_odds) {
        const Tails at = tails(log_odds);
        return lower < 0.5 ? at.lower - lower : (1 - lower) - at.upper;
    };
    std::uintmax_t steps = 100;
    const auto [low, high] = boost::math::tools::toms748_solve(
        beyond, m_breaks.front(), m_breaks.back(), boost::math::tools::eps_tolerance<double>(50), steps);
    return low + (high - low) / 2;
}

double rate_of_log_odds(double log_odds) {
    const double odds = std::exp(-std::abs(log_odds));
    return (log_odds > 0 ? 1 : odds) / (1 + odds);
}

Interval credible_interval(const BetaPosterior &posterior, double alpha) {
    return {rate_of_log_odds(posterior.log_odds_quantile(alpha / 2)),
            rate_of_log_odds(posterior.log_odds_quantile(1 - alpha / 2))};
}

std::vector<double> refined(const std::vector<double> &breaks) {
    std::vector<double> result{breaks.front()};
    for (const double right : breaks) {
        for (double left = result.back(); left < right; left = result.back()) {
            const double nearest = left > 0 ? left : std::max(0.0, -right);
            const bool narrow = right - left <= 1.5 + 0.75 * nearest;
            result.push_back(narrow ? right : std::min(right, left + 1 + 0.4 * std::abs(left)));
        }
    }
    return result;
}

} // namespace studio::statistics
