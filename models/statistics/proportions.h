// SPDX-License-Identifier: Apache-2.0
// Classical figures for one and two proportions. An undefined figure is nullopt: it is no evidence and never
// p = 0.
#pragma once

#include "models/statistics/arm.h"

namespace studio::statistics {

// The z above which a standard normal lies with probability `upper_tail`, 0 < upper_tail < 1.
double normal_upper_quantile(double upper_tail);

// P(|Z| >= |z|) of a standard normal.
double two_sided_p(double z);

struct ZTest {
    double z = 0; // positive where treatment has the higher rate
    double p = 1; // two-sided
};

// Two-proportion z with the pooled variance: Fleiss, Levin, Paik, "Statistical Methods for Rates and
// Proportions", 3rd ed., 3.2 without continuity correction. Nothing with an empty arm or where all or none
// converted.
std::optional<ZTest> z_test_pooled(const Arm &control, const Arm &treatment);

// The same with each arm's own variance (Wald). nullopt with an empty arm or where both variances are 0.
std::optional<ZTest> z_test_unpooled(const Arm &control, const Arm &treatment);

// The difference's standard error with each arm's own variance. Nothing with an empty arm.
std::optional<double> standard_error_of_difference(const Arm &control, const Arm &treatment);

// Wilson's score interval at 1 - alpha: E. B. Wilson, JASA 22 (1927). Nothing without visitors.
std::optional<Interval> wilson_interval(const Arm &arm, double alpha);

// Treatment - control from the two Wilson intervals: R. G. Newcombe, Statistics in Medicine 17 (1998),
// method 10. Defined at 0 and 100 % too; nothing with an empty arm.
std::optional<Interval> newcombe_interval(const Arm &control, const Arm &treatment, double alpha);

// Fisher's exact test, two-sided: the sum of all tables with these margins that are no more probable than the
// one seen. Exact for every size: the tables' weights come by recurrence from the most probable one. Nothing
// with an empty arm.
std::optional<double> fisher_two_sided_p(const Arm &control, const Arm &treatment);

} // namespace studio::statistics
