// SPDX-License-Identifier: Apache-2.0
// Figures that stay right however often one looks: asymptotic confidence sequences.
// I. Waudby-Smith, D. Arbour, R. Sinha, E. H. Kennedy, A. Ramdas, "Time-uniform central limit theory and
// asymptotic confidence sequences", arXiv:2103.06476, equations 9, 155 and 161. With n = visitors of both
// arms, N the size tuned for and s the estimate's standard error:
//   rho^2      = (-2 ln alpha + ln(1 - 2 ln alpha)) / N
//   half width = s sqrt(n) sqrt(2 (n rho^2 + 1) / (n rho)^2 ln(sqrt(n rho^2 + 1) / alpha))
//   p          = min(1, sqrt(n rho^2 + 1) exp(-n rho^2 z^2 / (2 (n rho^2 + 1)))), z = estimate / s
// This is the mixture sequential probability ratio test of R. Johari, L. Pekelis, D. Walsh (arXiv:1512.04922)
// with mixing variance n rho^2 s^2.
#pragma once

#include "models/statistics/arm.h"

#include <span>

namespace studio::statistics {

struct SequentialSettings {
    double alpha = 0.05;
    double tuning_visitors = 5000; // N, of both arms together; fixed before the test starts
};

struct SequentialFigure {
    std::optional<Interval> interval; // at 1 - alpha; nothing where the looks contradict each other
    double p = 1;
};

// The difference of rates, and the relative lift (its standard error by the delta method).
struct SequentialFigures {
    SequentialFigure absolute, relative;
};

// One look. Nothing with an empty arm or a rate of 0 or 1: the normal approximation behind it does not hold
// there.
std::optional<SequentialFigures> sequential_figures(const Arm &control, const Arm &treatment,
                                                    const SequentialSettings &settings);

// All looks so far: the smallest p, and the intersection of the intervals, so that a conclusion once shown is
// never withdrawn. An empty intersection means that the rates changed during the test. nullopt while no look
// gave figures.
std::optional<SequentialFigures> combine_looks(std::span<const std::optional<SequentialFigures>> looks);

} // namespace studio::statistics
