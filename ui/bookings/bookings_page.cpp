// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/bookings_page.h"

#include "db/stores/tenant_store.h"
#include "ui/async/worker.h"
#include "ui/bookings/availability_view.h"
#include "ui/bookings/booking_decider.h"
#include "ui/bookings/booking_decisions.h"
#include "ui/bookings/booking_detail.h"
#include "ui/bookings/booking_keys.h"
#include "ui/bookings/booking_queue.h"
#include "ui/bookings/bookings_watcher.h"
#include "ui/bookings/calendar_view.h"
#include "ui/bookings/cheat_sheet.h"
#include "ui/bookings/enter_panel.h"
#include "ui/bookings/preferences_menu.h"
#include "ui/bookings/typed_journal.h"
#include "ui/bookings/undo_bar.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/line_icon.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/tenant_id.h"

#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace studio::ui {

namespace {

constexpr int least_queue_width = 420;
constexpr int least_side_width = 440;
constexpr int three_columns_from = 1500; // width of the page

} // namespace

BookingsPage::BookingsPage(BookingsServices services, QWidget *parent)
    : Page(parent), m_services(std::move(services)), m_header(new PageHeader(title(), this)),
      m_menu(new PreferencesMenu(m_services.preferences, this)),
      m_banner(new Banner(QStringLiteral("bookings.banner"), this)),
      m_refused(new Banner(QStringLiteral("bookings.refused"), this)),
      m_unsaved(new Banner(QStringLiteral("bookings.unsaved"), this)),
      m_entered(new Banner(QStringLiteral("bookings.entered"), this)), m_splitter(new QSplitter(this)),
      m_queue(new BookingQueue(*m_services.worker, !m_services.own_companion.isEmpty(), m_splitter)),
      m_column(new QWidget(m_splitter)), m_tabs(new QTabBar(m_column)), m_side(new QStackedWidget(m_column)),
      m_detail(new BookingDetail(*m_services.worker, m_side)),
      m_enter(new EnterPanel(*m_services.worker, m_services.own_companion, m_side)),
      m_calendar(new CalendarView(*m_services.worker, m_services.own_companion, m_side)),
      m_availability(
          new AvailabilityView(*m_services.worker, m_services.own_companion, m_services.public_url, m_side)),
      m_undo(new UndoBar(this)), m_sheet(new CheatSheet(this)),
      m_decisions(
          new BookingDecisions(*m_services.worker, *m_services.watcher, m_queue, m_detail, m_undo, this)),
      m_keys(new BookingKeys(this, m_sheet,
                             {m_detail->panel(), m_queue->bulk_panel(), m_enter, m_availability})),
      m_work(m_detail, m_queue, m_enter, m_availability, m_decisions, m_unsaved) {
    build_layout();
    build_menu();
    connect_signals();
    add_keys();
    m_work.keep_in(m_services.preferences.isEmpty() ? QString()
                                                    : m_services.preferences + QStringLiteral(".typed"));
}

QIcon BookingsPage::icon() const {
    return line_icon(QStringLiteral("calendar"));
}

void BookingsPage::build_layout() {
    m_header->set_subtitle(m_services.own_companion.isEmpty()
                               ? tr("Requests of every companion, oldest pending first")
                               : tr("Your requests, oldest pending first"));
    connect(m_header->set_primary_action(QStringLiteral("bookings.enter"), QStringLiteral("plus"),
                                         tr("Enter booking")),
            &QPushButton::clicked, this, &BookingsPage::show_enter_panel);
    m_splitter->setObjectName(QStringLiteral("bookings.splitter"));
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(16);
    m_splitter->setProperty("gap", true);
    m_queue->setMinimumWidth(least_queue_width);
    m_calendar->setMinimumWidth(least_side_width);
    build_column();
    m_splitter->addWidget(m_queue);
    m_splitter->addWidget(m_column);
    m_splitter->setStretchFactor(0, 4);
    m_splitter->setStretchFactor(1, 5);
    place_calendar();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 20);
    layout->setSpacing(12);
    layout->addWidget(m_header);
    layout->addWidget(m_banner);
    layout->addWidget(m_unsaved);
    layout->addWidget(m_refused);
    layout->addWidget(m_entered);
    layout->addWidget(m_splitter, 1);
    layout->addWidget(m_undo);
}

void BookingsPage::build_column() {
    m_column->setMinimumWidth(least_side_width);
    m_tabs->setObjectName(QStringLiteral("bookings.tabs"));
    m_tabs->setAccessibleName(tr("Booking, calendar or availability"));
    m_tabs->addTab(tr("Booking"));
    m_tabs->addTab(tr("Calendar"));
    m_tabs->addTab(tr("Availability"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_side->addWidget(m_detail);
    m_side->addWidget(m_enter);
    m_side->addWidget(m_availability);
    auto *layout = new QVBoxLayout(m_column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_tabs);
    layout->addWidget(m_side, 1);
    connect(m_tabs, &QTabBar::currentChanged, this, &BookingsPage::show_tab);
    connect(m_tabs, &QTabBar::tabBarClicked, this, &BookingsPage::show_tab); // also the current one
}

bool BookingsPage::calendar_is_beside() const {
    return m_splitter->indexOf(m_calendar) >= 0;
}

// Behind a tab in a narrow window, a third column in a wide one.
void BookingsPage::place_calendar() {
    const bool beside = width() >= three_columns_from;
    if (beside == calendar_is_beside() && (beside || m_side->indexOf(m_calendar) >= 0)) {
        return;
    }
    if (beside) {
        m_side->removeWidget(m_calendar);
        m_splitter->addWidget(m_calendar);
        m_splitter->setStretchFactor(2, 6);
        m_calendar->show();
        m_calendar_tab_was_open = m_tabs->currentIndex() == CalendarTab;
        if (m_calendar_tab_was_open) {
            m_tabs->setCurrentIndex(BookingTab);
        }
    } else {
        m_side->addWidget(m_calendar);
    }
    m_tabs->setTabVisible(CalendarTab, !beside);
    if (!beside && std::exchange(m_calendar_tab_was_open, false) && m_tabs->currentIndex() == BookingTab) {
        m_tabs->setCurrentIndex(CalendarTab);
    }
}

void BookingsPage::resizeEvent(QResizeEvent *event) {
    Page::resizeEvent(event);
    place_calendar();
}

void BookingsPage::show_tab(int tab) {
    QWidget *const views[] = {m_detail, m_calendar, m_availability};
    if (tab >= 0 && m_side->indexOf(views[tab]) >= 0) {
        m_side->setCurrentWidget(views[tab]);
    }
}

void BookingsPage::show_booking_tab() {
    m_tabs->setCurrentIndex(BookingTab);
    show_tab(BookingTab);
}

void BookingsPage::show_enter_panel() {
    m_tabs->setCurrentIndex(BookingTab);
    m_side->setCurrentWidget(m_enter);
    m_enter->begin();
}

void BookingsPage::build_menu() {
    m_menu->addSeparator();
    m_menu->addAction(line_icon(QStringLiteral("keyboard")), tr("Keys\t?"), m_sheet, &CheatSheet::open)
        ->setObjectName(QStringLiteral("bookings.show_keys"));
    m_header->set_menu(m_menu);
    const auto show_views = [this] { m_queue->filters()->set_views(m_menu->preferences().views); };
    show_views();
    connect(m_menu, &PreferencesMenu::changed, this, show_views);
    connect(m_menu, &PreferencesMenu::changed, this, &BookingsPage::preferences_changed);
    connect(m_menu, &PreferencesMenu::failed, this, [this](const QString &file) {
        m_banner->show_message(Tone::Caution,
                               tr("Your choice could not be stored on this computer: %1").arg(file));
    });
    connect(m_queue->filters(), &QueueFilters::view_removed, m_menu, &PreferencesMenu::remove_view);
    connect(m_queue->filters(), &QueueFilters::view_saved, this,
            [this](const QString &name) { m_menu->save_view(name, m_queue->filters()->filter()); });
}

void BookingsPage::add_keys() {
    for (const auto &entry : act_entries()) {
        m_keys->add(QKeySequence(QLatin1String(entry.key)), [this, act = entry.act] { act_by_key(act); });
    }
    const auto search = [this] { m_queue->filters()->focus_words(); };
    m_keys->add(QKeySequence(Qt::Key_Z), [this] { m_decisions->undo(); });
    m_keys->add(QKeySequence(Qt::Key_O),
                [this] { m_detail->isVisible() ? m_detail->submit_over_block() : show_booking_tab(); });
    m_keys->add(QKeySequence(Qt::Key_Slash), search);
    m_keys->add(QKeySequence(Qt::CTRL | Qt::Key_F), search);
    m_keys->add(QKeySequence(Qt::Key_I), [this] {
        show_booking_tab();
        m_detail->focus_note();
    });
    m_keys->add(QKeySequence(Qt::Key_Question), [this] { m_sheet->open(); });
}

// Nobody decides about a booking that is not on the screen: the first press shows it.
void BookingsPage::act_by_key(Act act) {
    if (m_queue->has_several() || m_detail->isVisible()) {
        m_decisions->request(act);
    } else {
        show_booking_tab();
    }
}

void BookingsPage::connect_signals() {
    connect_queue();
    connect_decisions();
    connect(m_services.watcher, &BookingsWatcher::changed, this, &BookingsPage::refresh);
    connect(m_services.watcher, &BookingsWatcher::connected_changed, this, &BookingsPage::show_connection);
    connect(m_detail, &BookingDetail::booking_requested, m_queue, &BookingQueue::choose);
    connect(m_detail, &BookingDetail::retry_requested, this, [this] {
        m_detail->show_loading();
        read_shown();
    });
    connect(m_detail, &BookingDetail::failed_elsewhere, this,
            [this](const QString &text) { m_refused->show_message(Tone::Negative, text); });
    connect(m_work.journal(), &TypedJournal::failed, this, [this](const QString &path) {
        m_refused->show_message(Tone::Negative,
                                tr("What you type could not be kept on this computer: %1").arg(path));
    });
    connect(m_detail, &BookingDetail::note_added, this, &BookingsPage::add_note);
    connect(m_calendar, &CalendarView::booking_pressed, m_queue, &BookingQueue::choose);
    connect(m_calendar, &CalendarView::failed, this, &BookingsPage::trouble);
    connect(m_availability, &AvailabilityView::failed, this, &BookingsPage::trouble);
    connect(m_enter, &EnterPanel::failed, this, &BookingsPage::trouble);
    connect(m_enter, &EnterPanel::closed, this, [this] { show_tab(BookingTab); });
    connect(m_enter, &EnterPanel::entered, this, &BookingsPage::show_entered);
    connect(m_entered, &Banner::action_requested, this, [this] {
        m_entered->clear();
        m_queue->choose(m_last_entered);
    });
}

void BookingsPage::connect_queue() {
    const auto show_no_booking = [this] {
        m_shown.clear();
        m_reads.next();
    };
    connect(m_queue, &BookingQueue::booking_chosen, this, &BookingsPage::show_booking);
    connect(m_queue, &BookingQueue::chosen_again, this, &BookingsPage::show_booking_tab);
    connect(m_queue, &BookingQueue::one_left, this, &BookingsPage::read_another); // whichever tab is in front
    connect(m_queue, &BookingQueue::booking_awaited, this, [this, show_no_booking] {
        show_no_booking();
        show_booking_tab();
        m_detail->show_loading();
    });
    connect(m_queue, &BookingQueue::several_chosen, this, [this, show_no_booking](int number) {
        show_no_booking();
        m_detail->show_bulk(number);
    });
    connect(m_queue, &BookingQueue::nothing_chosen, this, [this, show_no_booking] {
        show_no_booking();
        m_detail->show_nothing();
    });
    connect(m_queue, &BookingQueue::failed, this, [this](const QString &) { emit trouble(); });
}

void BookingsPage::connect_decisions() {
    connect(m_decisions, &BookingDecisions::finished, this, [this] {
        m_work.decision_has_ended();
        refresh();
    });
    connect(m_decisions, &BookingDecisions::form_is_sent, this, [this] { m_keys->rest(); });
    connect(m_decisions, &BookingDecisions::trouble, this, &BookingsPage::trouble);
    connect(m_decisions, &BookingDecisions::refused_elsewhere, this, [this](const QString &text) {
        text.isEmpty() ? m_refused->clear() : m_refused->show_message(Tone::Negative, text);
    });
}

void BookingsPage::activate() {
    load_companions();
    refresh();
}

void BookingsPage::open(const QString &argument) {
    if (argument == QLatin1String("new")) {
        show_enter_panel();
    } else if (argument == QLatin1String("calendar")) {
        m_tabs->setCurrentIndex(calendar_is_beside() ? BookingTab : CalendarTab);
    } else if (argument == QLatin1String("availability")) {
        m_tabs->setCurrentIndex(AvailabilityTab);
    } else if (!argument.isEmpty() && argument != m_services.own_companion) {
        m_queue->choose(argument);
    }
}

// One at a time: with many notices a decision would wait behind readings that nobody needs any more. The
// worker answers in order, so that an empty task tells when all of this was read.
void BookingsPage::refresh() {
    if (!isVisible()) { // activate() will
        return;
    }
    if (m_is_refreshing) {
        m_refresh_again = true;
        return;
    }
    m_is_refreshing = true;
    m_refresh_again = false;
    m_work.refresh();
    m_queue->refresh();
    read_shown();
    m_calendar->refresh();
    m_availability->refresh();
    m_enter->refresh();
    m_services.worker->run([](db::Session &) {}).then(this, [this] {
        m_is_refreshing = false;
        if (m_refresh_again) {
            refresh();
        }
    });
}

void BookingsPage::load_companions() {
    const auto number = m_lists.next();
    m_services.worker
        ->run([](db::Session &session) {
            return std::pair(db::TenantStore(session).list(), db::BookingStore(session).services());
        })
        .then(this,
              [this,
               number](const std::pair<std::vector<models::TenantSummary>, std::vector<std::string>> &lists) {
                  const auto &[tenants, services] = lists;
                  if (!m_lists.is_latest(number)) {
                      return;
                  }
                  std::vector<CompanionChoice> choices;
                  for (const auto &tenant : tenants) {
                      choices.push_back({to_text(tenant.id), QString::fromStdString(tenant.name)});
                  }
                  QStringList names;
                  for (const auto &service : services) {
                      names << QString::fromStdString(service);
                  }
                  m_queue->set_services(names);
                  m_queue->filters()->set_companions(choices);
                  m_calendar->set_companions(choices);
                  m_enter->set_companions(choices);
                  m_availability->set_companions(choices);
              })
        .onFailed(this, [this](const std::exception &) { emit trouble(); });
}

void BookingsPage::show_booking(const QString &booking) {
    show_booking_tab();
    read_another(booking);
}

void BookingsPage::read_another(const QString &booking) {
    if (m_shown != booking) {
        m_shown = booking;
        if (!m_detail->reading()) {
            m_detail->show_loading();
        }
    }
    read_shown();
}

void BookingsPage::read_shown() {
    if (m_shown.isEmpty()) {
        return;
    }
    const auto number = m_reads.next();
    m_services.worker
        ->run([id = m_shown.toStdString()](db::Session &session) { return read_booking(session, id); })
        .then(this,
              [this, number](const std::optional<BookingReading> &reading) {
                  if (!m_reads.is_latest(number)) {
                      return;
                  }
                  if (reading) {
                      m_detail->show_reading(*reading);
                      m_queue->model()->add_companions({{reading->companion.id, reading->companion}});
                  } else {
                      m_shown.clear();
                      m_detail->show_nothing();
                  }
              })
        .onFailed(this, [this, number, booking = m_shown](const std::exception &error) {
            if (m_reads.is_latest(number)) {
                m_detail->show_error(booking, QString::fromUtf8(error.what()));
                emit trouble();
            }
        });
}

// Whoever enters several types on while the panel closes: for a moment that is no command.
void BookingsPage::show_entered(const QString &booking) {
    if (m_side->currentWidget() == m_enter) {
        m_keys->rest();
        m_entered->clear();
        m_queue->choose(booking);
    } else { // a person may type something else by now
        m_last_entered = booking;
        m_entered->show_message(Tone::Positive, tr("The booking was entered."), tr("Show it"));
    }
}

void BookingsPage::add_note(const QString &booking, const QString &text) {
    m_services.worker
        ->run([id = booking.toStdString(), note = text.trimmed().toStdString()](db::Session &session) {
            db::BookingDecisionStore(session).add_note(id, note);
        })
        .then(this,
              [this, booking, text] {
                  m_detail->note_is_stored(booking, text);
                  read_shown();
              })
        .onFailed(this, [this, booking](const std::exception &error) {
            m_detail->note_failed(
                booking,
                refusal_words(tr("The note was not added; its text is kept with the booking."), error));
            emit trouble();
        });
}

bool BookingsPage::may_close() {
    return m_work.may_close() || stay();
}

bool BookingsPage::may_close_for_now() {
    return m_work.may_close_for_now() || stay();
}

bool BookingsPage::stay() {
    emit navigate(id(), {});
    return false;
}

void BookingsPage::show_connection(bool connected) {
    if (connected) {
        m_calendar->settle_doubt();
    }
    if (m_services.outages_are_said_above) {
        return;
    }
    if (connected) {
        m_banner->clear();
    } else {
        m_banner->show_message(
            Tone::Caution,
            tr("The database is not responding. You can go on reading, and notes that you "
               "type are kept. Decisions are refused until it is back. Retrying automatically."),
            {}, Banner::Dismissal::Never);
        emit trouble();
    }
}

} // namespace studio::ui
