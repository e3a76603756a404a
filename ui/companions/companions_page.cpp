// SPDX-License-Identifier: Apache-2.0
#include "ui/companions/companions_page.h"

#include "db/stores/compliance_store.h"
#include "db/stores/tenant_store.h"
#include "ui/async/tenant_watcher.h"
#include "ui/async/worker.h"
#include "ui/companions/companion_delegate.h"
#include "ui/companions/companions_model.h"
#include "ui/companions/create_panel.h"
#include "ui/companions/detail_panel.h"
#include "ui/companions/row_actions.h"
#include "ui/companions/site_thumbnails.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/line_icon.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/state_stack.h"
#include "ui/widgets/style_sheet.h"
#include "ui/widgets/tenant_id.h"

#include <QClipboard>
#include <QComboBox>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QShortcut>
#include <QStackedWidget>
#include <QTableView>
#include <QUrl>
#include <QVBoxLayout>

namespace studio::ui {

namespace {
constexpr QSize thumbnail_size(176, 110);
constexpr int panel_width = 360;
constexpr int reload_pause_ms = 80;
constexpr int room_for_publication =
    960; // pixels: the page's width from which that column fits beside the panel
} // namespace

CompanionsPage::CompanionsPage(CompanionsServices services, QWidget *parent)
    : Page(parent), m_services(std::move(services)), m_header(new PageHeader(title(), this)),
      m_banner(new Banner(QStringLiteral("companions.banner"), this)), m_search(new QLineEdit(this)),
      m_status(new QComboBox(this)), m_model(new CompanionsModel(m_services.public_url, this)),
      m_filter(new CompanionsFilter(this)), m_table(new QTableView(this)),
      m_delegate(new CompanionDelegate(this)), m_panel(new QStackedWidget(this)),
      m_detail(new DetailPanel(m_services, this)), m_create(new CreatePanel(m_services, this)),
      m_thumbnails(new SiteThumbnails(m_services, thumbnail_size, devicePixelRatioF(), this)) {
    m_reload.setSingleShot(true);
    m_reload.setInterval(reload_pause_ms);
    m_filter->setSourceModel(m_model);
    build_layout();
    connect_signals();
}

QIcon CompanionsPage::icon() const {
    return line_icon(QStringLiteral("companions"));
}

void CompanionsPage::build_layout() {
    m_search->setObjectName(QStringLiteral("companions.search"));
    m_search->setAccessibleName(tr("Search companions"));
    m_search->setPlaceholderText(tr("Search name, address or author"));
    m_search->addAction(line_icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    m_search->setClearButtonEnabled(true);
    m_search->setFixedWidth(260);
    m_status->setObjectName(QStringLiteral("companions.status"));
    m_status->setAccessibleName(tr("Filter by status"));
    m_status->addItem(tr("All"));
    m_status->addItem(tr("Live"), static_cast<int>(models::TenantStatus::Active));
    m_status->addItem(tr("Preview"), static_cast<int>(models::TenantStatus::Preview));
    m_status->addItem(tr("Offline"), static_cast<int>(models::TenantStatus::Inactive));
    m_status->setFixedWidth(110);
    m_header->add_widget(m_search);
    m_header->add_widget(m_status);
    connect(m_header->set_primary_action(QStringLiteral("companions.new"), QStringLiteral("plus"),
                                         tr("New companion")),
            &QPushButton::clicked, this, &CompanionsPage::show_create);
    m_panel->addWidget(m_detail);
    m_panel->addWidget(m_create);
    m_panel->hide();
    m_panel->setFixedWidth(panel_width);
    auto *card = new QFrame(this);
    set_card(card);
    auto *card_layout = new QVBoxLayout(card);
    card_layout->setContentsMargins(1, 1, 1, 1);
    m_state = new StateStack(build_table(), Skeleton::Shape::Table, card);
    m_state->setObjectName(QStringLiteral("companions.state"));
    card_layout->addWidget(m_state);
    auto *row = new QHBoxLayout;
    row->setSpacing(16);
    row->addWidget(card, 1);
    row->addWidget(m_panel);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 20);
    layout->setSpacing(16);
    layout->addWidget(m_header);
    layout->addWidget(m_banner);
    layout->addLayout(row, 1);
}

QWidget *CompanionsPage::build_table() {
    m_table->setObjectName(QStringLiteral("companions.table"));
    m_table->setAccessibleName(tr("Companions"));
    m_table->setModel(m_filter);
    m_table->setItemDelegate(m_delegate);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setShowGrid(false);
    m_table->setSortingEnabled(true);
    m_table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->setTabKeyNavigation(false);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(CompanionDelegate::row_height);
    auto *header = m_table->horizontalHeader();
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setHighlightSections(false);
    header->setMinimumSectionSize(80);
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->setSectionResizeMode(static_cast<int>(CompanionsModel::Column::Companion), QHeaderView::Stretch);
    header->resizeSection(static_cast<int>(CompanionsModel::Column::Status), 96);
    header->resizeSection(static_cast<int>(CompanionsModel::Column::Published), 140);
    header->resizeSection(static_cast<int>(CompanionsModel::Column::LastEdit), 150);
    m_table->sortByColumn(static_cast<int>(CompanionsModel::Column::Companion), Qt::AscendingOrder);
    m_actions = new RowActions(m_table);
    return m_table;
}

void CompanionsPage::connect_signals() {
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filter->set_search(text);
        show_filtered();
    });
    connect(m_status, &QComboBox::currentIndexChanged, this, [this] {
        const auto value = m_status->currentData();
        m_filter->set_status(value.isValid() ? std::optional(static_cast<models::TenantStatus>(value.toInt()))
                                             : std::nullopt);
        show_filtered();
    });
    connect(new QShortcut(QKeySequence::Find, this), &QShortcut::activated, m_search,
            qOverload<>(&QWidget::setFocus));
    connect(new QShortcut(QKeySequence::New, this), &QShortcut::activated, this,
            &CompanionsPage::show_create);
    connect(m_table, &QTableView::clicked, this, &CompanionsPage::show_detail);
    for (const auto key : {Qt::Key_Return, Qt::Key_Enter}) {
        auto *enter = new QShortcut(QKeySequence(key), m_table);
        enter->setContext(Qt::WidgetShortcut);
        connect(enter, &QShortcut::activated, this, [this] { edit(m_table->currentIndex()); });
    }
    auto *space = new QShortcut(QKeySequence(Qt::Key_Space), m_table);
    space->setContext(Qt::WidgetShortcut);
    connect(space, &QShortcut::activated, this, [this] { show_detail(m_table->currentIndex()); });
    connect(m_table, &QWidget::customContextMenuRequested, this, &CompanionsPage::show_menu);
    connect(m_actions, &RowActions::hovered, m_delegate, &CompanionDelegate::set_hovered_row);
    connect(m_actions, &RowActions::edit_requested, this, &CompanionsPage::edit);
    connect(m_actions, &RowActions::open_requested, this, &CompanionsPage::open_public_page);
    connect(m_actions, &RowActions::details_requested, this, &CompanionsPage::show_detail);
    connect(m_state, &StateStack::retry_requested, this, &CompanionsPage::activate);
    connect(m_state, &StateStack::action_requested, this, [this] {
        if (m_model->rowCount() == 0) {
            show_create();
        } else {
            m_search->clear();
            m_status->setCurrentIndex(0);
        }
    });
    connect(m_detail, &DetailPanel::closed, this, &CompanionsPage::close_panel);
    connect(m_detail, &DetailPanel::changed, this, &CompanionsPage::load);
    connect(m_detail, &DetailPanel::trouble, this, &Page::trouble);
    connect(m_detail, &DetailPanel::edit_requested, this,
            [this](const QString &tenant) { emit navigate(QStringLiteral("editor"), tenant); });
    connect(m_create, &CreatePanel::cancelled, this, &CompanionsPage::close_panel);
    connect(m_create, &CreatePanel::trouble, this, &Page::trouble);
    connect(m_create, &CreatePanel::failed_unseen, this, [this](const QString &name, const QString &reason) {
        m_list_is_old = false; // the banner stays when the list is read again
        m_banner->show_message(Tone::Negative, tr("%1 was not created. %2").arg(name, reason));
    });
    connect(m_create, &CreatePanel::created, this, [this](const QString &tenant) {
        if (!m_create->isVisible()) { // the person closed the panel in the meantime
            load();
            return;
        }
        close_panel();
        open(tenant);
        load();
        emit navigate(QStringLiteral("editor"), tenant);
    });
    connect(m_thumbnails, &SiteThumbnails::ready, m_model, &CompanionsModel::set_thumbnail);
    connect(&m_reload, &QTimer::timeout, this, &CompanionsPage::load);
    if (m_services.watcher != nullptr) {
        const auto soon = [this] { m_reload.start(); };
        connect(m_services.watcher, &TenantWatcher::tenant_changed, this, soon);
        connect(m_services.watcher, &TenantWatcher::reconnected, this, soon);
    }
}

void CompanionsPage::activate() {
    if (m_state->state() == StateStack::State::Error) {
        m_state->show_loading();
    }
    load();
}

void CompanionsPage::open(const QString &argument) {
    if (argument == QLatin1String("new")) {
        show_create();
        return;
    }
    m_requested = argument;
    show_filtered();
}

void CompanionsPage::load() {
    const auto number = m_loads.next();
    m_services.worker
        ->run([](db::Session &session) {
            Reading reading;
            reading.rows = db::TenantStore(session).list();
            for (auto &picture : db::ComplianceStore(session).withdrawn_photos()) {
                reading.hidden_pictures.insert(std::move(picture));
            }
            return reading;
        })
        .then(this,
              [this, number](Reading reading) {
                  if (m_loads.is_latest(number)) {
                      show_rows(std::move(reading));
                  }
              })
        .onFailed(this, [this, number](const std::exception &error) {
            if (m_loads.is_latest(number)) {
                show_failure(QString::fromUtf8(error.what()));
            }
        });
}

void CompanionsPage::show_rows(Reading reading) {
    if (std::exchange(m_list_is_old, false)) {
        m_banner->clear();
    }
    m_model->set_rows(std::move(reading.rows));
    m_thumbnails->set_hidden(std::move(reading.hidden_pictures));
    QSet<QString> taken;
    for (const auto &row : m_model->rows()) {
        taken.insert(QString::fromStdString(row.subdomain));
        m_thumbnails->request(to_text(row.id), QString::fromStdString(row.subdomain), row.latest_revision);
    }
    m_create->set_taken(std::move(taken));
    show_filtered();
    if (m_panel->isVisible() && m_panel->currentWidget() == m_detail) {
        m_detail->refresh();
    }
}

// A list that was read before stays on the screen. Only without one does the page show the error state.
void CompanionsPage::show_failure(const QString &reason) {
    if (m_model->rowCount() == 0) {
        m_state->show_error(tr("Could not load the companions"), reason);
    } else {
        m_list_is_old = true;
        m_banner->show_message(Tone::Caution, tr("The list may be out of date. %1").arg(reason));
    }
    emit trouble();
}

void CompanionsPage::show_filtered() {
    const int all = m_model->rowCount();
    const int shown = m_filter->rowCount();
    m_header->set_subtitle(all == 0       ? QString()
                           : shown == all ? tr("%1 on the platform").arg(all)
                                          : tr("%1 of %2").arg(shown).arg(all));
    if (all == 0) {
        m_state->show_empty(QStringLiteral("companions"), tr("No companions yet"),
                            tr("Start from a template: name, address and look, ready to edit in a minute."),
                            tr("Create the first companion"));
        return;
    }
    if (shown == 0) {
        m_state->show_empty(QStringLiteral("search"), tr("No results"),
                            tr("Try another name or clear the filters."), tr("Clear filters"));
        return;
    }
    m_state->show_content();
    if (m_requested.isEmpty()) {
        return;
    }
    const auto found =
        m_filter->match(m_filter->index(0, 0), CompanionsModel::Id, m_requested, 1, Qt::MatchExactly);
    if (!found.isEmpty()) {
        m_requested.clear();
        m_table->selectRow(found.first().row());
        m_table->scrollTo(found.first());
        show_detail(found.first());
    }
}

void CompanionsPage::show_detail(const QModelIndex &row) {
    if (!row.isValid()) {
        return;
    }
    m_table->selectRow(row.row());
    m_detail->show_tenant(
        to_tenant_id(row.data(CompanionsModel::Id).toString()),
        row.siblingAtColumn(static_cast<int>(CompanionsModel::Column::Companion)).data().toString(),
        row.data(CompanionsModel::Address).toString());
    show_panel(m_detail);
}

void CompanionsPage::show_create() {
    m_create->begin();
    show_panel(m_create);
    m_create->focus_first();
}

void CompanionsPage::show_panel(QWidget *panel) {
    m_panel->setCurrentWidget(panel);
    m_panel->show();
    fit_columns();
}

// Names have priority: beside the panel the column of the last edit is hidden for them, and in a small window
// that of the publication too.
void CompanionsPage::fit_columns() {
    const bool panel = !m_panel->isHidden();
    m_table->setColumnHidden(static_cast<int>(CompanionsModel::Column::LastEdit), panel);
    m_table->setColumnHidden(static_cast<int>(CompanionsModel::Column::Published),
                             panel && width() < room_for_publication);
}

void CompanionsPage::resizeEvent(QResizeEvent *event) {
    Page::resizeEvent(event);
    fit_columns();
}

void CompanionsPage::close_panel() {
    m_panel->hide();
    fit_columns();
    m_table->setFocus();
}

void CompanionsPage::show_menu(const QPoint &position) {
    const QPersistentModelIndex row = m_table->indexAt(position);
    if (!row.isValid()) {
        return;
    }
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(line_icon(QStringLiteral("editor")), tr("Edit site"), this, [this, row] { edit(row); });
    menu->addAction(line_icon(QStringLiteral("settings")), tr("Status, address and sharing"), this,
                    [this, row] { show_detail(row); });
    menu->addSeparator();
    auto *open_page = menu->addAction(line_icon(QStringLiteral("external")), tr("Open public page"), this,
                                      [this, row] { open_public_page(row); });
    open_page->setEnabled(row.data(CompanionsModel::StatusValue).toInt() ==
                          static_cast<int>(models::TenantStatus::Active));
    menu->addAction(line_icon(QStringLiteral("copy")), tr("Copy address"), this, [row] {
        QGuiApplication::clipboard()->setText(row.data(CompanionsModel::Address).toString());
    });
    menu->popup(m_table->viewport()->mapToGlobal(position));
}

void CompanionsPage::open_public_page(const QModelIndex &row) {
    QDesktopServices::openUrl(QUrl(row.data(CompanionsModel::Address).toString()));
}

void CompanionsPage::edit(const QModelIndex &row) {
    if (row.isValid()) {
        emit navigate(QStringLiteral("editor"), row.data(CompanionsModel::Id).toString());
    }
}

} // namespace studio::ui
