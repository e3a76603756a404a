// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/analytics/sections/section.h"

class QComboBox;

namespace studio::ui {

class ChartCard;
class FunnelChart;
class HeatMap;

// Visits, bookings and conversion by source, medium or campaign.
class SourcesSection final : public FiguresSection {
    Q_OBJECT

public:
    explicit SourcesSection(Workers workers, QWidget *parent = nullptr);

private:
    void load(const AnalyticsQuery &query) override;
    void show();

    QComboBox *m_by;
    ChartCard *m_card;
    std::vector<db::BreakdownRow> m_rows;
    VisitorsByValue m_visitors;
};

// How many visits reach each step of the funnel, for all visits or divided by a dimension.
class FunnelSection final : public FiguresSection {
    Q_OBJECT

public:
    explicit FunnelSection(Workers workers, QWidget *parent = nullptr);

private:
    void load(const AnalyticsQuery &query) override;

    QComboBox *m_split;
    ChartCard *m_card;
    FunnelChart *m_chart;
};

// The most frequent journeys, as a flow chart and as a list.
class JourneysSection final : public FiguresSection {
    Q_OBJECT

public:
    explicit JourneysSection(Workers workers, QWidget *parent = nullptr);

private:
    void load(const AnalyticsQuery &query) override;

    ChartCard *m_flow;
    ChartCard *m_list;
};

// Devices, browsers, countries and pages.
class AudienceSection final : public FiguresSection {
    Q_OBJECT

public:
    explicit AudienceSection(Workers workers, QWidget *parent = nullptr);

private:
    void load(const AnalyticsQuery &query) override;
    void show();

    struct List {
        Field field;
        ChartCard *card;
        std::vector<db::BreakdownRow> rows{};
        VisitorsByValue visitors{};
    };
    std::vector<List> m_lists;
};

// Visits and bookings by weekday and hour.
class HoursSection final : public FiguresSection {
    Q_OBJECT

public:
    explicit HoursSection(Workers workers, QWidget *parent = nullptr);

private:
    void load(const AnalyticsQuery &query) override;

    ChartCard *m_card;
    HeatMap *m_map;
    QComboBox *m_figure;
};

// Bookings by service.
class BookingsSection final : public FiguresSection {
    Q_OBJECT

public:
    explicit BookingsSection(Workers workers, QWidget *parent = nullptr);

private:
    void load(const AnalyticsQuery &query) override;
    QString empty_text() const override;

    ChartCard *m_card;
};

} // namespace studio::ui
