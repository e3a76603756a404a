// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/analytics/filters/analytics_query.h"
#include "ui/async/latest.h"
#include "ui/async/worker.h"
#include "ui/page.h"

#include <QTimer>

class QAction;
class QLabel;
class QPushButton;
class QStackedWidget;
class QTabBar;

namespace studio::ui {

class Banner;
class FigureExports;
class FilterMenu;
class PageHeader;
class FilterBar;
class ReportMenu;
class FiguresSection;
class StateStack;

// How a companion's site does, and for operators how the platform does. Asks on sessions of its own, so that
// nothing waits behind it. Figures of one companion are gone as soon as another is chosen.
class AnalyticsPage final : public Page {
    Q_OBJECT

public:
    enum class Scope { Everybody, Own };
    // Own: a companion's login, which sees its own site's figures and has no choice of companions.
    AnalyticsPage(const std::string &database_url, Scope scope, QWidget *parent = nullptr);

    QString id() const override { return QStringLiteral("analytics"); }
    QString title() const override { return tr("Analytics"); }
    QIcon icon() const override;
    void activate() override;
    // A tenant's id, "" for all, or a section's name: "funnel".
    void open(const QString &argument) override;
    void follow(const QString &tenant_id) override;

    FiguresSection *current_section() const;

protected:
    void hideEvent(QHideEvent *event) override;

private:
    void build_layout();
    QWidget *build_progress();
    void add_section(FiguresSection *section, const QString &title);
    void connect_signals();
    void load_companions();
    void choose(const QString &tenant_id);
    void change_companion();
    void clear_filters();
    void start_over();
    void load_place();
    void ask();
    void show_subtitle();
    void show_progress();
    void poll();
    void show_trouble(const QString &reason);
    void build_menu();
    std::vector<FiguresSection *> sections() const;

    Worker m_sums;
    Worker m_visits; // figures that are read from the visits one by one may take seconds
    Worker m_live;   // the counter and the menus wait behind no figures
    const Scope m_scope;
    Latest m_loads, m_places, m_polls;
    PageHeader *m_header;
    Banner *m_banner;
    FilterBar *m_bar;
    QLabel *m_now;
    QTabBar *m_tabs;
    QStackedWidget *m_sections;
    QLabel *m_progress;
    QPushButton *m_stop;
    StateStack *m_state = nullptr;
    FigureExports *m_exports;
    ReportMenu *m_report;
    FilterMenu *m_values;
    std::vector<QAction *> m_export_view;
    QAction *m_export_all = nullptr;
    QString m_requested; // tenant to choose once they are known
    QString m_followed;  // tenant that another page showed last
    AnalyticsQuery m_query;
    bool m_place_known = false; // of the question's tenant
    QString m_fresh;
    QTimer m_poll;
};

} // namespace studio::ui
