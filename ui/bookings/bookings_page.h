// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/async/latest.h"
#include "ui/bookings/booking_preferences.h"
#include "ui/bookings/booking_reading.h"
#include "ui/bookings/bookings_services.h"
#include "ui/page.h"

class QSplitter;
class QStackedWidget;
class QTabBar;

namespace studio::ui {

class AvailabilityView;
class Banner;
class BookingDecisions;
class BookingDetail;
class BookingQueue;
class CalendarView;
class CheatSheet;
class EnterPanel;
class PageHeader;
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

    bool calendar_is_beside() const; // rather than behind a tab

signals:
    void preferences_changed(const studio::ui::BookingPreferences &preferences);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    enum Tab { BookingTab, CalendarTab, AvailabilityTab };
    void build_layout();
    QWidget *build_side();
    void place_calendar();
    void show_tab(int tab);
    void show_enter_panel();
    void build_menu();
    void add_keys();
    void connect_signals();
    void refresh();
    void load_companions();
    void show_booking(const QString &booking);
    void read_shown();
    void add_note(const QString &booking, const QString &text);
    void save_view(const QString &name);
    void remove_view(const QString &name);
    void keep_preferences();
    void show_connection(bool connected);

    BookingsServices m_services;
    BookingPreferences m_preferences;
    Latest m_reads, m_lists;
    QString m_shown;
    PageHeader *m_header;
    Banner *m_banner;
    QSplitter *m_splitter;
    BookingQueue *m_queue;
    QTabBar *m_tabs;
    QStackedWidget *m_side;
    BookingDetail *m_detail;
    EnterPanel *m_enter;
    CalendarView *m_calendar;
    AvailabilityView *m_availability;
    UndoBar *m_undo;
    CheatSheet *m_keys;
    BookingDecisions *m_decisions;
};

} // namespace studio::ui
