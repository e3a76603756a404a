// SPDX-License-Identifier: Apache-2.0
// The states of the bookings page in the tour, over bookings that are entered as a person would.
#include "db/bookings/booking_client_store.h"
#include "tests/tour/screenshot_tour.h"
#include "ui/widgets/tenant_id.h"

#include <QAction>
#include <QLineEdit>
#include <QTabBar>
#include <QTableView>

namespace studio::app {

namespace {

constexpr int answer_rest_ms = 1200;

// Clients of a busy week, one with a name of forty characters.
constexpr const char *clients[] = {"Robin Vale", "Kim Moss",     "Bartholomew Featherstonehaugh-Cholmondeley",
                                   "A. Marsh",   "Jo Lindqvist", "Sasha Duval"};

void enter_bookings(db::Session &session, const models::TenantId &tenant_id) {
    using namespace std::chrono;
    db::BookingClientStore store(session);
    auto start = time_point_cast<microseconds>(floor<days>(system_clock::now()) + days(1) + hours(8));
    for (const auto *client : clients) {
        db::EnteredBooking booking;
        booking.tenant_id = tenant_id;
        booking.client_name = client;
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
        start += hours(26);
    }
}

} // namespace

void ScreenshotTour::add_bookings() {
    act([this] {
        m_other_saved = false;
        m_other = std::make_unique<ui::Worker>(m_studio.local_database(QStringLiteral("staff")));
        m_other
            ->run([id = ui::to_tenant_id(tenant_id(QStringLiteral("claire")))](db::Session &session) {
                enter_bookings(session, id);
            })
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
        add_bookings();
    }
    add_page("bookings", page, {}, answer_rest_ms);
    const auto press_row = [this](int row) {
        if (auto *table = m_subject->findChild<QTableView *>(QStringLiteral("bookings.queue"))) {
            table->selectRow(row);
        }
    };
    picture(
        "bookings-long-name", [press_row] { press_row(2); }, answer_rest_ms);
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
    press(QStringLiteral("booking.act.accept"));
    picture(
        "bookings-accepted", [] {}, answer_rest_ms);
    plan_calendar();
    press(QStringLiteral("bookings.enter"));
    picture("bookings-enter", [] {});
    press(QStringLiteral("enter.cancel"));
    trigger(QStringLiteral("bookings.show_keys"));
    picture("bookings-keys", [] {});
}

void ScreenshotTour::plan_calendar() {
    act([this] { m_subject->show_page(QStringLiteral("bookings"), QStringLiteral("calendar")); });
    for (const auto *span : {"month", "day", "week"}) {
        const auto button = QStringLiteral("calendar.span.") + QLatin1String(span);
        press(button);
        picture((std::string("bookings-calendar-") + span).c_str(), [] {}, answer_rest_ms);
    }
}

} // namespace studio::app
