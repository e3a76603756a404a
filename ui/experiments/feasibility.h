// SPDX-License-Identifier: Apache-2.0
// Predicts whether an experiment can detect what it looks for. All functions are pure. Visitors are those of
// the whole page.
#pragma once

#include "models/tenant/experiment.h"

#include <QString>

#include <cstdint>
#include <optional>

namespace studio::ui {

// The measured traffic of a companion's page.
struct Traffic {
    int days = 0; // number of days measured; 0 where there were no visits
    double visitors_per_week = 0;
    std::optional<double> booking_rate; // bookings divided by visitors; nullopt without visitors
    bool operator==(const Traffic &) const = default;
};

struct Feasibility {
    std::optional<std::int64_t> per_variant;
    std::optional<double> weeks;          // whole weeks; nullopt without visitors
    std::optional<double> reachable_lift; // the lift in whole per cent that could be detected in the longest
                                          // allowed time; set where `weeks` is longer
    bool can_finish() const;
};

// `baseline` is the booking rate and `lift` the smallest relative change to be detected, both above 0. The
// variant with the smallest weight determines the time.
Feasibility feasibility(const Traffic &traffic, double baseline, double lift, double traffic_share,
                        const std::vector<models::Variant> &variants);

QString feasibility_title(const Feasibility &answer); // "About 6 weeks", "Cannot finish"
QString feasibility_label(const Feasibility &answer, const Traffic &traffic, double baseline, double lift,
                          double traffic_share);

} // namespace studio::ui
