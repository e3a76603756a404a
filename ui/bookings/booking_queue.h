// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/async/latest.h"
#include "ui/bookings/booking_decider.h"
#include "ui/bookings/booking_preferences.h"
#include "ui/bookings/bookings_model.h"
#include "ui/bookings/queue_filters.h"

#include <QFrame>

class QLabel;
class QPushButton;
class QTableView;

namespace studio::ui {

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
    QString chosen() const { return m_chosen; }
    std::vector<db::Booking> selection() const; // those that were read
    QueueFilters *filters() const { return m_filters; }
    BookingsModel *model() const { return m_model; }
    QTableView *table() const { return m_table; }
    DecisionPanel *bulk_panel() const { return m_bulk_panel; }

signals:
    void booking_chosen(const QString &booking);
    void several_chosen(int bookings);
    void bulk_requested(studio::ui::Act act);
    void loaded();
    void failed(const QString &reason);

private:
    struct Loaded {
        std::int64_t count = 0, pending = 0;
        std::vector<std::pair<int, std::vector<db::Booking>>> pages;
        Companions companions;
    };
    void build_layout();
    QWidget *build_bulk_bar();
    void connect_signals();
    void load(bool from_the_top);
    void load_page(int page);
    void show_loaded(const Loaded &loaded, bool from_the_top);
    void show_failure(const QString &reason);
    void restore_selection();
    void restore_several();
    void heed_selection();
    void show_services();
    std::vector<int> visible_pages() const;
    static Loaded read(db::Session &session, const db::BookingFilter &filter, const std::vector<int> &pages,
                       const QStringList &known);
    static void read_pages(db::Session &session, db::BookingFilter filter, const std::vector<int> &pages,
                           const QStringList &known, Loaded &loaded);

    Worker &m_worker;
    int m_conditions = 0; // counts their changes: pages of others are dropped
    Latest m_loads;
    bool m_is_loading = false, m_load_again = false, m_is_restoring = false;
    QString m_chosen;
    int m_chosen_row = -1;
    QStringList m_several; // where more than one is selected
    BookingsModel *m_model;
    QueueFilters *m_filters;
    QTableView *m_table;
    StateStack *m_state;
    QLabel *m_counts, *m_selected;
    QWidget *m_bulk;
    DecisionPanel *m_bulk_panel;
};

} // namespace studio::ui
