// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/bookings/booking_decision_store.h"
#include "db/bookings/booking_store.h"
#include "ui/bookings/blocked_time.h"
#include "ui/bookings/decision_actions.h"

#include <QDeadlineTimer>
#include <QObject>
#include <QString>

#include <optional>
#include <utility>
#include <variant>
#include <vector>

namespace studio::db {
class Error;
}

namespace studio::ui {

class Worker;

// What a person decided, with all that was entered.
struct Decision {
    struct Block {
        std::vector<std::string> kinds; // "email", "phone", "address"
        int hours = 0;                  // of the internet address; the others last a year
        std::string reason;
    };
    Act act = Act::Accept;
    std::variant<db::BookingDecision, db::BookingDecisionStore::Deposit, Block> what;
};

// A booking and the version of it that the person saw.
struct SeenBooking {
    std::string id;
    models::TenantId tenant_id;
    int version = 0;
    QString client;
    bool writes = false;                     // the client is written to
    QString zone = {};                       // the companion's
    std::optional<std::string> message = {}; // to her; none: as the decision has it
};

// What was done and can be undone for some seconds.
struct Done {
    Act act = Act::Accept;
    std::vector<SeenBooking> bookings; // with the versions after it
    bool writes = false;
    std::vector<std::string> blocks = {}; // that are new by it
    QDeadlineTimer until = {};            // the first message goes out then
};

// Why something was not done.
struct Refusal {
    db::DecisionAnswer answer; // Done where the database could not be asked; `reason` says it then
    QString booking, client, zone, reason;
    bool lost = false;     // the database cannot be reached
    bool in_doubt = false; // it may be stored: the answer was lost
    bool was_tried = true; // false after the connection was lost at one before
    std::optional<BlockInTheWay> block = {};
};

struct DecisionResult {
    Done done;
    std::vector<Refusal> refusals;
};

// At most so many are decided together: each takes its round trips, and the first message waits for the last.
inline constexpr std::size_t max_decided_together = 200;

// Takes decisions in the background, several bookings in the order of their ids, so that two people never
// wait for each other's rows.
class BookingDecider final : public QObject {
    Q_OBJECT

public:
    explicit BookingDecider(Worker &worker, QObject *parent = nullptr);
    void decide(std::vector<SeenBooking> bookings, const Decision &decision);
    void undo(const Done &done);
    bool busy() const { return m_running > 0; }

signals:
    // One of both after each call, also where everything was refused.
    void decided(const studio::ui::DecisionResult &result);
    void undone(const studio::ui::DecisionResult &result);
    void finished(); // after that

private:
    using Answer = void (BookingDecider::*)(const DecisionResult &);
    template <typename Function> void run(Function function, Answer answer);
    int m_running = 0;
    Worker &m_worker;
};

// How long the messages of so many decisions wait, so that all of them can still be taken back after the
// last.
int undo_seconds_of(std::size_t bookings);
// What is known where the database cannot be reached: that nothing was sent to it, or that its answer was
// lost.
QString lost_words(const db::Error &error, bool is_undo);
// The answer to a change was lost: it may be stored.
bool is_in_doubt(const std::exception &error);
// For any other change: `not_done` ("Nothing was changed.") with the reason, or that it is not known.
QString refusal_words(const QString &not_done, const std::exception &error);
// "Sam declined it while you were looking. …" in words for the person who comes second.
QString explain(const Refusal &refusal);
// "Declined: 4 of 6. Not done: Ash (Sam accepted it), Bo (not tried)."
QString summary(const QString &what, const DecisionResult &result);

} // namespace studio::ui
