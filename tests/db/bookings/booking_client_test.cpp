// SPDX-License-Identifier: Apache-2.0
// What is known of a client, what staff enter by hand, and what a companion's login reaches.
#include "db/bookings/block_store.h"
#include "tests/db/fixtures/booking_fixture.h"

#include <gmock/gmock.h>

namespace studio::db {

namespace {

using testing::HasSubstr;

class BookingClients : public BookingFixture {
protected:
    std::string ask_as(const models::TenantId &tenant, const std::string &email, int hours) {
        NewBooking wanted = request(in_hours(hours));
        wanted.tenant_id = tenant;
        wanted.client_email = email;
        return requests.add(wanted).booking_id;
    }
    EnteredBooking entered() const {
        EnteredBooking booking;
        booking.tenant_id = ada;
        booking.client_name = "Caller";
        booking.client_phone = "0400 111 222";
        booking.client_phone_normal = "+61400111222";
        booking.source = "phone";
        booking.start = in_hours(100);
        booking.end = in_hours(102);
        return booking;
    }
};

TEST_F(BookingClients, TheCardShowsStaffWhatBecameOfOtherCompanionsRequestsAndACompanionNothing) {
    const std::string hers = ask_as(bea, "Same@example.com", 100),
                      mine = ask_as(ada, "same@example.com", 200);
    BookingDecision no;
    no.action = Action::Decline;
    no.reason_code = "conduct";
    no.reason = "words of bea";
    ASSERT_EQ(decide(other_companion, hers, no).outcome, Outcome::Done);
    const std::string now = ask_as(ada, "same@example.com", 300);
    const auto card = BookingClientStore(staff).open_card(now).value();
    ASSERT_EQ(card.requests.size(), 2U);
    EXPECT_EQ(card.requests[0].id, mine);
    EXPECT_TRUE(card.requests[0].own);
    EXPECT_TRUE(card.requests[0].created_at);
    EXPECT_EQ(card.requests[1].id, "");
    EXPECT_FALSE(card.requests[1].own);
    EXPECT_EQ(card.requests[1].status, "declined");
    EXPECT_EQ(card.requests[1].reason_code, "conduct");
    EXPECT_FALSE(card.requests[1].created_at);
    EXPECT_FALSE(card.requests[1].start);
    EXPECT_THAT(
        Sql(database.staff_url()).value("SELECT booking_client_card('" + now + "')"),
        testing::Not(testing::AnyOf(HasSubstr(hers), HasSubstr("words of bea"), HasSubstr(bea.text()))));
    const auto own = BookingClientStore(companion).open_card(now).value();
    ASSERT_EQ(own.requests.size(), 1U);
    EXPECT_EQ(own.requests[0].id, mine);
    EXPECT_FALSE(BookingClientStore(companion).open_card(hers));
    EXPECT_FALSE(BookingClientStore(other_companion).open_card(now));
}

TEST_F(BookingClients, WhereTheVisitCameFromIsToldWithConsentOnly) {
    const std::string id = ask(in_hours(100));
    const std::string visit =
        owner.value("INSERT INTO sessions (tenant_id, consented, utm_source) VALUES ('" + ada.text() +
                    "', true, 'ig') RETURNING id");
    EXPECT_EQ(BookingStore(staff).visit_source(id), "") << "no visit";
    ASSERT_EQ(owner.done("UPDATE bookings SET session_id = '" + visit + "' WHERE id = '" + id + "'").message,
              "");
    EXPECT_EQ(BookingStore(staff).visit_source(id), "instagram");
    EXPECT_EQ(BookingStore(companion).visit_source(id), "instagram");
    EXPECT_EQ(BookingStore(other_companion).visit_source(id), "");
    ASSERT_EQ(owner.done("UPDATE sessions SET consented = false WHERE id = '" + visit + "'").message, "");
    EXPECT_EQ(BookingStore(staff).visit_source(id), "");
}

TEST_F(BookingClients, WhoOpensACardIsWrittenDown) {
    const std::string id = ask(in_hours(100));
    BookingClientStore(staff).open_card(id);
    BookingClientStore(companion).open_card(id);
    const auto card = BookingClientStore(companion).open_card(id).value();
    ASSERT_EQ(card.reads.size(), 2U) << "the same one within a minute once";
    EXPECT_EQ(card.reads[0].by, "Ada");
    EXPECT_EQ(card.reads[1].by, "Sam Staff");
    EXPECT_EQ(Sql(database.operator_url()).value("SELECT count(*) FROM client_card_reads"), "2");
    EXPECT_TRUE(Sql(database.companion_url()).tried("SELECT FROM client_card_reads").denied());
    EXPECT_TRUE(Sql(database.operator_url()).tried("DELETE FROM client_card_reads").denied());
}

TEST_F(BookingClients, NobodyReadsACardUnseenByTakingItsOpeningBack) {
    const std::string id = ask(in_hours(100));
    const std::string open = "SELECT booking_open_card('" + id + "')",
                      read = "SELECT coalesce(booking_client_card('" + id + "') ->> 'requests', 'nothing')";
    Sql psql(database.staff_url());
    EXPECT_EQ(psql.value(read), "nothing");
    {
        pqxx::work work(psql.connection());
        pqxx::subtransaction part(work);
        part.exec(open);
        EXPECT_EQ(part.exec1(read)[0].as<std::string>(), "nothing");
        part.commit();
        EXPECT_EQ(work.exec1(read)[0].as<std::string>(), "nothing") << "it can still be taken back";
    }
    BookingClientStore(companion).open_card(id);
    EXPECT_EQ(psql.value(read), "nothing") << "somebody else opened it";
    EXPECT_EQ(owner.value("SELECT count(*) FROM client_card_reads"), "1");
    EXPECT_EQ(psql.value(open), "t");
    EXPECT_EQ(psql.value(read), "[]");
    EXPECT_EQ(owner.value("SELECT count(*) FROM client_card_reads"), "2");
    const std::string hers = ask_as(bea, "b@example.com", 50);
    EXPECT_EQ(Sql(database.companion_url()).value("SELECT booking_open_card('" + hers + "')"), "f");
}

TEST_F(BookingClients, MarksBelongToOneCompanionAndGoWithTheErasure) {
    const std::string id = ask_as(ada, "good@example.com", 100), other = ask_as(bea, "good@example.com", 100);
    BookingClientStore clients(staff);
    clients.mark(id, "trusted", true);
    clients.mark(id, "trusted", true);
    clients.mark(id, "verified", true);
    clients.mark(id, "verified", false);
    const std::string later = ask_as(ada, "GOOD@example.com", 200);
    EXPECT_TRUE(clients.open_card(later)->trusted);
    EXPECT_FALSE(clients.open_card(later)->verified);
    EXPECT_FALSE(clients.open_card(other)->trusted);
    EXPECT_DB_ERROR(ErrorKind::NotFound, BookingClientStore(companion).mark(other, "trusted", true),
                    testing::_);
    EXPECT_THROW(clients.mark(id, "famous", true), Error);
    EXPECT_EQ(owner.value("SELECT count(*) FROM client_marks m WHERE m::text ILIKE '%good@%'"), "0");
    Sql(database.staff_url()).done("SELECT privacy_erase_email(NULL, 'good@example.com')");
    EXPECT_EQ(owner.value("SELECT count(*) FROM client_marks"), "0");
}

TEST_F(BookingClients, ABookingEnteredByHandNeedsNoAddressAndWritesToNobody) {
    BookingClientStore clients(staff);
    const std::string id = clients.enter(entered());
    const Booking stored = booking(id);
    EXPECT_EQ(stored.source, "phone");
    EXPECT_EQ(stored.client_email, "");
    EXPECT_EQ(stored.start, in_hours(100));
    EXPECT_EQ(stored.status, Status::Pending);
    EXPECT_EQ(BookingStore(companion).history(id).at(0).actor, "Sam Staff");
    BookingDecision wanted;
    wanted.mail = true;
    ASSERT_EQ(decide(staff, id, wanted).outcome, Outcome::Done);
    EXPECT_EQ(outbox_kinds(id), "") << "there is no address to write to";
    EnteredBooking with_address = entered();
    with_address.client_email = "caller@example.com";
    with_address.start = in_hours(200);
    with_address.end = in_hours(201);
    const std::string second = clients.enter(with_address);
    ASSERT_EQ(accept(second).outcome, Outcome::Done);
    EXPECT_EQ(outbox_kinds(second), "") << "unless that is wanted";
    ASSERT_EQ(decide(staff, second, Action::Cancel).outcome, Outcome::Done);
    ASSERT_EQ(decide(staff, second, Action::Reopen).outcome, Outcome::Done);
    ASSERT_EQ(decide(staff, second, wanted).outcome, Outcome::Done);
    EXPECT_EQ(outbox_kinds(second), "client_accepted");
    EXPECT_EQ(clients.open_card(id)->requests.size(), 1U) << "the same number";
    EnteredBooking told = with_address;
    told.start = in_hours(300);
    told.end = in_hours(301);
    told.mail = true;
    const std::string third = clients.enter(told);
    EXPECT_EQ(outbox_kinds(third), "visitor_email");
    EXPECT_TRUE(BookingStore(companion).find(third)->mail_wanted);
    EXPECT_EQ(owner.value("SELECT count(*) FROM blocked_clients"), "0");
}

TEST_F(BookingClients, WhatIsEnteredByHandIsCheckedToo) {
    BookingClientStore clients(companion);
    EnteredBooking wrong = entered();
    wrong.source = "site";
    EXPECT_DB_ERROR(ErrorKind::Invalid, clients.enter(wrong), HasSubstr("source: "));
    wrong = entered();
    wrong.client_name = " ";
    EXPECT_THROW(clients.enter(wrong), Error);
    wrong = entered();
    wrong.end = in_hours(99);
    EXPECT_THROW(clients.enter(wrong), Error);
    wrong = entered();
    wrong.tenant_id = bea;
    EXPECT_DB_ERROR(ErrorKind::NotFound, clients.enter(wrong), testing::_);
    run("INSERT INTO bookings (tenant_id, client_name, source) SELECT '" + ada.text() +
        "', 'N.', 'phone' FROM generate_series(1, 500)");
    EXPECT_THROW(clients.enter(entered()), Error) << "nobody fills the disk";
    EXPECT_EQ(owner.done("INSERT INTO bookings (tenant_id, client_name) VALUES ('" + ada.text() + "', 'N.')")
                  .sqlstate,
              "23514")
        << "a request of the site has an address";
}

TEST_F(BookingClients, ServicesAreThoseThatWereAskedForEachOnce) {
    for (const char *name : {"Dinner date", "dinner DATE", "Overnight", ""}) {
        EnteredBooking booking = entered();
        booking.service_type = name;
        booking.start.reset();
        booking.end.reset();
        BookingClientStore(staff).enter(booking);
    }
    const auto names = BookingStore(staff).services();
    ASSERT_EQ(names.size(), 2U);
    EXPECT_EQ(names[1], "Overnight");
    EXPECT_TRUE(BookingStore(other_companion).services().empty());
}

TEST_F(BookingClients, ACompanionDecidesHerOwnBookingsAndSeesNoOther) {
    const std::string mine = ask_as(ada, "a@example.com", 100), hers = ask_as(bea, "b@example.com", 100);
    EXPECT_EQ(BookingStore(companion).list({}).size(), 1U);
    EXPECT_FALSE(BookingStore(companion).find(hers));
    for (const models::BookingAction action : models::booking_actions()) {
        BookingDecision decision;
        decision.action = action;
        decision.message = "x";
        decision.start = in_hours(400);
        EXPECT_EQ(BookingDecisionStore(companion).decide(hers, std::nullopt, decision).outcome,
                  Outcome::NotFound);
    }
    EXPECT_DB_ERROR(ErrorKind::NotFound, BookingDecisionStore(companion).add_note(hers, "x"), testing::_);
    EXPECT_EQ(status(hers), "pending");
    ASSERT_EQ(decide(companion, mine, Action::Accept).outcome, Outcome::Done);
    EXPECT_EQ(BookingStore(staff).history(mine).back().actor, "Ada");
}

TEST_F(BookingClients, ACompanionBlocksForHerOwnSiteOnly) {
    const std::string mine = ask_as(ada, "a@example.com", 100), hers = ask_as(bea, "b@example.com", 100);
    BlockStore blocks(companion);
    EXPECT_TRUE(blocks.add(ada, "email", mine, "rude"));
    EXPECT_DB_ERROR(ErrorKind::NotFound, blocks.add(ada, "email", hers, "x"), testing::_);
    EXPECT_DB_ERROR(ErrorKind::Forbidden, blocks.add(bea, "email", "a@example.com", "x"), testing::_);
    EXPECT_DB_ERROR(ErrorKind::Forbidden, blocks.add(std::nullopt, "email", "a@example.com", "x"),
                    testing::_);
    ASSERT_TRUE(BlockStore(staff).add(std::nullopt, "email", "c@example.com", "everywhere"));
    ASSERT_EQ(blocks.list().size(), 1U);
    EXPECT_EQ(BlockStore(staff).list().size(), 2U);
    EXPECT_EQ(BookingClientStore(companion).open_card(mine)->blocks.size(), 1U);
    blocks.remove(blocks.list()[0].id);
    EXPECT_DB_ERROR(ErrorKind::NotFound, blocks.remove(BlockStore(staff).list().at(0).id), testing::_);
    EXPECT_EQ(BlockStore(staff).list().size(), 1U);
}

TEST_F(BookingClients, AClientIsBlockedByAllOfTheChosenMarksOrByNone) {
    EnteredBooking silent = entered();
    silent.client_email = "caller@example.com";
    silent.client_phone = "please write";
    silent.client_phone_normal = "";
    const std::string id = BookingClientStore(staff).enter(silent);
    BlockStore blocks(staff);
    EXPECT_DB_ERROR(ErrorKind::NotFound, blocks.add_of_booking(id, {"email", "phone"}, "rude", 4),
                    testing::_);
    EXPECT_EQ(owner.value("SELECT count(*) FROM blocked_clients"), "0") << "a number without digits";
    EXPECT_EQ(blocks.add_of_booking(id, {"email"}, "rude", 4).size(), 1U);
    EXPECT_TRUE(blocks.add_of_booking(id, {"email"}, "again", 4).empty()) << "nothing to take back";
    EXPECT_EQ(owner.value("SELECT count(*) FROM blocked_clients"), "1");
    EXPECT_DB_ERROR(ErrorKind::NotFound, BlockStore(other_companion).add_of_booking(id, {"email"}, "x", 4),
                    testing::_);
}

TEST_F(BookingClients, WhoeverGivesTwoNumbersIsKnownMarkedAndBlockedByEither) {
    EnteredBooking two = entered();
    two.client_phone = "0400 111 222 / 0413 456 789";
    two.client_phone_normal.clear();
    two.time_zone = "Australia/Sydney";
    const std::string id = BookingClientStore(staff).enter(two);
    NewBooking again = request(in_hours(300));
    again.client_phone = "0413 456 789";
    again.client_phone_normal = "+61413456789";
    again.client_phones = {"+61413456789"};
    const std::string later = requests.add(again).booking_id;
    BookingClientStore clients(staff);
    EXPECT_EQ(clients.open_card(id)->requests.size(), 1U);
    EXPECT_EQ(clients.open_card(later)->requests.size(), 1U) << "by the second number";
    clients.mark(id, "verified", true);
    EXPECT_TRUE(clients.open_card(later)->verified);
    clients.mark(id, "verified", false);
    EXPECT_FALSE(clients.open_card(later)->verified);
    const auto blocks = BlockStore(staff).add_of_booking(id, {"phone"}, "rude", 4);
    EXPECT_EQ(blocks.size(), 2U) << "both can be taken back";
    const auto is_blocked = [&](const std::string &number) {
        NewBooking wanted = request(in_hours(400));
        wanted.client_phone = wanted.client_phone_normal = number;
        wanted.client_phones = {number};
        return booking(requests.add(wanted).booking_id).blocked;
    };
    EXPECT_TRUE(is_blocked("+61400111222"));
    EXPECT_TRUE(is_blocked("+61413456789"));
    EXPECT_FALSE(is_blocked("+61499000111"));
    for (const std::string &block : blocks) {
        BlockStore(staff).remove(block);
    }
    EXPECT_FALSE(is_blocked("+61413456789"));
}

TEST_F(BookingClients, ABlockOfTheCardCanBeRemovedByWhoeverMayAddIt) {
    const std::string id = ask_as(ada, "a@example.com", 100);
    const auto added = BlockStore(companion).add_of_booking(id, {"email", "address"}, "rude", 2);
    ASSERT_EQ(added.size(), 2U);
    ASSERT_TRUE(BlockStore(staff).add(std::nullopt, "email", "a@example.com", "everywhere"));
    const auto hers = BookingClientStore(companion).open_card(id)->blocks;
    ASSERT_EQ(hers.size(), 3U);
    for (const ClientBlock &block : hers) {
        EXPECT_EQ(block.id.empty(), block.everywhere) << block.kind;
    }
    const auto all = BookingClientStore(staff).open_card(id)->blocks;
    for (const ClientBlock &block : all) {
        BlockStore(staff).remove(block.id);
    }
    EXPECT_EQ(owner.value("SELECT count(*) FROM blocked_clients"), "0");
}

TEST_F(BookingClients, NobodyFillsTheDiskWithOneBooking) {
    const std::string id = ask(in_hours(100));
    BookingDecisionStore store(companion);
    EXPECT_DB_ERROR(ErrorKind::Invalid, store.add_note(id, std::string(4001, 'x')), HasSubstr("note: "));
    EXPECT_DB_ERROR(ErrorKind::Invalid, store.add_note(id, "  "), HasSubstr("note: "));
    run("INSERT INTO booking_notes (booking_id, tenant_id, kind, text) SELECT '" + id + "', '" + ada.text() +
        "', 'note', 'x' FROM generate_series(1, 500)");
    EXPECT_THROW(store.add_note(id, "one more"), Error);
    run("UPDATE bookings SET version = 1000");
    EXPECT_THROW(decide(companion, id, Action::Accept), Error);
    EXPECT_THROW(store.deposit(id, std::nullopt, {"asked", 500, {}, {}, {}, {}}), Error);
}

} // namespace

} // namespace studio::db
