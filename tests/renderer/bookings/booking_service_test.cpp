// SPDX-License-Identifier: Apache-2.0
// Bookings as visitors make them: the real program, twice, with a real database, a mail server and a web
// server that take what it sends.
#include "models/booking/booking_request.h"
#include "models/json/json.h"
#include "models/values/zoned_time.h"
#include "renderer/bookings/form_tokens.h"
#include "renderer/delivery/outbox_sender.h"
#include "renderer/delivery/webhook_client.h"
#include "tests/renderer/fixtures/visitor_client.h"
#include "tests/support/http_sink.h"
#include "tests/support/mail_text.h"
#include "tests/support/smtp_sink.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pqxx/pqxx>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <thread>

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

// What a visitor fills in. Keys are the form's names.
struct Typed {
    std::map<std::string, std::string> fields;

    explicit Typed(const std::string &name) {
        fields = {{"client_name", name},
                  // Of each name its own: an address gets three confirmations a day.
                  {"client_email", fmt::format("client{:x}@example.com", std::hash<std::string>{}(name))},
                  {"client_phone", "+61 412 345 678"},
                  {"service_type", "Dinner"},
                  {"preferred_date", "2027-11-23T20:00"},
                  {"preferred_date_end", ""},
                  {"duration", "three hours"},
                  {"message", "Dinner by the harbour."},
                  {"terms", "yes"},
                  {"consent", "yes"},
                  {"website", ""}};
    }
    Typed &with(const std::string &field, const std::string &value) {
        fields[field] = value;
        return *this;
    }
    std::string form() const {
        std::string body;
        for (const auto &[name, value] : fields) {
            body += (body.empty() ? "" : "&") + name + "=" + encoded(value);
        }
        return body;
    }
    std::string json() const {
        Json body = Json::object();
        for (const auto &[name, value] : fields) {
            body[name] = value;
        }
        return body.dump();
    }
};

std::string value_between(const std::string &text, const std::string &before) {
    const auto begin = text.find(before);
    return begin == std::string::npos
               ? ""
               : text.substr(begin + before.size(),
                             text.find('"', begin + before.size()) - begin - before.size());
}

std::string uuid(int number) {
    return fmt::format("3f0c0e3e-5a4b-4c6d-8e9f-{:012d}", number);
}

class Bookings : public testing::Test {
protected:
    static void SetUpTestSuite() {
        s_mail = new test_support::SmtpSink;
        s_hook = new test_support::HttpSink;
        s_site = new LiveSite;
        Variables environment = s_site->environment();
        environment["SMTP_URL"] = s_mail->url();
        environment["SMTP_FROM"] = "Companion Connect <bookings@companionconnect.app>";
        environment["WEBHOOK_ALLOW_INSECURE"] = "1";
        environment["WEBHOOK_ALLOW_PRIVATE"] = "1";
        s_first = new ServiceProcess(environment);
        s_second = new ServiceProcess(environment);
        ASSERT_TRUE(s_first->wait_until_ready()) << s_first->output();
        ASSERT_TRUE(s_second->wait_until_ready()) << s_second->output();
    }
    static void TearDownTestSuite() {
        delete s_second;
        delete s_first;
        delete s_site;
        delete s_hook;
        delete s_mail;
    }
    void TearDown() override {
        s_mail->set(test_support::SmtpSink::Mode::Accept);
        EXPECT_THAT(s_mail->faults(), testing::IsEmpty());
    }

    static models::TenantId tenant() { return s_site->database().tenant_id(); }
    // One that was given out a minute ago.
    static std::string token() {
        return renderer::FormTokens(session_secret).issue(tenant(), base::now() - std::chrono::seconds(60));
    }
    // From an address of its own, so that no test counts into another's hour.
    RawReply post(const std::string &body, std::string_view type = form_type, const FieldList &more = {},
                  const ServiceProcess *service = nullptr, const std::string &source = {}) const {
        FieldList fields = more;
        fields.emplace_back("Content-Type", std::string(type));
        fields.emplace_back("Content-Length", std::to_string(body.size()));
        RawClient client((service ? service : s_first)->port(), source.empty() ? m_source : source);
        client.send(request_text("POST", "/bookings", "ada.localhost", fields) + body);
        return client.receive(std::chrono::seconds(30)).value();
    }
    static std::vector<std::vector<std::string>> rows(const std::string &sql) {
        pqxx::connection connection(s_site->database().superuser_url());
        pqxx::work work(connection);
        std::vector<std::vector<std::string>> result;
        for (const auto &row : work.exec(sql)) {
            result.emplace_back();
            for (const auto &field : row) {
                result.back().emplace_back(field.c_str());
            }
        }
        work.commit();
        return result;
    }
    static std::string value(const std::string &sql) { return rows(sql).at(0).at(0); }
    static std::string count_of(const std::string &name) {
        return value("SELECT count(*) FROM bookings WHERE client_name = '" + name + "'");
    }
    static std::vector<test_support::MailText> mails_with(const std::string &words) {
        std::vector<test_support::MailText> found;
        for (const auto &mail : s_mail->mails()) {
            if (auto text = test_support::read_mail(mail.data); text.plain.find(words) != std::string::npos) {
                found.push_back(std::move(text));
            }
        }
        return found;
    }
    static double metric(const std::string &name) {
        const std::string text = fetch(s_first->metrics_port(), "localhost", "/metrics").body;
        const auto at = text.find("\n" + name + " ");
        return at == std::string::npos ? -1 : std::stod(text.substr(at + name.size() + 2));
    }

    static inline test_support::SmtpSink *s_mail = nullptr;
    static inline test_support::HttpSink *s_hook = nullptr;
    static inline LiveSite *s_site = nullptr;
    static inline ServiceProcess *s_first = nullptr, *s_second = nullptr;
    static inline int s_tests = 0;
    const std::string m_source = fmt::format("127.0.1.{}", ++s_tests);
};

TEST_F(Bookings, AreMadeWithoutScripts) {
    const RawReply page = fetch(s_first->port(), "ada.localhost", "/book");
    EXPECT_EQ(page.status, 200);
    EXPECT_EQ(page.field("cache-control"), "no-store");
    const std::string given = value_between(page.body, "name=\"token\" value=\"");
    const std::string key = value_between(page.body, "name=\"idempotency_key\" value=\"");
    EXPECT_FALSE(given.empty());
    const RawReply again = fetch(s_first->port(), "ada.localhost", "/book");
    EXPECT_NE(value_between(again.body, "name=\"token\" value=\""), given);
    EXPECT_NE(value_between(again.body, "name=\"idempotency_key\" value=\""), key);

    const RawReply sent = post(Typed("Zoë Lee")
                                   .with("client_email", "robin@example.com")
                                   .with("token", opened_a_minute_ago(*s_site, given))
                                   .with("idempotency_key", key)
                                   .with("preferred_date_end", "2027-11-23T23:30")
                                   .form());
    EXPECT_EQ(sent.status, 303);
    EXPECT_EQ(sent.field("location"), "/book/sent");
    EXPECT_EQ(sent.field("cache-control"), "no-store");
    const RawReply confirmation = fetch(s_first->port(), "ada.localhost", "/book/sent");
    EXPECT_EQ(confirmation.status, 200);
    EXPECT_THAT(confirmation.body, HasSubstr("Your request is on its way"));

    const auto stored =
        rows("SELECT client_email, client_phone, service_type, duration, message, status, time_zone, "
             "to_char(preferred_date AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'), "
             "to_char(preferred_date_end AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'), "
             "terms_accepted_at IS NOT NULL, octet_length(client_key) "
             "FROM bookings WHERE client_name = 'Zoë Lee'");
    ASSERT_EQ(stored.size(), 1u);
    EXPECT_THAT(stored[0],
                testing::ElementsAre("robin@example.com", "+61 412 345 678", "Dinner", "three hours",
                                     "Dinner by the harbour.", "pending", "Australia/Sydney",
                                     "2027-11-23 09:00", "2027-11-23 12:30", "t", "32"));
    ASSERT_TRUE(eventually([] { return mails_with("Zoë Lee").size() == 2; })) << s_first->output();
    for (const auto &mail : mails_with("Zoë Lee")) {
        EXPECT_THAT(mail.plain, HasSubstr("Tuesday 23 November 2027, 20:00 AEDT"));
        EXPECT_THAT(mail.field("to"), testing::AnyOf("<robin@example.com>", "<hello@example.com>"));
    }
}

TEST_F(Bookings, LastAsLongAsTheirServiceWhereNoEndIsNamed) {
    ASSERT_EQ(
        post(Typed("Long Dinner").with("token", token()).with("idempotency_key", uuid(311)).form()).status,
        303);
    const std::string id = value("SELECT id FROM bookings WHERE client_name = 'Long Dinner'");
    const std::string lasts = "SELECT ends_at - starts_at FROM bookings WHERE id = '" + id + "'";
    EXPECT_EQ(value(lasts), "03:00:00") << "by what the site says of a dinner";
    EXPECT_EQ(value("SELECT preferred_date_end IS NULL FROM bookings WHERE id = '" + id + "'"), "t")
        << "the client named none";
    ASSERT_EQ(post(Typed("No Service")
                       .with("service_type", "")
                       .with("token", token())
                       .with("idempotency_key", uuid(312))
                       .form())
                  .status,
              303);
    EXPECT_EQ(value("SELECT ends_at IS NULL FROM bookings WHERE client_name = 'No Service'"), "t");
}

TEST_F(Bookings, AreForTheNextTwoYearsByTheClockOfTheirPlace) {
    constexpr std::chrono::minutes a_minute{1};
    const auto in_sydney = [](base::Time at) {
        return models::form_value(models::local_time(at, "Australia/Sydney"));
    };
    const base::Time now = base::now();
    const RawReply again = post(Typed("Robin").with("token", token()).with("client_email", "no").form());
    for (const std::string &page : {fetch(s_first->port(), "ada.localhost", "/book").body, again.body}) {
        const auto field = page.find("name=\"preferred_date\"");
        ASSERT_NE(field, std::string::npos);
        const std::string control = page.substr(field, page.find('>', field) - field);
        EXPECT_THAT(value_between(control, "min=\""),
                    testing::AnyOf(in_sydney(now), in_sydney(now + a_minute)));
        EXPECT_THAT(value_between(control, "max=\""),
                    testing::AnyOf(in_sydney(now + models::max_days_ahead),
                                   in_sydney(now + models::max_days_ahead + a_minute)));
    }
}

TEST_F(Bookings, KeepEverythingTypedWhenSomethingIsWrong) {
    const RawReply reply = post(Typed("Robin <b>\"Lee\"")
                                    .with("token", token())
                                    .with("idempotency_key", uuid(1))
                                    .with("client_email", "not an address")
                                    .with("preferred_date", "2027-10-03T02:30")
                                    .with("terms", "")
                                    .form());
    EXPECT_EQ(reply.status, 422);
    EXPECT_EQ(reply.field("cache-control"), "no-store");
    EXPECT_TRUE(reply.has("content-security-policy"));
    for (const char *words :
         {"Robin &lt;b&gt;", "value=\"not an address\"", "value=\"2027-10-03T02:30\"",
          "Dinner by the harbour.", "value=\"three hours\"", "value=\"3f0c0e3e-5a4b-4c6d-8e9f-000000000001\"",
          "Please enter an email address like name@example.com.", "02:30 does not exist on that day",
          "Please confirm that you are 18 or older", "id=\"client_email-error\"",
          "<option selected>Dinner"}) {
        EXPECT_THAT(reply.body, HasSubstr(words));
    }
    EXPECT_EQ(value("SELECT count(*) FROM bookings WHERE client_email = 'not an address'"), "0");
    EXPECT_THAT(value_between(reply.body, "name=\"token\" value=\""), Not(testing::IsEmpty()));
}

TEST_F(Bookings, AnswerScriptsInJson) {
    const RawReply given = fetch(s_first->port(), "ada.localhost", "/api/form-token");
    EXPECT_EQ(given.status, 200);
    EXPECT_EQ(given.field("cache-control"), "no-store");
    EXPECT_FALSE(Json::parse(given.body)["token"].get<std::string>().empty());

    const RawReply sent =
        post(Typed("Json Lee").with("token", token()).with("idempotency_key", uuid(2)).json(), json_type);
    EXPECT_EQ(sent.status, 201);
    EXPECT_EQ(sent.field("content-type"), "application/json");
    EXPECT_EQ(Json::parse(sent.body)["id"], value("SELECT id FROM bookings WHERE client_name = 'Json Lee'"));

    const RawReply wrong = post(Typed("").with("token", token()).with("message", "").json(), json_type);
    EXPECT_EQ(wrong.status, 422);
    EXPECT_EQ(wrong.body,
              R"({"errors":[{"field":"client_name","message":"Please enter your name."},)"
              R"({"field":"message","message":"Please write a few words about you, the place and the )"
              R"(occasion."}]})");
    EXPECT_EQ(post("{\"client_name\":", json_type).status, 422);
    EXPECT_EQ(post(R"({"colour":"red"})", json_type).status, 422);
}

TEST_F(Bookings, AreMadeAsTheDocumentationShows) {
    std::ifstream file(std::string(std::getenv("STUDIO_SOURCE_DIR")) + "/docs/http-api.md");
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const auto begin = text.find("/bookings -d '") + std::string("/bookings -d '").size();
    Json body = Json::parse(text.substr(begin, text.find("}'", begin) + 1 - begin));
    body["token"] = token();
    const RawReply reply = post(body.dump(), json_type);
    EXPECT_EQ(reply.status, 201) << reply.body;
    EXPECT_TRUE(Json::parse(reply.body).contains("id"));
}

TEST_F(Bookings, WantATokenOfTheirOwnPage) {
    const std::string old =
        renderer::FormTokens(session_secret).issue(tenant(), base::now() - std::chrono::hours(13));
    const std::string foreign =
        renderer::FormTokens(session_secret)
            .issue(s_site->database().other_tenant_id(), base::now() - std::chrono::seconds(60));
    for (const std::string &bad : {std::string(), std::string("x"), old, foreign}) {
        const RawReply json = post(Typed("Token Lee").with("token", bad).json(), json_type);
        EXPECT_EQ(json.status, 422) << bad;
        EXPECT_EQ(Json::parse(json.body)["errors"][0]["field"], "token") << bad;
        const RawReply page = post(Typed("Token Lee").with("token", bad).form());
        EXPECT_EQ(page.status, 422) << bad;
        EXPECT_THAT(page.body, HasSubstr(bad == old ? "This form was open for too long."
                                                    : "This form could not be recognised."));
        EXPECT_THAT(page.body, HasSubstr("Nothing you typed is lost: please send it again."));
        EXPECT_THAT(page.body, HasSubstr("value=\"Token Lee\""));
        // The page's new token may be used at once.
        const RawReply again = post(Typed("Token Lee Again")
                                        .with("token", value_between(page.body, "name=\"token\" value=\""))
                                        .form());
        EXPECT_EQ(again.status, 303);
    }
    EXPECT_EQ(count_of("Token Lee"), "0");
    EXPECT_EQ(
        value("SELECT count(*) FROM bookings WHERE client_name = 'Token Lee Again' AND status = 'pending'"),
        "4");
}

TEST_F(Bookings, AreRefusedFromOtherSitesAndInOtherShapes) {
    const std::string body = Typed("Cross Lee").with("token", token()).form();
    for (const FieldList &fields :
         {FieldList{{"Sec-Fetch-Site", "cross-site"}}, FieldList{{"Sec-Fetch-Site", "same-site"}},
          FieldList{{"Origin", "https://evil.example"}}, FieldList{{"Origin", "null"}},
          FieldList{{"Origin", "http://bea.localhost"}}}) {
        EXPECT_EQ(post(body, form_type, fields).status, 403) << fields[0].second;
    }
    EXPECT_EQ(post(body, "multipart/form-data; boundary=x").status, 415);
    EXPECT_EQ(post(body, "text/plain").status, 415);
    EXPECT_EQ(post(body + "&x=" + std::string(70'000, 'x')).status, 413);
    EXPECT_EQ(count_of("Cross Lee"), "0");
    EXPECT_EQ(
        post(body, form_type, {{"Origin", "http://ada.localhost"}, {"Sec-Fetch-Site", "same-origin"}}).status,
        303);
    const RawReply opened = fetch(s_first->port(), "ada.localhost", "/bookings");
    EXPECT_EQ(opened.status, 303);
    EXPECT_EQ(opened.field("location"), "/book");
}

TEST_F(Bookings, AreOneHoweverOftenTheyAreSent) {
    const std::string body =
        Typed("Twice Lee").with("token", token()).with("idempotency_key", uuid(3)).json();
    std::vector<std::string> ids(8);
    std::vector<std::thread> clicks;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        clicks.emplace_back([&, i] {
            const RawReply reply = post(body, json_type, {}, i % 2 ? s_first : s_second);
            ids[i] = reply.status == 201 ? Json::parse(reply.body)["id"].get<std::string>() : reply.body;
        });
    }
    for (std::thread &click : clicks) {
        click.join();
    }
    EXPECT_THAT(ids, testing::Each(ids[0]));
    EXPECT_EQ(count_of("Twice Lee"), "1");
    EXPECT_EQ(post(body, json_type).status, 201) << "a retry much later";
    // A form without a key, sent twice: the same words are the same request.
    const std::string keyless = Typed("Keyless Lee").with("token", token()).form();
    EXPECT_EQ(post(keyless).status, 303);
    EXPECT_EQ(post(keyless, form_type, {}, s_second).status, 303);
    EXPECT_EQ(count_of("Keyless Lee"), "1");
    ASSERT_TRUE(eventually([] { return mails_with("Twice Lee").size() >= 2; }));
    EXPECT_EQ(post(Typed("Later Lee").with("token", token()).json(), json_type).status, 201);
    ASSERT_TRUE(eventually([] { return mails_with("Later Lee").size() == 2; }));
    EXPECT_EQ(mails_with("Twice Lee").size(), 2u) << "both replicas send, each message once";
}

TEST_F(Bookings, AreFiveAnHourFromOneAddressOverAllReplicas) {
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(post(Typed("Often Lee").with("token", token()).with("idempotency_key", uuid(10 + i)).form(),
                       form_type, {}, i % 2 ? s_first : s_second)
                      .status,
                  303)
            << i;
    }
    for (const ServiceProcess *service : {s_first, s_second}) {
        const std::string sixth = uuid(20);
        const RawReply page =
            post(Typed("Often Lee").with("token", token()).with("idempotency_key", sixth).form(), form_type,
                 {}, service);
        EXPECT_EQ(page.status, 429);
        EXPECT_GT(std::stoi(page.field("retry-after")), 3500);
        EXPECT_LE(std::stoi(page.field("retry-after")), 3600);
        EXPECT_THAT(page.body, HasSubstr(std::stoi(page.field("retry-after")) > 59 * 60
                                             ? "please send it again in an hour."
                                             : "please send it again in 59 minutes."));
        EXPECT_THAT(page.body, HasSubstr("value=\"Often Lee\""));
        EXPECT_THAT(page.body, HasSubstr("Dinner by the harbour."));
        EXPECT_THAT(page.body, HasSubstr(sixth)) << "the key is kept for the next attempt";
        const RawReply json =
            post(Typed("Often Lee").with("token", token()).with("idempotency_key", sixth).json(), json_type,
                 {}, service);
        EXPECT_EQ(json.status, 429);
        EXPECT_TRUE(json.has("retry-after"));
        EXPECT_EQ(Json::parse(json.body)["errors"].size(), 1u);
    }
    EXPECT_EQ(count_of("Often Lee"), "5");
    EXPECT_EQ(
        post(Typed("Often Lee").with("token", token()).with("idempotency_key", uuid(10)).json(), json_type)
            .status,
        201)
        << "one that is there already is no sixth";
    EXPECT_EQ(
        post(Typed("Other Lee").with("token", token()).form(), form_type, {}, nullptr, "127.0.2.1").status,
        303);
}

TEST_F(Bookings, OfBlockedClientsAndMachinesGetTheSameAnswer) {
    s_site->force(
        "INSERT INTO blocked_clients (kind, value_hash) VALUES ('email', studio_client_hash('email', "
        "'blocked@example.com'))");
    const auto send = [&](const std::string &name, const std::string &field, const std::string &text,
                          const std::string &given) {
        return post(Typed(name).with(field, text).with("token", given).json(), json_type);
    };
    const std::string young =
        Json::parse(fetch(s_first->port(), "ada.localhost", "/api/form-token").body)["token"];
    const RawReply fast = send("Fast Lee", "duration", "", young);
    const RawReply usual = send("Usual Lee", "duration", "", token());
    const RawReply blocked = send("Blocked Lee", "client_email", " BLOCKED@example.com ", token());
    const RawReply filled = send("Honey Lee", "website", "https://spam.example", token());
    const auto shape = [](RawReply reply) {
        reply.fields.erase("date");
        return fmt::format("{} {} {}", reply.status, reply.body.size(), reply.fields.size());
    };
    EXPECT_EQ(usual.status, 201);
    for (const RawReply &reply : {blocked, filled, fast}) {
        EXPECT_EQ(shape(reply), shape(usual)) << reply.body;
    }
    EXPECT_EQ(
        value("SELECT string_agg(client_name || ' ' || status || ' ' || blocked, ', ' ORDER BY client_name) "
              "FROM bookings WHERE client_name IN ('Usual Lee', 'Blocked Lee', 'Honey Lee', 'Fast Lee')"),
        "Blocked Lee spam true, Fast Lee spam false, Honey Lee spam false, Usual Lee pending false");
    ASSERT_TRUE(eventually([] { return mails_with("Usual Lee").size() == 2; }));
    for (const char *name : {"Honey Lee", "Fast Lee"}) {
        EXPECT_THAT(mails_with(name), testing::IsEmpty()) << name;
    }
    ASSERT_TRUE(eventually([] { return mails_with("Blocked Lee").size() == 1; }))
        << "the usual confirmation, and nothing to the companion";
}

TEST_F(Bookings, AreToldToTheTenantsWebhooksWithASignature) {
    const std::string secret = "a secret of at least thirty-two characters";
    s_site->force(fmt::format("INSERT INTO webhooks (tenant_id, url, secret) VALUES ('{}', '{}', '{}')",
                              tenant(), s_hook->url("/booked"), secret));
    EXPECT_EQ(post(Typed("Hook Lee").with("token", token()).form()).status, 303);
    ASSERT_TRUE(eventually([] { return !s_hook->requests().empty(); })) << s_first->output();
    s_site->force("UPDATE webhooks SET active = false");
    const auto request = s_hook->requests()[0];
    EXPECT_EQ(request.target, "/booked");
    const Json body = Json::parse(request.body);
    EXPECT_EQ(body["event"], "booking.requested");
    EXPECT_EQ(body["booking"]["name"], "Hook Lee");
    EXPECT_EQ(body["booking"]["preferredAt"], "2027-11-23T09:00:00Z");
    EXPECT_EQ(body["tenant"]["subdomain"], "ada");
    EXPECT_THAT(request.body, Not(HasSubstr(secret)));
    const std::string signature = request.fields.at("x-studio-signature");
    const base::Time at{std::chrono::seconds(std::stoll(signature.substr(2)))};
    EXPECT_LE(std::chrono::abs(base::now() - at), std::chrono::seconds(31));
    EXPECT_EQ(signature, renderer::webhook_signature(secret, at, request.body));
}

// A web server that takes connections and never answers.
class SilentServer final {
public:
    SilentServer() : m_socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        if (::bind(m_socket, reinterpret_cast<sockaddr *>(&address), size) != 0 ||
            ::listen(m_socket, 64) != 0 ||
            ::getsockname(m_socket, reinterpret_cast<sockaddr *>(&address), &size) != 0) {
            throw std::runtime_error("the silent server cannot listen");
        }
        m_port = ntohs(address.sin_port);
    }
    ~SilentServer() { ::close(m_socket); }
    std::string url() const { return fmt::format("http://127.0.0.1:{}/hook", m_port); }

private:
    int m_socket;
    int m_port = 0;
};

TEST_F(Bookings, AreMailedWhileAWebhookHangs) {
    const SilentServer silent;
    s_site->force(
        fmt::format("INSERT INTO webhooks (tenant_id, url, secret) VALUES ('{}', '{}', repeat('s', 40))",
                    tenant(), silent.url()));
    EXPECT_EQ(post(Typed("Hanging Lee").with("token", token()).form()).status, 303);
    const std::string hanging =
        "SELECT string_agg(o.status || ' ' || o.attempts || o.reason, ' ') FROM outbox o "
        "JOIN bookings b ON b.id = o.booking_id JOIN webhooks w ON w.id = o.webhook_id "
        "WHERE b.client_name = 'Hanging Lee' AND w.url = '" +
        silent.url() + "'";
    ASSERT_TRUE(eventually([&] { return value(hanging) == "pending 1"; }));
    EXPECT_EQ(post(Typed("Mailed Lee").with("token", token()).form()).status, 303);
    ASSERT_TRUE(eventually([] { return mails_with("Mailed Lee").size() == 2; }));
    EXPECT_EQ(value(hanging), "pending 1") << "the webhook hangs still";
    s_site->force("UPDATE webhooks SET active = false");
}

TEST_F(Bookings, ExplainThatAnEarlierVersionHasArrived) {
    const auto corrected = [&](const std::string &key) {
        return Typed("Corrected Lee")
            .with("token", token())
            .with("idempotency_key", key)
            .with("duration", "an hour");
    };
    for (const auto &[type, key] : {std::pair{form_type, uuid(30)}, std::pair{json_type, uuid(31)}}) {
        EXPECT_EQ(
            post(Typed("Corrected Lee").with("token", token()).with("idempotency_key", key).form()).status,
            303);
        const bool json = type == json_type;
        const RawReply reply = post(json ? corrected(key).json() : corrected(key).form(), type);
        EXPECT_EQ(reply.status, 409);
        EXPECT_THAT(reply.body, HasSubstr("An earlier version of this request has already arrived."));
        if (json) {
            EXPECT_EQ(Json::parse(reply.body)["errors"].size(), 1u);
            continue;
        }
        EXPECT_THAT(reply.body, HasSubstr("value=\"an hour\""));
        const std::string fresh = value_between(reply.body, "name=\"idempotency_key\" value=\"");
        EXPECT_NE(fresh, key);
        EXPECT_EQ(post(corrected(fresh).form()).status, 303) << "sent as a second request";
    }
    EXPECT_EQ(count_of("Corrected Lee"), "3");
}

TEST_F(Bookings, WaitForAMailServerThatIsAwayAndLeaveNothingPersonalBehind) {
    s_mail->set(test_support::SmtpSink::Mode::Greylist);
    EXPECT_EQ(
        post(Typed("Patient Lee").with("client_email", "patient@example.com").with("token", token()).form())
            .status,
        303);
    const std::string of_booking =
        " FROM outbox o JOIN bookings b ON b.id = o.booking_id WHERE b.client_name = 'Patient Lee'";
    ASSERT_TRUE(eventually(
        [&] { return value("SELECT count(*) FILTER (WHERE o.reason = 'smtp_451')" + of_booking) == "2"; }));
    EXPECT_EQ(
        value(
            "SELECT bool_and(o.status = 'pending' AND o.attempts = 1 AND o.next_at BETWEEN clock_timestamp() "
            "+ interval '15 s' AND clock_timestamp() + interval '37 s')" +
            of_booking),
        "t");
    EXPECT_TRUE(eventually([] { return metric("companion_outbox_waiting") >= 2; }));
    // The clock is turned on: the next attempts are due.
    s_site->force("UPDATE outbox SET next_at = clock_timestamp() WHERE kind = 'companion_email' AND status = "
                  "'pending'");
    s_site->force("UPDATE outbox SET attempts = " + std::to_string(renderer::max_attempts - 1) +
                  ", next_at = clock_timestamp() WHERE kind = 'visitor_email' AND "
                  "status = 'pending'");
    ASSERT_TRUE(eventually(
        [&] { return value("SELECT count(*) FILTER (WHERE o.status = 'dead')" + of_booking) == "1"; }));
    EXPECT_TRUE(eventually([] {
        return metric("companion_outbox_dead") ==
               std::stod(value("SELECT count(*) FROM outbox WHERE status = 'dead'"));
    }));
    s_mail->set(test_support::SmtpSink::Mode::Accept);
    s_site->force("UPDATE outbox SET next_at = clock_timestamp() WHERE status = 'pending'");
    ASSERT_TRUE(eventually([] { return mails_with("Patient Lee").size() == 1; }));
    EXPECT_THAT(value("SELECT string_agg(o::text, ' ') FROM outbox o"), Not(HasSubstr("atient")));
    for (const ServiceProcess *service : {s_first, s_second}) {
        for (const char *personal :
             {"Patient", "patient@", "hello@example.com", "412 345", "harbour", "127.0.1."}) {
            EXPECT_THAT(service->output(), Not(HasSubstr(personal)));
        }
    }
}

TEST_F(Bookings, NeverBecomeAnotherMail) {
    const std::string hostile[] = {"Robin\r\nBcc: all@example.com", "Robin\nX: y", std::string("Ro\0bin", 6)};
    for (const std::string &name : hostile) {
        EXPECT_EQ(post(Typed(name).with("token", token()).form()).status, 422);
    }
    EXPECT_EQ(post(Typed("{{message}} <img src=x> روبن")
                       .with("token", token())
                       .with("message", "wort🌸\r\n.\r\n" + std::string(3'000, 'w'))
                       .form())
                  .status,
              303);
    ASSERT_TRUE(eventually([] { return mails_with("wort🌸").size() == 1; })) << "of the companion only";
    for (const auto &mail : mails_with("wort🌸")) {
        EXPECT_THAT(mail.plain, HasSubstr("{{message}} <img src=x> روبن"));
        EXPECT_THAT(mail.html, Not(HasSubstr("<img")));
        EXPECT_EQ(mail.fields.size(), 9u);
    }
}

TEST_F(Bookings, GoWithTheHousekeepingOfTheService) {
    EXPECT_TRUE(eventually([] { return metric("companion_retention_runs_total") >= 0; }));
    EXPECT_TRUE(eventually([] {
        return (s_first->output() + s_second->output()).find("\"event\":\"retention\"") != std::string::npos;
    })) << s_first->output();
    EXPECT_EQ(value("SELECT count(*) FROM visitor_salts WHERE day < (now() AT TIME ZONE 'UTC')::date"), "0");
}

TEST(BookingFaults, KeepsEverythingTypedWhileTheDatabaseIsAway) {
    LiveSite site;
    ServiceProcess service(site.environment());
    ASSERT_TRUE(service.wait_until_ready());
    const auto post = [&](const std::string &body, std::string_view type) {
        RawClient client(service.port());
        client.send(request_text("POST", "/bookings", "ada.localhost",
                                 {{"Content-Type", std::string(type)},
                                  {"Content-Length", std::to_string(body.size())}}) +
                    body);
        return client.receive(std::chrono::seconds(30)).value();
    };
    const std::string token = renderer::FormTokens(session_secret)
                                  .issue(site.database().tenant_id(), base::now() - std::chrono::seconds(60));
    const Typed typed = Typed("Weather Lee").with("token", token).with("idempotency_key", uuid(40));
    EXPECT_EQ(post(Typed("Before Lee").with("token", token).form(), form_type).status, 303)
        << "a session is open";
    test_support::TestServer::instance().stop();
    const RawReply page = post(typed.form(), form_type);
    EXPECT_EQ(page.status, 503);
    EXPECT_EQ(page.field("retry-after"), "10");
    for (const char *words : {"value=\"Weather Lee\"", "Dinner by the harbour.", "value=\"2027-11-23T20:00\"",
                              "value=\"+61 412 345 678\"", "checked", "Nothing you typed is lost"}) {
        EXPECT_THAT(page.body, HasSubstr(words));
    }
    EXPECT_THAT(page.body, HasSubstr(uuid(40)));
    const RawReply json = post(typed.json(), json_type);
    EXPECT_EQ(json.status, 503);
    EXPECT_EQ(json.field("retry-after"), "10");
    EXPECT_EQ(fetch(service.port(), "ada.localhost", "/book").status, 200) << "the form needs no database";
    test_support::TestServer::instance().start();
    EXPECT_TRUE(eventually([&] { return post(typed.form(), form_type).status == 303; }));
    EXPECT_EQ(post(typed.form(), form_type).status, 303);
    pqxx::connection connection(site.database().superuser_url());
    pqxx::work work(connection);
    EXPECT_EQ(work.exec1("SELECT count(*) FROM bookings WHERE client_name = 'Weather Lee'")[0].as<int>(), 1);
    EXPECT_THAT(service.output(), HasSubstr("booking_not_stored"));
    EXPECT_THAT(service.output(), Not(HasSubstr("Weather")));
}

TEST(BookingFaults, EndsAtOnceWhileAMailServerSaysNothing) {
    test_support::LineServer silent([](test_support::SinkConnection &connection) {
        while (connection.read_line()) {
        }
    });
    LiveSite site;
    Variables environment = site.environment();
    environment["SMTP_URL"] = "smtp://127.0.0.1:" + std::to_string(silent.port());
    ServiceProcess service(environment);
    ASSERT_TRUE(service.wait_until_ready());
    const std::string token = renderer::FormTokens(session_secret)
                                  .issue(site.database().tenant_id(), base::now() - std::chrono::seconds(60));
    const std::string body = Typed("Silent Lee").with("token", token).form();
    RawClient client(service.port());
    client.send(request_text("POST", "/bookings", "ada.localhost",
                             {{"Content-Type", std::string(form_type)},
                              {"Content-Length", std::to_string(body.size())}}) +
                body);
    EXPECT_EQ(client.receive(std::chrono::seconds(10)).value().status, 303);
    ASSERT_TRUE(eventually([&] { return silent.connections() > 0; }));
    const auto start = std::chrono::steady_clock::now();
    service.signal(SIGTERM);
    EXPECT_EQ(service.wait(), 0);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(4));
}

} // namespace
} // namespace studio::tests
