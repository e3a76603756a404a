// SPDX-License-Identifier: Apache-2.0
// The outbox in simulated time, and webhooks over real sockets.
#include "models/json/json_read.h"
#include "renderer/delivery/outbox_sender.h"
#include "renderer/delivery/webhook_client.h"
#include "tests/support/http_sink.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>

namespace studio::renderer {
namespace {

using Result = Delivery::Result;

// The database's part in it, with a clock that the test turns.
class SimulatedQueue final : public OutboxQueue {
public:
    struct Row {
        db::OutboxMessage message;
        std::int64_t due_s = 0, sent_at_s = -1;
        std::vector<std::int64_t> attempts_at_s;
        std::string reason;
        bool dead = false;
    };

    void add(const std::string &id, const std::string &kind) {
        Row row;
        row.message.id = id;
        row.message.kind = kind;
        row.message.payload = models::Json::parse(
            R"({"booking": {"name": "Robin", "email": "robin@example.com", "preferredAt": "2026-11-23T09:00:00Z",
                            "timeZone": "Australia/Sydney", "message": "Hello"},
                "tenant": {"id": "t", "name": "Claire", "subdomain": "claire", "contactEmail": "c@example.com"},
                "webhook": {"id": "w", "url": "https://hooks.example/x", "secret": "s"}})");
        row.due_s = now_s;
        rows.push_back(row);
    }
    std::vector<db::OutboxMessage> claim(int max_messages, int lease_s) override {
        std::vector<db::OutboxMessage> claimed;
        for (Row &row : rows) {
            if (static_cast<int>(claimed.size()) == max_messages || row.dead || row.sent_at_s >= 0 ||
                row.due_s > now_s) {
                continue;
            }
            row.due_s = now_s + lease_s;
            row.attempts_at_s.push_back(now_s);
            row.message.attempts = static_cast<int>(row.attempts_at_s.size());
            claimed.push_back(row.message);
        }
        return claimed;
    }
    bool is_held(const db::OutboxMessage &message) override {
        return std::any_of(rows.begin(), rows.end(), [&](const Row &row) {
            return row.message.id == message.id && row.message.attempts == message.attempts;
        });
    }
    void erase(const std::string &id) {
        std::erase_if(rows, [&](const Row &row) { return row.message.id == id; });
    }
    void sent(const std::string &id) override { find(id).sent_at_s = now_s; }
    void failed(const std::string &id, const std::string &reason, int retry_in_s, bool dead,
                bool refused) override {
        Row &row = find(id);
        row.message.refusals += refused ? 1 : 0;
        row.reason = reason;
        row.due_s = now_s + retry_in_s;
        row.dead = dead;
    }
    Row &find(const std::string &id) {
        return *std::find_if(rows.begin(), rows.end(), [&](const Row &row) { return row.message.id == id; });
    }

    std::int64_t now_s = 1'793'433'600;
    std::vector<Row> rows;
};

class FakeMail final : public MailTransport {
public:
    Delivery send(const std::string &, const std::string &to, const std::string &message) override {
        ++calls;
        while_sending();
        if (next.result == Result::Sent) {
            delivered.emplace_back(to, message);
        }
        return next;
    }
    Delivery next;
    std::function<void()> while_sending = [] {};
    int calls = 0;
    std::vector<std::pair<std::string, std::string>> delivered;
};

class FakeWebhooks final : public WebhookTransport {
public:
    Delivery post(const std::string &url, const std::string &body, const HeaderFields &fields) override {
        posted.push_back({url, body, fields});
        while_sending();
        return next;
    }
    struct Post {
        std::string url, body;
        HeaderFields fields;
    };
    Delivery next;
    std::function<void()> while_sending = [] {};
    std::vector<Post> posted;
};

class JobOutbox : public testing::Test {
protected:
    OutboxSender sender(MailTransport *mail) {
        return OutboxSender({m_queue,
                             mail,
                             m_webhooks,
                             {{"Studio", "bookings@example.com"}, "https://appointments.example"},
                             [this] { return base::Time(std::chrono::seconds(m_queue.now_s)); },
                             [this] { return std::uniform_real_distribution<>(-1, 1)(m_random); },
                             [this] { return m_stopping; },
                             m_log,
                             m_figures});
    }
    // Turns of one second each.
    void run(OutboxSender &sender, std::int64_t seconds) {
        for (const std::int64_t end = m_queue.now_s + seconds; m_queue.now_s < end; ++m_queue.now_s) {
            sender.run_once();
        }
    }

    SimulatedQueue m_queue;
    FakeMail m_mail;
    FakeWebhooks m_webhooks;
    std::mt19937 m_random{7};
    bool m_stopping = false;
    const Log m_log{Log::Level::Error};
    OutboxFigures m_figures;
};

TEST_F(JobOutbox, LosesNothingWhileTheMailServerIsAwayForAnHour) {
    OutboxSender outbox = sender(&m_mail);
    m_mail.next = {Result::Later, "smtp_unreachable"};
    for (int minute = 0; minute < 60; ++minute) {
        m_queue.add("m" + std::to_string(minute), minute % 2 ? "visitor_email" : "companion_email");
        run(outbox, 60);
    }
    EXPECT_TRUE(m_mail.delivered.empty());
    const std::int64_t back = m_queue.now_s;
    m_mail.next = {};
    run(outbox, 2 * 3600);
    ASSERT_EQ(m_mail.delivered.size(), 60u) << "each one, once";
    std::int64_t last = 0;
    for (const SimulatedQueue::Row &row : m_queue.rows) {
        EXPECT_FALSE(row.dead);
        EXPECT_LE(row.attempts_at_s.size(), 9u) << row.message.id;
        last = std::max(last, row.sent_at_s - back);
    }
    // The longest delay that an hour of failures leads to: the eighth, 30 s · 2^7, a fifth more.
    EXPECT_LE(last, 3840 * 1.2);
    EXPECT_EQ(m_figures.sent, 60u);
    EXPECT_EQ(m_figures.dead, 0u);
    EXPECT_LT(m_mail.calls, 600) << "it is not hammered";
}

TEST_F(JobOutbox, LosesNothingWhileTheMailServerIsAwayForADay) {
    OutboxSender outbox = sender(&m_mail);
    m_mail.next = {Result::Later, "smtp_unreachable"};
    constexpr std::size_t count = 24 * 6;
    for (std::size_t at = 0; at < count; ++at) { // one every ten minutes
        m_queue.add("m" + std::to_string(at), at % 2 ? "client_accepted" : "companion_email");
        for (int turn = 0; turn < 60; ++turn, m_queue.now_s += 10) {
            outbox.run_once();
        }
    }
    const std::int64_t back = m_queue.now_s;
    m_mail.next = {};
    for (; m_queue.now_s < back + 2 * 3600; m_queue.now_s += 10) {
        outbox.run_once();
    }
    EXPECT_EQ(m_mail.delivered.size(), count) << "each one, once";
    for (const SimulatedQueue::Row &row : m_queue.rows) {
        EXPECT_FALSE(row.dead) << row.message.id;
        EXPECT_LE(row.sent_at_s - back, 3600 * 1.2 + 10) << row.message.id;
    }
    EXPECT_EQ(m_figures.dead, 0u);
}

TEST_F(JobOutbox, WaitsTwiceAsLongEachTimeAndGivesUpAfterThreeDays) {
    OutboxSender outbox = sender(&m_mail);
    m_mail.next = {Result::Later, "smtp_451"};
    m_queue.add("m", "visitor_email");
    const std::int64_t began = m_queue.now_s;
    run(outbox, 4 * 86'400);
    const SimulatedQueue::Row &row = m_queue.rows[0];
    ASSERT_EQ(row.attempts_at_s.size(), 79u);
    EXPECT_GT(row.attempts_at_s.back() - began, 3 * 86'400 * 9 / 10);
    EXPECT_LT(row.attempts_at_s.back() - began, 3 * 86'400 * 11 / 10);
    for (std::size_t i = 1; i < row.attempts_at_s.size(); ++i) {
        const double wait = static_cast<double>(row.attempts_at_s[i] - row.attempts_at_s[i - 1]);
        const double planned = std::min(30.0 * std::pow(2, i - 1), 3600.0);
        EXPECT_GE(wait, planned * 0.8 - 1) << i;
        EXPECT_LE(wait, planned * 1.2 + 1) << i;
    }
    EXPECT_TRUE(row.dead);
    EXPECT_EQ(row.reason, "smtp_451");
    EXPECT_EQ(m_figures.dead, 1u);
}

TEST_F(JobOutbox, BelievesARefusalTheThirdTime) {
    OutboxSender outbox = sender(&m_mail);
    m_mail.next = {Result::Refused, "smtp_550"};
    m_queue.add("m", "visitor_email");
    run(outbox, 3600);
    EXPECT_TRUE(m_queue.rows[0].dead);
    EXPECT_EQ(m_queue.rows[0].attempts_at_s.size(), 3u);
}

TEST_F(JobOutbox, DoesNotBelieveTheFirstRefusalAfterAnOutage) {
    OutboxSender outbox = sender(&m_mail);
    m_mail.next = {Result::Later, "smtp_unreachable"};
    m_queue.add("m", "visitor_email");
    run(outbox, 3600);
    ASSERT_GT(m_queue.rows[0].attempts_at_s.size(), 3u);
    m_mail.next = {Result::Refused, "smtp_550"}; // the server is back, and not yet set up
    run(outbox, 3600);
    EXPECT_FALSE(m_queue.rows[0].dead);
    m_mail.next = {};
    run(outbox, 2 * 3600);
    EXPECT_EQ(m_mail.delivered.size(), 1u);
}

TEST_F(JobOutbox, KeepsEMailsForThreeDaysWhileNoServerIsConfigured) {
    OutboxSender outbox = sender(nullptr);
    m_queue.add("m", "visitor_email");
    run(outbox, 60);
    EXPECT_EQ(m_queue.rows[0].attempts_at_s.size(), 1u);
    EXPECT_EQ(m_queue.rows[0].reason, "smtp_not_configured");
    for (int hour = 0; hour < 65; ++hour, m_queue.now_s += 3600) {
        outbox.run_once();
    }
    EXPECT_FALSE(m_queue.rows[0].dead);
    for (int hour = 0; hour < 6; ++hour, m_queue.now_s += 3600) {
        outbox.run_once();
    }
    EXPECT_TRUE(m_queue.rows[0].dead);
}

TEST_F(JobOutbox, TriesAnUnreachableServerOnceAClaim) {
    OutboxSender outbox = sender(&m_mail);
    m_mail.next = {Result::Later, "smtp_timeout"};
    for (int i = 0; i < 10; ++i) {
        m_queue.add("m" + std::to_string(i), "visitor_email");
    }
    m_queue.add("w", "webhook");
    outbox.run_once();
    EXPECT_EQ(m_mail.calls, 1);
    EXPECT_EQ(m_webhooks.posted.size(), 1u) << "webhooks go on";
    for (const SimulatedQueue::Row &row : m_queue.rows) {
        EXPECT_EQ(row.reason, row.message.kind == "webhook" ? "" : "smtp_timeout");
    }
}

TEST_F(JobOutbox, LeavesTheRestToOthersWhenItStops) {
    OutboxSender outbox = sender(&m_mail);
    m_queue.add("m", "visitor_email");
    m_stopping = true;
    outbox.run_once();
    EXPECT_EQ(m_mail.calls, 0);
    EXPECT_LE(m_queue.rows[0].due_s, m_queue.now_s + 1);
}

TEST_F(JobOutbox, SendsNothingThatIsErasedBetweenClaimAndSend) {
    OutboxSender outbox = sender(&m_mail);
    for (const char *id : {"first", "erased", "last"}) {
        m_queue.add(id, "visitor_email");
    }
    m_mail.while_sending = [&] { m_queue.erase("erased"); };
    EXPECT_EQ(outbox.run_once(), 3u) << "all were claimed before";
    EXPECT_EQ(m_mail.calls, 2);
    EXPECT_EQ(m_figures.sent, 2u);
    for (const char *id : {"hook", "erased hook"}) {
        m_queue.add(id, "webhook");
    }
    m_webhooks.while_sending = [&] { m_queue.erase("erased hook"); };
    EXPECT_EQ(outbox.run_once(), 2u);
    EXPECT_EQ(m_webhooks.posted.size(), 1u);
    EXPECT_EQ(m_figures.failed, 0u);
}

TEST_F(JobOutbox, LeavesWhatAnotherClaimedAfterTheLeaseToIt) {
    OutboxSender outbox = sender(&m_mail);
    m_queue.add("slow", "visitor_email");
    m_queue.add("taken", "visitor_email");
    m_mail.while_sending = [&] { m_queue.find("taken").message.attempts = 2; };
    outbox.run_once();
    EXPECT_EQ(m_mail.calls, 1);
}

TEST_F(JobOutbox, WaitsForACompanionsAddressAndSaysThatItDoes) {
    OutboxSender outbox = sender(&m_mail);
    m_queue.add("m", "companion_email");
    m_queue.rows[0].message.payload["tenant"].erase("contactEmail");
    run(outbox, 2 * 3600);
    EXPECT_EQ(m_queue.find("m").reason, "companion_without_email");
    EXPECT_FALSE(m_queue.find("m").dead);
    EXPECT_EQ(m_queue.find("m").attempts_at_s.size(), 1u) << "every six hours is often enough";
    m_queue.find("m").message.payload["tenant"]["contactEmail"] = "c@example.com";
    run(outbox, 5 * 3600);
    ASSERT_EQ(m_mail.delivered.size(), 1u) << "sent once there is an address";
    EXPECT_EQ(m_mail.delivered[0].first, "c@example.com");
}

TEST_F(JobOutbox, SignsWebhooks) {
    OutboxSender outbox = sender(&m_mail);
    m_queue.add("hook-1", "webhook");
    outbox.run_once();
    ASSERT_EQ(m_webhooks.posted.size(), 1u);
    const FakeWebhooks::Post &post = m_webhooks.posted[0];
    EXPECT_EQ(post.url, "https://hooks.example/x");
    EXPECT_EQ(post.fields[0].first, "X-Studio-Signature");
    EXPECT_EQ(post.fields[0].second,
              webhook_signature("s", base::Time(std::chrono::seconds(m_queue.now_s)), post.body));
    EXPECT_EQ(post.fields[1], (std::pair<std::string, std::string>("X-Studio-Delivery", "hook-1")));
    const auto body = models::Json::parse(post.body);
    EXPECT_EQ(body["id"], "hook-1");
    EXPECT_EQ(body["event"], "booking.requested");
    EXPECT_EQ(body["booking"]["name"], "Robin");
    EXPECT_EQ(body["tenant"].dump(), R"({"id":"t","name":"Claire","subdomain":"claire"})");
    EXPECT_FALSE(body.contains("webhook"));
}

TEST(WebhookSignature, IsHmacSha256OfTimeAndBody) {
    // printf '1700000000.{"a":1}' | openssl dgst -sha256 -hmac secret
    EXPECT_EQ(webhook_signature("secret", base::Time(std::chrono::seconds(1'700'000'000)), "{\"a\":1}"),
              "t=1700000000,v1=49f24e537407743fa4a0242bb63b94b9a47ee99cbbe071ccd8a22550ae411686");
}

TEST(WebhookAddress, IsPublic) {
    for (const char *text : {"8.8.8.8", "1.1.1.1", "172.15.255.255", "172.32.0.0", "100.63.255.255",
                             "2606:4700::1111", "2a00:1450:4001::1"}) {
        EXPECT_TRUE(is_public_address(*IpAddress::parse(text))) << text;
    }
    for (const char *text : {"127.0.0.1",
                             "127.9.9.9",
                             "10.1.2.3",
                             "172.16.0.1",
                             "172.31.255.255",
                             "192.168.1.1",
                             "169.254.169.254",
                             "100.64.0.1",
                             "0.0.0.0",
                             "192.0.2.1",
                             "198.18.0.1",
                             "203.0.113.7",
                             "224.0.0.1",
                             "255.255.255.255",
                             "::1",
                             "::",
                             "fe80::1",
                             "fc00::1",
                             "fd12::1",
                             "ff02::1",
                             "::ffff:127.0.0.1",
                             "::ffff:10.0.0.1",
                             "64:ff9b::a00:1",
                             "2001:db8::1",
                             "2002:7f00:1::",
                             "2001::1",
                             "::127.0.0.1",
                             "fec0::1"}) {
        EXPECT_FALSE(is_public_address(*IpAddress::parse(text))) << text;
    }
}

class JobWebhook : public testing::Test {
protected:
    Delivery post(const std::string &url, WebhookRules rules = {true, true},
                  std::chrono::milliseconds patience = std::chrono::seconds(5)) {
        return WebhookClient(rules, m_stop, patience).post(url, "{}", {{"X-Studio-Delivery", "d"}});
    }
    StopFlag m_stop;
    test_support::HttpSink m_sink;
};

TEST_F(JobWebhook, ArrivesAsJson) {
    EXPECT_EQ(post(m_sink.url("/hook?a=1")), Delivery{});
    ASSERT_EQ(m_sink.requests().size(), 1u);
    const auto request = m_sink.requests()[0];
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.target, "/hook?a=1");
    EXPECT_EQ(request.body, "{}");
    EXPECT_EQ(request.fields.at("content-type"), "application/json");
    EXPECT_EQ(request.fields.at("x-studio-delivery"), "d");
}

TEST_F(JobWebhook, SaysWhatTheReceiverAnswered) {
    const std::pair<int, Result> cases[] = {{204, Result::Sent},  {302, Result::Later},
                                            {400, Result::Later}, {410, Result::Refused},
                                            {429, Result::Later}, {500, Result::Later}};
    for (const auto &[status, result] : cases) {
        m_sink.answer_with(status);
        const Delivery delivery = post(m_sink.url());
        EXPECT_EQ(delivery.result, result) << status;
        EXPECT_EQ(delivery.reason, result == Result::Sent ? "" : "webhook_" + std::to_string(status));
    }
}

TEST_F(JobWebhook, FollowsNoRedirect) {
    test_support::HttpSink other;
    m_sink.answer_with(307, "Location: " + other.url("/stolen") + "\r\n");
    EXPECT_EQ(post(m_sink.url()), (Delivery{Result::Later, "webhook_307"}));
    EXPECT_TRUE(other.requests().empty());
}

TEST_F(JobWebhook, NeverReachesThisMachineOrAnyPrivateNetwork) {
    const std::string port = m_sink.url("").substr(m_sink.url("").rfind(':'));
    for (const char *host : {"127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "0.0.0.0", "2130706433",
                             "0x7f.1", "127.1", "[::1]"}) {
        EXPECT_EQ(post("http://" + std::string(host) + port + "/hook", {true, false}),
                  (Delivery{Result::Refused, "webhook_private_address"}))
            << host;
    }
    EXPECT_TRUE(m_sink.requests().empty());
}

TEST_F(JobWebhook, SpeaksOnlyHttpsUnlessToldOtherwise) {
    for (const std::string &url :
         {m_sink.url(), std::string("ftp://example.com/x"), std::string("file:///etc/passwd"),
          std::string("gopher://127.0.0.1/"), std::string("no address")}) {
        const Delivery delivery = post(url, {false, true});
        EXPECT_EQ(delivery.result, Result::Refused) << url;
        EXPECT_EQ(delivery.reason, "webhook_address_invalid") << url;
    }
    EXPECT_TRUE(m_sink.requests().empty());
}

TEST_F(JobWebhook, WaitsForNobodyLongerThanItsPatience) {
    test_support::LineServer silent([](test_support::SinkConnection &connection) {
        while (connection.read_line()) {
        }
    });
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(post("http://127.0.0.1:" + std::to_string(silent.port()) + "/", {true, true},
                   std::chrono::milliseconds(300)),
              (Delivery{Result::Later, "webhook_timeout"}));
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(3));
}

} // namespace
} // namespace studio::renderer
