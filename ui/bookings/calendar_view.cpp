// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/calendar_view.h"

#include "db/bookings/availability_store.h"
#include "ui/async/worker.h"
#include "ui/bookings/booking_words.h"
#include "ui/bookings/month_grid.h"
#include "ui/bookings/week_grid.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/line_icon.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/style_sheet.h"
#include "ui/widgets/tenant_id.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTimeZone>
#include <QToolButton>
#include <QVBoxLayout>

namespace studio::ui {

namespace {

constexpr int first_hour_seen = 8;
constexpr int month_cells = 42;

QDate monday_of(QDate day) {
    return day.addDays(1 - day.dayOfWeek());
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
      m_block_bar(new QWidget(this)), m_hint(new QLabel(this)), m_question(new QLabel(this)),
      m_note(new QLineEdit(this)), m_confirm(new QPushButton(this)),
      m_cancel(new QPushButton(tr("Cancel"), this)) {
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

QWidget *CalendarView::build_block_bar() {
    m_block_bar->setObjectName(QStringLiteral("calendar.block"));
    m_question->setWordWrap(true);
    m_question->setObjectName(QStringLiteral("calendar.block.question"));
    m_note->setObjectName(QStringLiteral("calendar.block.note"));
    m_note->setAccessibleName(tr("Note on the blocked time"));
    m_note->setPlaceholderText(tr("Note (optional)"));
    m_note->setMaxLength(200);
    m_confirm->setObjectName(QStringLiteral("calendar.block.confirm"));
    m_cancel->setObjectName(QStringLiteral("calendar.block.cancel"));
    set_button_role(m_confirm, ButtonRole::Primary);
    auto *row = new QHBoxLayout;
    row->addWidget(m_note, 1);
    row->addWidget(m_cancel);
    row->addWidget(m_confirm);
    auto *layout = new QVBoxLayout(m_block_bar);
    layout->setContentsMargins(12, 0, 12, 12);
    layout->addWidget(m_question);
    layout->addLayout(row);
    m_block_bar->hide();
    return m_block_bar;
}

void CalendarView::build_layout() {
    m_scroll->setObjectName(QStringLiteral("calendar.scroll"));
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setWidget(m_week);
    m_grids->addWidget(m_scroll);
    m_grids->addWidget(m_month);
    set_text_role(m_hint, TextRole::Small);
    m_hint->setObjectName(QStringLiteral("calendar.hint"));
    m_hint->setContentsMargins(12, 6, 12, 6);
    m_hint->setWordWrap(true);
    m_banner->set_margins({12, 0, 12, 12});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->setSpacing(0);
    layout->addWidget(build_head());
    layout->addWidget(m_banner);
    layout->addWidget(build_block_bar());
    layout->addWidget(divider(this));
    layout->addWidget(m_grids, 1);
    layout->addWidget(divider(this));
    layout->addWidget(m_hint);
}

void CalendarView::connect_signals() {
    connect(m_previous, &QPushButton::clicked, this, [this] { step(-1); });
    connect(m_next, &QPushButton::clicked, this, [this] { step(1); });
    connect(m_today, &QPushButton::clicked, this, [this] { show_day(QDate::currentDate()); });
    connect(m_spans, &QButtonGroup::idClicked, this,
            [this](int span) { show_span(static_cast<Span>(span)); });
    connect(m_companion, &QComboBox::currentIndexChanged, this, [this] {
        close_block_bar();
        refresh();
    });
    for (auto *grid : std::initializer_list<CalendarGrid *>{m_week, m_month}) {
        connect(grid, &CalendarGrid::item_pressed, this, &CalendarView::press_item);
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
    connect(m_confirm, &QPushButton::clicked, this, &CalendarView::confirm);
    connect(m_note, &QLineEdit::returnPressed, this, &CalendarView::confirm);
    connect(m_cancel, &QPushButton::clicked, this, &CalendarView::close_block_bar);
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

QString CalendarView::title() const {
    const QLocale locale;
    switch (m_span) {
    case Span::Day:
        return locale.toString(m_day, QStringLiteral("dddd, d MMMM yyyy"));
    case Span::Week: {
        const auto first = monday_of(m_day), last = first.addDays(6);
        return tr("%1 – %2").arg(locale.toString(first, first.month() == last.month()
                                                            ? QStringLiteral("d")
                                                            : QStringLiteral("d MMMM")),
                                 locale.toString(last, QStringLiteral("d MMMM yyyy")));
    }
    case Span::Month:
        break;
    }
    return locale.toString(m_day, QStringLiteral("MMMM yyyy"));
}

void CalendarView::show_span(Span span) {
    m_span = span;
    m_spans->button(static_cast<int>(span))->setChecked(true);
    m_grids->setCurrentIndex(span == Span::Month ? 1 : 0);
    refresh();
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

void CalendarView::refresh() {
    m_title->setText(title());
    if (!isVisible()) {
        return; // showEvent() does
    }
    const auto number = m_loads.next();
    const auto [first, count] = days();
    const auto id = companion();
    m_worker
        .run([id, first = first, last = first.addDays(count - 1),
              here = QString::fromUtf8(QTimeZone::systemTimeZoneId())](db::Session &session) {
            Loaded loaded;
            loaded.zone = here;
            std::optional<models::TenantId> tenant;
            if (!id.isEmpty()) {
                tenant = to_tenant_id(id);
                loaded.zone = read_companions(session, {*tenant}).value(id).zone;
            }
            loaded.reading = read_calendar(session, tenant, first, last, loaded.zone);
            return loaded;
        })
        .then(this,
              [this, number](const Loaded &loaded) {
                  if (m_loads.is_latest(number)) {
                      show_loaded(loaded);
                  }
              })
        .onFailed(this, [this, number](const std::exception &error) {
            if (m_loads.is_latest(number)) {
                m_banner->show_message(
                    Tone::Caution,
                    tr("The calendar may be out of date. %1").arg(QString::fromUtf8(error.what())));
                emit failed(QString::fromUtf8(error.what()));
            }
        });
}

void CalendarView::show_loaded(const Loaded &loaded) {
    m_zone = loaded.zone;
    m_banner->clear();
    const auto [first, count] = days();
    m_week->set_chooses_spans(!companion().isEmpty());
    m_week->set_now(in_zone(to_time(QDateTime::currentDateTime()), m_zone));
    if (m_span == Span::Month) {
        m_month->set_month(m_day.month());
        m_month->show_days(first, count, loaded.reading);
    } else {
        m_week->show_days(first, count, loaded.reading);
    }
    if (!m_asked) {
        const auto clock = zone_label(m_zone);
        m_hint->setText(
            companion().isEmpty()
                ? tr("%1. Choose a companion to see and change her blocked time.").arg(clock)
            : m_span == Span::Month
                ? tr("%1. Press a day to see its hours.").arg(clock)
                : tr("%1. Press twice to block time: where it begins and where it ends.").arg(clock));
    }
    if (loaded.reading.is_cut) {
        m_banner->show_message(Tone::Caution,
                               tr("Only the first 2,000 bookings of this time are shown. Choose a "
                                  "companion or a shorter time."));
    }
}

void CalendarView::press_item(const CalendarItem &item) {
    if (item.kind == CalendarItem::Kind::Booking) {
        emit booking_pressed(item.id);
    } else {
        ask_to_unblock(item);
    }
}

void CalendarView::ask_to_block(const QDateTime &first, const QDateTime &last) {
    CalendarItem span;
    const QTimeZone clock(m_zone.toUtf8());
    span.start = QDateTime(first.date(), first.time(), clock);
    span.end = QDateTime(last.date(), last.time(), clock);
    m_asked = span;
    m_question->setText(tr("Block %1? Nobody can book it on the site; bookings that exist stay.")
                            .arg(long_span(to_time(span.start), to_time(span.end), m_zone)));
    m_confirm->setText(tr("Block this time"));
    set_button_role(m_confirm, ButtonRole::Primary);
    m_note->clear();
    m_note->show();
    m_confirm->show();
    m_block_bar->show();
    m_note->setFocus();
}

void CalendarView::ask_to_unblock(const CalendarItem &item) {
    m_week->forget_span();
    m_asked = item;
    const auto span = long_span(to_time(item.start), to_time(item.end), m_zone);
    m_question->setText(
        item.imported
            ? tr("%1: %2. It comes from an imported calendar and goes with that.").arg(item.title, span)
            : tr("%1: %2. The time can be booked again once the block is removed.").arg(item.title, span));
    m_confirm->setText(tr("Remove this block"));
    set_button_role(m_confirm, ButtonRole::Danger);
    m_confirm->setVisible(!item.imported);
    m_note->hide();
    m_block_bar->show();
    m_cancel->setFocus();
}

void CalendarView::confirm() {
    if (!m_asked) {
        return;
    }
    m_confirm->setEnabled(false);
    m_worker
        .run([item = *m_asked, tenant = to_tenant_id(companion()),
              note = m_note->text().trimmed().toStdString()](db::Session &session) {
            db::AvailabilityStore store(session);
            if (item.id.isEmpty()) {
                store.add_block(tenant, to_time(item.start), to_time(item.end), note);
            } else {
                store.remove_block(item.id.toStdString());
            }
        })
        .then(this,
              [this] {
                  m_confirm->setEnabled(true);
                  close_block_bar();
                  refresh();
              })
        .onFailed(this, [this](const std::exception &error) {
            m_confirm->setEnabled(true);
            m_banner->show_message(Tone::Negative,
                                   tr("Nothing was changed. %1").arg(QString::fromUtf8(error.what())));
            emit failed(QString::fromUtf8(error.what()));
        });
}

void CalendarView::close_block_bar() {
    m_asked.reset();
    m_week->forget_span();
    m_block_bar->hide();
}

} // namespace studio::ui
