// SPDX-License-Identifier: Apache-2.0
// Every function and table of the bookings, found in the catalogue, with every role's login: a new one fails
// here until this table says who may do what with it.
#include "tests/db/fixtures/booking_fixture.h"

#include <gtest/gtest.h>

#include <array>
#include <map>
#include <memory>
#include <set>
#include <vector>

namespace studio::db {

namespace {

using models::BookingAction;
using models::BookingStatus;

// Operator, staff, ada herself, bea who is another companion, the public service, a login without a role.
constexpr std::size_t role_count = 6;
constexpr std::array<const char *, role_count> role_names{"operator",        "staff",       "its companion",
                                                          "other companion", "the service", "no role"};

// What each of these may, in this order:
// '+' it is done, or tells something; '0' it runs, and nothing is done or told; '-' it is refused;
// 'x' may be called, and what it does is not about one companion's bookings (other tests try it).
struct FunctionRow {
    const char *name;
    const char *call; // about ada's; "" where nobody may call it, or it is an 'x'
    const char *roles;
};

constexpr FunctionRow functions[] = {
    {"booking_act", "booking_act('{booking}', NULL, 'accept')", "+++0--"},
    {"booking_undo", "booking_undo('{agreed}', 2)", "+++0--"},
    {"booking_deposit", "booking_deposit('{agreed}', NULL, 'asked', '{\"minor\": 5000}')", "+++0--"},
    {"booking_add_note", "booking_add_note('{booking}', 'A note')", "+++0--"},
    {"booking_enter",
     "booking_enter('{ada}', '{\"source\": \"phone\", \"client_name\": \"N.\", \"start_us\": {start}, "
     "\"end_us\": {end}}')",
     "+++0--"},
    {"booking_open_card", "booking_open_card('{booking}')", "+++0--"},
    {"booking_client_card", "booking_client_card('{booking}')", "+++0--"},
    {"booking_visit_source", "booking_visit_source('{booking}')", "+++0--"},
    {"booking_mark_client", "booking_mark_client('{booking}', 'trusted', true)", "+++0--"},
    {"booking_calendar", "booking_calendar('{ada}', {start}, {end})", "+++0--"},
    {"booking_settings_save", "booking_settings_save('{ada}', 0, '{}', '{}')", "+++---"},
    {"time_block_add", "time_block_add('{ada}', {start}, {end}, 'Dentist')", "+++---"},
    {"tour_add",
     "tour_add('{ada}', '{\"city\": \"Lyon\", \"timezone\": \"Europe/Paris\", \"firstDay\": \"2031-05-01\", "
     "\"lastDay\": \"2031-05-03\"}')",
     "+++---"},
    {"calendar_import_save", "calendar_import_save('{ada}', '{file}', 'Home', NULL, '{}', '{}')", "+++---"},
    {"calendar_feed_add", "calendar_feed_add('{ada}', sha256('fresh'), 'busy')", "+++---"},
    {"availability_remove", "availability_remove('{ada}', 'block', '{block}')", "+++0--"},
    {"availability_remove", "availability_remove('{ada}', 'tour', '{tour}')", "+++0--"},
    {"availability_remove", "availability_remove('{ada}', 'calendar', '{file}')", "+++0--"},
    {"availability_remove", "availability_remove('{ada}', 'feed', '{feed}')", "+++0--"},
    {"tour_set_shown", "tour_set_shown('{ada}', '{tour}', 'month', NULL)", "+++0--"},
    {"calendar_import_follow", "calendar_import_follow('{ada}', 'Work', 'https://calendar.example/b', '{}')",
     "+++---"},
    {"calendar_import_refresh", "calendar_import_refresh('{ada}', '{address}', '{}')", "+++0--"},
    {"block_booking", "block_booking('{booking}', ARRAY['email'], 'rude', 4)", "+++---"},
    {"block_client", "block_client('{ada}', 'email', 'somebody@example.com', 'rude')", "+++---"},
    {"block_remove", "block_remove('{client_block}')", "+++0--"},
    {"webhook_remove", "webhook_remove('{hook}')", "+-----"},
    // By the links of mails, over the public service alone; what a token opens is tried in
    // booking_links_test.
    {"booking_client_view", "booking_client_view('{ada}', '{client}')", "----+-"},
    {"booking_client_act", "booking_client_act('{ada}', '{client}', 'cancel', 1, '{}')", "----+-"},
    {"booking_companion_view", "booking_companion_view('{ada}', '{companion}')", "----+-"},
    {"booking_companion_act", "booking_companion_act('{ada}', '{companion}', 'accept', '{}')", "----+-"},
    {"public_calendar", "public_calendar('{ada}', {start}, {end})", "----+-"},
    {"public_calendar_feed", "public_calendar_feed('{ada}', sha256('feed'))", "----+-"},
    {"booking_add",
     "booking_add('{\"tenant_id\": \"{ada}\", \"idempotency_key\": \"00000000-0000-4000-8000-00000000abcd\", "
     "\"client_key\": \"{key}\", \"client_name\": \"N.\", \"client_email\": \"new@example.com\"}')",
     "----+-"},
    {"calendar_import_read", "calendar_import_read('{address}', '{}', '{}', NULL, 60)", "----+-"},
    {"calendar_import_unread", "calendar_import_unread('{address}', 'unreachable', 60)", "----+-"},
    {"outbox_claim", "outbox_claim('mail', 10, 60)", "----+-"},
    {"outbox_is_held", "outbox_is_held('{message}', 0)", "----+-"},
    {"outbox_failed", "outbox_failed('{message}', 'smtp_451', 30, false)", "----+-"},
    {"outbox_sent", "outbox_sent('{message}')", "----+-"},
    {"outbox_counts", "outbox_counts()", "+---+-"},
    {"booking_run_due", "booking_run_due(clock_timestamp(), 10)", "+---+-"},
    // Of all companions together, or about visits and people: security_walk_test, privacy_store_test and
    // others.
    {"experiment_counts", "", "x-xx--"},
    {"analytics_differences", "", "x-----"},
    {"analytics_rebuild", "", "x-----"},
    {"calendar_import_claim", "", "----x-"},
    {"outbox_retry", "", "xxxx--"},
    {"outbox_undelivered", "", "xxxx--"},
    {"privacy_erase_booking", "", "xx----"},
    {"privacy_erase_phone", "", "xx----"},
    {"privacy_forget_session", "", "xx----"},
    {"public_draft", "", "----x-"},
    {"privacy_erase_email", "", "xx----"},
    {"retention_batch", "", "x---x-"},
    {"tracking_accept", "", "----x-"},
    // Parts of the others.
    {"block_hashes", "", "------"},
    {"booking_add_visit", "", "------"},
    {"booking_add_words", "", "------"},
    {"booking_agenda", "", "------"},
    {"booking_blocked_asked", "", "------"},
    {"booking_blocked_times", "", "------"},
    {"booking_changed", "", "------"},
    {"bookings_of_day", "", "------"},
    {"booking_check_number", "", "------"},
    {"booking_check_settings", "", "------"},
    {"booking_check_times", "", "------"},
    {"booking_client_spam", "", "------"},
    {"booking_deposit_due", "", "------"},
    {"booking_deposit_rule", "", "------"},
    {"booking_expires_at", "", "------"},
    {"booking_expiry_is_told", "", "------"},
    {"booking_fields_before", "", "------"},
    {"booking_hold_to_decide", "", "------"},
    {"booking_hold_until", "", "------"},
    {"booking_in_the_way", "", "------"},
    {"booking_is_blocked", "", "------"},
    {"booking_is_same", "", "------"},
    {"booking_last_change", "", "------"},
    {"booking_last_words", "", "------"},
    {"booking_limit_changes", "", "------"},
    {"booking_may_become", "", "------"},
    {"booking_may_confirm", "", "------"},
    {"booking_may_tell_expiry", "", "------"},
    {"booking_messages_of", "", "------"},
    {"booking_new_reference", "", "------"},
    {"booking_next_status", "", "------"},
    {"booking_number", "", "------"},
    {"booking_phones", "", "------"},
    {"booking_release_holds", "", "------"},
    {"booking_request_hash", "", "------"},
    {"booking_send_agendas", "", "------"},
    {"booking_standing", "", "------"},
    {"booking_status_for_client", "", "------"},
    {"booking_taken_by", "", "------"},
    {"booking_settled_at", "", "------"},
    {"booking_untold_change", "", "------"},
    {"booking_visit", "", "------"},
    {"booking_words_with_status", "", "------"},
    {"booking_writes_to_client", "", "------"},
    {"calendar_import_replace", "", "------"},
    {"calendar_import_require_room", "", "------"},
    {"outbox_is_outdated", "", "------"},
    {"outbox_must_wait", "", "------"},
    {"privacy_apply_erasures", "", "------"},
    {"studio_booking_change", "", "------"},
    {"studio_booking_decided", "", "------"},
    {"studio_booking_of_client", "", "------"},
    {"studio_booking_of_companion", "", "------"},
    {"studio_calendar", "", "------"},
    {"studio_client_hash", "", "------"},
    {"studio_client_token", "", "------"},
    {"studio_companion_token", "", "------"},
    {"studio_erase_bookings", "", "------"},
    {"studio_erase_clients", "", "------"},
    {"studio_erase_visitors", "", "------"},
    {"studio_erase_visits", "", "------"},
    {"studio_may_moderate", "", "------"},
    {"studio_names_client", "", "------"},
    {"studio_require_moderator", "", "------"},
    {"studio_tours", "", "------"},
    {"studio_unlink_bookings", "", "------"},
};

// Who reads which rows of a table: 'a' all, 'o' her own, '-' none. `written`: by whom directly, of INSERT and
// UPDATE; all else is written by functions.
struct TableRow {
    const char *name, *roles;
    std::set<std::string> written{};
};

const std::vector<TableRow> &tables() {
    static const std::vector<TableRow> rows{
        {"bookings", "aaoo--", {"the service INSERT"}},
        {"booking_history", "aaoo--"},
        {"booking_notes", "aaoo--"},
        {"booking_settings", "aaoo--"},
        {"booking_attempts", "------"},
        {"booking_locks", "------"},
        {"blocked_clients", "aaoo--"},
        {"client_marks", "------"},
        {"client_card_reads", "a-----"},
        {"tours", "aaoo--"},
        {"time_blocks", "aaoo--"},
        {"calendar_imports", "aaoo--"},
        {"calendar_feeds", "aaoo--"},
        {"outbox", "a-----"},
        {"webhooks", "a-----", {"operator INSERT", "operator UPDATE"}},
    };
    return rows;
}

constexpr const char *names_of_bookings = "'(booking|^tours?(_|$)|time_block|calendar|block_|blocked|client|"
                                          "outbox|webhook|moderat|companion_token)'";

std::string filled(std::string text, const std::map<std::string, std::string> &values) {
    for (const auto &[name, value] : values) {
        const std::string mark = "{" + name + "}";
        for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark)) {
            text.replace(at, mark.size(), value);
        }
    }
    return text;
}

class BookingRoles : public BookingFixture {
protected:
    BookingRoles() {
        for (const auto &tenant : {ada, bea}) {
            add_things(tenant.text(), tenant == ada ? "feed" : "other feed");
        }
        const std::string asked = ask(in_hours(100)), agreed = ask(in_hours(110));
        EXPECT_EQ(accept(agreed).outcome, Outcome::Done);
        run("WITH visit AS (INSERT INTO sessions (tenant_id, consented, utm_source) VALUES ('" + ada.text() +
            "', true, 'ig') RETURNING id) UPDATE bookings SET session_id = visit.id FROM visit WHERE "
            "bookings.id = '" +
            asked + "'");
        for (Session *session : {&people, &staff, &companion}) { // the card is told to who was noted before
            EXPECT_TRUE(BookingClientStore(*session).open_card(asked));
        }
        BookingClientStore(staff).mark(agreed, "verified", true);
        m_values = {
            {"ada", ada.text()},
            {"key", std::string(64, 'a')},
            {"booking", asked},
            {"agreed", agreed},
            {"start", std::to_string(us(in_hours(200)))},
            {"end", std::to_string(us(in_hours(201)))},
            {"block", of_ada("time_blocks")},
            {"tour", of_ada("tours")},
            {"file", of_ada("calendar_imports", "name = 'File'")},
            {"address", of_ada("calendar_imports", "name = 'Address'")},
            {"feed", of_ada("calendar_feeds")},
            {"client_block", of_ada("blocked_clients")},
            {"hook", of_ada("webhooks")},
            {"message", owner.value("SELECT id FROM outbox WHERE booking_id = '" + asked + "' LIMIT 1")},
            {"client", client_token(asked)},
            {"companion", owner.value("SELECT studio_companion_token('" + asked +
                                      "', 0, extract(epoch FROM now())::bigint + 600)")}};
    }

    void add_things(const std::string &tenant, const std::string &feed) {
        const std::string of = " VALUES ('" + tenant + "', ";
        run("WITH added AS (INSERT INTO bookings (tenant_id, client_name, client_email)" + of +
            "'N.', 'n@example.com') RETURNING id, tenant_id), changed AS (INSERT INTO booking_history "
            "(booking_id, tenant_id, actor_kind, action, to_status, version) SELECT id, tenant_id, 'client', "
            "'request', 'pending', 1 FROM added) INSERT INTO booking_notes (booking_id, tenant_id, kind, "
            "text) SELECT id, tenant_id, 'note', 'Called back' FROM added");
        run("INSERT INTO time_blocks (tenant_id, starts_at, ends_at)" + of +
            "now(), now() + interval '1 h')");
        run("INSERT INTO tours (tenant_id, city, time_zone, first_day, last_day)" + of +
            "'Perth', 'Australia/Perth', '2030-01-01', '2030-01-05')");
        run("INSERT INTO calendar_imports (tenant_id, name)" + of + "'File')");
        run("INSERT INTO calendar_imports (tenant_id, name, url, next_read_at)" + of +
            "'Address', 'https://calendar.example/', now() + interval '1 h')");
        run("INSERT INTO calendar_feeds (tenant_id, token_hash)" + of + "sha256('" + feed + "'))");
        run("INSERT INTO blocked_clients (tenant_id, kind, value_hash)" + of + "'email', sha256('" + feed +
            "'))");
        run("INSERT INTO webhooks (tenant_id, url, secret)" + of +
            "'https://hooks.example/', repeat('s', 40))");
    }
    std::string of_ada(const std::string &table, const std::string &condition = "true") {
        return owner.value("SELECT id FROM " + table + " WHERE tenant_id = '" + ada.text() + "' AND " +
                           condition);
    }

    // Everything that the bookings are made of, in one value.
    std::string everything() {
        std::string text;
        for (const TableRow &table : tables()) {
            text += owner.value("SELECT coalesce(md5(string_agg(t::text, ' ' ORDER BY t::text)), '') FROM " +
                                std::string(table.name) + " t");
        }
        return text;
    }

    // '+', '0' or '-' as above; a call that did something is taken back.
    char outcome_of(Sql &login, const std::string &call) {
        pqxx::work work(login.connection());
        try {
            const auto rows = work.exec("SELECT to_jsonb(given)::text FROM public." + call + " AS given");
            const std::string given = rows.empty() || rows[0][0].is_null() ? "null" : rows[0][0].c_str();
            const bool nothing =
                given == "null" || given == "false" || given == R"({"outcome": "not_found"})";
            if (nothing) {
                work.commit(); // so that what it did after all would be seen
            }
            return nothing ? '0' : '+';
        } catch (const pqxx::sql_error &error) {
            const std::string text = error.what();
            const bool refused =
                text.find("42501") != std::string::npos || text.find("P0002") != std::string::npos;
            return refused ? '-' : '?';
        }
    }

    std::string outcomes_of(const std::string &call) {
        std::string outcomes;
        for (const auto &login : m_logins) {
            outcomes += outcome_of(*login, filled(call, m_values));
        }
        return outcomes;
    }

    std::string privileges_on(const std::string &function) {
        std::string held;
        for (const auto &login : m_logins) {
            held += login->value("SELECT bool_or(has_function_privilege(oid, 'EXECUTE')) FROM pg_proc WHERE "
                                 "pronamespace = 'public'::regnamespace AND proname = '" +
                                 function + "'") == "t"
                        ? 'x'
                        : '-';
        }
        return held;
    }

    std::string readers_of(const std::string &table) {
        std::string readers;
        const auto rows = [&](const std::string &condition) {
            return std::stoul(owner.value("SELECT count(*) FROM " + table + condition));
        };
        for (std::size_t role = 0; role < role_count; ++role) {
            Sql &login = *m_logins[role];
            const std::string columns =
                owner.value("SELECT coalesce(string_agg(quote_ident(attname), ', '), '1') FROM pg_attribute "
                            "WHERE attrelid = 'public." +
                            table +
                            "'::regclass AND attnum > 0 AND NOT attisdropped AND "
                            "has_column_privilege('" +
                            login.value("SELECT session_user") + "', attrelid, attnum, 'SELECT')");
            const auto read = login.tried("SELECT " + columns + " FROM public." + table);
            const auto &own = role == 3 ? bea : ada;
            const bool all = read.rows == rows("") && read.rows > 0;
            const bool hers =
                role >= 2 && read.rows > 0 && read.rows == rows(" WHERE tenant_id = '" + own.text() + "'");
            readers += !read.sqlstate.empty() || read.rows == 0 ? '-' : all && !hers ? 'a' : hers ? 'o' : '?';
        }
        return readers;
    }

    // "operator INSERT", …: by what may be done directly to some column.
    std::set<std::string> writers_of(const std::string &table) {
        std::set<std::string> writers;
        for (std::size_t role = 0; role < role_count; ++role) {
            for (const std::string what : {"INSERT", "UPDATE"}) {
                if (owner.value("SELECT has_any_column_privilege('" +
                                m_logins[role]->value("SELECT session_user") + "', 'public." + table +
                                "', '" + what + "')") == "t") {
                    writers.insert(std::string(role_names[role]) + " " + what);
                }
            }
            for (const std::string &statement : {"DELETE FROM public." + table, "TRUNCATE public." + table,
                                                 "LOCK public." + table + " IN SHARE MODE"}) {
                if (!m_logins[role]->tried(statement).denied()) {
                    writers.insert(std::string(role_names[role]) + ": " + statement);
                }
            }
        }
        return writers;
    }

    std::map<std::string, std::string> m_values;
    const std::array<std::unique_ptr<Sql>, role_count> m_logins{
        std::make_unique<Sql>(database.operator_url()),
        std::make_unique<Sql>(database.staff_url()),
        std::make_unique<Sql>(database.companion_url()),
        std::make_unique<Sql>(database.other_companion_url()),
        std::make_unique<Sql>(database.renderer_url()),
        std::make_unique<Sql>(database.anonymous_url())};
};

TEST_F(BookingRoles, EveryFunctionAndTableOfTheBookingsIsInTheTablesHere) {
    std::string patterns;
    std::set<std::string> known_tables, known_functions;
    for (const TableRow &table : tables()) {
        known_tables.insert(table.name);
        patterns += (patterns.empty() ? "" : "|") + std::string(table.name);
    }
    for (const FunctionRow &function : functions) {
        known_functions.insert(function.name);
    }
    const auto found_tables =
        owner.column("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace "
                     "AND relkind IN ('r', 'p', 'v', 'm') AND relname ~ " +
                     std::string(names_of_bookings));
    const auto found_functions =
        owner.column("SELECT DISTINCT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND "
                     "prokind = 'f' AND "
                     "prorettype <> 'trigger'::regtype AND (proname ~ " +
                     std::string(names_of_bookings) + " OR prosrc ~ '\\m(" + patterns + ")\\M')");
    EXPECT_EQ(std::set<std::string>(found_tables.begin(), found_tables.end()), known_tables);
    EXPECT_EQ(std::set<std::string>(found_functions.begin(), found_functions.end()), known_functions);
}

TEST_F(BookingRoles, EveryFunctionDoesForEachRoleWhatItMayAndNothingElse) {
    for (const FunctionRow &function : functions) {
        const std::string call = function.call;
        if (call.empty()) {
            EXPECT_EQ(privileges_on(function.name), function.roles) << function.name;
            continue;
        }
        const std::string before = everything();
        EXPECT_EQ(outcomes_of(call), function.roles) << function.name;
        EXPECT_EQ(everything(), before) << function.name << " changed something for whom it must not";
    }
}

TEST_F(BookingRoles, EveryTableIsReadByWhomItConcernsAndWrittenByFunctions) {
    for (const auto &tenant : {ada, bea}) {
        run("INSERT INTO booking_settings (tenant_id) VALUES ('" + tenant.text() + "')");
    }
    for (const TableRow &table : tables()) {
        EXPECT_EQ(readers_of(table.name), table.roles) << table.name;
        EXPECT_EQ(writers_of(table.name), table.written) << table.name;
    }
}

TEST_F(BookingRoles, EveryActionInEveryStateIsForThoseWhoModerateItsCompanion) {
    for (const BookingAction action : models::booking_actions()) {
        for (const BookingStatus from : models::booking_statuses()) {
            if (!models::next_status(action, from)) {
                continue;
            }
            m_values["booking"] = in_state(from);
            if (action == BookingAction::Keep) {
                run("UPDATE bookings SET move_asked_at = now() WHERE id = '" + m_values["booking"] + "'");
            }
            const std::string call = "booking_act('{booking}', 1, '" + std::string(to_string(action)) +
                                     "', '{\"start_us\": {start}, \"message\": \"words\"}')";
            EXPECT_EQ(outcomes_of(call), "+++0--") << to_string(action) << " of " << to_string(from);
            EXPECT_EQ(status(m_values["booking"]), to_string(from));
        }
    }
    for (const std::string what : {"asked", "received", "returned", "kept"}) {
        EXPECT_EQ(outcomes_of("booking_deposit('{agreed}', NULL, '" + what + "', '{\"minor\": 100}')"),
                  "+++0--")
            << what;
    }
}

// Nobody's session becomes another's by SET.
TEST_F(BookingRoles, ALoginCannotTakeTheRoleOfAnother) {
    for (const std::size_t role : {2, 3, 4, 5}) {
        for (const std::string other : {"studio_operator", "studio_staff", "studio_renderer"}) {
            if (role == 4 && other == "studio_renderer") {
                continue;
            }
            EXPECT_TRUE(m_logins[role]->tried("SET ROLE " + other).denied())
                << role_names[role] << " " << other;
        }
        const std::string statement = "SET SESSION AUTHORIZATION " + database.login("staff");
        EXPECT_TRUE(m_logins[role]->tried(statement).denied()) << role_names[role];
    }
}

TEST_F(BookingRoles, APlantedFunctionAndTableAreFound) {
    run("CREATE TABLE booking_secrets (tenant_id uuid)");
    run("CREATE FUNCTION planted_list() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM bookings'");
    EXPECT_EQ(owner.value("SELECT count(*) FROM pg_class WHERE relname = 'booking_secrets' AND relname ~ " +
                          std::string(names_of_bookings)),
              "1");
    EXPECT_EQ(
        owner.value(
            "SELECT count(*) FROM pg_proc WHERE proname = 'planted_list' AND prosrc ~ '\\mbookings\\M'"),
        "1");
    run("GRANT SELECT ON booking_secrets TO studio_companion");
    run("INSERT INTO booking_secrets VALUES ('" + bea.text() + "'), ('" + ada.text() + "')");
    EXPECT_EQ(readers_of("booking_secrets"), "--aa--");
}

} // namespace

} // namespace studio::db
