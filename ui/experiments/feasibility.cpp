// SPDX-License-Identifier: Apache-2.0
#include "ui/experiments/feasibility.h"

#include "models/statistics/sample_size.h"
#include "ui/charts/format_figure.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace studio::ui {

namespace {

constexpr double max_lift = 10; // eleven times as many bookings; a larger change is not searched for

QString tr(const char *text) {
    return QCoreApplication::translate("studio::ui::feasibility", text);
}

QString format_lift(double lift) {
    return tr("%1 %").arg(qRound(lift * 100));
}

std::optional<std::int64_t> visitors_for(double baseline, double lift, int variants) {
    statistics::SampleSizeQuestion question;
    question.baseline = baseline;
    question.lift = lift;
    question.variants = variants;
    return baseline > 0 && baseline < 1 && lift > 0 && variants > 1 && question.changed_rate() < 1
               ? statistics::visitors_per_arm(question)
               : std::nullopt;
}

// The smallest lift, in whole per cent, that can be detected with so many visitors for each variant.
std::optional<double> smallest_lift(double baseline, double visitors_per_arm, int variants) {
    for (int percent = 1; percent <= max_lift * 100; ++percent) {
        const auto needed = visitors_for(baseline, percent / 100.0, variants);
        if (needed && static_cast<double>(*needed) <= visitors_per_arm) {
            return percent / 100.0;
        }
    }
    return std::nullopt;
}

} // namespace

bool Feasibility::can_finish() const {
    return per_variant && weeks && *weeks <= statistics::usual_max_weeks;
}

Feasibility feasibility(const Traffic &traffic, double baseline, double lift, double traffic_share,
                        const std::vector<models::Variant> &arms) {
    Feasibility answer;
    const auto variants = static_cast<int>(arms.size());
    answer.per_variant = visitors_for(baseline, lift, variants);
    if (arms.empty()) {
        return answer;
    }
    const double smallest = std::ranges::min(arms, {}, &models::Variant::weight).weight;
    const double weekly = traffic.visitors_per_week * traffic_share * smallest;
    if (!answer.per_variant || !(weekly > 0)) {
        return answer;
    }
    answer.weeks = std::ceil(static_cast<double>(*answer.per_variant) / weekly);
    if (!answer.can_finish()) {
        answer.reachable_lift = smallest_lift(baseline, weekly * statistics::usual_max_weeks, variants);
    }
    return answer;
}

QString feasibility_title(const Feasibility &answer) {
    if (!answer.per_variant || !answer.weeks) {
        return tr("Duration unknown");
    }
    const auto weeks = static_cast<qint64>(*answer.weeks);
    if (!answer.can_finish()) {
        return tr("Not enough traffic to finish");
    }
    return weeks == 1 ? tr("About 1 week") : tr("About %1 weeks").arg(weeks);
}

QString feasibility_label(const Feasibility &answer, const Traffic &traffic, double baseline, double lift,
                          double traffic_share) {
    if (!answer.per_variant) {
        return tr("A booking rate of %1 cannot rise by %2.").arg(format_percent(baseline), format_lift(lift));
    }
    auto words = tr("To see a change of %1 in a booking rate of %2, each variant needs %3 visitors.")
                     .arg(format_lift(lift), format_percent(baseline), format_count(*answer.per_variant));
    if (!answer.weeks) {
        return words + tr(" This page had no visits in the last four weeks, so the duration is unknown.");
    }
    words +=
        tr(" This page has %1 visitors a week").arg(format_count(std::llround(traffic.visitors_per_week)));
    words += traffic_share < 1 ? tr(", of whom %1 take part.").arg(format_percent(traffic_share)) : tr(".");
    if (answer.can_finish()) {
        return words;
    }
    words += tr(" That takes %1 weeks; after %2 weeks the page, the season and its visitors have changed too "
                "much to compare.")
                 .arg(format_count(static_cast<qint64>(*answer.weeks)))
                 .arg(statistics::usual_max_weeks);
    return answer.reachable_lift ? words + tr(" In %1 weeks a change of %2 could be detected: try a bolder "
                                              "change or fewer variants.")
                                               .arg(statistics::usual_max_weeks)
                                               .arg(format_lift(*answer.reachable_lift))
                                 : words + tr(" No realistic change could be detected in that time.");
}

} // namespace studio::ui
