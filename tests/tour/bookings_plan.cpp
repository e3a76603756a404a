// SPDX-License-Identifier: Apache-2.0
// The tour's pictures of the bookings page, with bookings that are entered as a person would.
#include "db/bookings/booking_client_store.h"
#include "tests/tour/screenshot_tour.h"
#include "ui/widgets/tenant_id.h"

#include <QAbstractButton>
#include <QAction>
#include <QComboBox>
#include <QItemSelectionModel>
#include <QScrollArea>
#include <QScrollBar>
#include <QTableView>

namespace studio::app {

namespace {

constexpr int answer_rest_ms = 1200;

// Clients of a busy week, one with a name of forty characters.
constexpr const char *clients[] = {"Robin Vale", "Kim Moss",     "Bartholomew Featherstonehaugh-Cholmondeley",
                                   "A. Marsh",   "Jo Lindqvist", "Sasha Duval"};

constexpr int many_bookings = 1000;

// Enters the bookings from FIRST up to the one before LAST: two a day, of three hours each, at 11:00 and
// 19:00 in Sydney's summer. Those of the first week are Claire's; the others are spread over all, since 500
// of one companion can be entered in a day.
void enter_bookings(db::Session &session, const std::vector<models::TenantId> &tenant_ids, int first,
                    int last) {
    using namespace std::chrono;
    db::BookingClientStore store(session);
    const auto tomorrow = time_point_cast<microseconds>(floor<days>(system_clock::now()) + days(1));
    for (int number = first; number < last; ++number) {
        const auto start = tomorrow + days(number / 2) + hours(number % 2 == 0 ? 0 : 8);
        db::EnteredBooking booking;
        const auto of_the_week = static_cast<int>(std::size(clients));
        booking.tenant_id = number < of_the_week
                                ? tenant_ids[0]
                                : tenant_ids[static_cast<std::size_t>(number) % tenant_ids.size()];
        booking.client_name = clients[static_cast<std::size_t>(number) % std::size(clients)];
        booking.client_email = "client@example.com";
        booking.client_phone = "+61 491 570 156";
        booking.client_phone_normal = "+61491570156";
        booking.service_type = "Dinner date";
        booking.message = "A quiet table by the water would be lovely.\nWe are both early birds.";
        booking.source = "phone";
        booking.start = start;
        booking.end = start + hours(3);
        booking.time_zone = "Europe/London";
        booking.place_kind = "outcall";
        booking.place = "Harbourside";
        store.enter(booking);
    }
}

} // namespace

void ScreenshotTour::add_bookings(int first, int last) {
    act([this, first, last] {
        m_other_saved = false;
        std::vector<models::TenantId> ids;
        for (const auto *companion : {"claire", "sophie", "jessica"}) {
            ids.push_back(ui::to_tenant_id(tenant_id(QLatin1String(companion))));
        }
        m_other = std::make_unique<ui::Worker>(m_studio.local_database(QStringLiteral("staff")));
        m_other->run([ids, first, last](db::Session &session) { enter_bookings(session, ids, first, last); })
            .then(this, [this] { m_other_saved = true; })
            .onFailed(this,
                      [this](const std::exception &error) { complain(QString::fromUtf8(error.what())); });
    });
    m_steps.back().settled = [this] { return m_other_saved; };
}

void ScreenshotTour::plan_bookings() {
    const auto page = QStringLiteral("bookings");
    if (m_look == QLatin1String("light")) { // the dark pictures show the same ones
        add_page("bookings-empty", page, {}, answer_rest_ms);
        add_bookings(0, 1);
        add_page("bookings-one", page, {}, answer_rest_ms);
        add_bookings(1, static_cast<int>(std::size(clients)));
    }
    add_page("bookings", page, {}, answer_rest_ms);
    const auto press_row = [this](int row) {
        if (auto *table = m_subject->findChild<QTableView *>(QStringLiteral("bookings.queue"))) {
            table->selectRow(row);
        }
    };
    picture(
        "bookings-long-name",
        [this, press_row] {
            if (const auto *table = m_subject->findChild<QTableView *>(QStringLiteral("bookings.queue"))) {
                const auto *rows = table->model();
                const auto found = rows->match(rows->index(0, 0), Qt::DisplayRole,
                                               QString::fromLatin1(clients[2]), 1, Qt::MatchStartsWith);
                press_row(found.isEmpty() ? 0 : found.first().row());
            }
        },
        answer_rest_ms);
    picture(
        "bookings-chosen", [press_row] { press_row(0); }, answer_rest_ms);
    press(QStringLiteral("client.open"));
    picture(
        "bookings-client-card", [this] { scroll_to_end(QStringLiteral("booking.scroll")); }, answer_rest_ms);
    press(QStringLiteral("booking.act.decline"));
    picture("bookings-decline", [] {});
    press(QStringLiteral("decision.cancel"));
    press(QStringLiteral("booking.act.propose"));
    picture("bookings-propose", [] {});
    press(QStringLiteral("decision.cancel"));
    act_on_booking(QStringLiteral("block"));
    picture("bookings-block", [] {});
    press(QStringLiteral("decision.cancel"));
    act_on_booking(QStringLiteral("accept"));
    picture(
        "bookings-accepted", [] {}, answer_rest_ms);
    act_on_booking(QStringLiteral("deposit"));
    picture("bookings-deposit", [] {});
    press(QStringLiteral("decision.cancel"));
    plan_several_bookings();
    plan_calendar();
    plan_availability();
    press(QStringLiteral("bookings.enter"));
    picture("bookings-enter", [] {});
    press(QStringLiteral("enter.cancel"));
    trigger(QStringLiteral("bookings.show_keys"));
    picture("bookings-keys", [] {});
    act([this] {
        if (auto *keys = m_subject->findChild<QWidget *>(QStringLiteral("bookings.keys"))) {
            keys->hide();
        }
    });
    if (m_look == QLatin1String("dark")) { // the last picture of bookings
        add_bookings(static_cast<int>(std::size(clients)), many_bookings);
        add_page("bookings-thousand", page, {}, answer_rest_ms);
    }
}

// Triggers an action by its button, or in the menu beside the buttons.
void ScreenshotTour::act_on_booking(const QString &name) {
    act([this, name] {
        auto *button = m_subject->findChild<QAbstractButton *>(QStringLiteral("booking.act.") + name);
        if (button != nullptr && button->isVisible()) {
            button->click();
            return;
        }
        if (auto *entry = m_subject->findChild<QAction *>(QStringLiteral("booking.menu.") + name)) {
            entry->trigger();
            return;
        }
        complain(QStringLiteral("this booking cannot be answered with ") + name);
    });
    m_steps.back().rest_ms = answer_rest_ms;
}

void ScreenshotTour::plan_several_bookings() {
    picture(
        "bookings-several",
        [this] {
            if (auto *table = m_subject->findChild<QTableView *>(QStringLiteral("bookings.queue"))) {
                const auto *rows = table->model();
                table->selectionModel()->select({rows->index(0, 0), rows->index(2, rows->columnCount() - 1)},
                                                QItemSelectionModel::ClearAndSelect);
            }
        },
        answer_rest_ms);
    press(QStringLiteral("bookings.bulk.decline"));
    picture("bookings-several-decline", [] {});
    press(QStringLiteral("bulk.cancel"));
}

void ScreenshotTour::choose_companion(const QString &name) {
    act([this, name] {
        if (auto *combo = m_subject->findChild<QComboBox *>(name)) {
            combo->setCurrentIndex(combo->findText(QStringLiteral("Claire"), Qt::MatchStartsWith));
        }
    });
    m_steps.back().rest_ms = answer_rest_ms;
}

void ScreenshotTour::plan_calendar() {
    act([this] { m_subject->show_page(QStringLiteral("bookings"), QStringLiteral("calendar")); });
    choose_companion(QStringLiteral("calendar.companion"));
    for (const auto *span : {"month", "day", "week"}) {
        const auto button = QStringLiteral("calendar.span.") + QLatin1String(span);
        press(button);
        picture((std::string("bookings-calendar-") + span).c_str(), [] {}, answer_rest_ms);
    }
    press(QStringLiteral("calendar.block_time"));
    picture("bookings-calendar-block", [] {});
    press(QStringLiteral("calendar.block.cancel"));
}

void ScreenshotTour::plan_availability() {
    act([this] { m_subject->show_page(QStringLiteral("bookings"), QStringLiteral("availability")); });
    choose_companion(QStringLiteral("availability.companion"));
    picture(
        "bookings-availability", [] {}, answer_rest_ms);
    picture("bookings-availability-end", [this] {
        const auto *view = m_subject->findChild<QWidget *>(QStringLiteral("availability"));
        auto *area = view == nullptr ? nullptr : view->findChild<QScrollArea *>();
        if (area != nullptr) {
            area->verticalScrollBar()->setValue(area->verticalScrollBar()->maximum());
        }
    });
}

} // namespace studio::app
