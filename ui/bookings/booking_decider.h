// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/bookings/booking_decision_store.h"
#include "db/bookings/booking_store.h"
#include "ui/bookings/decision_actions.h"

#include <QObject>
#include <QString>

#include <optional>
#include <utility>
#include <variant>
#include <vector>

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
    std::optional<std::string> message = {}; // to her; none: as the decision has it
};

// What was done and can be undone for some seconds.
struct Done {
    Act act = Act::Accept;
    std::vector<SeenBooking> bookings; // with the versions after it
    bool writes = false;
};

// Why something was not done.
struct Refusal {
    db::DecisionAnswer answer; // Done where the database could not be asked; `reason` says it then
    QString booking, client, reason;
    bool lost = false; // the database cannot be reached; whether it was done is not known
};

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
    void decided(const studio::ui::Done &done);
    void undone(const studio::ui::Done &done);
    void refused(const studio::ui::Refusal &refusal);
    void finished(); // after each of them, refused or not

private:
    struct Outcome {
        Done done;
        std::vector<Refusal> refusals;
    };
    template <typename Function> void run(Function function, bool is_undo);
    int m_running = 0;
    Worker &m_worker;
};

// "Sam declined it while you were looking. …" in words for the person who comes second; `zone` for times.
QString explain(const Refusal &refusal, const QString &zone);

} // namespace studio::ui
