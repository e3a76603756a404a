// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/analytics/analytics_page.h"
#include "ui/charts/chart_card.h"
#include "ui/charts/figure_tile.h"
#include "ui/widgets/state_stack.h"
#include "ui/widgets/tenant_id.h"

#include <QComboBox>
#include <QTabBar>
#include <QTest>

namespace studio::ui {

// The page as a person sees it.
struct Desk {
    AnalyticsPage page;

    explicit Desk(const std::string &url, AnalyticsPage::Scope scope = AnalyticsPage::Scope::Everybody)
        : page(url, scope) {
        page.resize(1120, 760);
        page.show();
        page.activate();
    }
    // The widget with this name; "" for the only one of its type.
    template <typename Widget> Widget *find(const char *name) const {
        auto *widget = page.findChild<Widget *>(*name == 0 ? QString() : QString::fromLatin1(name));
        if (widget == nullptr) {
            qFatal("no widget %s", name);
        }
        return widget;
    }
    bool ready() const {
        return QTest::qWaitFor(
            [this] { return find<StateStack>("analytics.state")->state() == StateStack::State::Content; },
            30000);
    }
    void last_month() const {
        auto *range = find<QComboBox>("analytics.range");
        range->setCurrentIndex(range->findText("Last month"));
    }
    void choose(const models::TenantId &tenant) const {
        auto *companion = find<QComboBox>("analytics.companion");
        companion->setCurrentIndex(companion->findData(to_text(tenant)));
    }
    void tab(const char *title) const {
        auto *tabs = find<QTabBar>("analytics.tabs");
        for (int place = 0; place < tabs->count(); ++place) {
            if (tabs->tabText(place) == QLatin1String(title)) {
                QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(place).center());
            }
        }
    }
    const FigureTableModel &table(const char *card) const { return *find<ChartCard>(card)->table(); }
    QString figure(const char *tile) const { return find<FigureTile>(tile)->figure(); }
};

} // namespace studio::ui
