// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/booking_queue.h"

#include "ui/async/worker.h"
#include "ui/bookings/booking_delegate.h"
#include "ui/bookings/decision_panel.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/state_stack.h"
#include "ui/widgets/style_sheet.h"
#include "ui/widgets/tenant_id.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace studio::ui {

namespace {

constexpr int when_width = 142;
constexpr int state_width = 142;

} // namespace

BookingQueue::BookingQueue(Worker &worker, bool own, QWidget *parent)
    : QFrame(parent), m_worker(worker), m_model(new BookingsModel(this)),
      m_filters(new QueueFilters(own, this)), m_table(new QTableView(this)), m_counts(new QLabel(this)),
      m_selected(new QLabel(this)), m_bulk(build_bulk_bar()),
      m_bulk_panel(new DecisionPanel(QStringLiteral("bulk"), this)) {
    m_model->set_shows_companion(!own);
    set_card(this);
    build_layout();
    connect_signals();
}

void BookingQueue::build_layout() {
    m_table->setObjectName(QStringLiteral("bookings.queue"));
    m_table->setAccessibleName(tr("Bookings"));
    m_table->setModel(m_model);
    m_table->setItemDelegate(new BookingDelegate(m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setDefaultSectionSize(BookingDelegate::row_height);
    auto *header = m_table->horizontalHeader();
    header->hide();
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->setSectionResizeMode(static_cast<int>(BookingsModel::Column::Client), QHeaderView::Stretch);
    header->resizeSection(static_cast<int>(BookingsModel::Column::When), when_width);
    header->resizeSection(static_cast<int>(BookingsModel::Column::State), state_width);
    m_state = new StateStack(m_table, Skeleton::Shape::Table, this);
    m_state->setObjectName(QStringLiteral("bookings.state"));
    m_counts->setObjectName(QStringLiteral("bookings.counts"));
    m_counts->setContentsMargins(12, 6, 12, 6);
    set_text_role(m_counts, TextRole::Small);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->setSpacing(0);
    layout->addWidget(m_filters);
    layout->addWidget(m_bulk);
    layout->addWidget(m_bulk_panel);
    layout->addWidget(divider(this));
    layout->addWidget(m_state, 1);
    layout->addWidget(divider(this));
    layout->addWidget(m_counts);
}

QWidget *BookingQueue::build_bulk_bar() {
    auto *bar = new QWidget(this);
    bar->setObjectName(QStringLiteral("bookings.bulk"));
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(12, 0, 12, 12);
    row->setSpacing(8);
    row->addWidget(m_selected, 1);
    for (const auto &entry : act_entries()) {
        if (entry.in_bulk) {
            auto *button = new QPushButton(act_title(entry.act), bar);
            button->setObjectName(QStringLiteral("bookings.bulk.") + QLatin1String(entry.name));
            connect(button, &QPushButton::clicked, this,
                    [this, act = entry.act] { emit bulk_requested(act); });
            row->addWidget(button);
        }
    }
    bar->hide();
    return bar;
}

void BookingQueue::connect_signals() {
    connect(m_model, &BookingsModel::page_wanted, this, &BookingQueue::load_page, Qt::QueuedConnection);
    connect(m_filters, &QueueFilters::changed, this, &BookingQueue::reload);
    connect(m_state, &StateStack::retry_requested, this, [this] {
        m_state->show_loading();
        reload();
    });
    connect(m_state, &StateStack::action_requested, this, [this] {
        m_filters->set_filter({});
        reload();
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &BookingQueue::heed_selection);
}

void BookingQueue::reload() {
    ++m_conditions;
    load(true);
}

void BookingQueue::refresh() {
    if (m_is_loading) {
        m_load_again = true;
        return;
    }
    load(m_state->state() != StateStack::State::Content);
}

std::vector<int> BookingQueue::visible_pages() const {
    const int first = std::max(0, m_table->rowAt(0)) / BookingsModel::page_size;
    const int last_row = m_table->rowAt(m_table->viewport()->height() - 1);
    const int last =
        (last_row < 0 ? std::max(0, m_model->rowCount() - 1) : last_row) / BookingsModel::page_size;
    std::vector<int> pages;
    for (int page = first; page <= std::min(last, first + 1); ++page) {
        pages.push_back(page);
    }
    for (const auto &id : m_several + QStringList{m_chosen}) {
        const int row = m_model->row_of(id);
        if (row >= 0 && std::ranges::count(pages, row / BookingsModel::page_size) == 0) {
            pages.push_back(row / BookingsModel::page_size);
        }
    }
    return pages;
}

BookingQueue::Loaded BookingQueue::read(db::Session &session, const db::BookingFilter &filter,
                                        const std::vector<int> &pages, const QStringList &known) {
    db::BookingStore store(session);
    Loaded loaded;
    loaded.count = store.count(filter);
    auto pending = filter;
    pending.statuses = {models::BookingStatus::Pending};
    loaded.pending = store.count(pending);
    read_pages(session, filter, pages, known, loaded);
    return loaded;
}

void BookingQueue::read_pages(db::Session &session, db::BookingFilter filter, const std::vector<int> &pages,
                              const QStringList &known, Loaded &loaded) {
    std::vector<models::TenantId> unknown;
    for (const int page : pages) {
        filter.first_row = page * BookingsModel::page_size;
        filter.max_rows = BookingsModel::page_size;
        loaded.pages.emplace_back(page, db::BookingStore(session).list(filter));
        for (const auto &booking : loaded.pages.back().second) {
            if (!known.contains(to_text(booking.tenant_id)) &&
                std::ranges::count(unknown, booking.tenant_id) == 0) {
                unknown.push_back(booking.tenant_id);
            }
        }
    }
    loaded.companions = read_companions(session, unknown);
}

void BookingQueue::load(bool from_the_top) {
    m_is_loading = true;
    m_load_again = false;
    const auto number = m_loads.next();
    const auto filter = booking_filter(m_filters->filter(), QDateTime::currentDateTime());
    const auto pages = from_the_top ? std::vector<int>{0} : visible_pages();
    m_worker
        .run([filter, pages, known = m_model->companions().keys()](db::Session &session) {
            return read(session, filter, pages, known);
        })
        .then(this,
              [this, number, from_the_top](const Loaded &loaded) {
                  if (m_loads.is_latest(number)) {
                      m_is_loading = false;
                      show_loaded(loaded, from_the_top);
                  }
              })
        .onFailed(this, [this, number](const std::exception &error) {
            if (m_loads.is_latest(number)) {
                m_is_loading = false;
                show_failure(QString::fromUtf8(error.what()));
            }
        });
}

void BookingQueue::load_page(int page) {
    if (std::ranges::count(visible_pages(), page) == 0) {
        m_model->give_up(page); // scrolled away meanwhile
        return;
    }
    const auto filter = booking_filter(m_filters->filter(), QDateTime::currentDateTime());
    m_worker
        .run([filter, page, known = m_model->companions().keys()](db::Session &session) {
            Loaded loaded;
            read_pages(session, filter, {page}, known, loaded);
            return loaded;
        })
        .then(this,
              [this, page, conditions = m_conditions](const Loaded &loaded) {
                  if (conditions == m_conditions) {
                      m_model->add_companions(loaded.companions);
                      m_model->set_page(page, loaded.pages.front().second);
                  }
              })
        .onFailed(this, [this, page](const std::exception &error) {
            m_model->give_up(page);
            emit failed(QString::fromUtf8(error.what()));
        });
}

void BookingQueue::show_loaded(const Loaded &loaded, bool from_the_top) {
    const auto count = static_cast<int>(loaded.count);
    m_is_restoring = true;
    m_model->add_companions(loaded.companions);
    m_model->set_now(QDateTime::currentDateTime());
    if (from_the_top) {
        m_model->reset(count);
    } else {
        m_model->set_count(count);
    }
    std::vector<int> fresh;
    for (const auto &[page, rows] : loaded.pages) {
        m_model->set_page(page, rows);
        fresh.push_back(page);
    }
    m_model->keep_only(fresh);
    restore_selection();
    m_is_restoring = false;
    m_counts->setText(tr("%1 bookings · %2 pending").arg(loaded.count).arg(loaded.pending));
    show_services();
    if (count > 0) {
        m_state->show_content();
    } else if (m_filters->filter() == QueueFilter()) {
        m_state->show_empty(QStringLiteral("calendar"), tr("No bookings yet"),
                            tr("Requests from the sites appear here at once."), {});
    } else {
        m_state->show_empty(QStringLiteral("search"), tr("No results"),
                            tr("No booking matches these filters."), tr("Clear the filters"));
    }
    emit this->loaded();
    if (std::exchange(m_load_again, false)) {
        refresh();
    }
}

void BookingQueue::show_failure(const QString &reason) {
    if (m_state->state() != StateStack::State::Content) {
        m_state->show_error(tr("Could not load the bookings"), reason);
    }
    emit failed(reason);
}

void BookingQueue::show_services() {
    QStringList services;
    for (const auto &companion : m_model->companions()) {
        for (const auto &service : companion.services) {
            if (!services.contains(service, Qt::CaseInsensitive)) {
                services << service;
            }
        }
    }
    services.sort(Qt::CaseInsensitive);
    m_filters->set_services(services);
}

// A booking that was decided moves away: it stays selected, and the arrow keys go on from where it was.
void BookingQueue::restore_selection() {
    auto *selection = m_table->selectionModel();
    if (m_several.size() > 1) {
        restore_several();
        return;
    }
    if (m_chosen.isEmpty()) {
        return;
    }
    const int row = m_model->row_of(m_chosen);
    if (row < 0) {
        selection->clearSelection();
        return;
    }
    const auto index = m_model->index(row, 0);
    selection->select(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    const bool moved = m_chosen_row >= 0 && row != m_chosen_row;
    const int from = moved && row > m_chosen_row ? std::max(0, m_chosen_row - 1) : row;
    selection->setCurrentIndex(m_model->index(from, 0), QItemSelectionModel::NoUpdate);
}

// Rows move under a selection when requests arrive: it belongs to the bookings.
void BookingQueue::restore_several() {
    QItemSelection selection;
    for (const auto &id : m_several) {
        if (const int row = m_model->row_of(id); row >= 0) {
            selection.select(m_model->index(row, 0), m_model->index(row, BookingsModel::column_count - 1));
        }
    }
    m_table->selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
    m_selected->setText(tr("%1 selected").arg(this->selection().size()));
}

void BookingQueue::heed_selection() {
    if (m_is_restoring) {
        return;
    }
    const auto rows = m_table->selectionModel()->selectedRows();
    m_bulk->setVisible(rows.size() > 1);
    if (m_bulk_panel->is_open()) {
        m_bulk_panel->close_panel(); // it was for another selection
    }
    if (rows.size() > 1) {
        m_chosen.clear();
        m_several.clear();
        for (const auto &booking : selection()) {
            m_several << QString::fromStdString(booking.id);
        }
        const auto number = static_cast<int>(m_several.size());
        m_selected->setText(tr("%1 selected").arg(number));
        emit several_chosen(number);
        return;
    }
    const auto *booking = rows.isEmpty() ? nullptr : m_model->at(rows.first().row());
    if (booking == nullptr) {
        return;
    }
    m_several.clear();
    m_chosen = QString::fromStdString(booking->id);
    m_chosen_row = rows.first().row();
    emit booking_chosen(m_chosen);
}

void BookingQueue::choose(const QString &booking) {
    m_several.clear();
    m_chosen = booking;
    m_chosen_row = m_model->row_of(booking);
    m_is_restoring = true;
    m_bulk->hide();
    m_table->clearSelection();
    restore_selection();
    m_is_restoring = false;
    if (m_chosen_row >= 0) {
        m_table->scrollTo(m_model->index(m_chosen_row, 0));
    }
    emit booking_chosen(booking);
}

std::vector<db::Booking> BookingQueue::selection() const {
    std::vector<db::Booking> bookings;
    for (const auto &index : m_table->selectionModel()->selectedRows()) {
        if (const auto *booking = m_model->at(index.row())) {
            bookings.push_back(*booking);
        }
    }
    return bookings;
}

} // namespace studio::ui
