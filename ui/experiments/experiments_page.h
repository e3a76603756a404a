// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/tenant/tenant.h"
#include "ui/async/latest.h"
#include "ui/async/worker.h"
#include "ui/experiments/experiment_figures.h"
#include "ui/experiments/experiments_services.h"
#include "ui/page.h"

#include <functional>

class QComboBox;
class QListView;
class QPushButton;
class QStackedWidget;

namespace studio::db {
class ExperimentStore;
}

namespace studio::ui {

class Banner;
class DeclarePanel;
class PageHeader;
class StateStack;
class TestDetail;
class TestForm;
class TestListModel;

// The A/B tests page: a companion's experiments, and the figures of the selected one with what they mean.
// Queries run on a database session of its own.
class ExperimentsPage final : public Page {
    Q_OBJECT

public:
    explicit ExperimentsPage(ExperimentsServices services, QWidget *parent = nullptr);

    QString id() const override { return QStringLiteral("experiments"); }
    QString title() const override { return tr("A/B tests"); }
    QIcon icon() const override;
    void activate() override;
    // `argument` is an experiment's id.
    void open(const QString &argument) override;
    void follow(const QString &tenant_id) override;

private:
    struct Loaded;
    void build_layout();
    QWidget *build_list();
    void connect_signals();
    void connect_detail();
    void load();
    void show_tests(const Loaded &loaded);
    void load_detail(const QString &test);
    void leave_companion();
    void change(std::function<void(db::ExperimentStore &)> change, const QString &done);
    void change_status(void (db::ExperimentStore::*change)(const std::string &), const QString &done);
    void declare(const QString &variant);
    void open_form(const models::Experiment &draft); // a draft without an id is a new experiment
    void save_draft(const models::Experiment &draft, bool start);
    bool is_busy_elsewhere() const; // the form or the winner panel is open
    void show_tests_again();

    const ExperimentsServices m_services;
    Worker m_worker;
    Latest m_loads, m_details, m_openings;
    PageHeader *m_header;
    Banner *m_banner;
    QComboBox *m_companion;
    QPushButton *m_new = nullptr;
    TestListModel *m_tests;
    QListView *m_list;
    StateStack *m_state = nullptr;
    StateStack *m_detail_state = nullptr;
    QStackedWidget *m_stack = nullptr; // the list, the form, or the winner panel
    TestForm *m_form = nullptr;
    TestDetail *m_detail = nullptr;
    DeclarePanel *m_declaring = nullptr;
    QString m_chosen;    // id of the selected experiment
    QString m_requested; // companion to show, set by another page, until her experiments have been read
    TestFigures m_figures;
};

} // namespace studio::ui
