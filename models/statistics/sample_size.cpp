// SPDX-License-Identifier: Apache-2.0
#include "models/statistics/sample_size.h"

#include "models/statistics/arm.h"
#include "models/statistics/proportions.h"

#include <cmath>

namespace studio::statistics {

namespace {

double spread(double rate) {
    return rate * (1 - rate);
}

double variances(const SampleSizeQuestion &question) {
    return spread(question.baseline) + spread(question.changed_rate());
}

double difference(const SampleSizeQuestion &question) {
    return question.changed_rate() - question.baseline;
}

double critical_z(const SampleSizeQuestion &question) {
    return normal_upper_quantile(question.alpha / (question.variants - 1) / 2);
}

double power_z(const SampleSizeQuestion &question) {
    return -normal_upper_quantile(question.power);
}

} // namespace

double visitors_per_arm_unpooled(const SampleSizeQuestion &question) {
    const double z = critical_z(question) + power_z(question), change = difference(question);
    return z * z * variances(question) / (change * change);
}

std::optional<std::int64_t> visitors_per_arm(const SampleSizeQuestion &question) {
    const double visitors = std::ceil(visitors_per_arm_unpooled(question));
    if (!(visitors <= static_cast<double>(max_visitors))) {
        return std::nullopt;
    }
    return static_cast<std::int64_t>(visitors);
}

std::optional<double> weeks_needed(std::int64_t visitors_per_arm, int variants, double visitors_per_week) {
    if (!(visitors_per_week > 0)) {
        return std::nullopt;
    }
    return std::ceil(static_cast<double>(visitors_per_arm) * variants / visitors_per_week);
}

} // namespace studio::statistics
