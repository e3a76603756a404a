// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/analytics/capped_hours_note.h"
#include "ui/analytics/sections/section.h"

#include <array>
#include <functional>

class QComboBox;
class QLabel;

namespace studio::ui {

class Banner;
class ChartCard;
class FigureTile;
class LineChart;

// The period's figures with their change, one of them over time, and the first sources and pages of visits.
class OverviewSection final : public FiguresSection {
    Q_OBJECT

public:
    explicit OverviewSection(Workers workers, QWidget *parent = nullptr);

private:
    struct Answer {
        PeriodFigures now, before; // without the different visitors, which are counted separately
        std::vector<db::TrendPoint> trend, trend_before;
        std::vector<db::CappedHour> capped;
    };
    struct Lists {
        std::vector<db::BreakdownRow> sources, pages;
    };
    using VisitorCounts = std::pair<std::int64_t, std::int64_t>; // now and before
    void build_lists();
    void load(const AnalyticsQuery &query) override;
    void forget() override;
    void read_sums(const AnalyticsQuery &query);
    void read_lists(const AnalyticsQuery &query);
    void read_visitors(const AnalyticsQuery &query);
    std::vector<std::pair<QString, const FigureTableModel *>> more_tables() const override;
    void show(const Answer &answer);
    void show_lists(const Lists &lists);
    void show_summary();
    void show_tiles();
    void show_visitors();
    void show_value();
    void show_requests_without_visit();
    void show_trend();
    TrendSoFar so_far() const;
    std::vector<double> days_of(Metric metric) const;
    // A figure for each day, hour or month that is over.
    std::vector<double> sparks(const std::function<double(const db::TrendPoint &)> &figure) const;

    Answer m_answer;
    std::optional<VisitorCounts> m_visitors;
    bool m_visitors_missing = false;
    FigureTableModel m_summary;
    Banner *m_capped;
    QLabel *m_without_visit;
    std::array<FigureTile *, 8> m_tiles{};
    ChartCard *m_trend;
    LineChart *m_chart;
    QComboBox *m_metric;
    ChartCard *m_sources;
    ChartCard *m_pages;
};

} // namespace studio::ui
