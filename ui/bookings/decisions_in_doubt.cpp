// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/decisions_in_doubt.h"

#include "ui/async/worker.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace studio::ui {

namespace {

// As the history names it.
bool is_about(const db::BookingChange &change, const Decision &decision) {
    if (change.actor_kind != "person") {
        return false;
    }
    if (const auto *what = std::get_if<db::BookingDecision>(&decision.what)) {
        return change.action == models::to_string(what->action);
    }
    const auto *deposit = std::get_if<db::BookingDecisionStore::Deposit>(&decision.what);
    return deposit != nullptr && (change.action == "deposit_" + deposit->what ||
                                  (deposit->what == "received" && change.action == "confirm"));
}

} // namespace

DecisionsInDoubt::DecisionsInDoubt(Worker &worker, QObject *parent) : QObject(parent), m_worker(worker) {}

void DecisionsInDoubt::add(const SeenBooking &seen, const Decision &decision, int delay_s,
                           const std::optional<DecisionDraft> &draft) {
    if (decision.act != Act::Block) { // which changes no booking
        forget(seen.id);
        m_doubts.push_back({seen, decision, delay_s, draft});
    }
}

void DecisionsInDoubt::forget(const std::string &booking) {
    std::erase_if(m_doubts, [&booking](const Doubt &doubt) { return doubt.seen.id == booking; });
}

void DecisionsInDoubt::settle() {
    if (m_doubts.empty()) {
        return;
    }
    std::vector<std::string> ids;
    for (const auto &doubt : m_doubts) {
        ids.push_back(doubt.seen.id);
    }
    const auto number = m_reads.next();
    m_worker
        .run([ids](db::Session &session) {
            std::vector<std::pair<std::string, std::optional<BookingReading>>> readings;
            for (const auto &id : ids) {
                readings.emplace_back(id, read_booking(session, id));
            }
            return readings;
        })
        .then(this,
              [this,
               number](const std::vector<std::pair<std::string, std::optional<BookingReading>>> &readings) {
                  if (!m_reads.is_latest(number)) {
                      return;
                  }
                  for (const auto &[id, reading] : readings) {
                      const auto found =
                          std::ranges::find(m_doubts, id, [](const Doubt &doubt) { return doubt.seen.id; });
                      if (found != m_doubts.end()) {
                          const auto doubt = *found;
                          m_doubts.erase(found);
                          heed(reading, doubt);
                      }
                  }
              })
        .onFailed(this, [](const std::exception &) {}); // asked again with the next connection
}

// Where something else happened, the booking's page says what.
void DecisionsInDoubt::heed(const std::optional<BookingReading> &reading, const Doubt &doubt) {
    if (!reading || reading->history.empty()) {
        return;
    }
    const int version = reading->booking.version;
    const auto &last = reading->history.back();
    if (version == doubt.seen.version) {
        emit not_stored(doubt.seen);
    } else if (version == doubt.seen.version + 1 && is_about(last, doubt.decision)) {
        Done done;
        done.act = doubt.decision.act;
        done.writes = doubt.seen.writes;
        done.bookings = {doubt.seen};
        done.bookings.front().version = version;
        const auto rest = std::chrono::duration_cast<std::chrono::milliseconds>(
            last.at + std::chrono::seconds(doubt.delay_s) - base::now());
        done.until = QDeadlineTimer(std::max(rest, std::chrono::milliseconds(0)));
        emit stored(done, doubt.draft);
    }
}

} // namespace studio::ui
