// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/analytics/question.h"
#include "ui/async/latest.h"
#include "ui/async/worker.h"
#include "ui/page.h"

#include <QTimer>

class QLabel;
class QMenu;
class QStackedWidget;
class QTabBar;

namespace studio::ui {

class Banner;
class FigureExports;
class PageHeader;
class QuestionBar;
class ReportMenu;
class FiguresSection;
class StateStack;

// How a companion's site does, and for operators how the platform does. Asks on a session of its own, so that
// nothing waits behind it.
class AnalyticsPage final : public Page {
    Q_OBJECT

public:
    enum class Scope { Everybody, Own };
    // Own: a companion's login, who sees hers alone and chooses nobody.
    AnalyticsPage(const std::string &database_url, Scope scope, QWidget *parent = nullptr);

    QString id() const override { return QStringLiteral("analytics"); }
    QString title() const override { return tr("Analytics"); }
    QIcon icon() const override;
    void activate() override;
    // A tenant's id, "" for all, or a section's name: "funnel".
    void open(const QString &argument) override;

    FiguresSection *current_section() const;

protected:
    void hideEvent(QHideEvent *event) override;

private:
    struct Place {
        std::string zone, currency;
    };
    void build_layout();
    void add_section(FiguresSection *section, const QString &title);
    void connect_signals();
    void load_companions();
    void load_place();
    void ask();
    void show_values(Field field, QMenu *menu);
    void poll();
    void show_trouble(const QString &reason);
    void build_menu();
    std::vector<FiguresSection *> sections() const;
    std::vector<std::pair<QString, QString>> about() const; // the figures, for those who have them as a file

    Worker m_worker;
    Worker m_live; // the counter and the menus wait behind no figures
    const Scope m_scope;
    Latest m_loads, m_places, m_polls;
    PageHeader *m_header;
    Banner *m_banner;
    QuestionBar *m_bar;
    QLabel *m_now;
    QTabBar *m_tabs;
    QStackedWidget *m_sections;
    StateStack *m_state = nullptr;
    FigureExports *m_exports;
    ReportMenu *m_report;
    QString m_wanted; // tenant to choose once they are known
    Question m_question;
    QString m_fresh;
    QTimer m_poll;
};

} // namespace studio::ui
