// SPDX-License-Identifier: Apache-2.0
// One companion's time is given once.
#include "tests/db/fixtures/booking_fixture.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <thread>

namespace studio::db {

namespace {

const models::Json with_buffer = {{"bufferMinutes", 30}, {"holdHours", 12}};

class BookingTimes : public BookingFixture {
protected:
    BookingOutcome sent(const NewBooking &request) { return requests.add(request).outcome; }
    std::string held(const std::string &id) {
        return owner.value("SELECT holds || ' ' || (held_until IS NOT NULL) FROM bookings WHERE id = '" + id +
                           "'");
    }
};

TEST_F(BookingTimes, OfEightAcceptedAtOnceForTheSameTimeOneIs) {
    std::vector<std::string> ids;
    for (int at = 0; at < 8; ++at) {
        ids.push_back(ask(in_hours(100) + std::chrono::minutes(at * 5)));
    }
    std::array<DecisionAnswer, 8> answers;
    std::vector<std::thread> threads;
    for (std::size_t at = 0; at < ids.size(); ++at) {
        threads.emplace_back([&, at] {
            Session session(database.staff_url());
            BookingDecision decision;
            answers[at] = BookingDecisionStore(session).decide(ids[at], std::nullopt, decision);
        });
    }
    for (std::thread &thread : threads) {
        thread.join();
    }
    std::string winner;
    int done = 0;
    for (std::size_t at = 0; at < ids.size(); ++at) {
        if (answers[at].outcome == Outcome::Done) {
            ++done;
            winner = ids[at];
        }
    }
    EXPECT_EQ(done, 1);
    for (const DecisionAnswer &answer : answers) {
        EXPECT_TRUE(answer.outcome == Outcome::Done || answer.other_booking == winner);
    }
    EXPECT_EQ(owner.value("SELECT count(*) FROM bookings WHERE holds"), "1");
}

TEST_F(BookingTimes, EightDecidersOfManyBookingsInEveryOrderEndWithoutADeadlock) {
    std::vector<std::string> ids;
    for (int at = 0; at < 12; ++at) {
        ids.push_back(ask(in_hours(100 + at / 3)));
    }
    run("UPDATE bookings SET holds = false");
    std::atomic<int> errors = 0;
    std::vector<std::thread> threads;
    for (unsigned worker = 0; worker < 8; ++worker) {
        threads.emplace_back([&, worker] {
            Session session(database.staff_url());
            std::vector<std::string> order = ids;
            std::rotate(order.begin(), order.begin() + worker, order.end());
            if (worker % 2 == 1) {
                std::reverse(order.begin(), order.end());
            }
            for (const std::string &id : order) {
                try {
                    BookingDecisionStore(session).decide(id, std::nullopt, {});
                } catch (const Error &) {
                    ++errors;
                }
            }
        });
    }
    for (std::thread &thread : threads) {
        thread.join();
    }
    EXPECT_EQ(errors, 0);
    EXPECT_EQ(owner.value("SELECT count(*) FROM bookings WHERE status = 'accepted'"), "4");
}

TEST_F(BookingTimes, TheBufferIsKeptFreeAfterTheEndAndStaysAsItWasWhenItWasAccepted) {
    set_rules(with_buffer, models::Json::object());
    const std::string first = ask(in_hours(100));
    ASSERT_EQ(accept(first).outcome, Outcome::Done);
    EXPECT_EQ(booking(first).buffer_minutes, 30);
    set_rules({{"bufferMinutes", 0}}, models::Json::object());
    EXPECT_EQ(sent(request(in_hours(101))), BookingOutcome::Taken) << "within its buffer";
    EXPECT_EQ(sent(request(in_hours(101) + std::chrono::minutes(29))), BookingOutcome::Taken);
    EXPECT_EQ(sent(request(in_hours(101) + std::chrono::minutes(30))), BookingOutcome::Added);
    EXPECT_EQ(sent(request(in_hours(99))), BookingOutcome::Added) << "ends as the other begins";
    EXPECT_EQ(sent(request(in_hours(99) + std::chrono::minutes(1))), BookingOutcome::Taken);
}

TEST_F(BookingTimes, WithoutAvailabilityAnyTimeCanBeAskedFor) {
    const std::string first = ask(in_hours(100));
    ASSERT_EQ(accept(first).outcome, Outcome::Done);
    const std::string second = ask(in_hours(100));
    const DecisionAnswer answer = accept(second);
    EXPECT_EQ(answer.outcome, Outcome::Overlap);
    EXPECT_EQ(answer.other_booking, first);
    EXPECT_EQ(answer.status, "pending");
    EXPECT_EQ(BookingStore(people).history(second).size(), 1U) << "nothing was changed";
    NewBooking of_bea = request(in_hours(100));
    of_bea.tenant_id = bea;
    const std::string hers = requests.add(of_bea).booking_id;
    EXPECT_EQ(accept(hers).outcome, Outcome::Done) << "another companion's time";
}

TEST_F(BookingTimes, ARequestHoldsItsTimeUntilThatIsOver) {
    set_rules(with_buffer, models::Json::object());
    const std::string first = ask(in_hours(100));
    EXPECT_EQ(held(first), "true true");
    EXPECT_EQ(sent(request(in_hours(100))), BookingOutcome::Taken);
    run("UPDATE bookings SET held_until = now() - interval '1 second'");
    const std::string second = ask(in_hours(100));
    EXPECT_EQ(held(first), "false false");
    EXPECT_EQ(status(first), "pending") << "and can still be answered";
    EXPECT_EQ(accept(first).outcome, Outcome::Overlap);
    EXPECT_EQ(accept(second).outcome, Outcome::Done);
    EXPECT_EQ(held(second), "true false") << "for good";
}

TEST_F(BookingTimes, AnOverlapNamesABookingWhoseHoldIsOverWhileSomebodyWorksOnIt) {
    set_rules(with_buffer, models::Json::object());
    const std::string first = ask(in_hours(100)), second = ask(in_hours(200));
    run("UPDATE bookings SET held_until = now() - interval '1 second' WHERE id = '" + first + "'");
    Sql hers(database.companion_url());
    pqxx::work open(hers.connection());
    open.exec("SELECT booking_add_note('" + first + "', 'open')");
    BookingDecision same_time;
    same_time.start = in_hours(100);
    const DecisionAnswer refused = decide(staff, second, same_time);
    EXPECT_EQ(refused.outcome, Outcome::Overlap);
    EXPECT_EQ(refused.other_booking, first);
    open.abort();
    EXPECT_EQ(decide(staff, second, same_time).outcome, Outcome::Done) << "and then its hold is over";
}

TEST_F(BookingTimes, ADeclineGivesTheTimeBackAndAQuestionKeepsIt) {
    set_rules(with_buffer, models::Json::object());
    const std::string id = ask(in_hours(100));
    decide(staff, id, Action::Ask);
    EXPECT_EQ(held(id), "true true");
    ASSERT_EQ(client_act(ada, client_token(id), "answer", 2, "yes").at("outcome"), "done");
    EXPECT_EQ(held(id), "true true");
    decide(staff, id, Action::Decline);
    EXPECT_EQ(held(id), "false false");
    EXPECT_EQ(sent(request(in_hours(100))), BookingOutcome::Added);
}

TEST_F(BookingTimes, AProposedTimeIsKeptWithItsBuffer) {
    set_rules({{"bufferMinutes", 30}, {"holdHours", 0}}, models::Json::object());
    const std::string id = ask(in_hours(50));
    BookingDecision proposal;
    proposal.action = Action::Propose;
    proposal.start = in_hours(100);
    proposal.end = in_hours(102);
    ASSERT_EQ(decide(staff, id, proposal).outcome, Outcome::Done);
    EXPECT_EQ(sent(request(in_hours(102))), BookingOutcome::Taken) << "its client may say yes";
    EXPECT_EQ(sent(request(in_hours(102) + std::chrono::minutes(30))), BookingOutcome::Added);
    EXPECT_EQ(client_act(ada, client_token(id), "agree", 2).at("status"), "accepted");
}

TEST_F(BookingTimes, WhatIsEnteredByHandKeepsItsTimeAndTakesNobodys) {
    EnteredBooking by_phone;
    by_phone.tenant_id = ada;
    by_phone.client_name = "Caller";
    by_phone.client_phone = "0400 111 222";
    by_phone.source = "phone";
    by_phone.start = in_hours(100);
    by_phone.end = in_hours(101);
    BookingClientStore clients(staff);
    EXPECT_EQ(held(clients.enter(by_phone)), "false false")
        << "where there are no hours any time can be asked for";
    EXPECT_EQ(held(clients.enter(by_phone)), "false false");
    run("DELETE FROM bookings");
    set_rules(with_buffer, {{"answerHours", 3}});
    const std::string id = clients.enter(by_phone);
    EXPECT_EQ(held(id), "true true");
    EXPECT_EQ(booking(id).buffer_minutes, 30);
    EXPECT_LT(*booking(id).answer_by, in_hours(5));
    EXPECT_EQ(sent(request(in_hours(100))), BookingOutcome::Taken);
    EXPECT_DB_ERROR(ErrorKind::Invalid, clients.enter(by_phone),
                    testing::HasSubstr("start: another booking has this time: " + id));
    AvailabilityStore(companion).add_block(ada, in_hours(200), in_hours(203), "dentist");
    by_phone.start = in_hours(201);
    by_phone.end = in_hours(202);
    EXPECT_DB_ERROR(ErrorKind::Invalid, clients.enter(by_phone),
                    testing::HasSubstr("start: this time is blocked"));
    by_phone.start = in_hours(-5);
    by_phone.end = in_hours(24 * 40);
    EXPECT_DB_ERROR(ErrorKind::Invalid, clients.enter(by_phone), testing::HasSubstr("end: "));
    set_rules({{"holdHours", 0}}, models::Json::object());
    by_phone.end = in_hours(-4);
    EXPECT_EQ(held(clients.enter(by_phone)), "false false") << "as she wants it for requests";
}

// As long as the form lets them be, in a script of three and one of four bytes a sign.
TEST_F(BookingTimes, TwelveLongAnswersAreKeptInEveryScript) {
    for (const std::string sign : {"\xE0\xB8\x81", "\xF0\x9F\x8C\xB8"}) {
        std::string answer;
        for (int at = 0; at < 1000; ++at) {
            answer += sign;
        }
        NewBooking wanted = request(in_hours(100));
        for (int at = 0; at < 12; ++at) {
            wanted.screening[std::string(100, 'q') + std::to_string(at)] = answer;
        }
        EXPECT_EQ(sent(wanted), BookingOutcome::Added);
    }
}

TEST_F(BookingTimes, SpamAndBlockedClientsHoldNothingAndGetTheAnswerOfEverybody) {
    set_rules(with_buffer, models::Json::object());
    NewBooking spam = request(in_hours(100));
    spam.spam = true;
    EXPECT_EQ(sent(spam), BookingOutcome::Added);
    NewBooking rude = request(in_hours(100));
    ASSERT_EQ(
        Sql(database.staff_url())
            .done("SELECT block_client('" + ada.text() + "', 'email', '" + rude.client_email + "', 'rude')")
            .message,
        "");
    EXPECT_EQ(sent(rude), BookingOutcome::Added);
    EXPECT_EQ(sent(rude), BookingOutcome::AlreadyThere);
    const std::string id = ask(in_hours(100));
    ASSERT_EQ(accept(id).outcome, Outcome::Done);
    rude.idempotency_key = "00000000-0000-4000-8000-000000000001";
    EXPECT_EQ(sent(rude), BookingOutcome::Taken);
    EXPECT_EQ(sent(request(in_hours(100))), BookingOutcome::Taken);
}

TEST_F(BookingTimes, OfEightRequestsAtOnceForTheSameTimeOneIsTaken) {
    set_rules(with_buffer, models::Json::object());
    std::array<BookingOutcome, 8> outcomes{};
    std::vector<NewBooking> wanted;
    for (int at = 0; at < 8; ++at) {
        wanted.push_back(request(in_hours(100)));
    }
    std::vector<std::thread> threads;
    for (std::size_t at = 0; at < wanted.size(); ++at) {
        threads.emplace_back([&, at] {
            Session session(database.renderer_url());
            outcomes[at] = BookingRequestStore(session).add(wanted[at]).outcome;
        });
    }
    for (std::thread &thread : threads) {
        thread.join();
    }
    EXPECT_EQ(std::count(outcomes.begin(), outcomes.end(), BookingOutcome::Added), 1);
    EXPECT_EQ(std::count(outcomes.begin(), outcomes.end(), BookingOutcome::Taken), 7);
}

TEST_F(BookingTimes, APersonsOpenTransactionKeepsNoVisitorWaitingForLong) {
    set_rules(with_buffer, models::Json::object());
    const std::string id = ask(in_hours(100));
    run("UPDATE bookings SET holds = false, held_until = NULL");
    Sql hers(database.companion_url());
    pqxx::work open(hers.connection());
    open.exec("SELECT booking_act('" + id + "', NULL, 'accept')");
    const auto began = std::chrono::steady_clock::now();
    EXPECT_THROW(requests.add(request(in_hours(100))), Error);
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(8));
    EXPECT_EQ(sent(request(in_hours(300))), BookingOutcome::Added) << "another time at once";
}

TEST_F(BookingTimes, WhatAClientAsksForIsKeptAsItWasAsked) {
    NewBooking wanted = request(in_hours(100));
    wanted.place_kind = "outcall";
    wanted.place = "Grand Hotel";
    wanted.screening = {{"Occupation", "baker"}};
    wanted.consent_version = std::string(64, 'a');
    wanted.client_time_zone = "Europe/London";
    const std::string id = requests.add(wanted).booking_id;
    const Booking stored = booking(id);
    EXPECT_EQ(stored.start, wanted.start);
    EXPECT_EQ(stored.end, wanted.end);
    EXPECT_EQ(stored.preferred, wanted.start);
    EXPECT_EQ(stored.place_kind, "outcall");
    EXPECT_EQ(stored.place, "Grand Hotel");
    EXPECT_EQ(stored.screening, wanted.screening);
    EXPECT_EQ(stored.source, "site");
    EXPECT_EQ(stored.client_time_zone, "Europe/London");
    EXPECT_FALSE(stored.holds) << "there is no availability";
    EXPECT_TRUE(stored.answer_by);
    EXPECT_EQ(owner.value("SELECT consent_version || ' ' || (consent_at IS NOT NULL) FROM bookings"),
              std::string(64, 'a') + " true");
    ASSERT_EQ(accept(id).outcome, Outcome::Done);
    BookingDecision moved;
    moved.action = Action::Move;
    moved.start = in_hours(150);
    ASSERT_EQ(decide(staff, id, moved).outcome, Outcome::Done);
    EXPECT_EQ(booking(id).start, moved.start);
    EXPECT_EQ(booking(id).end, *moved.start + std::chrono::hours(1)) << "as long as it was";
    EXPECT_EQ(booking(id).preferred, wanted.start);
    EXPECT_EQ(requests.add(wanted).outcome, BookingOutcome::AlreadyThere)
        << "moved meanwhile, and still the same";
    wanted.place = "Other Hotel";
    EXPECT_EQ(requests.add(wanted).outcome, BookingOutcome::Conflict);
}

TEST_F(BookingTimes, TheQueueAndTheFiltersGiveTheRightRowsInTheRightOrder) {
    const std::string first = ask(in_hours(100)), second = ask(in_hours(50)), third = ask(in_hours(200));
    ASSERT_EQ(accept(first).outcome, Outcome::Done);
    BookingStore store(staff);
    BookingFilter filter;
    filter.order = BookingOrder::Queue;
    const auto ids = [&] {
        std::vector<std::string> found;
        for (const Booking &each : store.list(filter)) {
            found.push_back(each.id);
        }
        EXPECT_EQ(static_cast<std::size_t>(store.count(filter)), found.size());
        return found;
    };
    EXPECT_THAT(ids(), testing::ElementsAre(second, third, first));
    filter.order = BookingOrder::Start;
    EXPECT_THAT(ids(), testing::ElementsAre(second, first, third));
    filter.statuses = {Status::Pending, Status::Waiting};
    EXPECT_THAT(ids(), testing::ElementsAre(second, third));
    filter.from = in_hours(60);
    EXPECT_THAT(ids(), testing::ElementsAre(third));
    filter.to = in_hours(200);
    EXPECT_THAT(ids(), testing::IsEmpty());
    filter = {};
    filter.words = "CLIENT2@";
    EXPECT_THAT(ids(), testing::ElementsAre(second));
    filter.words = " dinner  client2 ";
    EXPECT_THAT(ids(), testing::ElementsAre(second)) << "each word is looked for by itself";
    filter.words = "dinner client9";
    EXPECT_THAT(ids(), testing::IsEmpty());
    filter.words = "100%_\\";
    EXPECT_THAT(ids(), testing::IsEmpty()) << "signs of patterns are letters";
    filter = {};
    filter.service = "Dinner";
    EXPECT_EQ(ids().size(), 3U);
    EXPECT_EQ(BookingStore(other_companion).count({}), 0);
}

} // namespace

} // namespace studio::db
