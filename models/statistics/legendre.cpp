// SPDX-License-Identifier: Apache-2.0
#include "models/statistics/legendre.h"

#include <boost/math/special_functions/legendre.hpp>

namespace studio::statistics {

const Legendre &Legendre::rule() {
    static const Legendre rule;
    return rule;
}

Legendre::Legendre() {
    const auto zeros = boost::math::legendre_p_zeros<double>(points); // those >= 0, ascending
    for (std::size_t at = 0; at < zeros.size(); ++at) {
        m_nodes[points / 2 + at] = zeros[at];
        m_nodes[points / 2 - 1 - at] = -zeros[at];
    }
    for (std::size_t node = 0; node < points; ++node) {
        const double x = m_nodes[node];
        const double slope = boost::math::legendre_p_prime(static_cast<int>(points), x);
        m_weights[node] = 2 / ((1 - x * x) * slope * slope);
        for (std::size_t degree = 0; degree < points; ++degree) {
            m_projection[degree][node] = (static_cast<double>(degree) + 0.5) * m_weights[node] *
                                         boost::math::legendre_p(static_cast<int>(degree), x);
        }
    }
    for (std::size_t k = 0; k < m_first.size(); ++k) {
        const double number = static_cast<double>(k);
        m_first[k] = (2 * number + 1) / (number + 1);
        m_second[k] = (number + 1) / (number + 2);
    }
}

// The integral of P_l from -1 is (P_{l+1} - P_{l-1}) / (2 l + 1), that of P_0 is P_1 + P_0.
Legendre::Series Legendre::running_integral(const Values &values) const {
    Series series{};
    for (std::size_t degree = 0; degree < points; ++degree) {
        double coefficient = 0;
        for (std::size_t node = 0; node < points; ++node) {
            coefficient += m_projection[degree][node] * values[node];
        }
        const double share = coefficient / (2 * static_cast<double>(degree) + 1);
        series[degree + 1] += share;
        if (degree == 0) {
            series[0] += share;
        } else {
            series[degree - 1] -= share;
        }
    }
    return series;
}

} // namespace studio::statistics
