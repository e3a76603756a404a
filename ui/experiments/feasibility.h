// SPDX-License-Identifier: Apache-2.0
// Whether a test can find what it looks for, before it starts. All pure. Visitors are of the whole page.
#pragma once

#include "models/tenant/experiment.h"

#include <QString>

#include <cstdint>
#include <optional>

namespace studio::ui {

// What a companion's page really has.
struct Traffic {
    int days = 0; // that it was measured over; 0 where there were no visits
    double visitors_per_week = 0;
    std::optional<double> booking_rate; // bookings by visitors; nothing where there was none
    bool operator==(const Traffic &) const = default;
};

struct Feasibility {
    std::optional<std::int64_t> per_variant;
    std::optional<double> weeks; // whole; nothing without visitors
    std::optional<double>
        reachable_lift; // whole per cent that would show in the longest time; where `weeks` is longer
    bool can_finish() const;
};

// `baseline` is the booking rate, `lift` the smallest relative change that is to be seen; both above 0. The
// variant with the smallest weight decides.
Feasibility feasibility(const Traffic &traffic, double baseline, double lift, double traffic_share,
                        const std::vector<models::Variant> &variants);

QString feasibility_title(const Feasibility &answer); // "About 6 weeks", "Cannot finish"
QString feasibility_label(const Feasibility &answer, const Traffic &traffic, double baseline, double lift,
                          double traffic_share);

} // namespace studio::ui
