// SPDX-License-Identifier: Apache-2.0
#include "ui/experiments/experiments_page.h"

#include "db/connection/error.h"
#include "db/experiments/experiment_store.h"
#include "db/stores/tenant_store.h"
#include "ui/experiments/declare_panel.h"
#include "ui/experiments/read_figures.h"
#include "ui/experiments/test_detail.h"
#include "ui/experiments/test_form.h"
#include "ui/experiments/test_list.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/elided_combo_box.h"
#include "ui/widgets/line_icon.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/state_stack.h"
#include "ui/widgets/style_sheet.h"
#include "ui/widgets/tenant_id.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QListView>
#include <QPushButton>
#include <QStackedWidget>

namespace studio::ui {

namespace {

constexpr int list_width = 320;

// Stores a draft only if it is not stored yet: after a lost connection this is unknown, and after a failed
// start it is stored already.
models::Experiment save_once(db::ExperimentStore &store, const models::Experiment &draft) {
    for (const auto &stored : store.list(draft.tenant_id)) {
        if (stored.status == models::ExperimentStatus::Draft && stored.name == draft.name &&
            stored.element == draft.element && stored.variants == draft.variants) {
            auto changed = draft;
            changed.id = stored.id;
            changed.version = stored.version;
            return store.update(changed);
        }
    }
    return store.create(draft);
}

QString of_companion(const QString &name, const QString &words) {
    return ExperimentsPage::tr("%1: %2").arg(name, words);
}

// False if another experiment uses the element; that one ends only if a person decides so.
bool started(db::ExperimentStore &store, const std::string &id) {
    try {
        store.start(id);
        return true;
    } catch (const db::Error &error) {
        if (error.constraint() != "ab_tests_one_of_element") {
            throw;
        }
        return false;
    }
}

} // namespace

struct ExperimentsPage::Loaded {
    std::vector<models::TenantSummary> tenants;
    models::TenantId tenant;
    std::vector<models::Experiment> tests;
};

ExperimentsPage::ExperimentsPage(ExperimentsServices services, QWidget *parent)
    : Page(parent), m_services(std::move(services)), m_worker(m_services.database_url),
      m_header(new PageHeader(tr("A/B tests"), this)),
      m_banner(new Banner(QStringLiteral("experiments.banner"), this)), m_companion(new ElidedComboBox(this)),
      m_tests(new TestListModel(this)), m_list(new QListView) {
    setObjectName(QStringLiteral("experiments"));
    build_layout();
    connect_signals();
    connect_detail();
}

QIcon ExperimentsPage::icon() const {
    return line_icon(QStringLiteral("experiment"));
}

void ExperimentsPage::build_layout() {
    m_companion->setObjectName(QStringLiteral("experiments.companion"));
    m_companion->setAccessibleName(tr("Companion"));
    m_companion->setMinimumWidth(200);
    m_companion->setMaximumWidth(320);
    m_companion->setVisible(m_services.may_change);
    m_header->add_widget(m_companion);
    m_new = m_header->set_primary_action(QStringLiteral("experiments.new"), QStringLiteral("plus"),
                                         tr("New test"));
    m_new->setVisible(m_services.may_change);
    m_detail = new TestDetail(m_services.may_change, m_services.media_root);
    m_detail_state = new StateStack(m_detail, Skeleton::Shape::Form);
    m_detail_state->setObjectName(QStringLiteral("experiments.detail"));
    auto *content = new QWidget;
    auto *row = new QHBoxLayout(content);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(16);
    row->addWidget(build_list());
    row->addWidget(m_detail_state, 1);
    m_declaring = new DeclarePanel(m_services);
    m_stack = new QStackedWidget;
    m_stack->addWidget(content);
    m_stack->addWidget(m_declaring);
    m_form = new TestForm(m_services.media_root);
    m_stack->addWidget(m_form);
    m_state = new StateStack(m_stack, Skeleton::Shape::Table, this);
    m_state->setObjectName(QStringLiteral("experiments.state"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 12);
    layout->setSpacing(12);
    layout->addWidget(m_header);
    layout->addWidget(m_banner);
    layout->addWidget(m_state, 1);
}

QWidget *ExperimentsPage::build_list() {
    m_list->setObjectName(QStringLiteral("experiments.list"));
    m_list->setAccessibleName(tr("Tests"));
    m_list->setModel(m_tests);
    m_list->setItemDelegate(new TestListDelegate(m_list));
    m_list->setMouseTracking(true);
    m_list->setUniformItemSizes(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *card = new QFrame;
    set_card(card);
    card->setFixedWidth(list_width);
    auto *layout = new QVBoxLayout(card);
    layout->setContentsMargins(1, 7, 1, 7);
    layout->addWidget(m_list);
    return card;
}

void ExperimentsPage::connect_signals() {
    connect(m_companion, &QComboBox::currentIndexChanged, this, [this] {
        m_banner->clear();
        leave_companion();
        emit companion_chosen(m_companion->currentData().toString());
        load();
    });
    const auto choose = [this](const QModelIndex &index) {
        m_banner->clear(); // its message was about another experiment
        load_detail(index.data(TestListModel::Id).toString());
    };
    connect(m_list, &QListView::clicked, this, choose);
    connect(m_list, &QListView::activated, this, choose);
    connect(m_state, &StateStack::retry_requested, this, &ExperimentsPage::activate);
    connect(m_detail_state, &StateStack::retry_requested, this, [this] { load_detail(m_chosen); });
    connect(m_declaring, &DeclarePanel::cancelled, this, &ExperimentsPage::show_tests_again);
    connect(m_form, &TestForm::closed, this, &ExperimentsPage::show_tests_again);
    connect(m_form, &TestForm::save_requested, this, &ExperimentsPage::save_draft);
    connect(m_new, &QPushButton::clicked, this, [this] { open_form({}); });
    connect(m_state, &StateStack::action_requested, this, [this] { open_form({}); });
    connect(m_declaring, &DeclarePanel::declared, this, &ExperimentsPage::declare);
}

void ExperimentsPage::connect_detail() {
    connect(m_detail, &TestDetail::failed, this,
            [this](const QString &message) { m_banner->show_message(Tone::Negative, message); });
    connect(m_detail, &TestDetail::start_requested, this, [this](const QString &ending) {
        change([id = m_figures.test.id,
                ending = ending.toStdString()](db::ExperimentStore &store) { store.start(id, ending); },
               tr("Test started."));
    });
    connect(m_detail, &TestDetail::pause_requested, this,
            [this] { change_status(&db::ExperimentStore::pause, tr("Test paused.")); });
    connect(m_detail, &TestDetail::resume_requested, this,
            [this] { change_status(&db::ExperimentStore::resume, tr("Test resumed.")); });
    connect(m_detail, &TestDetail::stop_requested, this, [this] {
        change([id = m_figures.test.id,
                read = m_figures.test.status](db::ExperimentStore &store) { store.stop(id, read); },
               m_figures.test.started_at ? tr("Test stopped.") : tr("Draft discarded."));
    });
    connect(m_detail, &TestDetail::edit_requested, this, [this] {
        if (!m_figures.test.id.empty()) {
            open_form(m_figures.test);
        }
    });
    connect(m_detail, &TestDetail::declare_requested, this, [this] {
        if (m_figures.page.revision == 0) {
            m_banner->show_message(Tone::Caution,
                                   tr("This site is not published, so there is no page for a winner."));
            return;
        }
        m_declaring->open(m_figures);
        m_stack->setCurrentWidget(m_declaring);
        m_companion->setEnabled(false);
        m_new->setEnabled(false);
    });
    connect(m_detail, &TestDetail::revert_requested, this, [this] {
        change([id = m_figures.test.id](db::ExperimentStore &store) { store.revert_winner(id); },
               tr("Winner reverted: the page from before it is live again."));
    });
    connect(m_detail, &TestDetail::auto_winner_requested, this, [this](bool wanted) {
        auto test = m_figures.test;
        test.auto_winner = wanted;
        change([test](db::ExperimentStore &store) { store.update(test); },
               wanted ? tr("The winner is published automatically once the evidence is strong enough.")
                      : tr("The winner is published only when you declare it."));
    });
}

void ExperimentsPage::activate() {
    if (m_state->state() == StateStack::State::Error) {
        m_state->show_loading();
    }
    load();
}

void ExperimentsPage::open(const QString &argument) {
    load_detail(argument);
}

// Takes over the companion that another page shows, unless a form or a question is open here. activate() then
// loads.
void ExperimentsPage::follow(const QString &tenant_id) {
    if (!is_busy_elsewhere() && tenant_id != m_companion->currentData().toString()) {
        m_requested = tenant_id;
        leave_companion();
        m_state->show_loading();
    }
}

// Clears what belongs to the previous companion before the next one's experiments are read, so that no button
// acts on the previous one and no answer is shown for the wrong one.
void ExperimentsPage::leave_companion() {
    m_chosen.clear();
    m_figures = {};
    m_details.next();
    m_openings.next();
    m_tests->set({});
    m_detail->forget_question();
    m_detail_state->show_loading();
}

void ExperimentsPage::load() {
    const auto number = m_loads.next();
    const auto wanted = m_requested.isEmpty() ? m_companion->currentData().toString() : m_requested;
    m_worker
        .run([wanted = to_tenant_id(wanted)](db::Session &session) {
            Loaded loaded{db::TenantStore(session).list(), wanted, {}};
            if (loaded.tenant.empty() && !loaded.tenants.empty()) {
                loaded.tenant = loaded.tenants.front().id;
            }
            if (!loaded.tenant.empty()) {
                loaded.tests = db::ExperimentStore(session).list(loaded.tenant);
            }
            return loaded;
        })
        .then(this,
              [this, number](const Loaded &loaded) {
                  if (m_loads.is_latest(number)) {
                      show_tests(loaded);
                  }
              })
        .onFailed(this, [this, number](const std::exception &error) {
            if (!m_loads.is_latest(number)) {
                return;
            }
            if (!is_busy_elsewhere()) {
                m_state->show_error(tr("Could not load the tests"), QString::fromUtf8(error.what()));
            }
            emit trouble();
        });
}

void ExperimentsPage::show_tests(const Loaded &loaded) {
    m_requested.clear();
    {
        const QSignalBlocker quiet(m_companion);
        m_companion->clear();
        for (const auto &tenant : loaded.tenants) {
            m_companion->addItem(QString::fromStdString(tenant.name), to_text(tenant.id));
        }
        m_companion->setCurrentIndex(m_companion->findData(to_text(loaded.tenant)));
    }
    m_tests->set(loaded.tests);
    if (loaded.tests.empty() && !is_busy_elsewhere()) {
        m_state->show_empty(
            QStringLiteral("experiment"), tr("No tests yet"),
            tr("A test shows some visitors a different hero photo, gallery order, button or layout and "
               "counts who books. Publishing hero photo variants in the editor starts one automatically."),
            m_services.may_change && !loaded.tenants.empty() ? tr("New test") : QString());
        return;
    }
    if (loaded.tests.empty()) {
        m_state->show_content();
        return;
    }
    m_state->show_content();
    const int row = std::max(0, m_tests->row_of(m_chosen));
    m_list->setCurrentIndex(m_tests->index(row));
    load_detail(m_tests->index(row).data(TestListModel::Id).toString());
}

void ExperimentsPage::load_detail(const QString &test) {
    if (test.isEmpty()) {
        return;
    }
    if (test != m_chosen) {
        m_detail_state->show_loading();
        m_detail->forget_question();
    }
    m_chosen = test;
    if (const int row = m_tests->row_of(test); row >= 0) {
        m_list->setCurrentIndex(m_tests->index(row));
    }
    const auto number = m_details.next();
    m_worker.run([id = test.toStdString()](db::Session &session) { return read_figures(session, id); })
        .then(this,
              [this, number](const TestFigures &figures) {
                  if (m_details.is_latest(number)) {
                      m_figures = figures;
                      m_detail->show_figures(figures);
                      m_detail_state->show_content();
                  }
              })
        .onFailed(this, [this, number](const std::exception &error) {
            if (m_details.is_latest(number)) {
                m_detail_state->show_error(tr("Could not load the figures of this test"),
                                           QString::fromUtf8(error.what()));
                emit trouble();
            }
        });
}

void ExperimentsPage::change_status(void (db::ExperimentStore::*change_it)(const std::string &),
                                    const QString &done) {
    change([id = m_figures.test.id, change_it](db::ExperimentStore &store) { (store.*change_it)(id); }, done);
}

void ExperimentsPage::declare(const QString &variant) {
    m_declaring->set_busy(true);
    change([id = m_declaring->figures().test.id,
            variant = variant.toStdString()](db::ExperimentStore &store) { store.declare(id, variant); },
           tr("Winner published. The test has ended."));
}

bool ExperimentsPage::is_busy_elsewhere() const {
    return m_stack->currentIndex() != 0;
}

void ExperimentsPage::show_tests_again() {
    m_stack->setCurrentIndex(0);
    m_companion->setEnabled(true);
    m_new->setEnabled(true);
    load();
}

void ExperimentsPage::open_form(const models::Experiment &draft) {
    const auto tenant = to_tenant_id(m_companion->currentData().toString());
    if (!draft.id.empty() && draft.tenant_id != tenant) {
        return; // another companion is shown by now
    }
    const auto number = m_openings.next();
    m_banner->clear();
    m_worker
        .run([tenant](db::Session &session) {
            return std::pair(read_published_page(session, tenant),
                             read_traffic(session, tenant, base::now()));
        })
        .then(this,
              [this, draft, number](const std::pair<PublishedPage, Traffic> &read) {
                  const auto &[page, traffic] = read;
                  if (!m_openings.is_latest(number)) {
                      return;
                  }
                  if (page.revision == 0) {
                      m_banner->show_message(Tone::Caution,
                                             tr("This site is not published yet. A test compares with the "
                                                "live page, so publish first."));
                      return;
                  }
                  draft.id.empty() ? m_form->open_new(page, traffic)
                                   : m_form->open_draft(draft, page, traffic);
                  m_state->show_content();
                  m_stack->setCurrentWidget(m_form);
                  m_companion->setEnabled(false);
                  m_new->setEnabled(false);
              })
        .onFailed(this, [this, number](const std::exception &error) {
            if (!m_openings.is_latest(number)) {
                return;
            }
            m_banner->show_message(
                Tone::Negative, tr("Could not load the live page: %1").arg(QString::fromUtf8(error.what())));
            emit trouble();
        });
}

void ExperimentsPage::save_draft(const models::Experiment &draft, bool start) {
    struct Saved {
        QString id;
        bool element_is_taken = false;
    };
    const auto shown = [this, tenant = m_companion->currentData()] {
        return tenant == m_companion->currentData();
    };
    const auto name = m_companion->currentText();
    m_worker
        .run([draft, start](db::Session &session) {
            db::ExperimentStore store(session);
            const auto saved = draft.id.empty() ? save_once(store, draft) : store.update(draft);
            return Saved{QString::fromStdString(saved.id), start && !started(store, saved.id)};
        })
        .then(this,
              [this, start, shown, name](const Saved &saved) {
                  const auto words =
                      saved.element_is_taken
                          ? tr("Draft saved but not started: another test uses the same element. "
                               "Starting this one ends it.")
                      : start ? tr("Test started.")
                              : tr("Draft saved. Visitors do not see it yet.");
                  m_banner->show_message(saved.element_is_taken ? Tone::Caution : Tone::Positive,
                                         shown() ? words : of_companion(name, words));
                  if (shown()) {
                      m_chosen = saved.id;
                      show_tests_again();
                  }
              })
        .onFailed(this, [this, shown, name](const std::exception &error) {
            const auto reason = QString::fromUtf8(error.what());
            if (shown() && m_stack->currentWidget() == m_form) {
                m_form->show_failure(reason);
            } else { // the form was closed in the meantime
                m_banner->show_message(Tone::Negative, of_companion(name, reason));
            }
            emit trouble();
        });
}

// Runs a change. If another companion is shown when the answer arrives, the message names the experiment's
// companion.
void ExperimentsPage::change(std::function<void(db::ExperimentStore &)> change, const QString &done) {
    const auto tenant = m_companion->currentData();
    m_worker
        .run([change = std::move(change)](db::Session &session) {
            db::ExperimentStore store(session);
            change(store);
        })
        .then(this,
              [this, done, tenant, name = m_companion->currentText()] {
                  const bool shown = tenant == m_companion->currentData();
                  m_banner->show_message(Tone::Positive, shown ? done : of_companion(name, done));
                  if (shown) {
                      show_tests_again();
                  }
              })
        .onFailed(this, [this, tenant, name = m_companion->currentText()](const std::exception &error) {
            const auto reason = QString::fromUtf8(error.what());
            const bool shown = tenant == m_companion->currentData();
            m_banner->show_message(Tone::Negative, shown ? reason : of_companion(name, reason));
            m_declaring->set_busy(false);
            emit trouble();
            load();
        });
}

} // namespace studio::ui
