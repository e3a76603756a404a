// SPDX-License-Identifier: Apache-2.0
#include "models/statistics/sequential.h"

#include "models/statistics/proportions.h"

#include <algorithm>
#include <cmath>

namespace studio::statistics {

namespace {

bool is_inner(const std::optional<double> &rate) {
    return rate && *rate > 0 && *rate < 1;
}

SequentialFigure figure(double estimate, double standard_error, double visitors,
                        const SequentialSettings &settings) {
    const double log_alpha = std::log(settings.alpha);
    const double rho_squared = (-2 * log_alpha + std::log1p(-2 * log_alpha)) / settings.tuning_visitors;
    const double growth = visitors * rho_squared, half_log = std::log1p(growth) / 2;
    const double half = standard_error * std::sqrt(2 * (growth + 1) / growth * (half_log - log_alpha));
    const double z = estimate / standard_error;
    const double log_p = half_log - growth * z * z / (2 * (growth + 1));
    return {Interval{estimate - half, estimate + half}, std::min(1.0, std::exp(log_p))};
}

void narrow(SequentialFigure &so_far, const SequentialFigure &look) {
    so_far.p = std::min(so_far.p, look.p);
    if (!so_far.interval || !look.interval) {
        so_far.interval.reset();
        return;
    }
    so_far.interval->low = std::max(so_far.interval->low, look.interval->low);
    so_far.interval->high = std::min(so_far.interval->high, look.interval->high);
    if (so_far.interval->low > so_far.interval->high) {
        so_far.interval.reset();
    }
}

} // namespace

std::optional<SequentialFigures> sequential_figures(const Arm &control, const Arm &treatment,
                                                    const SequentialSettings &settings) {
    const auto before = rate(control), after = rate(treatment);
    if (!is_inner(before) || !is_inner(after)) {
        return std::nullopt;
    }
    const double first = static_cast<double>(control.visitors),
                 second = static_cast<double>(treatment.visitors), a = *before, b = *after;
    const double variance_before = a * (1 - a) / first, variance_after = b * (1 - b) / second;
    const double ratio = b / a;
    const double relative_error = std::sqrt(variance_after + variance_before * ratio * ratio) / a;
    return SequentialFigures{
        figure(b - a, *standard_error_of_difference(control, treatment), first + second, settings),
        figure((b - a) / a, relative_error, first + second, settings)};
}

std::optional<SequentialFigures> combine_looks(std::span<const std::optional<SequentialFigures>> looks) {
    std::optional<SequentialFigures> all;
    for (const auto &look : looks) {
        if (!look) {
            continue;
        }
        if (!all) {
            all = look;
            continue;
        }
        narrow(all->absolute, look->absolute);
        narrow(all->relative, look->relative);
    }
    return all;
}

} // namespace studio::statistics
