// SPDX-License-Identifier: Apache-2.0
#include "ui/analytics/social/social_rows.h"

#include <QCoreApplication>
#include <QDateTime>

#include <cmath>
#include <map>

namespace studio::ui {

namespace {

QString tr(const char *text) {
    return QCoreApplication::translate("studio::ui::analytics", text);
}

QDateTime at_midnight(std::chrono::sys_days day) {
    return {to_date(day), QTime(0, 0), Qt::UTC};
}

std::optional<double> given(const std::optional<int> &count) {
    return count ? std::optional<double>(*count) : std::nullopt;
}

FigureKind kind_of(SocialFigure figure) {
    return figure == SocialFigure::Engagement ? FigureKind::Percent : FigureKind::Count;
}

QVariant cell(const std::optional<double> &figure, FigureKind kind) {
    if (!figure) {
        return {};
    }
    return kind == FigureKind::Percent ? QVariant(*figure) : QVariant(qint64(std::llround(*figure)));
}

QVariant cell(const std::optional<int> &count) {
    return count ? QVariant(qint64(*count)) : QVariant();
}

// Rounds to three decimals: the interval of so few days is not more exact than that.
double rounded(double figure) {
    return std::round(figure * 1000) / 1000;
}

QString reading(const statistics::LaggedCorrelation &found) {
    if (found.n < statistics::min_pairs) {
        return tr("Too few days");
    }
    if (!found.pearson || !found.spearman) {
        return tr("One of them does not change");
    }
    const auto above = [](const statistics::Correlation &c) { return c.interval.low > 0; };
    const auto below = [](const statistics::Correlation &c) { return c.interval.high < 0; };
    if (above(*found.pearson) && above(*found.spearman)) {
        return tr("Rise and fall together");
    }
    return below(*found.pearson) && below(*found.spearman) ? tr("One falls as the other rises")
                                                           : tr("No clear relation");
}

} // namespace

const std::vector<SocialFigure> &social_figures() {
    static const std::vector<SocialFigure> list{SocialFigure::Followers, SocialFigure::FollowersGained,
                                                SocialFigure::Engagement, SocialFigure::Posts,
                                                SocialFigure::Reach};
    return list;
}

QString social_figure_name(SocialFigure figure) {
    switch (figure) {
    case SocialFigure::Followers:
        return tr("Followers");
    case SocialFigure::FollowersGained:
        return tr("Followers gained");
    case SocialFigure::Engagement:
        return tr("Engagement rate");
    case SocialFigure::Posts:
        return tr("Posts");
    case SocialFigure::Reach:
        break;
    }
    return tr("Reach");
}

std::vector<std::optional<double>> social_days(const std::vector<models::SocialMetric> &metrics,
                                               const std::string &platform, SocialFigure figure,
                                               const db::DateRange &range) {
    std::map<std::chrono::sys_days, const models::SocialMetric *> days;
    for (const auto &metric : metrics) {
        if (metric.platform == platform) {
            days[metric.day] = &metric;
        }
    }
    const auto value_on = [&](std::chrono::sys_days day) -> std::optional<double> {
        const auto found = days.find(day);
        if (found == days.end()) {
            return std::nullopt;
        }
        const auto &metric = *found->second;
        switch (figure) {
        case SocialFigure::Followers:
        case SocialFigure::FollowersGained:
            return given(metric.followers);
        case SocialFigure::Engagement:
            return metric.engagement_rate ? std::optional(*metric.engagement_rate / 100) : std::nullopt;
        case SocialFigure::Posts:
            return given(metric.posts);
        case SocialFigure::Reach:
            break;
        }
        return given(metric.reach);
    };
    std::vector<std::optional<double>> values;
    for (auto day = range.from; day <= range.to; day += std::chrono::days(1)) {
        auto value = value_on(day);
        if (value && figure == SocialFigure::FollowersGained) {
            const auto before = value_on(day - std::chrono::days(1));
            value = before ? std::optional(*value - *before) : std::nullopt;
        }
        values.push_back(value);
    }
    return values;
}

void fill_social(FigureTableModel &table, const AnalyticsQuery &query, SocialFigure figure,
                 SocialAgainst against, const std::vector<std::optional<double>> &figures,
                 const std::vector<db::TrendPoint> &trend) {
    std::vector<FigureRow> rows;
    bool any = false;
    for (std::size_t day = 0; day < figures.size(); ++day) {
        const auto at = at_midnight(query.range.from + std::chrono::days(day));
        const auto totals = day < trend.size() ? trend[day].totals : db::Totals{};
        any = any || figures[day];
        rows.push_back({{at, cell(figures[day], kind_of(figure)),
                         qint64(against == SocialAgainst::Visits ? totals.visits : totals.bookings)},
                        at.date().toString(Qt::ISODate)});
    }
    table.set({{tr("Day"), FigureKind::Day},
               {social_figure_name(figure), kind_of(figure)},
               {against == SocialAgainst::Visits ? tr("Visits") : tr("Bookings"), FigureKind::Count}},
              any ? std::move(rows) : std::vector<FigureRow>());
}

void fill_correlations(FigureTableModel &table,
                       const std::vector<statistics::LaggedCorrelation> &correlations) {
    std::vector<FigureRow> rows;
    for (const auto &found : correlations) {
        FigureRow row{{found.lag == 0   ? tr("Same day")
                       : found.lag == 1 ? tr("1 day later")
                                        : tr("%1 days later").arg(found.lag),
                       reading(found), qint64(found.n)},
                      {}};
        for (const auto &kind : {found.pearson, found.spearman}) {
            if (kind) {
                row.cells.insert(row.cells.end(), {rounded(kind->r), rounded(kind->interval.low),
                                                   rounded(kind->interval.high)});
            } else {
                row.cells.insert(row.cells.end(), {QVariant(), QVariant(), QVariant()});
            }
        }
        rows.push_back(std::move(row));
    }
    table.set({{tr("Delay"), FigureKind::Text},
               {tr("Result"), FigureKind::Text},
               {tr("Days"), FigureKind::Count},
               {tr("Pearson"), FigureKind::Decimal},
               {tr("From"), FigureKind::Decimal},
               {tr("To"), FigureKind::Decimal},
               {tr("Spearman"), FigureKind::Decimal},
               {tr("From"), FigureKind::Decimal},
               {tr("To"), FigureKind::Decimal}},
              std::move(rows));
}

void fill_social_preview(FigureTableModel &table, const models::SocialFile &file, std::size_t max_rows) {
    std::vector<FigureRow> rows;
    for (const auto &issue : file.issues) {
        rows.push_back({{issue.row == 0 ? tr("The file") : QString::number(issue.row),
                         QString::fromStdString(issue.column), QString::fromStdString(issue.sentence)},
                        {}});
    }
    if (!rows.empty()) {
        table.set({{tr("Row"), FigureKind::Text},
                   {tr("Column"), FigureKind::Text},
                   {tr("Problem"), FigureKind::Text}},
                  std::move(rows));
        return;
    }
    for (std::size_t index = 0; index < file.metrics.size() && index < max_rows; ++index) {
        const auto &metric = file.metrics[index];
        rows.push_back({{value_label(db::Dimension::Source, metric.platform), at_midnight(metric.day),
                         cell(metric.followers),
                         metric.engagement_rate ? QVariant(*metric.engagement_rate / 100) : QVariant(),
                         cell(metric.posts), cell(metric.reach)},
                        {}});
    }
    table.set({{tr("Platform"), FigureKind::Text},
               {tr("Day"), FigureKind::Day},
               {tr("Followers"), FigureKind::Count},
               {tr("Engagement rate"), FigureKind::Percent},
               {tr("Posts"), FigureKind::Count},
               {tr("Reach"), FigureKind::Count}},
              std::move(rows));
}

} // namespace studio::ui
