// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/analytics/social_csv.h"
#include "ui/analytics/sections/section.h"

class QComboBox;
class QPushButton;

namespace studio::ui {

class ChartCard;
class LineChart;

// The figures of a companion's social media accounts beside visits or bookings of the same days, and how
// strongly the two are correlated.
class SocialSection final : public FiguresSection {
    Q_OBJECT

public:
    // Only operators may import figures.
    SocialSection(Workers workers, bool may_import, QWidget *parent = nullptr);

    // Reads a file and shows what is in it; imports it if the person accepts.
    void preview(const QString &file);

signals:
    void imported(const QString &message);

private:
    struct Answer {
        std::vector<models::SocialMetric> metrics; // beginning one day before the range
        std::vector<db::TrendPoint> trend;
    };
    void build_chart();
    void build_correlations();
    void load(const AnalyticsQuery &query) override;
    void forget() override;
    void show(const Answer &answer);
    void show_platforms();
    void show_figures();
    void show_nothing();
    void choose_file();
    void import(const models::TenantId &tenant, const QString &companion,
                const std::vector<models::SocialMetric> &metrics);

    Worker &m_work;
    const bool m_may_import;
    Answer m_answer;
    QComboBox *m_platform;
    QComboBox *m_figure;
    QComboBox *m_against;
    QPushButton *m_import;
    ChartCard *m_card;
    LineChart *m_figure_chart;
    LineChart *m_visits_chart;
    ChartCard *m_correlations;
};

} // namespace studio::ui
