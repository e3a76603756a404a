// SPDX-License-Identifier: Apache-2.0
// Gauss-Legendre panels: integrals, and running integrals, of a smooth function over [-1, 1]. Internal.
#pragma once

#include <array>
#include <cstddef>

namespace studio::statistics {

class Legendre final {
public:
    static constexpr std::size_t points = 16;
    using Values = std::array<double, points>;     // of a function at the nodes
    using Series = std::array<double, points + 1>; // coefficients of P_0 … P_16

    static const Legendre &rule();

    const Values &nodes() const { return m_nodes; } // ascending
    const Values &weights() const { return m_weights; }

    // The running integral from -1 of the polynomial through `values`, as a Legendre series.
    Series running_integral(const Values &values) const;

    // The series at t by Clenshaw's recurrence.
    double at(const Series &series, double t) const {
        double next = 0, after = 0;
        for (std::size_t k = series.size(); k-- > 1;) {
            const double current = series[k] + m_first[k] * t * next - m_second[k] * after;
            after = next;
            next = current;
        }
        return series[0] + t * next - 0.5 * after;
    }

private:
    Legendre();

    Values m_nodes{}, m_weights{};
    std::array<Values, points> m_projection{}; // [degree][node]
    Series m_first{}, m_second{};              // (2k + 1) / (k + 1) and (k + 1) / (k + 2)
};

} // namespace studio::statistics
