// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/async/latest.h"
#include "ui/bookings/calendar_items.h"
#include "ui/bookings/queue_filters.h"

#include <QFrame>

class QButtonGroup;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QScrollArea;
class QStackedWidget;

namespace studio::ui {

class Banner;
class CalendarGrid;
class MonthGrid;
class WeekGrid;
class Worker;

// Day, week or month of one companion or of all. Blocks time in two presses and a confirmation.
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

signals:
    void booking_pressed(const QString &booking);
    void failed(const QString &reason);

protected:
    void showEvent(QShowEvent *event) override;

private:
    struct Loaded {
        CalendarReading reading;
        QString zone;
    };
    QWidget *build_head();
    QWidget *build_block_bar();
    void build_layout();
    void connect_signals();
    void step(int pages);
    std::pair<QDate, int> days() const; // the first shown and how many
    QString companion() const;
    void show_loaded(const Loaded &loaded);
    void press_item(const CalendarItem &item);
    void ask_to_block(const QDateTime &first, const QDateTime &last);
    void ask_to_unblock(const CalendarItem &item);
    void confirm();
    void close_block_bar();
    QString title() const;

    Worker &m_worker;
    QString m_own;
    Latest m_loads;
    Span m_span = Span::Week;
    QDate m_day = QDate::currentDate();
    QString m_zone;
    std::optional<CalendarItem> m_asked; // to be blocked, or unblocked where it has an id
    QLabel *m_title;
    QButtonGroup *m_spans;
    QComboBox *m_companion;
    QPushButton *m_previous, *m_today, *m_next;
    WeekGrid *m_week;
    MonthGrid *m_month;
    QScrollArea *m_scroll;
    QStackedWidget *m_grids;
    Banner *m_banner;
    QWidget *m_block_bar;
    QLabel *m_hint, *m_question;
    QLineEdit *m_note;
    QPushButton *m_confirm, *m_cancel;
};

} // namespace studio::ui
