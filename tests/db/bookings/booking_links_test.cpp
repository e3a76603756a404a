// SPDX-License-Identifier: Apache-2.0
// What clients, and companions without their desktop, do by the links in their mails.
#include "tests/db/fixtures/booking_fixture.h"

#include <gmock/gmock.h>

namespace studio::db {

namespace {

using models::Json;

class BookingLinks : public BookingFixture {
protected:
    Json view(const models::TenantId &tenant, const std::string &token) {
        const std::string text = service.value("SELECT coalesce(booking_client_view('" + tenant.text() +
                                               "', '" + token + "'), 'null')");
        return Json::parse(text);
    }
    // The link of the mail about the booking as it stands now.
    std::string companion_token(const std::string &id, const std::string &lasts = "72 hours") {
        return owner.value(
            "SELECT studio_companion_token(id, booking_standing(id), extract(epoch FROM now() + interval '" +
            lasts + "')::bigint) FROM bookings WHERE id = '" + id + "'");
    }
    Json companion_view(const models::TenantId &tenant, const std::string &token) {
        return Json::parse(service.value("SELECT coalesce(booking_companion_view('" + tenant.text() + "', '" +
                                         token + "'), 'null')"));
    }
    static BookingDecision to(Action action) {
        BookingDecision decision;
        decision.action = action;
        return decision;
    }
    std::string companion_act(const models::TenantId &tenant, const std::string &token,
                              const std::string &action, const Json &details = Json::object()) {
        return service.value("SELECT booking_companion_act('" + tenant.text() + "', '" + token + "', '" +
                             action + "', '" + details.dump() + "') ->> 'outcome'");
    }
};

TEST_F(BookingLinks, AGuessedTokenOrOneOfAnotherCompanionOpensNothing) {
    const std::string id = ask(in_hours(100)), token = client_token(id);
    EXPECT_EQ(token.size(), 64U);
    EXPECT_EQ(view(ada, token).at("status"), "pending");
    EXPECT_TRUE(view(bea, token).is_null());
    EXPECT_EQ(client_act(bea, token, "cancel", 1).at("outcome"), "not_found");
    for (std::size_t at : {0U, 31U, 32U, 63U}) {
        std::string guessed = token;
        guessed[at] = guessed[at] == '0' ? '1' : '0';
        EXPECT_TRUE(view(ada, guessed).is_null()) << at;
        EXPECT_EQ(client_act(ada, guessed, "cancel", 1).at("outcome"), "not_found") << at;
    }
    for (const std::string &guessed : std::vector<std::string>{"", "x", token.substr(1), "%"}) {
        EXPECT_TRUE(view(ada, guessed).is_null());
    }
    const std::string other = ask(in_hours(200));
    EXPECT_TRUE(view(ada, other.substr(0, 8) + token.substr(8)).is_null());
    EXPECT_EQ(status(id), "pending");
}

TEST_F(BookingLinks, TheTokenEndsAMonthAfterTheBookingAndWithItsErasure) {
    const std::string id = ask(in_hours(100)), token = client_token(id);
    ASSERT_EQ(accept(id).outcome, Outcome::Done);
    run("UPDATE bookings SET starts_at = now() - interval '29 days 1 hour', ends_at = "
        "now() - "
        "interval '29 days'");
    EXPECT_FALSE(view(ada, token).is_null());
    run("UPDATE bookings SET starts_at = now() - interval '31 days', ends_at = now() - interval '30 days 1 "
        "minute'");
    EXPECT_TRUE(view(ada, token).is_null());
    EXPECT_EQ(client_act(ada, token, "cancel", 1).at("outcome"), "not_found");
    const std::string erased = ask(in_hours(100)), its_token = client_token(erased);
    ASSERT_EQ(Sql(database.staff_url())
                  .done("SELECT privacy_erase_email(NULL, '" + booking(erased).client_email + "')")
                  .rows,
              1U);
    EXPECT_TRUE(view(ada, its_token).is_null());
    EXPECT_EQ(client_act(ada, its_token, "cancel", 1).at("outcome"), "not_found");
}

TEST_F(BookingLinks, OnTheHostOfNoCompanionATokenOpensTheBookingOfAny) {
    const std::string id = ask(in_hours(100)), token = client_token(id);
    const auto anywhere = [&](const std::string &shown) {
        return Json::parse(
            service.value("SELECT coalesce(booking_client_view(NULL, '" + shown + "'), 'null')"));
    };
    EXPECT_EQ(anywhere(token).at("status"), "pending");
    EXPECT_EQ(anywhere(token).at("time_zone"), "Australia/Sydney");
    std::string guessed = token;
    guessed.back() = guessed.back() == '0' ? '1' : '0';
    EXPECT_TRUE(anywhere(guessed).is_null());
    EXPECT_TRUE(anywhere(companion_token(id)).is_null());
    run("UPDATE tenants SET status = 'inactive' WHERE id = '" + ada.text() + "'");
    EXPECT_EQ(anywhere(token).at("status"), "pending")
        << "her site is not public any more; the request stands";
    EXPECT_EQ(
        service.value("SELECT booking_client_act(NULL, '" + token + "', 'cancel', 1, '{}') ->> 'outcome'"),
        "done");
    EXPECT_EQ(status(id), "cancelled");
}

TEST_F(BookingLinks, ADecisionDoesNotShowWhileItCanBeTakenBack) {
    BookingDecisionStore store(staff);
    const std::string id = ask(in_hours(100)), token = client_token(id);
    run("UPDATE bookings SET place = '1 Example Street'");
    const Json before = view(ada, token);
    BookingDecision acceptance;
    acceptance.message = "Welcome";
    acceptance.start = in_hours(120);
    const DecisionAnswer accepted = store.decide(id, 1, acceptance, 60);
    ASSERT_EQ(accepted.outcome, Outcome::Done);
    EXPECT_EQ(view(ada, token), before);
    ASSERT_EQ(store.undo(id, accepted.version).outcome, Outcome::Done);

    BookingDecision question;
    question.action = Action::Ask;
    question.message = "Which hotel?";
    ASSERT_EQ(store.decide(id, std::nullopt, question, 60).outcome, Outcome::Done);
    EXPECT_EQ(view(ada, token).at("status"), "pending");
    EXPECT_TRUE(view(ada, token).at("question").is_null());
    run("UPDATE outbox SET next_at = now()");
    EXPECT_EQ(view(ada, token).at("question"), "Which hotel?") << "its message is due";

    decide(staff, id, acceptance);
    EXPECT_EQ(view(ada, token).at("status"), "accepted");
    EXPECT_EQ(view(ada, token).at("message"), "Welcome");
    store.deposit(id, std::nullopt, {"asked", 9000, {}, {}, {}, {}}, 60);
    EXPECT_TRUE(view(ada, token).at("deposit").is_null());
    EXPECT_EQ(view(ada, token).at("place"), "1 Example Street");
    run("UPDATE outbox SET next_at = now()");
    EXPECT_EQ(view(ada, token).at("deposit").at("minor"), 9000);
}

TEST_F(BookingLinks, ADecisionOfWhichNobodyIsToldDoesNotShowAsLongAsItCanBeTakenBack) {
    BookingDecisionStore store(staff);
    const std::string id = ask(in_hours(100)), token = client_token(id);
    BookingDecision silent;
    silent.action = Action::Decline;
    silent.mail = false;
    const DecisionAnswer declined = store.decide(id, 1, silent, 0);
    EXPECT_EQ(view(ada, token).at("status"), "pending");
    ASSERT_EQ(store.undo(id, declined.version).outcome, Outcome::Done);
    EXPECT_EQ(view(ada, token).at("status"), "pending");
    const DecisionAnswer again = store.decide(id, std::nullopt, silent, 0);
    run("UPDATE booking_history SET at = at - interval '61 seconds'");
    EXPECT_EQ(view(ada, token).at("status"), "declined");
    EXPECT_EQ(store.undo(id, again.version).outcome, Outcome::TooLate);
}

TEST_F(BookingLinks, AnAnswerWhileADecisionCanBeTakenBackIsNotTaken) {
    BookingDecisionStore store(staff);
    const std::string id = ask(in_hours(100)), token = client_token(id);
    decide(staff, id, Action::Ask);
    const int seen = view(ada, token).at("version");
    const DecisionAnswer declined = store.decide(id, std::nullopt, to(Action::Decline), 60);
    EXPECT_EQ(view(ada, token).at("version"), seen);
    const Json busy = client_act(ada, token, "answer", seen, "Grand");
    EXPECT_EQ(busy, Json({{"outcome", "busy"}})) << "and it does not tell what was decided";
    EXPECT_EQ(status(id), "declined");
    ASSERT_EQ(store.undo(id, declined.version).outcome, Outcome::Done);
    EXPECT_EQ(client_act(ada, token, "answer", view(ada, token).at("version"), "Grand").at("outcome"),
              "done");
    decide(staff, id, Action::Cancel);
    EXPECT_EQ(client_act(ada, token, "cancel", seen).at("outcome"), "changed");
}

TEST_F(BookingLinks, ACompanionMovesAnAgreedBookingByItsLink) {
    const std::string id = ask(in_hours(100));
    const Json later = {{"start_us", us(in_hours(120))}};
    EXPECT_EQ(companion_act(ada, companion_token(id), "move", later), "not_allowed")
        << "it is not agreed yet";
    ASSERT_EQ(accept(id).outcome, Outcome::Done);
    client_act(ada, client_token(id), "ask_move", 2, "a day later?");
    const std::string token = companion_token(id);
    EXPECT_EQ(companion_view(ada, token).at("status"), "accepted");
    EXPECT_EQ(companion_act(ada, token, "move", later), "done");
    EXPECT_EQ(booking(id).start, in_hours(120));
    EXPECT_EQ(booking(id).end, in_hours(121)) << "it lasts as long as before";
    EXPECT_FALSE(booking(id).move_asked);
    EXPECT_EQ(status(id), "accepted");
    EXPECT_THAT(outbox_kinds(id), testing::HasSubstr("client_moved"));
    EXPECT_EQ(companion_act(ada, token, "move", later), "not_found") << "once";
    ask(in_hours(140));
    ASSERT_EQ(accept(owner.value("SELECT id FROM bookings WHERE status = 'pending'")).outcome, Outcome::Done);
    EXPECT_EQ(companion_act(ada, companion_token(id), "move", {{"start_us", us(in_hours(140))}}), "overlap");
    EXPECT_EQ(booking(id).start, in_hours(120));
}

TEST_F(BookingLinks, TheSameAnswerTwiceIsOneAndALateOneChangesNothing) {
    const std::string id = ask(in_hours(100)), token = client_token(id);
    decide(staff, id, Action::Propose);
    EXPECT_EQ(client_act(ada, token, "agree", 2).at("status"), "accepted");
    const Json again = client_act(ada, token, "agree", 2);
    EXPECT_EQ(again.at("outcome"), "done") << "the second device, or the button pressed twice";
    EXPECT_EQ(again.at("status"), "accepted");
    EXPECT_EQ(BookingStore(people).history(id).size(), 3U);
    EXPECT_EQ(owner.value("SELECT count(*) FROM outbox WHERE kind = 'client_accepted'"), "1");
    EXPECT_EQ(client_act(ada, token, "refuse", 2).at("outcome"), "changed");
    EXPECT_EQ(client_act(ada, token, "refuse", 3).at("outcome"), "not_allowed");
    decide(staff, id, Action::Cancel);
    EXPECT_EQ(client_act(ada, token, "agree", 2).at("outcome"), "changed") << "withdrawn meanwhile";
    EXPECT_EQ(status(id), "cancelled");
}

TEST_F(BookingLinks, AnotherAnswerWithTheOldVersionIsNotTakenForTheSame) {
    const std::string id = ask(in_hours(100)), token = client_token(id);
    decide(staff, id, Action::Ask);
    EXPECT_EQ(client_act(ada, token, "answer", 2, "Hotel A").at("outcome"), "done");
    EXPECT_EQ(client_act(ada, token, "answer", 2, "Hotel A").at("outcome"), "done");
    EXPECT_EQ(client_act(ada, token, "answer", 2, "Hotel B").at("outcome"), "changed");
    decide(staff, id, Action::Propose);
    EXPECT_EQ(client_act(ada, token, "refuse", 4).at("outcome"), "done");
    EXPECT_EQ(client_act(ada, token, "refuse", 4).at("outcome"), "done") << "without words twice";
    EXPECT_EQ(client_act(ada, token, "refuse", 4, "after six?").at("outcome"), "changed");
}

TEST_F(BookingLinks, WhoseBookingHasEndedIsNotToldToPay) {
    set_rules(nullptr, {{"deposit", {{"kind", "amount"}, {"amountMinor", 9000}}}});
    for (const Action end : {Action::Cancel, Action::NoShow}) {
        const std::string id = ask(in_hours(end == Action::Cancel ? 100 : 200)), token = client_token(id);
        ASSERT_EQ(accept(id).outcome, Outcome::Done);
        EXPECT_EQ(view(ada, token).at("deposit").at("state"), "asked");
        decide(staff, id, end);
        run("UPDATE booking_history SET at = at - interval '61 seconds'");
        EXPECT_TRUE(view(ada, token).at("deposit").is_null());
    }
    const std::string id = ask(in_hours(300)), token = client_token(id);
    ASSERT_EQ(accept(id).outcome, Outcome::Done);
    BookingDecisionStore(staff).deposit(id, std::nullopt, {"received", {}, {}, {}, {}, {}}, 0);
    decide(staff, id, Action::Cancel);
    EXPECT_EQ(view(ada, token).at("deposit").at("state"), "received") << "what was paid is said";
}

TEST_F(BookingLinks, TheMessageIsTheOneOfWhereTheBookingStands) {
    BookingDecisionStore store(staff);
    const std::string id = ask(in_hours(100)), token = client_token(id);
    BookingDecision no;
    no.action = Action::Decline;
    no.message = "Sorry, I am away";
    decide(staff, id, no);
    EXPECT_EQ(view(ada, token).at("message"), "Sorry, I am away");
    decide(staff, id, Action::Reopen);
    run("UPDATE booking_history SET at = at - interval '61 seconds'"); // nobody is written to of this one
    EXPECT_TRUE(view(ada, token).at("message").is_null());
    BookingDecision yes;
    yes.message = "See you";
    decide(staff, id, yes);
    store.deposit(id, std::nullopt, {"asked", 9000, {}, {}, {}, {}}, 0);
    client_act(ada, token, "ask_move", view(ada, token).at("version"), "later?");
    EXPECT_EQ(view(ada, token).at("message"), "See you") << "it still stands";
    const DecisionAnswer cancelled = store.decide(id, std::nullopt, to(Action::Cancel), 60);
    ASSERT_EQ(store.undo(id, cancelled.version).outcome, Outcome::Done);
    EXPECT_EQ(view(ada, token).at("message"), "See you") << "after a change that was taken back as well";
    decide(staff, id, Action::Move);
    EXPECT_TRUE(view(ada, token).at("message").is_null()) << "it was about another time";
}

TEST_F(BookingLinks, TheWordsOfTheAcceptanceStandAfterTheDepositCame) {
    const std::string id = ask(in_hours(100)), token = client_token(id);
    BookingDecision yes;
    yes.message = "Ring at the blue door";
    decide(staff, id, yes);
    BookingDecisionStore store(staff);
    store.deposit(id, std::nullopt, {"asked", 9000, {}, {}, {}, {}}, 0);
    store.deposit(id, std::nullopt, {"received", {}, {}, {}, {}, {}}, 0);
    run("UPDATE booking_history SET at = at - interval '61 seconds'");
    ASSERT_EQ(status(id), "confirmed");
    EXPECT_EQ(view(ada, token).at("message"), "Ring at the blue door");
}

TEST_F(BookingLinks, TheTokenLastsUntilTheDateIsOverOrTheRequestIs) {
    const std::string open = ask(in_hours(24 * 60)), open_token = client_token(open);
    run("UPDATE bookings SET ends_at = NULL, preferred_date_end = NULL, created_at = now() - interval '31 "
        "days'");
    EXPECT_FALSE(view(ada, open_token).is_null()) << "no end is known, and the date is ahead";
    const std::string closed = ask(in_hours(24 * 90)), closed_token = client_token(closed);
    decide(staff, closed, Action::Decline);
    EXPECT_FALSE(view(ada, closed_token).is_null());
    run("UPDATE booking_history SET at = now() - interval '31 days' WHERE booking_id = '" + closed + "'");
    EXPECT_TRUE(view(ada, closed_token).is_null()) << "although its date would be ahead";
}

TEST_F(BookingLinks, ADepositThatIsEnteredLaterOpensNoLinkAgain) {
    const std::string id = ask(in_hours(24 * 90)), token = client_token(id);
    ASSERT_EQ(accept(id).outcome, Outcome::Done);
    BookingDecisionStore store(staff);
    store.deposit(id, std::nullopt, {"asked", 9000, {}, {}, {}, {}}, 0);
    store.deposit(id, std::nullopt, {"received", {}, {}, {}, {}, {}}, 0);
    decide(staff, id, Action::Cancel);
    run("UPDATE booking_history SET at = now() - interval '31 days'");
    ASSERT_EQ(store.deposit(id, std::nullopt, {"returned", {}, {}, {}, {}, {}}, 0).outcome, Outcome::Done);
    EXPECT_TRUE(view(ada, token).is_null());
}

TEST_F(BookingLinks, ARequestThatIsOpenedAgainHasItsLink) {
    const std::string id = ask(in_hours(100)), token = client_token(id);
    decide(staff, id, Action::Decline);
    run("UPDATE booking_history SET at = now() - interval '40 days'");
    run("UPDATE bookings SET starts_at = now() - interval '40 days', ends_at = now() - interval '39 days', "
        "created_at = "
        "now() - interval '50 days'");
    EXPECT_TRUE(view(ada, token).is_null());
    decide(staff, id, Action::Reopen);
    decide(staff, id, Action::Ask);
    EXPECT_FALSE(view(ada, token).is_null()) << "she is asked to answer there";
}

TEST_F(BookingLinks, NobodyCancelsOrAcceptsABookingThatHasBegun) {
    const std::string id = ask(in_hours(100)), token = client_token(id), hers = companion_token(id);
    run("UPDATE bookings SET starts_at = now() - interval '2 hours', ends_at = now() - interval '1 hour'");
    EXPECT_EQ(companion_act(ada, hers, "accept"), "not_allowed");
    ASSERT_EQ(accept(id).outcome, Outcome::Done) << "staff record what was agreed by telephone";
    run("UPDATE booking_history SET at = at - interval '61 seconds'");
    EXPECT_EQ(client_act(ada, token, "cancel", view(ada, token).at("version")).at("outcome"), "not_allowed");
    EXPECT_EQ(status(id), "accepted");
}

TEST_F(BookingLinks, AnAnswerAfterItsTimeMakesTheRequestExpire) {
    const std::string proposed = ask(in_hours(100)), waiting = ask(in_hours(200));
    decide(staff, proposed, Action::Propose);
    decide(staff, waiting, Action::Ask);
    run("UPDATE bookings SET answer_by = now() - interval '1 second'");
    const Json late = client_act(ada, client_token(proposed), "agree", 2);
    EXPECT_EQ(late.at("outcome"), "not_allowed");
    EXPECT_EQ(late.at("status"), "expired");
    EXPECT_EQ(client_act(ada, client_token(waiting), "answer", 2, "here").at("status"), "expired");
    EXPECT_EQ(status(proposed), "expired");
}

TEST_F(BookingLinks, AgreeingToATimeThatIsTakenSaysSoAndNamesNobody) {
    const std::string id = ask(in_hours(100)), other = ask(in_hours(100));
    BookingDecision proposal;
    proposal.action = Action::Propose;
    proposal.start = in_hours(100);
    decide(staff, id, proposal);
    ASSERT_EQ(accept(other).outcome, Outcome::Done);
    const Json answer = client_act(ada, client_token(id), "agree", 2);
    EXPECT_EQ(answer.at("outcome"), "overlap");
    EXPECT_EQ(answer.dump().find(other), std::string::npos);
    EXPECT_EQ(status(id), "proposed");
}

TEST_F(BookingLinks, ThePageShowsThePlaceAfterTheDepositOnly) {
    set_rules(nullptr, {{"deposit", {{"kind", "amount"}, {"amountMinor", 9000}}}});
    const std::string id = ask(in_hours(100)), token = client_token(id);
    run("UPDATE bookings SET place = '1 Example Street'");
    EXPECT_TRUE(view(ada, token).at("place").is_null());
    ASSERT_EQ(accept(id).outcome, Outcome::Done);
    Json seen = view(ada, token);
    EXPECT_TRUE(seen.at("place").is_null());
    EXPECT_EQ(seen.at("deposit").at("state"), "asked");
    EXPECT_EQ(seen.at("deposit").at("minor"), 9000);
    BookingDecisionStore(staff).deposit(id, std::nullopt, {"received", {}, {}, {}, {}, {}}, 0);
    seen = view(ada, token);
    EXPECT_EQ(seen.at("place"), "1 Example Street");
    EXPECT_EQ(seen.at("status"), "confirmed");
}

TEST_F(BookingLinks, ThePageShowsQuestionsAndMessagesButNothingOfTheInside) {
    const std::string id = ask(in_hours(100)), token = client_token(id);
    BookingDecisionStore(staff).add_note(id, "inside note");
    decide(staff, id, Action::Ask);
    EXPECT_EQ(view(ada, token).at("question"), "Which hotel?");
    EXPECT_EQ(client_act(ada, token, "answer", 2).at("outcome"), "words_needed");
    ASSERT_EQ(client_act(ada, token, "answer", 2, "Grand").at("outcome"), "done");
    EXPECT_TRUE(view(ada, token).at("question").is_null());
    BookingDecision no;
    no.action = Action::Decline;
    no.message = "Sorry";
    no.reason = "inside reason";
    no.reason_code = "conduct";
    decide(staff, id, no);
    const std::string seen = view(ada, token).dump();
    EXPECT_NE(seen.find("Sorry"), std::string::npos);
    EXPECT_EQ(seen.find("inside"), std::string::npos);
    EXPECT_EQ(seen.find("conduct"), std::string::npos);
}

TEST_F(BookingLinks, AClientAsksForAnotherTimeOnceUntilSomebodyAnswered) {
    const std::string id = ask(in_hours(100)), token = client_token(id);
    ASSERT_EQ(accept(id).outcome, Outcome::Done);
    ASSERT_EQ(client_act(ada, token, "ask_move", 2, "an hour later?").at("outcome"), "done");
    EXPECT_TRUE(booking(id).move_asked);
    EXPECT_EQ(client_act(ada, token, "ask_move", 3, "or two?").at("outcome"), "not_allowed");
    decide(staff, id, Action::Move);
    EXPECT_FALSE(booking(id).move_asked);
    EXPECT_EQ(client_act(ada, token, "ask_move", 4, "or two?").at("outcome"), "done");
    run("UPDATE bookings SET starts_at = now() - interval '1 hour', ends_at = now(), move_asked_at = NULL");
    EXPECT_EQ(client_act(ada, token, "ask_move", 5, "late").at("outcome"), "not_allowed") << "it has begun";
}

TEST_F(BookingLinks, SpamAndRequestsOfBlockedClientsLookLikeAnyOtherToTheirClient) {
    NewBooking rude = request(in_hours(100));
    Sql(database.staff_url())
        .done("SELECT block_client('" + ada.text() + "', 'email', '" + rude.client_email + "', 'rude')");
    const std::string blocked = requests.add(rude).booking_id, plain = ask(in_hours(200)),
                      marked = ask(in_hours(300));
    decide(staff, marked, Action::Spam);
    const auto keys = [&](const std::string &id) {
        std::string names;
        const Json page = view(ada, client_token(id));
        for (const auto &[key, value] : page.items()) {
            names += key + (value.is_null() ? " " : "! ");
        }
        return names;
    };
    EXPECT_EQ(keys(blocked), keys(plain));
    for (const std::string &id : {blocked, plain, marked}) {
        const int version = booking(id).version;
        const std::string token = client_token(id);
        EXPECT_EQ(view(ada, token).at("status"), "pending");
        EXPECT_EQ(client_act(ada, token, "answer", version, "x").at("outcome"), "not_allowed");
        EXPECT_EQ(client_act(ada, token, "cancel", version + 5).at("outcome"), "changed");
        const Json gone = client_act(ada, token, "cancel", version);
        EXPECT_EQ(gone.at("outcome"), "done");
        EXPECT_EQ(gone.at("status"), "cancelled");
        EXPECT_EQ(client_act(ada, token, "cancel", version).at("outcome"), "done") << "twice";
        EXPECT_EQ(view(ada, token).at("status"), "cancelled");
    }
    EXPECT_EQ(status(blocked), "spam");
    EXPECT_EQ(outbox_kinds(blocked), "visitor_email") << "and nobody else hears of it";
}

TEST_F(BookingLinks, ABlockedClientSeesTheTimeTakenAndKeepsItFromNobody) {
    set_rules({{"weekly", Json::object()}, {"holdHours", 24}}, Json::object());
    const auto busy = [&] {
        return Json::parse(service.value("SELECT public_calendar('" + ada.text() + "', 0, " +
                                         std::to_string(us(in_hours(1000))) + ") -> 'busy'"));
    };
    const auto span = [&](int hour) { return Json::array({us(in_hours(hour)), us(in_hours(hour + 1))}); };
    const auto send = [&](int hour) {
        NewBooking rude = request(in_hours(hour));
        rude.client_email = "rude@example.com";
        return requests.add(rude).outcome;
    };
    Sql(database.staff_url())
        .done("SELECT block_client('" + ada.text() + "', 'email', 'rude@example.com', 'rude')");
    EXPECT_EQ(send(100), BookingOutcome::Added);
    EXPECT_EQ(busy(), Json::array({span(100)}));
    EXPECT_EQ(send(200), BookingOutcome::Added);
    EXPECT_EQ(busy(), Json::array({span(200)})) << "one at a time: nobody empties her list of times";
    EXPECT_EQ(requests.add(request(in_hours(200))).outcome, BookingOutcome::Added) << "who asks gets it";
    EXPECT_EQ(owner.value("SELECT count(*) FROM bookings WHERE holds"), "1");
    run("UPDATE bookings SET holds = false, held_until = NULL, created_at = now() - interval '25 hours'");
    EXPECT_EQ(busy(), Json::array());
}

TEST_F(BookingLinks, ACompanionsLinkWorksOnceAndOnlyForTheStateThatItWasSentFor) {
    const std::string id = ask(in_hours(100)), token = companion_token(id);
    EXPECT_EQ(companion_view(ada, token).at("name"), "N. Client");
    EXPECT_TRUE(companion_view(bea, token).is_null());
    EXPECT_EQ(companion_act(bea, token, "accept"), "not_found");
    EXPECT_EQ(companion_act(ada, token, "cancel"), "not_allowed");
    EXPECT_EQ(companion_act(ada, token, "accept"), "done");
    EXPECT_EQ(companion_act(ada, token, "accept"), "not_found") << "once";
    EXPECT_EQ(companion_act(ada, token, "decline"), "not_found");
    EXPECT_EQ(companion_view(ada, token), Json({{"decided", "accepted"}}));
    EXPECT_TRUE(companion_view(bea, token).is_null());
    EXPECT_EQ(BookingStore(people).history(id).back().actor_kind, "companion");
    const std::string other = ask(in_hours(200)), its_token = companion_token(other);
    decide(staff, other, Action::Decline);
    EXPECT_EQ(companion_act(ada, its_token, "accept"), "not_found") << "staff was first";
    EXPECT_EQ(companion_view(ada, its_token), Json({{"decided", "declined"}}));
    EXPECT_EQ(status(other), "declined");
}

TEST_F(BookingLinks, ACompanionsLinkOutlivesWhatChangesNothingOfWhereTheBookingStands) {
    BookingDecisionStore store(staff);
    const std::string id = ask(in_hours(100)), token = companion_token(id);
    const DecisionAnswer declined = store.decide(id, std::nullopt, to(Action::Decline), 60);
    ASSERT_EQ(store.undo(id, declined.version).outcome, Outcome::Done);
    EXPECT_EQ(companion_view(ada, token).at("status"), "pending") << "what was taken back";
    store.add_note(id, "called");
    ASSERT_EQ(companion_act(ada, token, "accept"), "done");
    const std::string move = companion_token(id);
    ASSERT_EQ(store.deposit(id, std::nullopt, {"asked", 9000, {}, {}, {}, {}}, 0).outcome, Outcome::Done);
    ASSERT_EQ(store.deposit(id, std::nullopt, {"received", {}, {}, {}, {}, {}}, 0).status, "confirmed");
    ASSERT_EQ(client_act(ada, client_token(id), "ask_move", booking(id).version, "later?").at("outcome"),
              "done");
    EXPECT_EQ(companion_act(ada, move, "move", {{"start_us", us(in_hours(120))}}), "done");
    EXPECT_EQ(companion_act(ada, move, "move", {{"start_us", us(in_hours(130))}}), "not_found") << "once";
}

TEST_F(BookingLinks, ACompanionsLinkOfBeforeARestoreOpensNothing) {
    const std::string id = ask(in_hours(100)), token = companion_token(id), of_client = client_token(id);
    run("UPDATE platform_settings SET value = gen_random_uuid()::text WHERE name = 'installation_id'");
    EXPECT_TRUE(companion_view(ada, token).is_null());
    EXPECT_EQ(companion_act(ada, token, "accept"), "not_found");
    EXPECT_EQ(companion_act(ada, companion_token(id), "accept"), "done") << "a mail of now has another";
    EXPECT_FALSE(view(ada, of_client).is_null()) << "a client's page stays where it is";
}

TEST_F(BookingLinks, ACompanionsLinkEndsAndCannotBeMadeToLast) {
    const std::string id = ask(in_hours(100));
    EXPECT_EQ(companion_act(ada, companion_token(id, "-1 second"), "accept"), "not_found");
    std::string longer = companion_token(id, "1 hour");
    longer[40] = longer[40] == 'f' ? 'e' : 'f';
    EXPECT_EQ(companion_act(ada, longer, "accept"), "not_found");
    EXPECT_EQ(companion_act(ada, client_token(id), "accept"), "not_found")
        << "the client's is no companion's";
    EXPECT_TRUE(view(ada, companion_token(id)).is_null());
    const Json details = {{"start_us", us(in_hours(120))}};
    EXPECT_EQ(companion_act(ada, companion_token(id), "propose", details), "done");
    EXPECT_EQ(booking(id).start, in_hours(120));
    EXPECT_EQ(companion_act(ada, companion_token(id), "accept"), "done") << "the link of the next mail";
}

TEST_F(BookingLinks, PeoplesLoginsMakeNoTokensAndUseNone) {
    const std::string id = ask(in_hours(100)), token = client_token(id);
    for (const std::string &url :
         {database.staff_url(), database.companion_url(), database.other_companion_url()}) {
        Sql login(url);
        for (const std::string &call :
             {"studio_client_token('" + id + "')", "studio_companion_token('" + id + "', 1, 9999999999)",
              "booking_client_view('" + ada.text() + "', '" + token + "')",
              "studio_booking_of_client('" + ada.text() + "', '" + token + "')",
              "booking_in_the_way('" + ada.text() + "', now(), now() + interval '1 year', NULL)",
              "public_calendar('" + ada.text() + "', 0, 1)", "studio_calendar('" + ada.text() + "', 0, 1)"}) {
            EXPECT_TRUE(login.tried("SELECT " + call).denied()) << call;
        }
    }
    EXPECT_TRUE(service.tried("SELECT booking_act('" + id + "', 1, 'accept')").denied());
    EXPECT_TRUE(service.tried("SELECT studio_client_token('" + id + "')").denied());
}

TEST_F(BookingLinks, TheMessagesCarryTheLinksOfTheirReaders) {
    const std::string id = ask(in_hours(100));
    for (const OutboxMessage &message : OutboxStore(renderer).claim(OutboxChannel::Mail, 10, 60)) {
        const Json &sent = message.payload.at("booking");
        const bool to_client = message.kind == "visitor_email";
        EXPECT_EQ(sent.at("clientToken"), to_client ? Json(client_token(id)) : Json());
        EXPECT_EQ(sent.at("companionToken").is_null(), to_client);
        if (!to_client) {
            EXPECT_EQ(companion_act(ada, sent.at("companionToken").get<std::string>(), "decline"), "done");
        }
    }
    BookingDecision reopened;
    reopened.action = Action::Reopen;
    decide(staff, id, reopened);
    BookingDecision accepted;
    accepted.message = "Welcome";
    ASSERT_EQ(BookingDecisionStore(staff).decide(id, std::nullopt, accepted, 0).outcome, Outcome::Done);
    bool found = false;
    for (const OutboxMessage &message : OutboxStore(renderer).claim(OutboxChannel::Mail, 10, 60)) {
        if (message.kind == "client_accepted") {
            found = true;
            EXPECT_EQ(message.payload.at("booking").at("words"), "Welcome");
            EXPECT_EQ(message.payload.at("booking").at("lastAction"), "accept");
        }
    }
    EXPECT_TRUE(found);
}

} // namespace

} // namespace studio::db
