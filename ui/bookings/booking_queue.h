// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/async/latest.h"
#include "ui/bookings/booking_decider.h"
#include "ui/bookings/booking_preferences.h"
#include "ui/bookings/bookings_model.h"
#include "ui/bookings/queue_filters.h"
#include "ui/bookings/queue_reading.h"

#include <QElapsedTimer>
#include <QFrame>

class QLabel;
class QTableView;

namespace studio::ui {

class BulkBar;
class DecisionPanel;
class StateStack;
class Worker;

// The list of bookings under its filters. Reads the pages that are looked at, again whenever something
// changed; what is selected stays selected wherever its row goes.
class BookingQueue final : public QFrame {
    Q_OBJECT

public:
    // `own`: of one companion, who is not named then.
    BookingQueue(Worker &worker, bool own, QWidget *parent = nullptr);

    void reload();  // other conditions: from the top
    void refresh(); // the same conditions: what is on the screen
    void choose(const QString &booking);
    // Selects those of them that are in the list; one alone is shown.
    void select(const QStringList &bookings);
    QString chosen() const { return m_chosen; }
    // Counts how often a person chose something.
    int choices() const { return m_choices; }
    bool has_several() const; // more than one row is selected
    // Several are selected, not too many, and all of them were read.
    bool can_be_decided() const;
    std::vector<db::Booking> selection() const; // those that were read; none of too many
    // Services that bookings were asked for, to filter by.
    void set_services(const QStringList &services);
    QueueFilters *filters() const { return m_filters; }
    BookingsModel *model() const { return m_model; }
    QTableView *table() const { return m_table; }
    DecisionPanel *bulk_panel() const { return m_bulk_panel; }

signals:
    void booking_chosen(const QString &booking);
    void booking_awaited(); // a row is selected whose booking is on its way
    void chosen_again();    // a press on the row that is selected
    void several_chosen(int bookings);
    void one_left(const QString &booking); // of several, or once it is read
    void nothing_chosen();
    void bulk_requested(studio::ui::Act act);
    void loaded();
    void failed(const QString &reason);

private:
    void build_layout();
    void connect_signals();
    void load(bool from_the_top);
    void load_page(int page);
    void read_page(int page);
    void fail_loading(std::uint64_t number, const std::exception &error);
    void show_rows(const QueueReading &loaded, bool from_the_top);
    void show_counts(const QueueCounts &counts);
    void show_failure(const QString &reason);
    void restore_selection();
    void restore_several();
    void heed_selection();
    void heed_one(int row);
    void heed_several();
    void show_several();
    void leave_several();
    void heed_arrival();
    bool knows_selection() const;
    std::size_t selected_count() const;
    std::vector<int> selected_rows() const;
    void show_services();
    std::vector<int> visible_pages() const;

    const bool m_is_own;
    Worker &m_worker;
    QDateTime now() const;

    int m_choices = 0;
    int m_conditions = 0; // counts their changes: pages of others are dropped
    Latest m_loads;
    bool m_is_loading = false, m_load_again = false, m_is_restoring = false;
    QString m_chosen;
    int m_chosen_row = -1; // also of a row whose booking is on its way
    QStringList m_several; // where more than one is selected, those that were read
    QStringList m_services;
    QElapsedTimer m_companions_read; // since then
    BookingsModel *m_model;
    // As they stand below each other: Tab goes through them in this order.
    QueueFilters *m_filters;
    BulkBar *m_bulk;
    DecisionPanel *m_bulk_panel;
    QTableView *m_table;
    StateStack *m_state;
    QLabel *m_counts;
};

} // namespace studio::ui
