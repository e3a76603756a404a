// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/analytics/section.h"

#include <array>
#include <functional>

class QComboBox;

namespace studio::ui {

class ChartCard;
class FigureTile;
class LineChart;

// The figures of the period with their change, one of them over time, and where visits come from and go to.
class OverviewSection final : public FiguresSection {
    Q_OBJECT

public:
    explicit OverviewSection(Worker &worker, QWidget *parent = nullptr);

private:
    struct Answer {
        db::Totals now, before;
        std::vector<db::TrendPoint> trend, trend_before;
        std::vector<db::BreakdownRow> sources, pages;
    };
    void load(const Question &question) override;
    std::vector<std::pair<QString, const FigureTable *>> more_tables() const override;
    void show(const Answer &answer);
    void show_tiles();
    void show_trend();
    TrendSoFar so_far() const;
    std::vector<double> days_of(Metric metric) const;
    // Of the days, hours or months that are over.
    std::vector<double> sparks(const std::function<double(const db::Totals &)> &figure) const;

    Answer m_answer;
    FigureTable m_summary;
    std::array<FigureTile *, 8> m_tiles{};
    ChartCard *m_trend;
    LineChart *m_chart;
    QComboBox *m_metric;
    ChartCard *m_sources;
    ChartCard *m_pages;
};

} // namespace studio::ui
