// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/calendar_view.h"

#include "models/booking/free_times.h"
#include "models/booking/wall_clock.h"
#include "ui/async/worker.h"
#include "ui/bookings/block_bar.h"
#include "ui/bookings/booking_words.h"
#include "ui/bookings/day_dates.h"
#include "ui/bookings/month_grid.h"
#include "ui/bookings/week_grid.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/line_icon.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/style_sheet.h"
#include "ui/widgets/tab_order.h"
#include "ui/widgets/tenant_id.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTimeZone>
#include <QToolButton>
#include <QVBoxLayout>

#include <tuple>
#include <vector>

namespace studio::ui {

namespace {

constexpr int first_hour_seen = 8;
constexpr int usual_hour = 9; // at which time that is blocked begins
constexpr int month_cells = 42;

QDate monday_of(QDate day) {
    return day.addDays(1 - day.dayOfWeek());
}

QString skipped_words() {
    const auto words = models::explain(models::TimeCheck::ClockSkipped);
    return QString::fromUtf8(words.data(), static_cast<qsizetype>(words.size()));
}

// On the clock of the zone, of two the first; nullopt where the clocks are put forward over it.
std::optional<models::Time> moment_of(const QDateTime &wall, const QString &zone) {
    const auto moment = models::WallClock(zone.toStdString())
                            .at(to_day(wall.date()), std::chrono::seconds(QTime(0, 0).secsTo(wall.time())));
    return moment.kind == models::LocalTimeKind::Skipped ? std::nullopt : std::optional(moment.at);
}

QPushButton *icon_button(const QString &icon, const QString &name, const QString &words, QWidget *parent) {
    auto *button = new QPushButton(line_icon(icon), {}, parent);
    button->setObjectName(name);
    button->setAccessibleName(words);
    button->setToolTip(words);
    button->setFixedWidth(36);
    return button;
}

} // namespace

CalendarView::CalendarView(Worker &worker, const QString &own_companion, QWidget *parent)
    : QFrame(parent), m_worker(worker), m_own(own_companion),
      m_zone(QString::fromUtf8(QTimeZone::systemTimeZoneId())), m_title(new QLabel(this)),
      m_spans(new QButtonGroup(this)), m_companion(new QComboBox(this)),
      m_previous(icon_button(QStringLiteral("chevron-left"), QStringLiteral("calendar.previous"),
                             tr("Earlier"), this)),
      m_today(new QPushButton(tr("Today"), this)),
      m_next(
          icon_button(QStringLiteral("chevron-right"), QStringLiteral("calendar.next"), tr("Later"), this)),
      m_week(new WeekGrid(this)), m_month(new MonthGrid(this)), m_scroll(new QScrollArea(this)),
      m_grids(new QStackedWidget(this)), m_banner(new Banner(QStringLiteral("calendar.banner"), this)),
      m_block_bar(new BlockBar(worker, this)), m_hint(new QLabel(this)),
      m_block_time(new QPushButton(tr("Block time …"), this)) {
    setObjectName(QStringLiteral("calendar"));
    setAccessibleName(tr("Calendar"));
    set_card(this);
    build_layout();
    connect_signals();
    show_span(m_span);
}

QWidget *CalendarView::build_head() {
    auto *head = new QWidget(this);
    set_text_role(m_title, TextRole::Section);
    m_title->setObjectName(QStringLiteral("calendar.title"));
    m_today->setObjectName(QStringLiteral("calendar.today"));
    m_companion->setObjectName(QStringLiteral("calendar.companion"));
    m_companion->setAccessibleName(tr("Calendar of"));
    m_companion->addItem(tr("All companions"), QString());
    m_companion->setVisible(m_own.isEmpty());
    m_block_time->setObjectName(QStringLiteral("calendar.block_time"));
    m_block_time->setToolTip(tr("Block time by day, time and length"));
    m_block_time->setEnabled(false);
    m_companion->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_companion->setMinimumContentsLength(12);
    auto *first = new QHBoxLayout;
    first->setSpacing(8);
    first->addWidget(m_previous);
    first->addWidget(m_today);
    first->addWidget(m_next);
    first->addWidget(m_title, 1);
    auto *second = new QHBoxLayout;
    second->setSpacing(4);
    for (const auto &[words, name] :
         {std::pair(tr("Day"), "day"), std::pair(tr("Week"), "week"), std::pair(tr("Month"), "month")}) {
        auto *button = new QToolButton(head);
        button->setText(words);
        button->setCheckable(true);
        button->setObjectName(QStringLiteral("calendar.span.") + QLatin1String(name));
        m_spans->addButton(button, static_cast<int>(m_spans->buttons().size()));
        second->addWidget(button);
    }
    second->addStretch(1);
    second->addWidget(m_companion, 2);
    auto *layout = new QVBoxLayout(head);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(8);
    layout->addLayout(first);
    layout->addLayout(second);
    return head;
}

void CalendarView::build_layout() {
    m_scroll->setObjectName(QStringLiteral("calendar.scroll"));
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_grids->addWidget(m_scroll);
    m_scroll->setWidget(m_week);
    m_grids->addWidget(m_month);
    set_text_role(m_hint, TextRole::Small);
    m_hint->setObjectName(QStringLiteral("calendar.hint"));
    m_hint->setWordWrap(true);
    m_banner->set_margins({12, 0, 12, 12});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->setSpacing(0);
    layout->addWidget(build_head());
    layout->addWidget(m_banner);
    layout->addWidget(m_block_bar);
    layout->addWidget(divider(this));
    layout->addWidget(m_grids, 1);
    layout->addWidget(divider(this));
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(12, 6, 12, 6);
    foot->addWidget(m_hint, 1);
    foot->addWidget(m_block_time);
    layout->addLayout(foot);
    order_fields();
}

void CalendarView::order_fields() {
    std::vector<QWidget *> order{m_previous, m_today, m_next};
    for (auto *button : m_spans->buttons()) {
        order.push_back(button);
    }
    order.insert(order.end(), {m_companion, m_banner, m_block_bar, m_week, m_month, m_block_time});
    set_tab_order(order);
}

void CalendarView::connect_signals() {
    connect(m_previous, &QPushButton::clicked, this, [this] { step(-1); });
    connect(m_next, &QPushButton::clicked, this, [this] { step(1); });
    connect(m_today, &QPushButton::clicked, this, [this] { show_day(today()); });
    connect(m_spans, &QButtonGroup::idClicked, this,
            [this](int span) { show_span(static_cast<Span>(span)); });
    connect(m_companion, &QComboBox::currentIndexChanged, this, [this] {
        forget_companion();
        refresh();
    });
    for (auto *grid : std::initializer_list<CalendarGrid *>{m_week, m_month}) {
        connect(grid, &CalendarGrid::item_pressed, this, &CalendarView::press_item);
        connect(grid, &CalendarGrid::removal_asked, this, &CalendarView::remove_item);
        connect(grid, &CalendarGrid::moved, this, &CalendarView::step);
        connect(grid, &CalendarGrid::day_pressed, this, [this](QDate day) {
            m_day = day;
            show_span(Span::Day);
        });
    }
    connect(m_week, &WeekGrid::span_started, this, [this](const QDateTime &first) {
        m_hint->setText(tr("From %1. Press where the blocked time ends.")
                            .arg(QLocale().toString(first, QStringLiteral("ddd d MMM, HH:mm"))));
    });
    connect(m_week, &WeekGrid::span_chosen, this, &CalendarView::ask_to_block);
    connect(m_block_time, &QPushButton::clicked, this, &CalendarView::ask_when_to_block);
    connect(m_block_bar, &BlockBar::closed, this, [this](bool had_focus) {
        m_week->forget_span();
        say_hint();
        if (had_focus) {
            m_block_time->setFocus();
        }
    });
    connect(m_block_bar, &BlockBar::changed, this, [this] {
        m_banner->clear(); // what it said of an earlier press is over
        refresh();
    });
    connect(m_block_bar, &BlockBar::found_stored, this, [this](const QString &text) {
        m_banner_is_of_reading = false;
        m_banner->show_message(Tone::Positive, text);
    });
    connect(m_block_bar, &BlockBar::failed, this, [this](const QString &text) {
        m_banner_is_of_reading = false;
        m_banner->show_message(Tone::Negative, text);
        emit failed(text);
    });
}

void CalendarView::showEvent(QShowEvent *event) {
    QFrame::showEvent(event);
    m_scroll->verticalScrollBar()->setValue(first_hour_seen * WeekGrid::hour_height);
    refresh();
}

void CalendarView::set_companions(const std::vector<CompanionChoice> &companions) {
    const QSignalBlocker quiet(m_companion);
    const auto chosen = m_companion->currentData();
    m_companion->clear();
    m_companion->addItem(tr("All companions"), QString());
    for (const auto &companion : companions) {
        m_companion->addItem(companion.name, companion.id);
    }
    m_companion->setCurrentIndex(std::max(0, m_companion->findData(chosen)));
}

QString CalendarView::companion() const {
    return m_own.isEmpty() ? m_companion->currentData().toString() : m_own;
}

std::pair<QDate, int> CalendarView::days() const {
    switch (m_span) {
    case Span::Day:
        return {m_day, 1};
    case Span::Week:
        return {monday_of(m_day), 7};
    case Span::Month:
        break;
    }
    return {monday_of(QDate(m_day.year(), m_day.month(), 1)), month_cells};
}

QString CalendarView::title(Span span, QDate day) {
    const QLocale locale;
    switch (span) {
    case Span::Day:
        return locale.toString(day, QStringLiteral("dddd, d MMMM yyyy"));
    case Span::Week: {
        const auto first = monday_of(day), last = first.addDays(6);
        return tr("%1 – %2").arg(locale.toString(first, first.month() == last.month()
                                                            ? QStringLiteral("d")
                                                            : QStringLiteral("d MMMM")),
                                 locale.toString(last, QStringLiteral("d MMMM yyyy")));
    }
    case Span::Month:
        break;
    }
    return locale.toString(day, QStringLiteral("MMMM yyyy"));
}

QDate CalendarView::today() const {
    return in_zone(base::now(), m_zone).date();
}

void CalendarView::show_span(Span span) {
    m_span = span;
    m_spans->button(static_cast<int>(span))->setChecked(true);
    refresh();
}

void CalendarView::settle_doubt() {
    m_block_bar->settle();
}

void CalendarView::show_day(QDate day) {
    m_day = day;
    refresh();
}

void CalendarView::step(int pages) {
    m_day = m_span == Span::Month ? m_day.addMonths(pages)
                                  : m_day.addDays(pages * (m_span == Span::Week ? 7 : 1));
    refresh();
}

CalendarView::Loaded CalendarView::read(db::Session &session, Loaded wanted) {
    const auto last = wanted.first.addDays(wanted.days - 1);
    if (wanted.companion.isEmpty()) {
        wanted.zone = QString::fromUtf8(QTimeZone::systemTimeZoneId());
        wanted.reading = read_calendar_of_all(session, wanted.first, last, wanted.zone);
    } else {
        const auto tenant = to_tenant_id(wanted.companion);
        const auto companion = read_companions(session, {tenant}).value(wanted.companion);
        wanted.zone = companion.zone;
        wanted.reading = read_calendar_of(session, tenant, companion, wanted.first, last);
    }
    return wanted;
}

void CalendarView::refresh() {
    if (!isVisible()) {
        return; // showEvent() does
    }
    const auto number = m_loads.next();
    Loaded wanted;
    wanted.companion = companion();
    wanted.span = m_span;
    wanted.day = m_day;
    std::tie(wanted.first, wanted.days) = days();
    m_worker.run([wanted](db::Session &session) { return read(session, wanted); })
        .then(this,
              [this, number](const Loaded &loaded) {
                  if (m_loads.is_latest(number)) {
                      show_loaded(loaded);
                  }
              })
        .onFailed(this, [this, number](const std::exception &error) {
            if (m_loads.is_latest(number)) {
                const auto reason = QString::fromUtf8(error.what());
                m_banner_is_of_reading = true;
                m_banner->show_message(Tone::Caution,
                                       m_shown ? tr("The calendar may be out of date. %1").arg(reason)
                                               : tr("The calendar could not be loaded. %1").arg(reason));
                emit failed(reason);
            }
        });
}

// Nobody else's calendar stands under her name, not even for a moment.
void CalendarView::forget_companion() {
    m_shown.reset();
    m_banner->clear();
    m_week->forget_span();
    if (m_block_bar->asks()) { // what was done can still be taken back
        m_block_bar->close_bar();
    }
    m_week->set_chooses_spans(false);
    const auto [first, count] = days();
    m_week->show_days(first, count, {});
    m_month->show_days(first, count, {});
    m_block_time->setEnabled(false);
    m_hint->clear();
}

void CalendarView::show_loaded(const Loaded &loaded) {
    m_zone = loaded.zone;
    m_shown = loaded.companion;
    if (std::exchange(m_banner_is_of_reading, false)) {
        m_banner->clear();
    }
    m_title->setText(title(loaded.span, loaded.day));
    m_grids->setCurrentIndex(loaded.span == Span::Month ? 1 : 0);
    m_week->set_chooses_spans(!loaded.companion.isEmpty());
    m_block_time->setEnabled(!loaded.companion.isEmpty());
    const auto now = in_zone(base::now(), m_zone);
    m_week->set_now(now);
    m_month->set_now(now);
    if (loaded.span == Span::Month) {
        m_month->set_month(loaded.day.month());
        m_month->show_days(loaded.first, loaded.days, loaded.reading);
    } else {
        m_week->show_days(loaded.first, loaded.days, loaded.reading);
    }
    if (!m_block_bar->asks()) {
        say_hint();
    }
    if (loaded.reading.is_cut) {
        m_banner_is_of_reading = true;
        m_banner->show_message(Tone::Caution,
                               tr("Only the first 2,000 bookings or blocks of this time are shown. Choose a "
                                  "companion or a shorter time."));
    }
}

void CalendarView::say_hint() {
    const auto clock = zone_label(m_zone);
    if (!m_shown) {
        m_hint->clear();
    } else if (m_shown->isEmpty()) {
        m_hint->setText(tr("%1. Choose a companion to see her free times and to block time.").arg(clock));
    } else if (m_span == Span::Month) {
        m_hint->setText(tr("%1. Press a day to see its hours.").arg(clock));
    } else {
        m_hint->setText(
            tr("%1. Press twice to block time: where it begins and where it ends. Free times are tinted.")
                .arg(clock));
    }
}

void CalendarView::press_item(const CalendarItem &item) {
    if (item.kind == CalendarItem::Kind::Booking) {
        emit booking_pressed(item.id);
    } else {
        m_week->forget_span();
        say_hint();
        m_block_bar->ask_to_free(item, m_zone);
    }
}

void CalendarView::remove_item(const CalendarItem &item) {
    if (item.kind == CalendarItem::Kind::Block) {
        m_week->forget_span();
        m_block_bar->free_now(item, m_zone);
    }
}

void CalendarView::ask_to_block(const QDateTime &first, const QDateTime &last) {
    if (!m_shown || m_shown->isEmpty()) {
        return;
    }
    const auto from = moment_of(first, m_zone), to = moment_of(last, m_zone);
    if (!from || !to) {
        m_week->forget_span();
        m_banner_is_of_reading = false;
        m_banner->show_message(Tone::Caution, skipped_words());
        return;
    }
    CalendarItem span;
    span.companion = *m_shown;
    span.start = in_zone(*from, m_zone);
    span.end = in_zone(*to, m_zone);
    say_hint();
    m_block_bar->ask_to_block(span, m_zone);
}

// Esc closes the question, and forgets where blocked time would begin.
void CalendarView::keyPressEvent(QKeyEvent *event) {
    if (event->key() != Qt::Key_Escape) {
        QFrame::keyPressEvent(event);
    } else if (m_block_bar->asks()) {
        m_block_bar->close_bar();
    } else {
        m_week->forget_span();
        say_hint();
    }
}

void CalendarView::ask_when_to_block() {
    m_week->forget_span();
    m_block_bar->ask_when(*m_shown, m_zone, QDateTime(m_day, QTime(usual_hour, 0), clock_of(m_zone)));
}

} // namespace studio::ui
