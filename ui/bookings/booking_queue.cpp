// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/booking_queue.h"

#include "ui/async/worker.h"
#include "ui/bookings/booking_delegate.h"
#include "ui/bookings/booking_words.h"
#include "ui/bookings/bulk_bar.h"
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
constexpr int shifted_rows = 20;      // by which a selected row may move between two readings
constexpr int companions_keep_s = 60; // their names and zones change seldom

} // namespace

BookingQueue::BookingQueue(Worker &worker, bool own, QWidget *parent)
    : QFrame(parent), m_is_own(own), m_worker(worker), m_model(new BookingsModel(this)),
      m_filters(new QueueFilters(own, this)), m_bulk(new BulkBar(this)),
      m_bulk_panel(new DecisionPanel(QStringLiteral("bulk"), this)), m_table(new QTableView(this)),
      m_counts(new QLabel(this)) {
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
    connect(m_bulk, &BulkBar::requested, this, &BookingQueue::bulk_requested);
    const auto again = [this] {
        if (!m_chosen.isEmpty()) {
            emit chosen_again();
        }
    };
    connect(m_table, &QTableView::clicked, this, again);
    connect(m_table, &QTableView::activated, this, again);
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

// Those on the screen and those of the selected bookings, wherever these have moved meanwhile.
std::vector<int> BookingQueue::visible_pages() const {
    const int first = std::max(0, m_table->rowAt(0)) / BookingsModel::page_size;
    const int last_row = m_table->rowAt(m_table->viewport()->height() - 1);
    const int last =
        (last_row < 0 ? std::max(0, m_model->rowCount() - 1) : last_row) / BookingsModel::page_size;
    std::vector<int> pages;
    const auto add = [&pages](int page) {
        if (std::ranges::count(pages, page) == 0) {
            pages.push_back(page);
        }
    };
    for (int page = first; page <= std::min(last, first + 1); ++page) {
        add(page);
    }
    for (const auto &id : m_several + QStringList{m_chosen}) {
        if (const int row = m_model->row_of(id); row >= 0) {
            add(std::max(0, row - shifted_rows) / BookingsModel::page_size);
            add(std::min(m_model->rowCount() - 1, row + shifted_rows) / BookingsModel::page_size);
        }
    }
    if (m_chosen.isEmpty() && m_chosen_row >= 0) {
        add(m_chosen_row / BookingsModel::page_size);
    }
    return pages;
}

void BookingQueue::load(bool from_the_top) {
    m_is_loading = true;
    m_load_again = false;
    const auto number = m_loads.next();
    const auto filter = booking_filter(m_filters->filter(), now());
    const auto pages = from_the_top ? std::vector<int>{0} : visible_pages();
    const bool knows = m_companions_read.isValid() && !m_companions_read.hasExpired(companions_keep_s * 1000);
    if (!knows) {
        m_companions_read.start();
    }
    const auto known = knows ? m_model->companions().keys() : QStringList();
    m_worker
        .run([filter, pages, known](db::Session &session) {
            return read_queue_pages(session, filter, pages, known);
        })
        .then(this,
              [this, number, from_the_top](const QueueReading &rows) {
                  if (m_loads.is_latest(number)) {
                      show_rows(rows, from_the_top);
                  }
              })
        .onFailed(this, [this, number](const std::exception &error) { fail_loading(number, error); });
    m_worker.run([filter](db::Session &session) { return count_queue(session, filter); })
        .then(this,
              [this, number](const QueueCounts &counts) {
                  if (m_loads.is_latest(number)) {
                      m_is_loading = false;
                      show_counts(counts);
                  }
              })
        .onFailed(this, [this, number](const std::exception &error) { fail_loading(number, error); });
}

void BookingQueue::fail_loading(std::uint64_t number, const std::exception &error) {
    if (m_loads.is_latest(number) && std::exchange(m_is_loading, false)) {
        show_failure(QString::fromUtf8(error.what()));
    }
}

// Her days are those of her own clock.
QDateTime BookingQueue::now() const {
    const auto &companions = m_model->companions();
    return m_is_own && companions.size() == 1 ? in_zone(base::now(), companions.constBegin()->zone)
                                              : QDateTime::currentDateTime();
}

void BookingQueue::load_page(int page) {
    if (std::ranges::count(visible_pages(), page) == 0) {
        m_model->give_up(page); // scrolled away meanwhile
    } else {
        read_page(page);
    }
}

void BookingQueue::read_page(int page) {
    const auto filter = booking_filter(m_filters->filter(), now());
    m_worker
        .run([filter, page, known = m_model->companions().keys()](db::Session &session) {
            return read_queue_pages(session, filter, {page}, known);
        })
        .then(this,
              [this, page, conditions = m_conditions](const QueueReading &loaded) {
                  if (conditions == m_conditions) {
                      m_model->add_companions(loaded.companions);
                      m_model->set_page(page, loaded.pages.front().second);
                      heed_arrival();
                  }
              })
        .onFailed(this, [this, page](const std::exception &error) {
            m_model->give_up(page);
            emit failed(QString::fromUtf8(error.what()));
        });
}

void BookingQueue::show_rows(const QueueReading &loaded, bool from_the_top) {
    int end = 0; // so many rows there are at least
    for (const auto &[page, rows] : loaded.pages) {
        end = std::max(end, page * BookingsModel::page_size + static_cast<int>(rows.size()));
    }
    m_is_restoring = true;
    m_model->add_companions(loaded.companions);
    m_model->set_now(QDateTime::currentDateTime());
    if (from_the_top) {
        m_model->reset(end);
    } else {
        m_model->set_count(std::max(m_model->rowCount(), end));
    }
    std::vector<int> fresh;
    for (const auto &[page, rows] : loaded.pages) {
        m_model->set_page(page, rows);
        fresh.push_back(page);
    }
    m_model->keep_only(fresh);
    restore_selection();
    m_is_restoring = false;
    heed_arrival();
    if (end > 0) {
        m_state->show_content();
    }
}

void BookingQueue::show_counts(const QueueCounts &counts) {
    m_model->set_count(static_cast<int>(counts.all));
    m_counts->setText(tr("%1 bookings · %2 pending").arg(counts.all).arg(counts.pending));
    show_services();
    if (counts.all > 0) {
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

void BookingQueue::set_services(const QStringList &services) {
    m_services = services;
    show_services();
}

void BookingQueue::show_services() {
    auto services = m_services;
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
    if (m_several.size() > 1 && knows_selection()) {
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
    const int from = moved && row > m_chosen_row ? m_chosen_row - 1 : row;
    // From above the first row (an invalid index) "Down" comes to the first.
    selection->setCurrentIndex(m_model->index(from, 0), QItemSelectionModel::NoUpdate);
}

// Rows move under a selection when requests arrive: it belongs to the bookings, and what left the list left
// it.
void BookingQueue::restore_several() {
    QItemSelection selection;
    QStringList present;
    for (const auto &id : m_several) {
        if (const int row = m_model->row_of(id); row >= 0) {
            selection.select(m_model->index(row, 0), m_model->index(row, BookingsModel::column_count - 1));
            present << id;
        }
    }
    const bool are_fewer = present.size() < m_several.size();
    m_several = present;
    m_table->selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
    if (m_several.size() > 1) {
        show_several();
        if (are_fewer) {
            emit several_chosen(static_cast<int>(m_several.size()));
        }
        return;
    }
    m_chosen = m_several.value(0);
    m_chosen_row = m_model->row_of(m_chosen);
    leave_several();
    m_chosen.isEmpty() ? emit nothing_chosen() : emit one_left(m_chosen);
}

// Without looking at each row: there may be a hundred thousand.
std::size_t BookingQueue::selected_count() const {
    std::size_t rows = 0;
    for (const auto &range : m_table->selectionModel()->selection()) {
        rows += static_cast<std::size_t>(range.height());
    }
    return rows;
}

// Of not too many.
std::vector<int> BookingQueue::selected_rows() const {
    std::vector<int> rows;
    if (selected_count() <= max_decided_together) {
        for (const auto &index : m_table->selectionModel()->selectedRows()) {
            rows.push_back(index.row());
        }
    }
    return rows;
}

// A person selected something else.
void BookingQueue::heed_selection() {
    if (m_is_restoring) {
        return;
    }
    ++m_choices;
    if (m_bulk_panel->is_open()) {
        m_bulk_panel->put_away(); // it was for another selection
    }
    const auto rows = selected_rows();
    m_chosen.clear();
    m_chosen_row = -1;
    for (const int row : rows) {
        const int page = row / BookingsModel::page_size;
        if (m_model->at(row) == nullptr && !m_model->awaits(page)) {
            m_model->await(page);
            read_page(page);
        }
    }
    if (has_several()) {
        heed_several();
    } else {
        leave_several();
        rows.empty() ? emit nothing_chosen() : heed_one(rows.front());
    }
}

void BookingQueue::heed_one(int row) {
    m_chosen_row = row;
    const auto *booking = m_model->at(row);
    if (booking == nullptr) {
        emit booking_awaited();
        return;
    }
    m_chosen = QString::fromStdString(booking->id);
    emit booking_chosen(m_chosen);
}

void BookingQueue::heed_several() {
    m_several.clear();
    for (const auto &booking : selection()) {
        m_several << QString::fromStdString(booking.id);
    }
    show_several();
    emit several_chosen(static_cast<int>(selected_count()));
}

void BookingQueue::show_several() {
    m_bulk->show_selected(selected_count(), can_be_decided());
}

void BookingQueue::leave_several() {
    m_several.clear();
    m_bulk->hide();
}

// Rows that were selected before their bookings were there.
void BookingQueue::heed_arrival() {
    const auto rows = selected_rows();
    if (rows.size() > 1 && !knows_selection()) {
        heed_several();
    } else if (rows.size() == 1 && m_chosen.isEmpty() && m_model->at(rows.front()) != nullptr) {
        m_chosen_row = rows.front();
        m_chosen = QString::fromStdString(m_model->at(m_chosen_row)->id);
        emit one_left(m_chosen); // it was chosen before: a person may type in another tab now
    }
}

// False while rows are selected whose bookings were not read yet.
bool BookingQueue::knows_selection() const {
    return static_cast<std::size_t>(m_several.size()) >= selected_count();
}

bool BookingQueue::has_several() const {
    return selected_count() > 1;
}

bool BookingQueue::can_be_decided() const {
    const auto bookings = selection().size();
    return bookings > 1 && bookings == selected_count();
}

void BookingQueue::choose(const QString &booking) {
    ++m_choices;
    if (m_bulk_panel->is_open()) {
        m_bulk_panel->put_away(); // it was for others
    }
    leave_several();
    m_chosen = booking;
    m_chosen_row = m_model->row_of(booking);
    m_is_restoring = true;
    m_table->clearSelection();
    restore_selection();
    m_is_restoring = false;
    if (m_chosen_row >= 0) {
        m_table->scrollTo(m_model->index(m_chosen_row, 0));
    }
    emit booking_chosen(booking);
}

void BookingQueue::select(const QStringList &bookings) {
    m_chosen.clear();
    m_several = bookings;
    m_is_restoring = true;
    restore_several();
    m_is_restoring = false;
    if (m_several.size() > 1) {
        emit several_chosen(static_cast<int>(m_several.size()));
    }
}

std::vector<db::Booking> BookingQueue::selection() const {
    std::vector<db::Booking> bookings;
    for (const int row : selected_rows()) {
        if (const auto *booking = m_model->at(row)) {
            bookings.push_back(*booking);
        }
    }
    return bookings;
}

} // namespace studio::ui
