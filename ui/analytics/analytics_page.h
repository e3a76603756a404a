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

// The figures of a companion's site and, for operators, of the platform. Queries run on database sessions of
// their own, so that no other page waits for them. When another companion is chosen, the figures shown are
// cleared at once.
class AnalyticsPage final : public Page {
    Q_OBJECT

public:
    enum class Scope { Everybody, Own };
    // Scope::Own is for a companion's login, which sees the figures of its own site and cannot choose
    // another.
    AnalyticsPage(const std::string &database_url, Scope scope, QWidget *parent = nullptr);

    QString id() const override { return QStringLiteral("analytics"); }
    QString title() const override { return tr("Analytics"); }
    QIcon icon() const override;
    void activate() override;
    // `argument` is a tenant's id, "" for all, or the name of a section such as "funnel".
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
    Worker m_visits; // for figures counted from single visits, which may take seconds
    Worker m_live;   // for the live counter and the menus, so that they never wait for figures
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
    QString m_requested; // tenant to choose once the list of companions has been read
    QString m_followed;  // tenant that another page showed most recently
    AnalyticsQuery m_query;
    bool m_place_known = false; // whether the tenant's time zone and currency have been read
    QString m_fresh;
    QTimer m_poll;
};

} // namespace studio::ui
