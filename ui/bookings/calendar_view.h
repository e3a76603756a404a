// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/async/latest.h"
#include "ui/bookings/calendar_items.h"
#include "ui/bookings/queue_filters.h"

#include <QFrame>

class QButtonGroup;
class QComboBox;
class QLabel;
class QPushButton;
class QScrollArea;
class QStackedWidget;

namespace studio::ui {

class Banner;
class BlockBar;
class CalendarGrid;
class MonthGrid;
class WeekGrid;
class Worker;

// Day, week or month of one companion or of all. Time is blocked in two presses and a confirmation, or by
// day, time and length; it is freed with a press or Delete. Both can be taken back.
class CalendarView final : public QFrame {
    Q_OBJECT

public:
    enum class Span { Day, Week, Month };
    // `own_companion`: "" where the login sees all of them.
    CalendarView(Worker &worker, const QString &own_companion, QWidget *parent = nullptr);

    void set_companions(const std::vector<CompanionChoice> &companions);
    void refresh();
    void show_span(Span span);
    void show_day(QDate day);
    Span span() const { return m_span; }
    // The database is back: what became of a change of blocked time whose answer was lost is looked up.
    void settle_doubt();

signals:
    void booking_pressed(const QString &booking);
    void failed(const QString &reason);

protected:
    void showEvent(QShowEvent *event) override;

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    struct Loaded {
        CalendarReading reading;
        QString companion; // "": all
        QString zone;
        Span span = Span::Week;
        QDate day, first;
        int days = 7;
    };
    QWidget *build_head();
    void build_layout();
    void order_fields();
    void connect_signals();
    void step(int pages);
    std::pair<QDate, int> days() const; // the first shown and how many
    QString companion() const;
    static Loaded read(db::Session &session, Loaded wanted);
    void forget_companion();
    void show_loaded(const Loaded &loaded);
    void say_hint();
    void press_item(const CalendarItem &item);
    void remove_item(const CalendarItem &item);
    void ask_to_block(const QDateTime &first, const QDateTime &last);
    void ask_when_to_block();
    QDate today() const; // on the calendar's clock
    static QString title(Span span, QDate day);

    Worker &m_worker;
    QString m_own;
    Latest m_loads;
    Span m_span = Span::Week;
    QDate m_day = QDate::currentDate();
    QString m_zone;
    bool m_banner_is_of_reading =
        false;                      // it says something of what was read, which the next reading replaces
    std::optional<QString> m_shown; // whose calendar is on screen; "": all; none: nobody's yet
    QLabel *m_title;
    QButtonGroup *m_spans;
    QComboBox *m_companion;
    QPushButton *m_previous, *m_today, *m_next;
    WeekGrid *m_week;
    MonthGrid *m_month;
    QScrollArea *m_scroll;
    QStackedWidget *m_grids;
    Banner *m_banner;
    BlockBar *m_block_bar;
    QLabel *m_hint;
    QPushButton *m_block_time;
};

} // namespace studio::ui
