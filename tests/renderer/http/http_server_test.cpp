// SPDX-License-Identifier: Apache-2.0
// The HTTP server over real sockets, with a small handler of its own in place of the pages.
#include "tests/renderer/fixtures/http_fixture.h"

#include <gmock/gmock.h>

#include <thread>

namespace studio::renderer::http {
namespace {

using namespace std::string_literals;

using testing::HasSubstr;

TEST_F(HttpServer, AnswersManyRequestsOnOneConnection) {
    start();
    RawClient client(m_port);
    for (int i = 0; i < 100; ++i) {
        client.send(get(numbered(i)));
        const auto reply = client.receive();
        ASSERT_TRUE(reply);
        EXPECT_EQ(reply->body, numbered(i).append("|\n"));
        EXPECT_TRUE(reply->has("date"));
    }
}

TEST_F(HttpServer, AnswersPipelinedRequestsInOrder) {
    start();
    RawClient client(m_port);
    std::string all;
    for (int i = 0; i < 500; ++i) {
        all += get(numbered(i));
    }
    client.send(all);
    for (int i = 0; i < 500; ++i) {
        ASSERT_EQ(client.receive().value().body, numbered(i).append("|\n"));
    }
}

TEST_F(HttpServer, AnswersPipelinedRequestsBehindOneThatTakesTime) {
    start();
    RawClient client(m_port);
    client.send(get("/later") + get("/after"));
    EXPECT_EQ(client.receive().value().body, "later\n");
    EXPECT_EQ(client.receive().value().body, "/after|\n");
}

TEST_F(HttpServer, TakesARequestByteByByte) {
    start();
    RawClient client(m_port);
    for (const char c :
         studio::tests::request_text("POST", "/", "test", {{"Content-Length", "4"}}) + "Wiki") {
        client.send(std::string_view(&c, 1));
    }
    EXPECT_EQ(client.receive().value().body, "/|Wiki\n");
}

TEST_F(HttpServer, TakesBodiesOfBothFramingsAndGoesOn) {
    start();
    RawClient client(m_port);
    client.send(studio::tests::request_text("POST", "/a", "test", {{"Content-Length", "5"}}) + "hello" +
                studio::tests::request_text("POST", "/b", "test", {{"Transfer-Encoding", "chunked"}}) +
                "5\r\nhello\r\n0\r\n\r\n" + get("/c"));
    EXPECT_EQ(client.receive().value().body, "/a|hello\n");
    EXPECT_EQ(client.receive().value().body, "/b|hello\n");
    EXPECT_EQ(client.receive().value().body, "/c|\n");
}

TEST_F(HttpServer, TakesALargeBodyBehindALargeHead) {
    start();
    RawClient client(m_port);
    const std::string body(64 * 1024, 'x');
    client.send(
        studio::tests::request_text("POST", "/a", "test",
                                    {{"X-Long", std::string(15000, 'h')}, {"Content-Length", "65536"}}) +
        body);
    EXPECT_EQ(client.receive().value().body, "/a|" + body + "\n");
    client.send(get("/b"));
    EXPECT_EQ(client.receive().value().body, "/b|\n");
}

TEST_F(HttpServer, SaysContinueToAClientThatWaitsForIt) {
    start();
    RawClient client(m_port);
    client.send(studio::tests::request_text("POST", "/", "test",
                                            {{"Content-Length", "2"}, {"Expect", "100-continue"}}));
    EXPECT_EQ(client.receive().value().status, 100);
    client.send("ok");
    EXPECT_EQ(client.receive().value().body, "/|ok\n");
}

TEST_F(HttpServer, ClosesWhenAskedTo) {
    start();
    RawClient client(m_port);
    client.send(studio::tests::request_text("GET", "/", "test", {{"Connection", "close"}}));
    EXPECT_EQ(client.receive().value().field("connection"), "close");
    EXPECT_TRUE(client.closes_within(1s));
}

TEST_F(HttpServer, KeepsHttp10OpenOnlyOnDemand) {
    start();
    RawClient once(m_port), kept(m_port);
    once.send("GET / HTTP/1.0\r\nHost: test\r\n\r\n");
    EXPECT_EQ(once.receive().value().field("connection"), "close");
    EXPECT_TRUE(once.closes_within(1s));
    kept.send("GET / HTTP/1.0\r\nHost: test\r\nConnection: keep-alive\r\n\r\n");
    EXPECT_EQ(kept.receive().value().field("connection"), "keep-alive");
    kept.send(get("/again"));
    EXPECT_EQ(kept.receive().value().status, 200);
}

struct Hostile {
    const char *name;
    std::string bytes;
    int status; // 0: any
};

TEST_F(HttpServer, RefusesHostileRequestsAndCloses) {
    start();
    const Hostile shapes[] = {
        {"two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
        {"length and chunked",
         "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
        {"two lengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcde",
         400},
        {"xchunked", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n", 501},
        {"folded", "GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n", 400},
        {"nul", "GET / HTTP/1.1\r\nHost: a\r\nX: \0\r\n\r\n"s, 400},
        {"70 KB head", "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(70000, 'x') + "\r\n\r\n", 431},
        {"70 KB without an end", "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(70000, 'x'), 431},
        {"100 KB body",
         "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 102400\r\n\r\n" + std::string(102400, 'x'), 413},
        {"100 KB chunk",
         "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n19000\r\n" +
             std::string(102400, 'x'),
         413},
        {"endless chunk extension",
         "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;" + std::string(70000, 'x'), 0},
        {"bad chunk", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400},
        {"tls", std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11), 400},
        {"http 2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
        {"garbage", "\xff\xfe\xfd", 400},
    };
    for (const Hostile &shape : shapes) {
        RawClient client(m_port);
        client.try_send(shape.bytes);
        const auto reply = client.receive();
        ASSERT_TRUE(reply) << shape.name;
        if (shape.status) {
            EXPECT_EQ(reply->status, shape.status) << shape.name;
        }
        EXPECT_GE(reply->status, 400) << shape.name;
        EXPECT_EQ(reply->field("connection"), "close") << shape.name;
        EXPECT_EQ(client.receive_all(3s), "")
            << shape.name << ": what follows must not be taken for a request";
        EXPECT_TRUE(is_alive()) << shape.name;
    }
}

TEST_F(HttpServer, DoesNotAnswerARequestSmuggledBehindARefusedOne) {
    start();
    RawClient client(m_port);
    client.send(
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" +
        get("/x"));
    const std::string all = client.receive_all(3s);
    EXPECT_THAT(all, testing::StartsWith("HTTP/1.1 400 "));
    EXPECT_EQ(all.find("HTTP/1.1", 8), std::string::npos);
}

TEST_F(HttpServer, EndsADrippingHeadAtItsDeadline) {
    ServerOptions options;
    options.head_time = 400ms;
    start(options);
    RawClient client(m_port);
    const auto began = std::chrono::steady_clock::now();
    client.send("GET / HTTP/1.1\r\nHost: a\r\n");
    for (int i = 0; i < 40 && client.try_send("X: y\r\n"); ++i) {
        std::this_thread::sleep_for(50ms); // time is the subject: the head drips past its deadline
    }
    const auto reply = client.receive(2s);
    const auto took = std::chrono::steady_clock::now() - began;
    if (reply) {
        EXPECT_EQ(reply->status, 408);
    }
    EXPECT_LT(took, 5s);
    EXPECT_TRUE(client.closes_within(3s) || !client.try_send("X"));
    EXPECT_TRUE(is_alive());
}

TEST_F(HttpServer, EndsADrippingBodyAtItsDeadline) {
    ServerOptions options;
    options.body_time = 400ms;
    start(options);
    RawClient client(m_port);
    client.send(studio::tests::request_text("POST", "/", "a", {{"Content-Length", "1000"}}));
    for (int i = 0; i < 6; ++i) {
        client.try_send("x");
        std::this_thread::sleep_for(50ms); // time is the subject: the body drips past its deadline
    }
    EXPECT_EQ(client.receive(3s).value().status, 408);
}

TEST_F(HttpServer, ClosesIdleConnections) {
    ServerOptions options;
    options.idle_time = 300ms;
    start(options);
    RawClient fresh(m_port), used(m_port);
    used.send(get("/"));
    EXPECT_TRUE(used.receive());
    EXPECT_TRUE(fresh.closes_within(2s));
    EXPECT_TRUE(used.closes_within(2s));
    EXPECT_TRUE(eventually([&] { return m_server->open_connections() == 0; }));
}

TEST_F(HttpServer, GivesUpOnAClientThatDoesNotRead) {
    ServerOptions options;
    options.write_time = 300ms;
    options.write_bytes_per_second = 1024 * 1024 * 1024;
    start(options);
    RawClient client(m_port);
    client.shrink_receive_buffer();
    client.send(get("/big"));
    EXPECT_TRUE(eventually([&] { return m_handler.shared.use_count() > 1; })) << "the reply is under way";
    EXPECT_TRUE(eventually([&] { return m_server->open_connections() == 0; }));
    EXPECT_EQ(m_handler.shared.use_count(), 1) << "the reply's bytes must be let go";
}

TEST_F(HttpServer, SendsBigRepliesToSlowReadersWhole) {
    start();
    for (const char *target : {"/big", "/file"}) {
        RawClient client(m_port);
        client.shrink_receive_buffer();
        client.send(get(target) + get("/after"));
        const std::string date = date_now();
        EXPECT_TRUE(eventually([&] { return date_now() != date; })) << "while the reply waits";
        const auto reply = client.receive(20s);
        ASSERT_TRUE(reply) << target;
        EXPECT_EQ(reply->body.size(), big_bytes);
        EXPECT_EQ(client.receive().value().body, "/after|\n") << target;
    }
}

TEST_F(HttpServer, KeepsBytesAliveWhileAReplyIsUnderWay) {
    start();
    RawClient client(m_port);
    client.shrink_receive_buffer();
    client.send(get("/big"));
    EXPECT_TRUE(eventually([&] { return m_handler.shared.use_count() > 1; })) << "the reply is under way";
    const std::weak_ptr<Shared> watched = m_handler.shared;
    m_handler.shared = std::make_shared<Shared>(); // as a publish does
    EXPECT_FALSE(watched.expired());
    EXPECT_EQ(client.receive(20s).value().body, std::string(big_bytes, 'b'));
    EXPECT_TRUE(eventually([&] { return watched.expired(); }));
}

TEST_F(HttpServer, Answers503WhereAReplyTakesTooLong) {
    ServerOptions options;
    options.handler_time = 200ms;
    start(options);
    RawClient client(m_port);
    client.send(get("/never"));
    EXPECT_EQ(client.receive(3s).value().status, 503);
    EXPECT_TRUE(is_alive());
}

TEST_F(HttpServer, LimitsConnectionsOfOneAddressButNotOfATrustedProxy) {
    ServerOptions options;
    options.max_connections_per_ip = 3;
    options.trusted_proxies = TrustedProxies({*IpNetwork::parse("127.0.0.9")});
    start(options);
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 3; ++i) {
        clients.push_back(std::make_unique<RawClient>(m_port));
        clients.back()->send(get("/"));
        EXPECT_EQ(clients.back()->receive().value().status, 200);
    }
    RawClient fourth(m_port);
    EXPECT_EQ(fourth.receive().value().status, 503);
    RawClient elsewhere(m_port, "127.0.0.2");
    elsewhere.send(get("/"));
    EXPECT_EQ(elsewhere.receive().value().status, 200);
    std::vector<std::unique_ptr<RawClient>> proxied;
    for (int i = 0; i < 6; ++i) {
        proxied.push_back(std::make_unique<RawClient>(m_port, "127.0.0.9"));
        proxied.back()->send(get("/"));
        EXPECT_EQ(proxied.back()->receive().value().status, 200);
    }
    clients.pop_back();
    EXPECT_TRUE(eventually([&] { return is_alive(); })) << "a closed connection makes room";
}

TEST_F(HttpServer, LimitsConnectionsInAll) {
    ServerOptions options;
    options.max_connections = 2;
    start(options);
    RawClient first(m_port), second(m_port);
    first.send(get("/"));
    second.send(get("/"));
    EXPECT_TRUE(first.receive());
    EXPECT_TRUE(second.receive());
    RawClient third(m_port);
    EXPECT_EQ(third.receive().value().status, 503);
}

TEST_F(HttpServer, FinishesRequestsInFlightWhenItDrains) {
    start();
    m_handler.later_delay = 500ms;
    RawClient busy(m_port), idle(m_port), half(m_port);
    idle.send(get("/"));
    EXPECT_TRUE(idle.receive());
    half.send("GET /half HTTP/1.1\r\n");
    busy.send(get("/later"));
    EXPECT_TRUE(eventually([&] { return m_handler.asked == 1; })) << "the loop has read both by then";
    const auto began = std::chrono::steady_clock::now();
    std::thread draining([&] { m_server->drain(); });
    EXPECT_TRUE(idle.closes_within(1s));
    half.send("Host: test\r\n\r\n");
    const auto half_reply = half.receive(), busy_reply = busy.receive();
    draining.join();
    ASSERT_TRUE(half_reply);
    EXPECT_EQ(half_reply->field("connection"), "close");
    ASSERT_TRUE(busy_reply);
    EXPECT_EQ(busy_reply->body, "later\n");
    EXPECT_EQ(busy_reply->field("connection"), "close");
    EXPECT_LT(std::chrono::steady_clock::now() - began, 5s);
    EXPECT_THROW(RawClient{m_port}, std::runtime_error) << "nobody is accepted any more";
}

TEST_F(HttpServer, EndsADrainAtItsBound) {
    ServerOptions options;
    options.drain_time = 400ms;
    start(options);
    RawClient stuck(m_port);
    stuck.send("GET / HTTP/1.1\r\n");
    EXPECT_TRUE(is_alive()) << "the loop has read what came before";
    const auto began = std::chrono::steady_clock::now();
    m_server->drain();
    EXPECT_LT(std::chrono::steady_clock::now() - began, 3s);
}

TEST_F(HttpServer, GoesOnAfterAHandlerThatThrows) {
    start();
    RawClient client(m_port);
    client.send(get("/throws") + get("/after"));
    EXPECT_EQ(client.receive().value().status, 500);
    EXPECT_EQ(client.receive().value().body, "/after|\n");
    EXPECT_EQ(m_handler.failures, 1);
}

TEST_F(HttpServer, GoesOnAfterATickThatThrows) {
    start();
    m_handler.ticks_that_throw = 2;
    EXPECT_TRUE(eventually([&] { return m_handler.failures == 2; }));
    RawClient client(m_port);
    client.send(get("/after"));
    EXPECT_EQ(client.receive().value().status, 200);
}

TEST_F(HttpServer, ServesFromSeveralLoops) {
    ServerOptions options;
    options.loops = 3;
    start(options);
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 9; ++i) {
        clients.push_back(std::make_unique<RawClient>(m_port));
        clients.back()->send(get("/"));
        EXPECT_EQ(clients.back()->receive().value().status, 200);
    }
    for (std::size_t loop = 0; loop < 3; ++loop) {
        EXPECT_EQ(m_metrics->loop(loop).connections.value(), 3u);
    }
}

} // namespace
} // namespace studio::renderer::http
