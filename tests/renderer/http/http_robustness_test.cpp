// SPDX-License-Identifier: Apache-2.0
// Requests made to confuse, and clients made to exhaust: over real sockets, with another's request behind
// each.
#include "tests/renderer/fixtures/http_fixture.h"

#include <sys/resource.h>

#include <algorithm>
#include <vector>

namespace studio::renderer::http {
namespace {

constexpr std::string_view post_head = "POST /a HTTP/1.1\r\nHost: test\r\n";

struct Shape {
    const char *name;
    std::string bytes;
};

class ConfusingRequest : public HttpServer, public testing::WithParamInterface<Shape> {};

TEST_P(ConfusingRequest, IsRefusedAndNothingBehindItIsAnswered) {
    start();
    RawClient client(m_port);
    client.try_send(GetParam().bytes + get("/smuggled"));
    const std::string all = client.receive_all(10s);
    EXPECT_TRUE(all.starts_with("HTTP/1.1 4") || all.starts_with("HTTP/1.1 5")) << all;
    EXPECT_EQ(all.find("HTTP/1.1", 1), std::string::npos) << all;
    EXPECT_EQ(all.find("smuggled"), std::string::npos) << all;
    EXPECT_TRUE(is_alive());
}

Shape with_fields(const char *name, std::string_view fields, std::string_view body = "0\r\n\r\n") {
    return {name, std::string(post_head).append(fields).append("\r\n").append(body)};
}

Shape with_chunks(const char *name, std::string_view body) {
    return with_fields(name, "Transfer-Encoding: chunked\r\n", body);
}

INSTANTIATE_TEST_SUITE_P(
    Framing, ConfusingRequest,
    testing::Values(with_fields("LengthThenChunked", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"),
                    with_fields("ChunkedThenLength", "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"),
                    with_fields("LengthAndUnknownCoding",
                                "Content-Length: 5\r\nTransfer-Encoding: xchunked\r\n"),
                    with_fields("EqualLengths", "Content-Length: 5\r\nContent-Length: 5\r\n"),
                    with_fields("SignedLength", "Content-Length: +5\r\n"),
                    with_fields("LengthWithBlank", "Content-Length: 5 5\r\n"),
                    with_fields("LengthWithUnderscore", "Content-Length: 1_0\r\n"),
                    with_fields("EmptyLength", "Content-Length: \r\n"),
                    with_fields("FractionalLength", "Content-Length: 5.0\r\n"),
                    with_fields("IdentityCoding", "Transfer-Encoding: identity\r\n"),
                    with_fields("ChunkedThenIdentity", "Transfer-Encoding: chunked, identity\r\n"),
                    with_fields("QuotedChunked", "Transfer-Encoding: \"chunked\"\r\n"),
                    with_fields("ChunkedAfterVerticalTab", "Transfer-Encoding: \x0b"
                                                           "chunked\r\n"),
                    with_fields("BlankBeforeColon", "Transfer-Encoding : chunked\r\n"),
                    with_fields("TabBeforeColon", "Content-Length\t: 5\r\n"),
                    with_fields("FoldedCoding", "Transfer-Encoding:\r\n chunked\r\n"),
                    with_fields("FirstFieldIndented", " Content-Length: 5\r\nX: y\r\n"),
                    with_fields("BareLineFeedInField", "X: y\nContent-Length: 5\r\n"),
                    with_fields("BareReturnInField", "X: y\rContent-Length: 5\r\n"),
                    with_fields("NulInName", std::string_view("X\0Y: z\r\n", 8)),
                    with_fields("NulInLength", std::string_view("Content-Length: 5\0\r\n", 20))),
    [](const auto &shape) { return std::string(shape.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Chunks, ConfusingRequest,
    testing::Values(with_chunks("SizeNoNumber", "zz\r\nx\r\n0\r\n\r\n"),
                    with_chunks("SignedSize", "+5\r\nhello\r\n0\r\n\r\n"),
                    with_chunks("PrefixedSize", "0x5\r\nhello\r\n0\r\n\r\n"),
                    with_chunks("HugeSize", "ffffffffffffffff1\r\nhello\r\n0\r\n\r\n"),
                    with_chunks("WrappingSize", "fffffffffffffffe\r\nhello\r\n0\r\n\r\n"),
                    with_chunks("EmptySize", "\r\nhello\r\n0\r\n\r\n"),
                    with_chunks("SizeEndsInLineFeed", "5\nhello\r\n0\r\n\r\n"),
                    with_chunks("DataLongerThanSize", "4\r\nhello\r\n0\r\n\r\n"),
                    with_chunks("DataEndsInLineFeed", "5\r\nhello\n0\r\n\r\n"),
                    with_chunks("LineFeedInExtension", "5;a=b\nc\r\nhello\r\n0\r\n\r\n"),
                    with_chunks("ReturnInExtension", "5;a=b\rc\r\nhello\r\n0\r\n\r\n"),
                    with_chunks("NulInExtension", std::string_view("5;a=\0\r\nhello\r\n0\r\n\r\n", 20)),
                    with_chunks("LineFeedInTrailer", "0\r\nX: y\nContent-Length: 5\r\n\r\n")),
    [](const auto &shape) { return std::string(shape.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Lines, ConfusingRequest,
    testing::Values(Shape{"NoHost", "GET / HTTP/1.1\r\n\r\n"},
                    Shape{"TwoHosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"},
                    Shape{"HostWithPath", "GET / HTTP/1.1\r\nHost: a/../b\r\n\r\n"},
                    Shape{"HostWithUser", "GET / HTTP/1.1\r\nHost: b@a\r\n\r\n"},
                    Shape{"AbsoluteTargetOfAnotherHost", "GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n"},
                    Shape{"AbsoluteTargetWithUser", "GET http://b@a/ HTTP/1.1\r\nHost: a\r\n\r\n"},
                    Shape{"OtherScheme", "GET ftp://a/ HTTP/1.1\r\nHost: a\r\n\r\n"},
                    Shape{"AuthorityTarget", "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n"},
                    Shape{"AsteriskTarget", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n"},
                    Shape{"TwoSpaces", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n"},
                    Shape{"TabBetween", "GET\t/\tHTTP/1.1\r\nHost: a\r\n\r\n"},
                    Shape{"NulInTarget", std::string("GET /\0x HTTP/1.1\r\nHost: a\r\n\r\n", 29)},
                    Shape{"NoVersion", "GET /\r\n\r\n"},
                    Shape{"LowerCaseVersion", "GET / http/1.1\r\nHost: a\r\n\r\n"},
                    Shape{"LongVersion", "GET / HTTP/1.10\r\nHost: a\r\n\r\n"},
                    Shape{"LongHead",
                          "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(17'000, 'x') + "\r\n\r\n"},
                    Shape{"ManyFields",
                          [] {
                              std::string text = "GET / HTTP/1.1\r\nHost: a\r\n";
                              for (int i = 0; i < 5'000; ++i) {
                                  text += "X: y\r\n";
                              }
                              return text + "\r\n";
                          }()}),
    [](const auto &shape) { return std::string(shape.param.name); });

void allow_descriptors(rlim_t count) {
    rlimit limit{};
    ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &limit), 0);
    limit.rlim_cur = std::min(limit.rlim_max, std::max(limit.rlim_cur, count));
    ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &limit), 0);
    ASSERT_GE(limit.rlim_cur, count) << "this machine allows too few open files";
}

// Milliseconds that 99 of 100 requests on one connection take at most.
double p99_of_requests(std::uint16_t port, std::chrono::milliseconds duration) {
    RawClient client(port);
    std::vector<double> took;
    const auto end = std::chrono::steady_clock::now() + duration;
    while (std::chrono::steady_clock::now() < end) {
        const auto began = std::chrono::steady_clock::now();
        client.send(studio::tests::request_text("GET", "/normal", "test"));
        if (client.receive().value().body != "/normal|\n") {
            throw std::runtime_error("another's reply");
        }
        took.push_back(
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began).count());
    }
    const auto nth = took.begin() + static_cast<std::ptrdiff_t>(took.size() * 99 / 100);
    std::nth_element(took.begin(), nth, took.end());
    return *nth;
}

TEST_F(HttpServer, ServesOthersWhileAThousandClientsDrip) {
    constexpr std::size_t slow_clients = 1'000;
    allow_descriptors(2 * slow_clients + 100);
    ServerOptions options;
    options.loops = 2;
    options.head_time = options.body_time = 10s;
    options.trusted_proxies = TrustedProxies({*IpNetwork::parse("127.0.0.9")}); // all come through one proxy
    start(options);
    const double alone = p99_of_requests(m_port, 1s);

    std::vector<std::unique_ptr<RawClient>> slow;
    for (std::size_t i = 0; i < slow_clients; ++i) {
        slow.push_back(std::make_unique<RawClient>(m_port, "127.0.0.9"));
        slow.back()->send(i % 2 ? "GET /slow HTTP/1.1\r\nHost: test\r\nX: "
                                : "POST /slow HTTP/1.1\r\nHost: test\r\nContent-Length: 60000\r\n\r\n");
    }
    std::atomic<bool> stop{false};
    std::thread dripping([&] {
        while (!stop) {
            for (const auto &client : slow) {
                client->try_send("x");
            }
            std::this_thread::sleep_for(100ms); // time is the subject: a thousand clients drip
        }
    });
    const double among_slow = p99_of_requests(m_port, 2s);
    const std::size_t open = m_server->open_connections();
    RecordProperty("p99_alone_us", static_cast<int>(alone * 1000));
    RecordProperty("p99_among_slow_us", static_cast<int>(among_slow * 1000));
    EXPECT_GE(open, slow_clients) << "none was turned away or cut off early";
    EXPECT_LT(among_slow, std::max(4 * alone, 25.0)) << "milliseconds; alone " << alone;

    EXPECT_TRUE(eventually([&] { return m_server->open_connections() == 0; }, 20s))
        << "dripping does not move the deadline";
    stop = true;
    dripping.join();
    EXPECT_EQ(m_metrics->loop(0).timeouts.value() + m_metrics->loop(1).timeouts.value(), slow_clients);
    EXPECT_TRUE(is_alive());
}

} // namespace
} // namespace studio::renderer::http
