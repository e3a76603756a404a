// SPDX-License-Identifier: Apache-2.0
#include "db/bookings/booking_decision_store.h"

#include "db/connection/rows.h"
#include "db/connection/session_impl.h"
#include "models/values/zoned_time.h"

#include <algorithm>

namespace studio::db {

namespace {

constexpr const char *no_booking = "There is no such booking, or this login has no access to it.";

void put_time(models::Json &details, const char *key, const std::optional<models::Time> &time) {
    if (time) {
        details[key] = base::to_microseconds(*time);
    }
}

void put_text(models::Json &details, const char *key, const std::string &text) {
    if (!text.empty()) {
        details[key] = text;
    }
}

models::Json details_of(const BookingDecision &decision) {
    models::Json details = models::Json::object();
    put_time(details, "start_us", decision.start);
    put_time(details, "end_us", decision.end);
    if (decision.place_kind) {
        details["place_kind"] = *decision.place_kind;
    }
    if (decision.place) {
        details["place"] = *decision.place;
    }
    put_text(details, "reason_code", decision.reason_code);
    put_text(details, "reason", decision.reason);
    put_text(details, "message", decision.message);
    if (!decision.with_deposit) {
        details["deposit"] = false;
    }
    if (decision.over_block) {
        details["over_block"] = true;
    }
    if (decision.mail) {
        details["mail"] = *decision.mail;
    }
    return details;
}

models::Json details_of(const BookingDecisionStore::Deposit &deposit) {
    models::Json details = models::Json::object();
    put_time(details, "due_us", deposit.due);
    put_time(details, "received_us", deposit.received);
    put_text(details, "method", deposit.method);
    if (deposit.minor) {
        details["minor"] = *deposit.minor;
    }
    if (deposit.mail) {
        details["mail"] = *deposit.mail;
    }
    return details;
}

DecisionOutcome outcome_of(const std::string &text) {
    if (text == "done") {
        return DecisionOutcome::Done;
    }
    if (text == "changed") {
        return DecisionOutcome::Changed;
    }
    if (text == "not_allowed") {
        return DecisionOutcome::NotAllowed;
    }
    if (text == "overlap") {
        return DecisionOutcome::Overlap;
    }
    if (text == "blocked") {
        return DecisionOutcome::Blocked;
    }
    return text == "too_late" ? DecisionOutcome::TooLate : DecisionOutcome::NotFound;
}

std::string text_at(const models::Json &json, const char *key) {
    const auto found = json.find(key);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<models::Time> time_at(const models::Json &json, const char *key) {
    return models::parse_rfc3339(text_at(json, key));
}

DecisionAnswer answer_of(const pqxx::row &row) {
    const models::Json json = models::Json::parse(row[0].c_str());
    DecisionAnswer answer;
    answer.outcome = outcome_of(text_at(json, "outcome"));
    answer.status = text_at(json, "status");
    answer.version = json.value("version", 0);
    answer.other_booking = text_at(json, "other");
    if (answer.outcome == DecisionOutcome::Blocked) {
        answer.block_start = time_at(json, "block_start");
        answer.block_end = time_at(json, "block_end");
    }
    if (const auto last = json.find("last"); last != json.end() && last->is_object()) {
        answer.last_action = text_at(*last, "action");
        answer.last_by = text_at(*last, "by");
        answer.last_at = time_at(*last, "at");
    }
    return answer;
}

// Thrown to leave the transaction, so that a refused decision commits nothing.
struct Refused {
    DecisionAnswer answer;
};

template <class... Arguments>
DecisionAnswer ask(Session &session, const char *statement, const Arguments &...arguments) {
    try {
        return session.impl().transact([&](pqxx::work &work) {
            DecisionAnswer answer = answer_of(work.exec_params1(statement, arguments...));
            if (answer.outcome != DecisionOutcome::Done) {
                throw Refused{std::move(answer)};
            }
            return answer;
        });
    } catch (const Refused &refused) {
        return refused.answer;
    }
}

} // namespace

DecisionAnswer BookingDecisionStore::decide(const std::string &booking, std::optional<int> seen_version,
                                            const BookingDecision &decision, int delay_s) {
    if (!is_uuid(booking)) {
        return {DecisionOutcome::NotFound, {}, 0, {}, {}, {}, {}};
    }
    return ask(m_session, "SELECT booking_act($1, $2, $3, $4, $5)", booking, seen_version,
               std::string(to_string(decision.action)), details_of(decision).dump(), delay_s);
}

DecisionAnswer BookingDecisionStore::undo(const std::string &booking, int seen_version) {
    if (!is_uuid(booking)) {
        return {DecisionOutcome::NotFound, {}, 0, {}, {}, {}, {}};
    }
    return ask(m_session, "SELECT booking_undo($1, $2)", booking, seen_version);
}

DecisionAnswer BookingDecisionStore::deposit(const std::string &booking, std::optional<int> seen_version,
                                             const Deposit &deposit, int delay_s) {
    if (!is_uuid(booking)) {
        return {DecisionOutcome::NotFound, {}, 0, {}, {}, {}, {}};
    }
    return ask(m_session, "SELECT booking_deposit($1, $2, $3, $4, $5)", booking, seen_version, deposit.what,
               details_of(deposit).dump(), delay_s);
}

void BookingDecisionStore::add_note(const std::string &booking, const std::string &text) {
    if (!is_uuid(booking)) {
        throw Error(ErrorKind::NotFound, no_booking);
    }
    m_session.impl().transact([&](pqxx::work &work) {
        if (!work.exec_params1("SELECT booking_add_note($1, $2)", booking, text)[0].as<bool>()) {
            throw Error(ErrorKind::NotFound, no_booking);
        }
    });
}

} // namespace studio::db
