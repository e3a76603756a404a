// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/async/latest.h"
#include "ui/async/worker.h"
#include "ui/experiments/experiment_figures.h"
#include "ui/page.h"

#include <functional>

class QComboBox;
class QLabel;
class QPushButton;
class QTableView;

namespace studio::ui {

class Banner;
class ChartCard;
class ConfirmBar;
class PageHeader;
class StateStack;

struct ExperimentsServices {
    std::string database_url;
    bool may_change = true; // a companion's login looks on
};

// A companion's tests, and the figures of the chosen one with what they mean. Asks on a session of its own.
class ExperimentsPage final : public Page {
    Q_OBJECT

public:
    explicit ExperimentsPage(ExperimentsServices services, QWidget *parent = nullptr);

    QString id() const override { return QStringLiteral("experiments"); }
    QString title() const override { return tr("A/B tests"); }
    QIcon icon() const override;
    void activate() override;
    // A test's id.
    void open(const QString &argument) override;

private:
    void build_layout();
    QWidget *build_detail();
    void connect_signals();
    void load();
    void show_tests(const std::vector<models::Experiment> &tests);
    void load_detail(const QString &test);
    void show_detail(const TestFigures &figures);
    void show_health(const TestFigures &figures);
    void show_actions(const TestFigures &figures);
    void change(std::function<void(db::ExperimentStore &)> change, const QString &done);
    void ask_to_declare();

    Worker m_worker;
    const bool m_may_change;
    Latest m_loads, m_details;
    PageHeader *m_header;
    Banner *m_banner;
    QComboBox *m_companion;
    StateStack *m_state = nullptr;
    StateStack *m_detail_state = nullptr;
    FigureTable *m_list_table;
    QTableView *m_list;
    QLabel *m_name = nullptr;
    QLabel *m_action = nullptr;
    QLabel *m_reasons = nullptr;
    QLabel *m_health = nullptr;
    ChartCard *m_arms = nullptr;
    ChartCard *m_always_valid = nullptr;
    ChartCard *m_posterior = nullptr;
    QComboBox *m_winner = nullptr;
    QPushButton *m_declare = nullptr;
    QPushButton *m_pause = nullptr;
    QPushButton *m_stop = nullptr;
    ConfirmBar *m_confirm = nullptr;
    QString m_chosen; // test
    models::Experiment m_test;
};

} // namespace studio::ui
