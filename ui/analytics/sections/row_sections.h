// SPDX-License-Identifier: Apache-2.0
// Sections that list single visits and companions.
#pragma once

#include "ui/analytics/sections/section.h"

#include <vector>

class QPushButton;

namespace studio::ui {

class ChartCard;

// The visits behind every chart, newest first, and separately bots and crawlers.
class VisitsSection final : public FiguresSection {
    Q_OBJECT

public:
    static constexpr int page_size = 200;
    explicit VisitsSection(Workers workers, QWidget *parent = nullptr);

private:
    void load(const AnalyticsQuery &query) override;
    void forget() override;
    void load_more();
    void show_rows(bool more);

    std::vector<db::VisitRow> m_rows;
    qint64 m_all = 0; // number of visits that match the query, shown or not
    ChartCard *m_card;
    ChartCard *m_bots;
    QPushButton *m_more;
};

// For operators: every companion, and the platform's own figures.
class PlatformSection final : public FiguresSection {
    Q_OBJECT

public:
    explicit PlatformSection(Workers workers, QWidget *parent = nullptr);

private:
    void load(const AnalyticsQuery &query) override;

    std::vector<class FigureTile *> m_tiles;
    ChartCard *m_targets;
    ChartCard *m_months;
    ChartCard *m_tenants;
};

} // namespace studio::ui
