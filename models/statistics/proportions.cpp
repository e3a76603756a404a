// SPDX-License-Identifier: Apache-2.0
#include "models/statistics/proportions.h"

#include <boost/math/constants/constants.hpp>
#include <boost/math/special_functions/erf.hpp>

#include <algorithm>
#include <cmath>

namespace studio::statistics {

namespace {

double count(std::int64_t number) {
    return static_cast<double>(number);
}

double variance_of_rate(const Arm &arm) {
    const double p = *rate(arm);
    return p * (1 - p) / count(arm.visitors);
}

std::optional<ZTest> z_test(double difference, double standard_error) {
    if (!(standard_error > 0)) {
        return std::nullopt;
    }
    const double z = difference / standard_error;
    return ZTest{z, two_sided_p(z)};
}

bool both_have_visitors(const Arm &control, const Arm &treatment) {
    return control.visitors > 0 && treatment.visitors > 0;
}

// The 2 × 2 tables with fixed margins, each identified by the conversions of the first arm. Weights are
// relative to the most probable table.
class Tables final {
public:
    Tables(const Arm &control, const Arm &treatment)
        : m_first(count(control.visitors)), m_second(count(treatment.visitors)),
          m_converted(count(control.conversions) + count(treatment.conversions)),
          m_low(std::max(0.0, m_converted - m_second)), m_high(std::min(m_first, m_converted)),
          m_mode(std::clamp(std::floor((m_first + 1) * (m_converted + 1) / (m_first + m_second + 2)), m_low,
                            m_high)) {}

    double two_sided_p(double seen) const {
        double limit = seen == m_mode
                           ? 1
                           : 0; // stays 0 where the weight of the observed table is too small for a double
        walk(seen > m_mode ? 1 : -1, [&](double at, double weight) {
            if (at == seen) {
                limit = weight;
            }
            return at != seen;
        });
        limit *= 1 + rounding;
        double all = 1, extreme = limit >= 1 ? 1 : 0;
        for (const int direction : {-1, 1}) {
            walk(direction, [&](double, double weight) {
                all += weight;
                extreme += weight <= limit ? weight : 0;
                return true;
            });
        }
        return std::min(1.0, extreme / all);
    }

private:
    static constexpr double rounding =
        1e-11; // tolerance, so that tables as probable as the observed one count in spite of rounding

    // Calls visit(table, weight) for tables from the mode outward, without the mode itself, until it returns
    // false.
    template <typename Visit> void walk(int direction, Visit visit) const {
        double weight = 1;
        for (double at = m_mode + direction; at >= m_low && at <= m_high && weight > 1e-300;
             at += direction) {
            weight *= direction > 0 ? step_up(at - 1) : 1 / step_up(at);
            if (!visit(at, weight)) {
                return;
            }
        }
    }

    // weight(at + 1) / weight(at)
    double step_up(double at) const {
        return (m_first - at) * (m_converted - at) / ((at + 1) * (m_second - m_converted + at + 1));
    }

    double m_first, m_second, m_converted, m_low, m_high, m_mode;
};

} // namespace

std::optional<double> rate(const Arm &arm) {
    if (arm.visitors <= 0) {
        return std::nullopt;
    }
    return count(arm.conversions) / count(arm.visitors);
}

std::optional<double> relative_lift(const Arm &control, const Arm &treatment) {
    const auto before = rate(control), after = rate(treatment);
    if (!before || !after || *before == 0) {
        return std::nullopt;
    }
    return (*after - *before) / *before;
}

double normal_upper_quantile(double upper_tail) {
    return boost::math::constants::root_two<double>() * boost::math::erfc_inv(2 * upper_tail);
}

double two_sided_p(double z) {
    return std::erfc(std::abs(z) / boost::math::constants::root_two<double>());
}

std::optional<double> standard_error_of_difference(const Arm &control, const Arm &treatment) {
    if (!both_have_visitors(control, treatment)) {
        return std::nullopt;
    }
    return std::sqrt(variance_of_rate(control) + variance_of_rate(treatment));
}

std::optional<ZTest> z_test_pooled(const Arm &control, const Arm &treatment) {
    if (!both_have_visitors(control, treatment)) {
        return std::nullopt;
    }
    const double first = count(control.visitors), second = count(treatment.visitors);
    const double pooled = (count(control.conversions) + count(treatment.conversions)) / (first + second);
    return z_test(*rate(treatment) - *rate(control),
                  std::sqrt(pooled * (1 - pooled) * (1 / first + 1 / second)));
}

std::optional<ZTest> z_test_unpooled(const Arm &control, const Arm &treatment) {
    const auto standard_error = standard_error_of_difference(control, treatment);
    if (!standard_error) {
        return std::nullopt;
    }
    return z_test(*rate(treatment) - *rate(control), *standard_error);
}

std::optional<Interval> wilson_interval(const Arm &arm, double alpha) {
    const auto p = rate(arm);
    if (!p) {
        return std::nullopt;
    }
    const double n = count(arm.visitors), z = normal_upper_quantile(alpha / 2), spread = z * z / n;
    const double center = (*p + spread / 2) / (1 + spread);
    const double half = z / (1 + spread) * std::sqrt(*p * (1 - *p) / n + spread / (4 * n));
    return Interval{arm.conversions == 0 ? 0 : center - half,
                    arm.conversions == arm.visitors ? 1 : center + half};
}

std::optional<Interval> newcombe_interval(const Arm &control, const Arm &treatment, double alpha) {
    const auto before = wilson_interval(control, alpha), after = wilson_interval(treatment, alpha);
    if (!before || !after) {
        return std::nullopt;
    }
    const double first = *rate(control), second = *rate(treatment), difference = second - first;
    return Interval{difference - std::hypot(second - after->low, before->high - first),
                    difference + std::hypot(after->high - second, first - before->low)};
}

std::optional<double> fisher_two_sided_p(const Arm &control, const Arm &treatment) {
    if (!both_have_visitors(control, treatment)) {
        return std::nullopt;
    }
    return Tables(control, treatment).two_sided_p(count(control.conversions));
}

} // namespace studio::statistics
