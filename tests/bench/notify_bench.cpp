// SPDX-License-Identifier: Apache-2.0
// notify_bench STAFF_URL PORT ROUNDS STUDIOS, on a display: milliseconds from the first byte of a visitor's
// form to the painted row in an open queue. STUDIOS, how many others are connected, is only repeated. One
// line of JSON.
#include "db/bookings/booking_decision_store.h"
#include "tests/bench/timings.h"
#include "ui/async/worker.h"
#include "ui/bookings/booking_queue.h"
#include "ui/bookings/bookings_page.h"
#include "ui/bookings/bookings_watcher.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTableView>
#include <QTcpSocket>
#include <QTest>
#include <QUuid>

#include <cstdio>
#include <cstdlib>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

using namespace studio;

namespace {

constexpr int patience_ms = 10000;
// The service treats a form that is sent sooner as sent by a machine.
constexpr int as_long_as_a_person_types_ms = 4000;

void until(const char *what, const std::function<bool()> &there) {
    QElapsedTimer clock;
    clock.start();
    while (!there()) {
        QCoreApplication::processEvents(QEventLoop::AllEvents, 1);
        if (clock.elapsed() > patience_ms) {
            throw std::runtime_error(std::string("waited in vain for ") + what);
        }
    }
}

// A visitor of Claire's site with one connection.
class Visitor final {
public:
    Visitor(quint16 port, const QByteArray &address) : m_address(address) {
        m_socket.connectToHost(QStringLiteral("127.0.0.1"), port);
        if (!m_socket.waitForConnected(patience_ms)) {
            throw std::runtime_error("the public service does not answer");
        }
    }
    void send(const QByteArray &request_line, const QByteArray &body = {}) {
        m_socket.write(
            request_line +
            " HTTP/1.1\r\nHost: claire.localhost\r\nConnection: close\r\nX-Forwarded-For: " + m_address +
            "\r\nContent-Type: application/json\r\nContent-Length: " + QByteArray::number(body.size()) +
            "\r\n\r\n" + body);
        m_socket.flush();
    }
    // Reads the whole answer while the studio's event loop runs.
    QByteArray answer() {
        QByteArray text;
        until("an answer", [&] {
            text += m_socket.readAll();
            return m_socket.state() == QAbstractSocket::UnconnectedState;
        });
        return text + m_socket.readAll();
    }

private:
    QTcpSocket m_socket;
    QByteArray m_address;
};

QString form_token(quint16 port) {
    Visitor visitor(port, "198.51.100.1");
    visitor.send("GET /api/form-token");
    const auto answer = visitor.answer();
    const auto token =
        QJsonDocument::fromJson(answer.mid(answer.indexOf("\r\n\r\n") + 4)).object()["token"].toString();
    if (token.isEmpty()) {
        throw std::runtime_error("no form token: " + answer.toStdString());
    }
    return token;
}

QByteArray form(const QString &name, const QString &token) {
    return QJsonDocument(QJsonObject{{"client_name", name},
                                     {"client_email", "measured@example.com"},
                                     {"preferred_date",
                                      QDate::currentDate().addDays(9).toString(Qt::ISODate) + "T20:00"},
                                     {"message", "Dinner by the water."},
                                     {"terms", true},
                                     {"consent", true},
                                     {"token", token},
                                     {"idempotency_key", QUuid::createUuid().toString(QUuid::WithoutBraces)}})
        .toJson(QJsonDocument::Compact);
}

class Measuring final {
public:
    Measuring(const std::string &url, quint16 port)
        : m_port(port), m_session(url), m_worker(url), m_watcher(url),
          m_page(
              ui::BookingsServices{&m_worker, &m_watcher, {}, QStringLiteral("http://localhost"), {}, true}) {
        bool is_loaded = false;
        m_page.setGeometry(0, 0, 1280, 800);
        m_page.show();
        m_page.activate();
        QObject::connect(queue(), &ui::BookingQueue::loaded, [&] { is_loaded = true; });
        until("the queue", [&] { return is_loaded; });
        m_token = form_token(port);
        QTest::qWait(as_long_as_a_person_types_ms);
    }

    double round(int number) {
        const auto name = QStringLiteral("Measured %1").arg(number);
        Visitor visitor(m_port, QByteArray("198.51.") + QByteArray::number(number / 250) + '.' +
                                    QByteArray::number(number % 250 + 1));
        const auto body = form(name, m_token);
        QElapsedTimer clock;
        clock.start();
        visitor.send("POST /bookings", body);
        std::string id;
        until("the row", [&] { return !(id = shown(name)).empty(); });
        queue()->table()->viewport()->repaint();
        const double time = static_cast<double>(clock.nsecsElapsed()) / 1e6;
        const auto answer = visitor.answer();
        if (!answer.startsWith("HTTP/1.1 201")) {
            throw std::runtime_error("the request was answered with " + answer.left(200).toStdString());
        }
        take_away(id, name);
        return time;
    }

private:
    ui::BookingQueue *queue() const { return m_page.findChild<ui::BookingQueue *>(); }
    // The booking's id once it is among the pending ones, at the top.
    std::string shown(const QString &name) const {
        const auto *booking = queue()->model()->at(0);
        return booking != nullptr && booking->status == models::BookingStatus::Pending &&
                       booking->client_name == name.toStdString()
                   ? booking->id
                   : std::string();
    }
    void take_away(const std::string &id, const QString &name) {
        db::BookingDecision spam;
        spam.action = models::BookingAction::Spam;
        db::BookingDecisionStore(m_session).decide(id, std::nullopt, spam, 0);
        until("the empty queue", [&] { return shown(name).empty(); });
        QTest::qWait(300); // so that the next one finds every studio at rest
    }

    quint16 m_port;
    db::Session m_session;
    ui::Worker m_worker;
    ui::BookingsWatcher m_watcher;
    ui::BookingsPage m_page;
    QString m_token;
};

} // namespace

int main(int argc, char **argv) {
    QApplication application(argc, argv);
    if (argc != 5) {
        std::fprintf(stderr, "usage: notify_bench STAFF_URL PORT ROUNDS STUDIOS\n");
        return 2;
    }
    const ui::Theme theme(application);
    try {
        Measuring measuring(argv[1], static_cast<quint16>(std::atoi(argv[2])));
        const int rounds = std::atoi(argv[3]);
        measuring.round(0); // the first is slower: connections are made
        std::vector<double> times;
        for (int number = 1; number <= rounds; ++number) {
            times.push_back(measuring.round(number));
        }
        std::printf("{\"bench\":\"notify\",\"rounds\":%d,\"other_studios\":%s,%s,\"goal_p95_ms\":300}\n",
                    rounds, argv[4], bench::spread(times).c_str());
        return 0;
    } catch (const std::exception &error) {
        std::fprintf(stderr, "notify_bench: %s\n", error.what());
        return 1;
    }
}
