// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/bookings/booking_decision_store.h"
#include "db/bookings/booking_store.h"
#include "tests/db/fixtures/sql.h"
#include "tests/support/test_database.h"
#include "ui/async/worker.h"
#include "ui/bookings/booking_queue.h"
#include "ui/bookings/bookings_page.h"
#include "ui/bookings/bookings_watcher.h"

#include <QTableView>
#include <QTest>

#include <string>

namespace studio::ui {

// Bookings of two companions, whose clocks are Sydney's.
class BookingRows {
public:
    test_support::TestDatabase database{test_support::TestDatabase::Tenants::Two};
    db::Sql owner{database.owner_url()};

    // A request of ada's from the site that begins so many hours after midnight of the day after tomorrow and
    // lasts two; gives its id. The later `age_min`, the newer.
    std::string add(const std::string &client, int hour = 9, int age_min = 60,
                    const models::TenantId &tenant = {}, const std::string &status = "pending") {
        const auto starts =
            "date_trunc('day', now()) + interval '2 days' + interval '" + std::to_string(hour) + " hours'";
        return owner.value(
            "WITH added AS (INSERT INTO bookings (tenant_id, client_name, client_email, client_phone,"
            " client_phone_normal, service_type, preferred_date, preferred_date_end, starts_at, ends_at,"
            " time_zone, message, value_minor, created_at, answer_by, status, holds) VALUES ('" +
            (tenant.empty() ? database.tenant_id() : tenant).text() + "', '" + client +
            "', 'client@example.com', '+61 491 570 156', '+61491570156', 'Dinner date', " + starts + ", " +
            starts + " + interval '2 hours', " + starts + ", " + starts +
            " + interval '2 hours', 'Australia/Sydney', 'A quiet table, please.', 150000,"
            " now() - interval '" +
            std::to_string(age_min) + " minutes', now() + interval '5 hours', '" + status + "', " +
            (status == "accepted" || status == "confirmed" ? "true" : "false") +
            ") RETURNING id, tenant_id),"
            " told AS (INSERT INTO booking_history (booking_id, tenant_id, actor_kind, action, to_status, "
            "version)"
            " SELECT id, tenant_id, 'client', 'request', 'pending', 1 FROM added)"
            " SELECT id FROM added");
    }
    std::string status(const std::string &booking) {
        return owner.value("SELECT status FROM bookings WHERE id = '" + booking + "'");
    }
    std::string messages(const std::string &booking) {
        return owner.value("SELECT count(*) FROM outbox WHERE booking_id = '" + booking + "'");
    }
};

// The page as one login sees it.
class Desk {
public:
    Desk(const std::string &url, const QString &own_companion = {}, const QString &preferences = {})
        : worker(url), watcher(url), page({.worker = &worker,
                                           .watcher = &watcher,
                                           .own_companion = own_companion,
                                           .public_url = QStringLiteral("http://localhost:8080"),
                                           .preferences = preferences}) {
        page.resize(1072, 760);
        page.show();
        page.activateWindow();
        page.activate();
    }

    template <typename Widget> Widget *find(const char *name) const {
        auto *widget = page.findChild<Widget *>(QLatin1String(name));
        if (widget == nullptr) {
            qFatal("no widget %s", name);
        }
        return widget;
    }
    QTableView *table() const { return find<QTableView>("bookings.queue"); }
    int rows() const { return table()->model()->rowCount(); }
    QString text(int row, int column = 0) const {
        return table()->model()->index(row, column).data().toString();
    }
    QStringList clients() const {
        QStringList names;
        for (int row = 0; row < rows(); ++row) {
            names << text(row);
        }
        return names;
    }
    void choose(int row) const {
        table()->setFocus();
        QTest::mouseClick(table()->viewport(), Qt::LeftButton, {},
                          table()->visualRect(table()->model()->index(row, 0)).center());
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) const {
        table()->setFocus();
        QTest::keyClick(table(), key, modifiers);
    }

    Worker worker;
    BookingsWatcher watcher;
    BookingsPage page;
};

} // namespace studio::ui
