// SPDX-License-Identifier: Apache-2.0
// Free times, and the pages behind the links of emails, as clients and companions meet them: the real program
// with a real database and a mail server that takes what it sends.
#include "base/time.h"
#include "db/bookings/availability_store.h"
#include "db/bookings/booking_decision_store.h"
#include "models/json/json.h"
#include "models/values/zoned_time.h"
#include "renderer/bookings/form_tokens.h"
#include "tests/renderer/fixtures/service_fixture.h"
#include "tests/support/mail_text.h"
#include "tests/support/smtp_sink.h"
#include "tests/support/telling_words.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pqxx/pqxx>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <regex>

namespace studio::tests {
namespace {

using models::Json;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view form_type = "application/x-www-form-urlencoded", json_type = "application/json";

std::string encoded(std::string_view text) {
    std::string result;
    for (const char c : text) {
        result += std::isalnum(static_cast<unsigned char>(c))
                      ? std::string(1, c)
                      : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return result;
}

class BookingLinks : public testing::Test {
protected:
    static void SetUpTestSuite() {
        s_mail = new test_support::SmtpSink;
        s_site = new LiveSite;
        Variables environment = s_site->environment();
        environment["SMTP_URL"] = s_mail->url();
        environment["SMTP_FROM"] = "Companion Connect <bookings@companionconnect.app>";
        environment["LIMIT_FACTOR"] = "100";
        s_service = new ServiceProcess(environment);
        ASSERT_TRUE(s_service->wait_until_ready()) << s_service->output();
    }
    static void TearDownTestSuite() {
        delete s_service;
        delete s_site;
        delete s_mail;
    }

    static models::TenantId tenant() { return s_site->database().tenant_id(); }
    static RawReply get(const std::string &path, const std::string &host = "ada.localhost") {
        return fetch(s_service->port(), host, path);
    }
    static RawReply post(const std::string &path, const std::string &body, std::string_view type = form_type,
                         FieldList fields = {}, const std::string &host = "ada.localhost") {
        fields.emplace_back("Content-Type", std::string(type));
        fields.emplace_back("Content-Length", std::to_string(body.size()));
        RawClient client(s_service->port(), fmt::format("127.0.2.{}", ++s_posts % 250 + 1));
        client.send(request_text("POST", path, host, fields) + body);
        return client.receive(std::chrono::seconds(60)).value();
    }
    static std::string value(const std::string &sql) {
        pqxx::connection connection(s_site->database().superuser_url());
        pqxx::work work(connection);
        const std::string result = work.exec1(sql)[0].c_str();
        work.commit();
        return result;
    }
    static void run(const std::string &sql) {
        pqxx::connection connection(s_site->database().superuser_url());
        pqxx::work work(connection);
        work.exec(sql);
        work.commit();
    }
    // Every day from 10:00 to 18:00, on the full hour.
    static void offer_times() {
        Json weekly;
        for (const char *day :
             {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}) {
            weekly[day] = Json::array({{{"from", "10:00"}, {"to", "18:00"}}});
        }
        db::AvailabilityStore store(s_site->operator_session());
        db::BookingSettings settings = store.settings(tenant());
        settings.availability = {{"weekly", weekly},
                                 {"startStepMinutes", 60},
                                 {"holdHours", 24},
                                 {"places", Json::object()},
                                 {"defaultPlaces", {"outcall"}}};
        ASSERT_TRUE(store.save(tenant(), settings));
        ASSERT_TRUE(eventually([] { return !times().empty(); }, std::chrono::seconds(20)))
            << s_service->output();
    }
    static std::string day(int days_ahead) {
        const base::Time at = base::now() + std::chrono::days(days_ahead);
        return models::form_value(models::local_time(at, "Australia/Sydney")).substr(0, 10);
    }
    static Json times(int from = 3, int to = 4) {
        const RawReply reply = get("/api/times?from=" + day(from) + "&to=" + day(to));
        return reply.status == 200 ? Json::parse(reply.body)["times"] : Json::array();
    }
    static Json request(const std::string &name, const std::string &start) {
        return {
            {"client_name", name},
            {"client_email", fmt::format("client{:x}@example.com", std::hash<std::string>{}(name))},
            {"preferred_date", start},
            {"place_kind", "outcall"},
            {"message", "Dinner by the harbour."},
            {"terms", true},
            {"consent", true},
            {"token",
             renderer::FormTokens(session_secret).issue(tenant(), base::now() - std::chrono::minutes(1))}};
    }
    // Sends it; gives the booking's id.
    static std::string ask(const std::string &name, const std::string &start) {
        const RawReply reply = post("/bookings", request(name, start).dump(), json_type);
        EXPECT_EQ(reply.status, 201) << reply.body;
        return reply.status == 201 ? Json::parse(reply.body)["id"].get<std::string>() : std::string();
    }
    static std::string status(const std::string &id) {
        return value("SELECT status FROM bookings WHERE id = '" + id + "'");
    }
    static std::string version(const std::string &id) {
        return value("SELECT version FROM bookings WHERE id = '" + id + "'");
    }
    static std::string client_page(const std::string &id) {
        return "/request/" + value("SELECT studio_client_token('" + id + "')");
    }
    static std::string decision_page(const std::string &id) {
        return "/decide/" + value("SELECT studio_companion_token(id, booking_standing(id), extract(epoch "
                                  "FROM now())::bigint + 3600) "
                                  "FROM bookings WHERE id = '" +
                                  id + "'");
    }
    static db::BookingDecision to(models::BookingAction action) {
        db::BookingDecision decision;
        decision.action = action;
        return decision;
    }
    static db::DecisionAnswer decide(const std::string &id, db::BookingDecision decision, int delay_s = 0) {
        decision.with_deposit = false;
        return db::BookingDecisionStore(s_site->operator_session())
            .decide(id, std::nullopt, decision, delay_s);
    }
    static std::string step(const std::string &id, const std::string &action, const std::string &words = {}) {
        return "action=" + action + "&version=" + version(id) + "&message=" + encoded(words);
    }
    static std::vector<test_support::MailText> mails_to(const std::string &address) {
        std::vector<test_support::MailText> found;
        for (const auto &mail : s_mail->mails()) {
            if (mail.to.front() == address) {
                found.push_back(test_support::read_mail(mail.data));
            }
        }
        return found;
    }

    static inline test_support::SmtpSink *s_mail = nullptr;
    static inline LiveSite *s_site = nullptr;
    static inline ServiceProcess *s_service = nullptr;
    static inline int s_posts = 0;
};

TEST_F(BookingLinks, BeforeThereAreHoursAnyTimeCanBeAskedForAndNoneIsListed) {
    const RawReply reply = get("/api/times?from=" + day(3) + "&to=" + day(9));
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.field("cache-control"), "no-store");
    EXPECT_EQ(Json::parse(reply.body), Json({{"zone", "Australia/Sydney"}, {"times", Json::array()}}));
    for (const char *query :
         {"", "?from=2027-03-01", "?from=2027-03-02&to=2027-03-01", "?from=x&to=2027-03-01"}) {
        EXPECT_EQ(get(std::string("/api/times") + query).status, 422) << query;
    }
    EXPECT_EQ(get("/api/times?from=2027-03-01&to=2027-03-02", "localhost").status, 404);
    Json body = request("Any Time", day(5) + "T03:17");
    body.erase("consent");
    EXPECT_EQ(post("/bookings", body.dump(), json_type).status, 201) << "new fields are optional here";
}

TEST_F(BookingLinks, OfferOnlyTimesThatCanBeTakenAndRefuseTheOthersWithTheNearest) {
    offer_times();
    const Json offered = times(3, 3);
    ASSERT_EQ(offered.size(), 8u) << offered.dump();
    EXPECT_THAT(offered[0]["start"].get<std::string>(), testing::StartsWith(day(3) + "T10:00:00+1"));
    EXPECT_LE(times(3, 400).size(), 62u * 8) << "62 days at most";

    const std::string id = ask("First Come", offered[0]["start"]);
    EXPECT_EQ(value("SELECT ends_at - starts_at = interval '1 hour' AND place_kind = 'outcall' AND holds "
                    "FROM bookings "
                    "WHERE id = '" +
                    id + "'"),
              "t");
    EXPECT_EQ(times(3, 3).size(), 7u);

    const RawReply taken = post("/bookings", request("Second Come", offered[0]["start"]).dump(), json_type);
    ASSERT_EQ(taken.status, 409) << taken.body;
    const Json told = Json::parse(taken.body);
    EXPECT_EQ(told["errors"][0]["field"], "preferred_date");
    ASSERT_EQ(told["times"].size(), 6u);
    EXPECT_EQ(ask("Second Come", told["times"][0]["start"]).size(), 36u) << "what is offered can be taken";

    const RawReply closed = post("/bookings", request("Night Owl", day(3) + "T03:00").dump(), json_type);
    EXPECT_EQ(closed.status, 409);
    EXPECT_EQ(Json::parse(closed.body)["errors"], told["errors"])
        << "nobody learns whether it is booked or closed";

    Json unasked = request("Un Asked", told["times"][1]["start"]);
    unasked.erase("place_kind"); // the form does not ask where there is one place only
    const RawReply stored = post("/bookings", unasked.dump(), json_type);
    ASSERT_EQ(stored.status, 201) << stored.body;
    EXPECT_EQ(value("SELECT place_kind FROM bookings WHERE id = '" +
                    Json::parse(stored.body)["id"].get<std::string>() + "'"),
              "outcall");
}

TEST_F(BookingLinks, KeepEverythingTypedWithoutScriptsAndOfferOtherTimes) {
    offer_times();
    const RawReply page = get("/book?day=" + day(6));
    EXPECT_THAT(page.body, testing::ContainsRegex("<option value=\"" + day(6) +
                                                  "T10:00:00.1[01]:00\">10:00 to 11:00</option>"));
    EXPECT_THAT(page.body, HasSubstr("/book?day=" + day(20)));
    EXPECT_THAT(page.body, Not(HasSubstr("datetime-local")));
    const std::string id = ask("Early Bird", day(6) + "T10:00");
    EXPECT_THAT(get("/book?day=" + day(6)).body, Not(HasSubstr("value=\"" + day(6) + "T10:00")));
    const Json typed = request("Late Bird", day(6) + "T10:00");
    std::string body;
    for (const auto &[name, value] : typed.items()) {
        body += (body.empty() ? "" : "&") + name + "=" +
                encoded(value.is_boolean() ? "yes" : value.get<std::string>());
    }
    const RawReply reply = post("/bookings", body);
    EXPECT_EQ(reply.status, 409);
    for (const std::string &kept :
         {std::string("value=\"Late Bird\""), std::string("Dinner by the harbour."),
          std::string("id=\"preferred_date-error\""), "<option value=\"" + day(6) + "T11:00:00+1"}) {
        EXPECT_THAT(reply.body, HasSubstr(kept));
    }
}

TEST_F(BookingLinks, WithoutScriptsTheServiceComesFirstAndTheTimesFitIt) {
    offer_times();
    ASSERT_TRUE(eventually([] { return !times(6, 6).empty(); }, std::chrono::seconds(20)));
    const std::string open = get("/book").body;
    EXPECT_THAT(open, HasSubstr("<form class=\"form first\" method=\"get\" action=\"/book\">"));
    EXPECT_THAT(open, HasSubstr(">Show times</button>"));
    EXPECT_THAT(open, HasSubstr("First choose above what you have in mind"));
    EXPECT_THAT(open, Not(HasSubstr("<optgroup"))) << "which times are free depends on the service";
    std::smatch option;
    ASSERT_TRUE(
        std::regex_search(open, option, std::regex("<option value=\"([a-z0-9-]+)\">([^<]+)</option>")))
        << open;
    const std::string id = option[1], name = option[2];
    const std::string chosen = get("/book?service=" + id).body;
    EXPECT_THAT(chosen, HasSubstr("<option value=\"" + id + "\" selected>"));
    EXPECT_THAT(chosen, HasSubstr("<option selected>" + name + "</option>")) << "in the form itself";
    EXPECT_THAT(chosen, testing::ContainsRegex("Each of these times lasts [1-9][0-9a-z ]*: " + name));
    EXPECT_THAT(chosen, HasSubstr("&amp;service=" + id + "\">Later days"));
    const Json listed =
        Json::parse(get("/api/times?from=" + day(6) + "&to=" + day(6) + "&service=" + id).body)["times"];
    ASSERT_FALSE(listed.empty());
    const std::string span = listed[0]["start"].get<std::string>().substr(11, 5) + " to " +
                             listed[0]["end"].get<std::string>().substr(11, 5);
    EXPECT_THAT(
        get("/book?day=" + day(6) + "&service=" + id).body,
        HasSubstr("<option value=\"" + listed[0]["start"].get<std::string>() + "\">" + span + "</option>"));
    EXPECT_THAT(get("/book?service=").body, HasSubstr("Each of these times lasts 1 hour."));
    EXPECT_THAT(get("/book?service=").body, HasSubstr("<option value=\"\" selected>Something else</option>"));
}

TEST_F(BookingLinks, OnATourWhatIsOfferedIsBookedAsItStands) {
    offer_times();
    db::AvailabilityStore store(s_site->operator_session());
    Json weekly;
    for (const char *each : {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}) {
        weekly[each] = Json::array({{{"from", "00:00"}, {"to", "24:00"}}});
    }
    const std::string tour = store.add_tour(tenant(), {{"city", "London"},
                                                       {"timezone", "Europe/London"},
                                                       {"firstDay", day(-1)},
                                                       {"lastDay", day(2)},
                                                       {"weekly", weekly}});
    const auto in_london = [] {
        Json offered = times(0, 2);
        Json found = Json::array();
        for (const Json &each : offered) {
            if (each.value("city", "") == "London") {
                found.push_back(each);
            }
        }
        return found;
    };
    ASSERT_TRUE(eventually([&] { return in_london().size() > 4; }, std::chrono::seconds(20)))
        << s_service->output();
    const Json offered = in_london();
    const std::string first = offered[0]["start"], second = offered[3]["start"];
    const auto starts_at = [](const std::string &id, const std::string &start) {
        return value("SELECT (starts_at = '" + start +
                     "'::timestamptz) || ' ' || time_zone FROM bookings WHERE id = '" + id + "'");
    };
    EXPECT_EQ(starts_at(ask("Tower Bridge", first), first), "true Europe/London");
    EXPECT_EQ(starts_at(ask("London Eye", second.substr(0, 16)), second), "true Europe/London")
        << "and by the clock there";
    std::smatch option;
    const std::string page = get("/book?service=").body;
    ASSERT_TRUE(std::regex_search(page, option, std::regex("value=\"([^\"]+)\">[^<]*London"))) << page;
    EXPECT_EQ(starts_at(ask("Hyde Park", option[1]), option[1]), "true Europe/London");
    store.remove_tour(tenant(), tour);
    ASSERT_TRUE(eventually([&] { return in_london().empty(); }, std::chrono::seconds(20)));
}

TEST_F(BookingLinks, AskEveryFormForTheAgreementAndTellOtherSitesByTheirCode) {
    Json typed = request("Consent Less", day(5) + "T03:17");
    typed.erase("consent");
    std::string body;
    for (const auto &[name, value] : typed.items()) {
        body += (body.empty() ? "" : "&") + name + "=" +
                encoded(value.is_boolean() ? "yes" : value.get<std::string>());
    }
    const RawReply refused = post("/bookings", body);
    EXPECT_EQ(refused.status, 422);
    EXPECT_THAT(refused.body, HasSubstr("id=\"consent-error\""));
    typed["consent"] = "";
    EXPECT_EQ(post("/bookings", typed.dump(), json_type).status, 422) << "as the page's script sends a box";
    const RawReply foreign = post("/bookings", typed.dump(), json_type, {{"Sec-Fetch-Site", "cross-site"}});
    EXPECT_EQ(foreign.status, 403);
    EXPECT_EQ(Json::parse(foreign.body)["errors"][0]["code"], "other_site");
    typed["consent"] = "yes";
    typed["token"] =
        renderer::FormTokens(session_secret).issue(tenant(), base::now() - std::chrono::hours(13));
    EXPECT_EQ(Json::parse(post("/bookings", typed.dump(), json_type).body)["errors"][0]["code"],
              "form_expired");
    typed["token"] = "x";
    EXPECT_EQ(Json::parse(post("/bookings", typed.dump(), json_type).body)["errors"][0]["code"],
              "form_unknown");
}

TEST_F(BookingLinks, KeepWhichTextWasAgreedTo) {
    offer_times();
    const std::string id = ask("Agreeing", times(8, 8)[0]["start"]);
    EXPECT_THAT(value("SELECT consent_version FROM bookings WHERE id = '" + id + "'"), testing::SizeIs(64));
    Json without = request("Not Agreeing", times(8, 8)[0]["start"]);
    without["consent"] = false;
    const RawReply reply = post("/bookings", without.dump(), json_type);
    EXPECT_EQ(reply.status, 422);
    EXPECT_EQ(Json::parse(reply.body)["errors"][0]["field"], "consent");
}

TEST_F(BookingLinks, ShowTheClientWhereItStandsAndTakeEachAnswerOnce) {
    offer_times();
    const std::string id = ask("Robin Lee", times(10, 10)[0]["start"]), page = client_page(id);
    EXPECT_THAT(get(page).body, HasSubstr("Waiting for an answer"));

    db::BookingDecision proposal = to(models::BookingAction::Propose);
    proposal.start =
        models::resolve_local_time(*models::parse_local_date_time(day(11) + "T14:00"), "Australia/Sydney").at;
    proposal.message = "Would this do?";
    ASSERT_EQ(decide(id, proposal).outcome, db::DecisionOutcome::Done);
    const RawReply asked = get(page);
    EXPECT_THAT(asked.body, HasSubstr("Another time is proposed"));
    EXPECT_THAT(asked.body, HasSubstr("14:00 AE"));
    EXPECT_THAT(asked.body, HasSubstr("Would this do?"));
    EXPECT_EQ(status(id), "proposed") << "opening it changes nothing";

    const std::string agree = step(id, "agree");
    EXPECT_EQ(post(page, agree, form_type, {{"Sec-Fetch-Site", "cross-site"}}).status, 403);
    EXPECT_EQ(status(id), "proposed");
    const RawReply done = post(page, agree);
    EXPECT_EQ(done.status, 303) << done.body;
    EXPECT_EQ(done.field("location"), page + "?done");
    EXPECT_EQ(status(id), "accepted");
    EXPECT_EQ(post(page, agree).status, 303) << "sent twice";
    const RawReply late = post(page, "action=refuse&version=2");
    EXPECT_EQ(late.status, 409) << "from another device";
    EXPECT_THAT(late.body, HasSubstr("Something changed"));
    EXPECT_EQ(status(id), "accepted");

    EXPECT_EQ(post(page, step(id, "ask_move")).status, 422) << "without words";
    EXPECT_EQ(post(page, step(id, "ask_move", "An hour later?")).status, 303);
    EXPECT_THAT(get(page).body, HasSubstr("You asked for another time"));
    EXPECT_EQ(post(page, step(id, "cancel", "Sorry")).status, 303);
    EXPECT_EQ(status(id), "cancelled");
    EXPECT_THAT(get(page).body, HasSubstr("Nothing is kept for you"));
    EXPECT_EQ(post(page, step(id, "agree")).status, 409);
    EXPECT_EQ(post(page, "action=evil&version=1").status, 409);
}

TEST_F(BookingLinks, LeadToAHostThatNamesNoCompanionAlsoWhileHerSiteIsOffline) {
    offer_times();
    const std::string id = ask("Nell Neutral", times(24, 24)[0]["start"]);
    const auto away = ask("Otto Offline", times(24, 24)[1]["start"]);
    const std::string address = value("SELECT client_email FROM bookings WHERE id = '" + id + "'");
    ASSERT_TRUE(eventually([&] { return mails_to(address).size() == 1; })) << s_service->output();
    EXPECT_THAT(mails_to(address)[0].plain,
                HasSubstr("http://localhost:" + std::to_string(s_service->port()) + client_page(id) + "\n"));
    const RawReply page = get(client_page(id), "localhost");
    EXPECT_EQ(page.status, 200);
    EXPECT_EQ(page.body, get(client_page(id)).body) << "the same as on her own host";
    EXPECT_EQ(get(client_page(id), "127.0.0.1").status, 404) << "on these hosts only";
    EXPECT_EQ(get("/request/" + std::string(64, '0'), "localhost").status, 404);
    EXPECT_EQ(get("/book", "localhost").status, 404);
    EXPECT_EQ(post("/bookings", "", form_type, {}, "localhost").status, 405);

    run("UPDATE tenants SET status = 'inactive' WHERE id = '" + tenant().text() + "'");
    ASSERT_TRUE(eventually([&] { return get("/").status == 404; }, std::chrono::seconds(20)));
    EXPECT_EQ(get(client_page(id), "localhost").status, 200);
    EXPECT_EQ(post(client_page(id), step(id, "cancel"), form_type, {}, "localhost").status, 303);
    EXPECT_EQ(status(id), "cancelled");
    EXPECT_EQ(post(decision_page(away), "action=accept", form_type, {}, "localhost").status, 303);
    EXPECT_EQ(status(away), "accepted");
    EXPECT_THAT(get(client_page(away) + "/calendar.ics", "localhost").body, HasSubstr("SUMMARY:Appointment"));
    EXPECT_EQ(get("/decide/done", "localhost").status, 200);
    // A form that was open meanwhile.
    const std::string words = "This site takes no requests at the moment. Nothing was sent.";
    const RawReply typed = post("/bookings", "client_name=Open");
    EXPECT_EQ(typed.status, 404);
    EXPECT_EQ(typed.body, words + "\n");
    const RawReply sent = post("/bookings", request("Open Form", day(9) + "T10:00").dump(), json_type);
    EXPECT_EQ(sent.status, 404);
    EXPECT_EQ(Json::parse(sent.body)["errors"][0]["message"], words);
    EXPECT_EQ(post(client_page(away), step(away, "cancel")).body, words + "\n");
    EXPECT_EQ(post("/api/nothing", "").status, 405);
    run("UPDATE tenants SET status = 'active' WHERE id = '" + tenant().text() + "'");
    ASSERT_TRUE(eventually([&] { return get("/").status == 200; }, std::chrono::seconds(20)));
}

TEST_F(BookingLinks, CanHaveAHostOfTheirOwnOnWhichThereIsNothingElse) {
    offer_times();
    const std::string id = ask("Una Own", times(24, 24)[2]["start"]);
    Variables environment = s_site->environment();
    environment["LINK_DOMAIN"] = "appointments.example";
    const ServiceProcess service(environment);
    ASSERT_TRUE(service.wait_until_ready()) << service.output();
    const auto status_of = [&](const std::string &host, const std::string &path) {
        return fetch(service.port(), host, path).status;
    };
    EXPECT_EQ(status_of("appointments.example", client_page(id)), 200);
    EXPECT_EQ(status_of("appointments.example", decision_page(id)), 200);
    EXPECT_EQ(status_of("localhost", client_page(id)), 404);
    EXPECT_EQ(status_of("ada.localhost", client_page(id)), 200);
    for (const char *path : {"/", "/book", "/privacy", "/robots.txt", "/calendar/x.ics"}) {
        const RawReply reply = fetch(service.port(), "appointments.example", path);
        EXPECT_EQ(reply.status, 404) << path;
        EXPECT_EQ(reply.body, "There is nothing at this address.\n") << path;
    }
    EXPECT_EQ(fetch(service.metrics_port(), "127.0.0.1", "/own-domain?domain=appointments.example").status,
              200);
    EXPECT_EQ(fetch(service.metrics_port(), "127.0.0.1", "/own-domain?domain=localhost").status, 404);
}

TEST_F(BookingLinks, ShowNoDecisionThatCanStillBeTakenBack) {
    offer_times();
    const std::string id = ask("Ten Seconds", times(25, 25)[0]["start"]), page = client_page(id);
    const std::string before = get(page).body;
    db::BookingDecision acceptance = to(models::BookingAction::Accept);
    acceptance.place = "Room 12, Harbour Hotel";
    acceptance.message = "See you then.";
    const db::DecisionAnswer accepted = decide(id, acceptance, 60);
    EXPECT_EQ(get(page).body, before);
    EXPECT_EQ(get(page + "/calendar.ics").status, 404);
    const RawReply busy = post(page, "action=cancel&version=1&message=" + encoded("Cannot come"));
    EXPECT_EQ(busy.status, 409);
    EXPECT_THAT(busy.body, HasSubstr("Somebody is working on your request"));
    EXPECT_THAT(busy.body, HasSubstr("Cannot come"));
    EXPECT_THAT(busy.body, Not(HasSubstr("Accepted")));
    ASSERT_EQ(db::BookingDecisionStore(s_site->operator_session()).undo(id, accepted.version).outcome,
              db::DecisionOutcome::Done);
    ASSERT_EQ(decide(id, acceptance).outcome, db::DecisionOutcome::Done);
    EXPECT_THAT(get(page).body, testing::AllOf(HasSubstr("Accepted"), HasSubstr("Harbour Hotel")));
}

TEST_F(BookingLinks, LetTheClientAnswerAQuestionAndKeepWhatWasTyped) {
    offer_times();
    const std::string id = ask("Kim Doe", times(12, 12)[0]["start"]), page = client_page(id);
    db::BookingDecision question = to(models::BookingAction::Ask);
    question.message = "Is there a <lift>?";
    ASSERT_EQ(decide(id, question).outcome, db::DecisionOutcome::Done);
    EXPECT_THAT(get(page).body, HasSubstr("Is there a &lt;lift&gt;?"));
    const std::string old = "action=answer&version=1&message=" + encoded("Two of them");
    const RawReply late = post(page, old);
    EXPECT_EQ(late.status, 409);
    EXPECT_THAT(late.body, HasSubstr(">Two of them</textarea>"));
    EXPECT_EQ(post(page, step(id, "answer", std::string(5'000, 'x'))).status, 422);
    EXPECT_EQ(post(page, step(id, "answer", "Two of them")).status, 303);
    EXPECT_EQ(status(id), "pending");
}

TEST_F(BookingLinks, KeepADifferentAnswerFromAnotherDevice) {
    offer_times();
    const std::string id = ask("Two Devices", times(12, 12)[1]["start"]), page = client_page(id);
    db::BookingDecision question = to(models::BookingAction::Ask);
    question.message = "Which hotel?";
    ASSERT_EQ(decide(id, question).outcome, db::DecisionOutcome::Done);
    const std::string form = "action=answer&version=" + version(id) + "&message=";
    EXPECT_EQ(post(page, form + encoded("Hotel A")).status, 303);
    EXPECT_EQ(post(page, form + encoded("Hotel A")).status, 303) << "the same";
    const RawReply other = post(page, form + encoded("Hotel B, room 12"));
    EXPECT_EQ(other.status, 409);
    EXPECT_THAT(other.body, HasSubstr("Something changed"));
    EXPECT_THAT(other.body, HasSubstr("Hotel B, room 12")) << "it is not lost";
}

TEST_F(BookingLinks, AreSentFromAnAddressThatThePrivacyAndLandingPagesName) {
    EXPECT_THAT(get("/privacy").body, HasSubstr("href=\"mailto:bookings"));
    EXPECT_THAT(get("/", "localhost").body, HasSubstr("href=\"mailto:bookings"));
}

TEST_F(BookingLinks, TellThePlaceOnlyOnceTheDepositIsThere) {
    offer_times();
    const std::string id = ask("Dee Posit", times(14, 14)[0]["start"]), page = client_page(id);
    db::BookingDecision acceptance = to(models::BookingAction::Accept);
    acceptance.place = "Room 12, Harbour Hotel";
    ASSERT_EQ(decide(id, acceptance).outcome, db::DecisionOutcome::Done);
    EXPECT_THAT(get(page).body, HasSubstr("Harbour Hotel"));
    db::BookingDecisionStore::Deposit deposit;
    deposit.what = "asked";
    deposit.minor = 50'050;
    ASSERT_EQ(
        db::BookingDecisionStore(s_site->operator_session()).deposit(id, std::nullopt, deposit, 0).outcome,
        db::DecisionOutcome::Done);
    const RawReply asked = get(page);
    EXPECT_THAT(asked.body, Not(HasSubstr("Harbour Hotel")));
    EXPECT_THAT(asked.body, HasSubstr("A$500.50"));
    EXPECT_THAT(asked.body,
                HasSubstr(value("SELECT deposit_reference FROM bookings WHERE id = '" + id + "'")));
    EXPECT_THAT(asked.body, HasSubstr("To ask for the account, answer the email")) << "nobody said how";
    db::AvailabilityStore store(s_site->operator_session());
    db::BookingSettings settings = store.settings(tenant());
    settings.rules["deposit"] = {{"kind", "none"}, {"howToPay", "Account <12>\nC. Example"}};
    ASSERT_TRUE(store.save(tenant(), settings));
    EXPECT_THAT(get(page).body, HasSubstr("<p class=\"words\">Account &lt;12&gt;\nC. Example</p>"));
    deposit.what = "received";
    ASSERT_EQ(
        db::BookingDecisionStore(s_site->operator_session()).deposit(id, std::nullopt, deposit, 0).outcome,
        db::DecisionOutcome::Done);
    EXPECT_THAT(get(page).body, HasSubstr("Harbour Hotel"));
    EXPECT_THAT(get(page).body, Not(HasSubstr("Account"))) << "it is paid";
    const RawReply calendar = get(page + "/calendar.ics");
    EXPECT_EQ(calendar.status, 200);
    EXPECT_THAT(calendar.field("content-type"), HasSubstr("text/calendar"));
    EXPECT_THAT(calendar.body, HasSubstr("UID:" + id));
    EXPECT_THAT(calendar.body, Not(HasSubstr("Harbour")));
}

TEST_F(BookingLinks, LetTheCompanionDecideOnceAfterAskingAgain) {
    offer_times();
    const std::string id = ask("Sam Poe", times(16, 16)[0]["start"]), page = decision_page(id);
    const RawReply opened = get(page + "?do=decline");
    EXPECT_EQ(opened.status, 200);
    EXPECT_THAT(opened.body, HasSubstr("Sam Poe"));
    EXPECT_THAT(opened.body, HasSubstr("<dt>Email</dt><dd>" +
                                       value("SELECT client_email FROM bookings WHERE id = '" + id + "'")));
    EXPECT_THAT(opened.body, HasSubstr("<details class=\"choice\" open><summary>Decline"));
    EXPECT_EQ(status(id), "pending") << "the link alone decides nothing";
    EXPECT_EQ(post(page, "action=propose&start=soon").status, 422);
    const RawReply done = post(page, "action=accept&message=Yes");
    EXPECT_EQ(done.status, 303) << done.body;
    EXPECT_EQ(status(id), "accepted");
    EXPECT_EQ(get("/decide/done").status, 200);
    EXPECT_EQ(post(page, "action=decline").status, 404) << "it works once";
    EXPECT_EQ(status(id), "accepted");
    EXPECT_THAT(get(page).body, HasSubstr("Already decided: the request is accepted."));

    const std::string other = ask("Ray Noe", times(16, 16)[0]["start"]);
    EXPECT_EQ(post(decision_page(other), "action=decline&reason_code=outside_area").status, 303);
    EXPECT_EQ(value("SELECT status || reason_code FROM bookings WHERE id = '" + other + "'"),
              "declinedoutside_area");
    const std::string third = ask("Lou Zoe", times(16, 16)[0]["start"]);
    EXPECT_EQ(post(decision_page(third), "action=propose&start=" + encoded(day(17) + "T15:00")).status, 303);
    EXPECT_EQ(status(third), "proposed");
}

TEST_F(BookingLinks, LetTheCompanionMoveWhatIsAgreedFromHerMail) {
    offer_times();
    const std::string id = ask("Mo Ver", times(26, 26)[0]["start"]);
    ASSERT_EQ(decide(id, to(models::BookingAction::Accept)).outcome, db::DecisionOutcome::Done);
    ASSERT_EQ(post(client_page(id), step(id, "ask_move", "A day later?")).status, 303);
    const std::string page = decision_page(id);
    const auto asked = [&] {
        const auto mails = mails_to("hello@example.com");
        return std::any_of(mails.begin(), mails.end(), [&](const auto &mail) {
            return mail.field("subject") == "Mo Ver asks for another time" &&
                   mail.plain.find("A day later?") != std::string::npos &&
                   mail.plain.find("?do=move") != std::string::npos;
        });
    };
    ASSERT_TRUE(eventually(asked)) << s_service->output();
    const RawReply shown = get(page + "?do=move");
    EXPECT_THAT(shown.body, HasSubstr("value=\"move\""));
    EXPECT_THAT(shown.body, Not(HasSubstr("value=\"accept\"")));
    EXPECT_EQ(post(page, "action=move").status, 422) << "without a time";
    EXPECT_EQ(post(page, "action=move&start=" + encoded("3/4/2099 8pm")).status, 422);
    EXPECT_EQ(post(page, "action=accept").status, 409) << "it is accepted already";
    EXPECT_EQ(post(page, "action=move&message=Gladly&start=" + encoded(day(27) + "T15:00")).status, 303);
    EXPECT_EQ(
        value("SELECT status || to_char(starts_at AT TIME ZONE 'Australia/Sydney', ' YYYY-MM-DD HH24:MI') || "
              "(ends_at - starts_at = interval '1 hour') FROM bookings WHERE id = '" +
              id + "'"),
        "accepted " + day(27) + " 15:00true");
    EXPECT_THAT(get(client_page(id)).body, testing::AllOf(HasSubstr("15:00 AE"), HasSubstr("Gladly")));
    EXPECT_EQ(get(page).status, 404) << "it works once";
}

TEST_F(BookingLinks, AreKeptByNobodyAndNameNobody) {
    offer_times();
    const std::string id = ask("Jo Kept", times(18, 18)[0]["start"]);
    for (const std::string &page :
         {client_page(id), decision_page(id), client_page(id) + "0", std::string("/decide/x")}) {
        const RawReply reply = get(page);
        EXPECT_EQ(reply.field("cache-control"), "no-store") << page;
        EXPECT_EQ(reply.field("x-robots-tag"), "noindex, nofollow") << page;
        EXPECT_EQ(reply.field("referrer-policy"), "no-referrer") << page;
        std::smatch title;
        ASSERT_TRUE(std::regex_search(reply.body, title, std::regex("<title>([^<]*)</title>")));
        EXPECT_THAT(title[1].str(), Not(HasSubstr("Ada"))) << page;
        EXPECT_THAT(reply.body, Not(HasSubstr("og:"))) << page;
        EXPECT_THAT(reply.body, Not(HasSubstr("visit.js"))) << page;
        if (!page.starts_with("/decide")) {
            EXPECT_THAT(test_support::telling_words(reply.body, {"ada"}), testing::IsEmpty()) << reply.body;
        }
    }
    std::string guessed = client_page(id);
    guessed.back() = guessed.back() == '0' ? '1' : '0';
    EXPECT_EQ(get(guessed).status, 404);
    EXPECT_EQ(post(guessed, step(id, "cancel")).status, 404);
    run("UPDATE bookings SET status = 'spam', starts_at = now() - interval '32 days', ends_at = now() - "
        "interval '31 "
        "days', holds = false, "
        "held_until = NULL WHERE id = '" +
        id + "'");
    EXPECT_EQ(get(client_page(id)).status, 404) << "it ends with the booking";
    EXPECT_EQ(status(id), "spam");
}

TEST_F(BookingLinks, ReachClientAndCompanionByMail) {
    offer_times();
    const std::string id = ask("Mel Roe", times(20, 20)[0]["start"]);
    const std::string address = value("SELECT client_email FROM bookings WHERE id = '" + id + "'");
    ASSERT_TRUE(eventually([&] { return mails_to(address).size() == 1; })) << s_service->output();
    EXPECT_THAT(mails_to(address)[0].plain, HasSubstr(client_page(id)));
    ASSERT_EQ(decide(id, to(models::BookingAction::Accept)).outcome, db::DecisionOutcome::Done);
    ASSERT_TRUE(eventually([&] { return mails_to(address).size() == 2; })) << s_service->output();
    const auto accepted = mails_to(address)[1];
    EXPECT_THAT(accepted.calendar, HasSubstr("METHOD:REQUEST\n"));
    EXPECT_THAT(accepted.calendar, HasSubstr("UID:" + id));
    EXPECT_EQ(post(client_page(id), step(id, "cancel")).status, 303);
    ASSERT_TRUE(eventually([&] { return mails_to(address).size() == 3; })) << s_service->output();
    EXPECT_THAT(mails_to(address)[2].calendar, HasSubstr("METHOD:CANCEL\n"));
    ASSERT_TRUE(eventually([&] {
        const auto mails = mails_to("hello@example.com");
        return std::any_of(mails.begin(), mails.end(), [](const auto &mail) {
            return mail.field("subject").starts_with("Cancelled: Mel Roe");
        });
    })) << s_service->output();
}

TEST_F(BookingLinks, GiveCalendarProgramsBusyTimesAtASecretAddressUntilItIsRevoked) {
    offer_times();
    const std::string id = ask("Cal Endar", times(22, 22)[0]["start"]);
    ASSERT_EQ(decide(id, to(models::BookingAction::Accept)).outcome, db::DecisionOutcome::Done);
    db::AvailabilityStore store(s_site->operator_session());
    const std::string busy = store.add_feed(tenant(), "busy"), neutral = store.add_feed(tenant(), "neutral");
    const RawReply feed = get("/calendar/" + busy + ".ics");
    EXPECT_EQ(feed.status, 200);
    EXPECT_THAT(feed.body, HasSubstr("UID:" + id));
    EXPECT_THAT(feed.body, Not(HasSubstr("Cal Endar")));
    EXPECT_THAT(get("/calendar/" + neutral + ".ics").body, HasSubstr("SUMMARY:Appointment"));
    EXPECT_EQ(get("/calendar/guessed.ics").status, 404);
    EXPECT_EQ(post("/calendar/" + busy + ".ics", "").status, 405);
    for (const auto &each : store.feeds(tenant())) {
        store.revoke_feed(tenant(), each.id);
    }
    EXPECT_EQ(get("/calendar/" + busy + ".ics").status, 404);
}

TEST_F(BookingLinks, PagesNameHoursAndToursWhereThereAreSome) {
    offer_times();
    EXPECT_TRUE(
        eventually([] { return get("/").body.find("Monday to Sunday 10:00–18:00") != std::string::npos; },
                   std::chrono::seconds(20)));
    db::AvailabilityStore store(s_site->operator_session());
    const std::string tour = store.add_tour(tenant(), {{"city", "Melbourne"},
                                                       {"timezone", "Australia/Melbourne"},
                                                       {"firstDay", "2027-03-03"},
                                                       {"lastDay", "2027-03-07"}});
    EXPECT_TRUE(
        eventually([] { return get("/").body.find("Melbourne, 3–7 March 2027") != std::string::npos; },
                   std::chrono::seconds(20)));
    store.remove_tour(tenant(), tour);
}

} // namespace
} // namespace studio::tests
