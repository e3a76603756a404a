// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/async/latest.h"
#include "ui/bookings/booking_preferences.h"
#include "ui/bookings/booking_reading.h"
#include "ui/bookings/bookings_services.h"
#include "ui/bookings/decision_actions.h"
#include "ui/bookings/unsaved_work.h"
#include "ui/page.h"

class QSplitter;
class QStackedWidget;
class QTabBar;

namespace studio::ui {

class AvailabilityView;
class Banner;
class BookingDecisions;
class BookingDetail;
class BookingKeys;
class BookingQueue;
class CalendarView;
class CheatSheet;
class EnterPanel;
class PageHeader;
class PreferencesMenu;
class UndoBar;

// The queue of requests beside the chosen one, with everything that staff decide.
class BookingsPage final : public Page {
    Q_OBJECT

public:
    explicit BookingsPage(BookingsServices services, QWidget *parent = nullptr);

    QString id() const override { return QStringLiteral("bookings"); }
    QString title() const override { return tr("Bookings"); }
    QIcon icon() const override;
    void activate() override;
    // The id of a booking; "new": the panel for one that came by phone; "calendar", "availability".
    void open(const QString &argument) override;
    // False while something typed here is not saved: a strip says what, and offers to discard it.
    bool may_close() override;
    // The same, but what is typed about bookings waits in a file of this computer.
    bool may_close_for_now() override;

    bool calendar_is_beside() const; // rather than behind a tab

signals:
    void preferences_changed(const studio::ui::BookingPreferences &preferences);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    enum Tab { BookingTab, CalendarTab, AvailabilityTab };
    void build_layout();
    void build_column();
    void place_calendar();
    void show_tab(int tab);
    void show_booking_tab();
    void show_enter_panel();
    void build_menu();
    void add_keys();
    void act_by_key(Act act);
    void connect_signals();
    void connect_queue();
    void connect_decisions();
    void refresh();
    void load_companions();
    void show_booking(const QString &booking);
    void show_entered(const QString &booking);
    void read_another(const QString &booking);
    void read_shown();
    void add_note(const QString &booking, const QString &text);
    void show_connection(bool connected);
    bool stay();

    BookingsServices m_services;
    Latest m_reads, m_lists;
    bool m_is_refreshing = false, m_refresh_again = false;
    QString m_shown, m_last_entered;
    PageHeader *m_header;
    PreferencesMenu *m_menu;
    Banner *m_banner, *m_refused, *m_unsaved, *m_entered;
    QSplitter *m_splitter;
    // Each view is made where it stands: with a style sheet, moving it styles all that it holds again.
    BookingQueue *m_queue;
    QWidget *m_column; // tabs and what they show
    QTabBar *m_tabs;
    QStackedWidget *m_side;
    BookingDetail *m_detail;
    EnterPanel *m_enter;
    CalendarView *m_calendar;
    bool m_calendar_tab_was_open = false; // when the calendar went into a column of its own
    AvailabilityView *m_availability;
    UndoBar *m_undo;
    CheatSheet *m_sheet;
    BookingDecisions *m_decisions;
    BookingKeys *m_keys;
    UnsavedWork m_work;
};

} // namespace studio::ui
