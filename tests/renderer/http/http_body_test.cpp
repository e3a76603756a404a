// SPDX-License-Identifier: Apache-2.0
// Bodies by their route's rules, and replies that come later from another thread.
#include "tests/renderer/fixtures/http_fixture.h"

#include <gmock/gmock.h>

namespace studio::renderer::http {
namespace {

using studio::tests::FieldList;
using studio::tests::request_text;

std::string post(std::string_view target, const std::string &body, FieldList fields = {}) {
    fields.emplace_back("Content-Length", std::to_string(body.size()));
    return request_text("POST", target, "test", fields) + body;
}

std::string chunked(std::string_view target, const std::string &body, FieldList fields = {}) {
    char size[17];
    std::snprintf(size, sizeof size, "%zx", body.size());
    fields.emplace_back("Transfer-Encoding", "chunked");
    return request_text("POST", target, "test", fields) + size + "\r\n" + body + "\r\n0\r\n\r\n";
}

const FieldList json{{"Content-Type", "Application/JSON; charset=utf-8"}};

TEST_F(HttpServer, TakesABodyUpToItsRoutesLimit) {
    start();
    RawClient client(m_port);
    const std::string full(1024, 'x');
    client.send(post("/json", full, json));
    EXPECT_EQ(client.receive().value().body, "/json|" + full + "\n");
    client.send(chunked("/json", full, json));
    EXPECT_EQ(client.receive().value().body, "/json|" + full + "\n");
    client.send(post("/json", "", json));
    EXPECT_EQ(client.receive().value().body, "/json|\n");
}

TEST_F(HttpServer, RefusesABodyOverItsRoutesLimit) {
    start();
    const std::string over(1025, 'x');
    for (const std::string &request : {post("/json", over, json), chunked("/json", over, json)}) {
        RawClient client(m_port);
        client.send(request + get("/next"));
        const auto reply = client.receive();
        ASSERT_TRUE(reply);
        EXPECT_EQ(reply->status, 413);
        EXPECT_EQ(reply->field("connection"), "close");
        EXPECT_EQ(client.receive_all(3s), "") << "the body must not be taken for a request";
    }
    RawClient hopeful(m_port);
    hopeful.send(request_text("POST", "/json", "test",
                              {{"Content-Length", "1025"}, {"Expect", "100-continue"}, json.front()}));
    EXPECT_EQ(hopeful.receive().value().status, 413) << "before the body is sent at all";
}

TEST_F(HttpServer, RefusesABodyWithoutLengthOrOfAnotherType) {
    start();
    const std::pair<std::string, int> cases[] = {
        {request_text("POST", "/json", "test", json), 411},
        {post("/json", "{}"), 415},
        {post("/json", "{}", {{"Content-Type", "application/jsonx"}}), 415},
        {chunked("/json", "{}", {{"Content-Type", "multipart/form-data"}}), 415},
        {post("/json", "{}", {{"Content-Type", "text/plain;charset=UTF-8"}}), 200},
    };
    for (const auto &[request, status] : cases) {
        RawClient client(m_port);
        client.send(request);
        const auto reply = client.receive();
        ASSERT_TRUE(reply) << request;
        EXPECT_EQ(reply->status, status) << request;
    }
}

TEST_F(HttpServer, AnswersWithoutReadingABodyThatItsRouteDoesNotTake) {
    start();
    for (const std::string &request :
         {post("/none", get("/smuggled")), chunked("/none", get("/smuggled")),
          request_text("GET", "/none", "test", {{"Content-Length", "5"}}) + "hello"}) {
        RawClient client(m_port);
        client.send(request);
        const auto reply = client.receive();
        ASSERT_TRUE(reply);
        EXPECT_EQ(reply->body, "/none|\n");
        EXPECT_EQ(reply->field("connection"), "close");
        EXPECT_EQ(client.receive_all(3s), "");
    }
}

TEST_F(HttpServer, AnswersAPostLaterWithItsBody) {
    start();
    RawClient client(m_port);
    client.send(post("/later", "one") + chunked("/later", "two") + get("/after"));
    EXPECT_EQ(client.receive().value().body, "laterone\n");
    EXPECT_EQ(client.receive().value().body, "latertwo\n");
    EXPECT_EQ(client.receive().value().body, "/after|\n");
}

TEST_F(HttpServer, TakesTheFirstOfTwoRepliesAndNeverForTheNextRequest) {
    start();
    RawClient client(m_port);
    client.send(post("/twice", "one") + post("/twice", "two") + post("/later", "three"));
    EXPECT_EQ(client.receive().value().body, "laterone\n");
    EXPECT_EQ(client.receive().value().body, "latertwo\n");
    EXPECT_EQ(client.receive().value().body, "laterthree\n");
    client.send(get("/after"));
    EXPECT_EQ(client.receive().value().body, "/after|\n");
}

TEST_F(HttpServer, DropsAReplyThatComesAfterItsDeadline) {
    ServerOptions options;
    options.handler_time = 150ms;
    start(options);
    m_handler.later_delay = 600ms;
    RawClient client(m_port);
    client.send(post("/later", "x") + get("/after"));
    const auto reply = client.receive();
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 503);
    EXPECT_EQ(reply->field("connection"), "close");
    m_handler.join();
    EXPECT_EQ(client.receive_all(3s), "");
    EXPECT_EQ(m_metrics->loop(0).timeouts.value(), 1u);
}

TEST_F(HttpServer, LetsGoOfAClientThatWentAwayWhileItsReplyWasMade) {
    start();
    m_handler.later_delay = 200ms;
    for (int i = 0; i < 20; ++i) {
        RawClient client(m_port);
        client.send(post("/later", std::string(i % 2 ? 10 : 60'000, 'x')));
        if (i % 4 == 0) {
            client.reset_on_close();
        }
        ASSERT_TRUE(eventually([&] { return m_handler.asked == i + 1; }));
    }
    EXPECT_TRUE(eventually([&] { return m_server->open_connections() == 0 && m_handler.finished == 20; }));
    EXPECT_TRUE(is_alive());
}

TEST_F(HttpServer, LetsRepliesComeAfterTheDrain) {
    ServerOptions options;
    options.drain_time = 100ms;
    start(options);
    m_handler.later_delay = 600ms;
    RawClient client(m_port);
    client.send(post("/later", "x"));
    ASSERT_TRUE(eventually([&] { return m_handler.asked == 1; }));
    m_server->drain();
    EXPECT_FALSE(client.receive(1s));
    m_handler.join();
    EXPECT_EQ(m_handler.finished, 1);
}

TEST_F(HttpServer, SaysWhoAsksPastATrustedProxyOnly) {
    ServerOptions options;
    options.trusted_proxies =
        TrustedProxies({*IpNetwork::parse("127.0.0.9"), *IpNetwork::parse("10.0.0.0/8")});
    start(options);
    const FieldList fields{{"X-Forwarded-For", "1.1.1.1"},
                           {"X-Forwarded-For", "203.0.113.7, 10.0.0.1"},
                           {"X-Forwarded-Proto", "https"}};
    RawClient proxy(m_port, "127.0.0.9"), stranger(m_port, "127.0.0.8");
    proxy.send(request_text("GET", "/client", "test", fields));
    EXPECT_EQ(proxy.receive().value().body, "203.0.113.7 by https, peer 127.0.0.9\n");
    proxy.send(request_text("GET", "/client", "test"));
    EXPECT_EQ(proxy.receive().value().body, "127.0.0.9, peer 127.0.0.9\n") << "nothing of the request before";
    stranger.send(request_text("GET", "/client", "test", fields));
    EXPECT_EQ(stranger.receive().value().body, "127.0.0.8, peer 127.0.0.8\n");
}

} // namespace
} // namespace studio::renderer::http
