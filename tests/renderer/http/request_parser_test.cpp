// SPDX-License-Identifier: Apache-2.0
#include "renderer/http/head_guard.h"
#include "renderer/http/request_parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace studio::renderer::http {
namespace {

using namespace std::string_literals;

using Progress = RequestParser::Progress;

struct Parsed {
    Progress progress;
    int refusal;
    Request request;
};

// Keeps the text alive, as a connection's buffer does.
Parsed parse(const std::string &head) {
    RequestParser parser({});
    Parsed result{Progress::NeedMore, 0, {}};
    result.progress = parser.parse_head(head, result.request);
    result.refusal = result.progress == Progress::Refused ? parser.refusal() : 0;
    return result;
}

TEST(RequestParser, ReadsWhatAReplyDependsOn) {
    const std::string head = "GET /privacy?utm_source=x HTTP/1.1\r\nHost: Claire.localhost:8080\r\n"
                             "Accept-Encoding: br, gzip\r\nIf-None-Match: \"abc\"\r\nRange: bytes=0-1\r\n"
                             "Cookie: studio_share=t\r\nUser-Agent: Test/1\r\nX-Forwarded-For: 1.2.3.4\r\n"
                             "x-forwarded-proto: https\r\n\r\n";
    const Parsed parsed = parse(head);
    ASSERT_EQ(parsed.progress, Progress::Done);
    EXPECT_EQ(parsed.request.method, Method::Get);
    EXPECT_EQ(parsed.request.path, "/privacy");
    EXPECT_EQ(parsed.request.query, "utm_source=x");
    EXPECT_EQ(parsed.request.host, "Claire.localhost:8080");
    EXPECT_EQ(parsed.request.accept_encoding, "br, gzip");
    EXPECT_EQ(parsed.request.if_none_match, "\"abc\"");
    EXPECT_EQ(parsed.request.range, "bytes=0-1");
    EXPECT_EQ(parsed.request.cookie, "studio_share=t");
    EXPECT_EQ(parsed.request.user_agent, "Test/1");
    Request request = parsed.request;
    EXPECT_EQ(request.forwarded_for.take_last(), "1.2.3.4");
    EXPECT_EQ(request.forwarded_proto.take_last(), "https");
    EXPECT_TRUE(parsed.request.keep_alive);
}

TEST(RequestParser, ReadsWhatAPostDependsOn) {
    const std::string head =
        "POST /events HTTP/1.1\r\nHost: a\r\nOrigin: https://a\r\nSec-Fetch-Site: same-origin\r\n"
        "Referer: https://b/\r\nAccept-Language: de\r\nDNT: 1\r\nSec-GPC: 1\r\n"
        "Content-Type: application/json\r\nContent-Length: 12\r\n\r\n";
    const Parsed parsed = parse(head);
    ASSERT_EQ(parsed.progress, Progress::NeedMore);
    EXPECT_EQ(parsed.request.method, Method::Post);
    EXPECT_EQ(parsed.request.origin, "https://a");
    EXPECT_EQ(parsed.request.sec_fetch_site, "same-origin");
    EXPECT_EQ(parsed.request.referer, "https://b/");
    EXPECT_EQ(parsed.request.accept_language, "de");
    EXPECT_TRUE(parsed.request.do_not_track);
    EXPECT_TRUE(parsed.request.global_privacy_control);
    EXPECT_EQ(parsed.request.content_type, "application/json");
    EXPECT_EQ(parsed.request.content_length, 12u);
    EXPECT_FALSE(parsed.request.chunked);
    EXPECT_FALSE(parse("GET / HTTP/1.1\r\nHost: a\r\nDNT: 0\r\n\r\n").request.do_not_track);
}

TEST(RequestParser, KeepsTheConnectionAsTheVersionAndTheFieldSay) {
    EXPECT_FALSE(parse("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").request.keep_alive);
    EXPECT_FALSE(parse("GET / HTTP/1.0\r\nHost: a\r\n\r\n").request.keep_alive);
    EXPECT_TRUE(parse("GET / HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n").request.keep_alive);
}

struct Refused {
    const char *name;
    std::string head;
    int status;
};

class RefusedRequest : public testing::TestWithParam<Refused> {};

TEST_P(RefusedRequest, IsRefusedWithItsStatus) {
    const Parsed parsed = parse(GetParam().head);
    ASSERT_EQ(parsed.progress, Progress::Refused);
    EXPECT_EQ(parsed.refusal, GetParam().status);
}

INSTANTIATE_TEST_SUITE_P(
    Shapes, RefusedRequest,
    testing::Values(
        Refused{"NoHost", "GET / HTTP/1.1\r\n\r\n", 400},
        Refused{"NoHostInHttp10", "GET / HTTP/1.0\r\n\r\n", 400},
        Refused{"TwoHosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400},
        Refused{"EmptyHost", "GET / HTTP/1.1\r\nHost: \r\n\r\n", 400},
        Refused{"HostWithPath", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400},
        Refused{"HostWithUser", "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n", 400},
        Refused{"HostWithSpace", "GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400},
        Refused{"HostWithList", "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n", 400},
        Refused{"HostWithBadPort", "GET / HTTP/1.1\r\nHost: a:80x\r\n\r\n", 400},
        Refused{"LengthAndChunked",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
        Refused{"ChunkedAndLength",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n", 400},
        Refused{"TwoDifferentLengths",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n", 400},
        Refused{"TwoEqualLengths",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\n", 400},
        Refused{"ListOfLengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5, 5\r\n\r\n", 400},
        Refused{"NegativeLength", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400},
        Refused{"HexLength", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x5\r\n\r\n", 400},
        Refused{"HugeLength", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999999\r\n\r\n",
                400},
        Refused{"BodyOverTheLimit", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 65537\r\n\r\n", 413},
        Refused{"UnknownTransferEncoding",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n", 501},
        Refused{"CodedThenChunked", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
                501},
        Refused{
            "ChunkedTwice",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
            400},
        Refused{"ChunkedInHttp10", "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
        Refused{"FoldedField", "GET / HTTP/1.1\r\nHost: a\r\nX: 1\r\n 2\r\n\r\n", 400},
        Refused{"FoldedByTab", "GET / HTTP/1.1\r\nHost: a\r\nX: 1\r\n\t2\r\n\r\n", 400},
        Refused{"NulInValue", "GET / HTTP/1.1\r\nHost: a\r\nX: 1\0002\r\n\r\n"s, 400},
        Refused{"BareLineFeed", "GET / HTTP/1.1\nHost: a\r\n\r\n", 400},
        Refused{"BareCarriageReturn", "GET / HTTP/1.1\r\nHost: a\r\nX: 1\r2\r\n\r\n", 400},
        Refused{"SpaceBeforeColon", "GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400},
        Refused{"FieldWithoutName", "GET / HTTP/1.1\r\nHost: a\r\n: x\r\n\r\n", 400},
        Refused{"FieldWithoutColon", "GET / HTTP/1.1\r\nHost: a\r\nnonsense\r\n\r\n", 400},
        Refused{"NoVersion", "GET /\r\nHost: a\r\n\r\n", 400},
        Refused{"NewerVersion", "GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505},
        Refused{"TargetWithSpace", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Refused{"TargetWithoutSlash", "GET index HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Refused{"TargetWithFragment", "GET /#x HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Refused{"TargetWithHighByte", "GET /\xc3\xa9 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Refused{"TargetOfAnotherHost", "GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Refused{"LongTarget", "GET /" + std::string(9000, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n", 414},
        Refused{"UnknownExpectation",
                "POST / HTTP/1.1\r\nHost: a\r\nExpect: 200-ok\r\nContent-Length: 1\r\n\r\n", 417}),
    [](const auto &shape) { return std::string(shape.param.name); });

TEST(RequestParser, TakesAnAbsoluteTargetOfTheSameHost) {
    const std::string head = "GET http://A.example:80/x?y HTTP/1.1\r\nHost: a.example:80\r\n\r\n";
    const Parsed parsed = parse(head);
    ASSERT_EQ(parsed.progress, Progress::Done);
    EXPECT_EQ(parsed.request.path, "/x");
    EXPECT_EQ(parsed.request.query, "y");
}

TEST(RequestParser, ReadsAChunkedBodyInPieces) {
    RequestParser parser({});
    Request request;
    const std::string head = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n";
    ASSERT_EQ(parser.parse_head(head, request), Progress::NeedMore);
    const std::string body = "4\r\nWiki\r\n6;x=y\r\npedia \r\n0\r\nTrailer: x\r\n\r\nGET";
    std::string unread;
    Progress progress = Progress::NeedMore;
    std::size_t taken = 0;
    for (const char c : body) {
        unread.push_back(c);
        ++taken;
        std::size_t used = 0;
        progress = parser.parse_body(unread, used);
        ASSERT_NE(progress, Progress::Refused) << taken;
        unread.erase(0, used);
        if (progress == Progress::Done) {
            break;
        }
    }
    EXPECT_EQ(progress, Progress::Done);
    EXPECT_EQ(parser.body(), "Wikipedia ");
    EXPECT_EQ(taken, body.size() - 3) << "the next request must stay unread";
}

TEST(RequestParser, RefusesAChunkedBodyOverTheLimit) {
    RequestParser parser({});
    Request request;
    const std::string head = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    ASSERT_EQ(parser.parse_head(head, request), Progress::NeedMore);
    std::string unread;
    Progress progress = Progress::NeedMore;
    for (int i = 0; i < 3 && progress == Progress::NeedMore; ++i) {
        unread += "8000\r\n" + std::string(0x8000, 'x') + "\r\n";
        std::size_t used = 0;
        progress = parser.parse_body(unread, used);
        unread.erase(0, used);
    }
    EXPECT_EQ(progress, Progress::Refused);
    EXPECT_EQ(parser.refusal(), 413);
}

TEST(RequestParser, RefusesAChunkSizeThatIsNoNumber) {
    for (const std::string bad :
         {"zz\r\n", "-1\r\nx", "0x4\r\nWiki\r\n\r\n", "4 4\r\nWiki\r\n", "ffffffffffffffffff\r\n"}) {
        RequestParser parser({});
        Request request;
        const std::string head = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
        ASSERT_EQ(parser.parse_head(head, request), Progress::NeedMore);
        std::size_t used = 0;
        EXPECT_EQ(parser.parse_body(bad, used), Progress::Refused) << bad;
    }
}

TEST(RequestParser, TakesNothingFromTrailers) {
    RequestParser parser({});
    Request request;
    const std::string head = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    ASSERT_EQ(parser.parse_head(head, request), Progress::NeedMore);
    std::size_t used = 0;
    ASSERT_EQ(parser.parse_body("0\r\nHost: b\r\nCookie: x=y\r\nX-Forwarded-For: 1.1.1.1\r\n\r\n", used),
              Progress::Done);
    EXPECT_EQ(request.host, "a");
    EXPECT_EQ(request.cookie, "");
    EXPECT_TRUE(request.forwarded_for.empty());
}

TEST(HeadGuard, FindsTheEndWhereverTheBytesWereCut) {
    const std::string head = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    for (std::size_t cut = 0; cut < head.size(); ++cut) {
        EXPECT_FALSE(head_length(head.substr(0, cut), cut)) << cut;
        EXPECT_EQ(head_length(head + "rest", cut), head.size()) << cut;
    }
}

TEST(HeadGuard, TellsATlsHandshakeFromARequest) {
    EXPECT_TRUE(cannot_begin_request("\x16\x03\x01"));
    EXPECT_FALSE(cannot_begin_request("\r\nGET"));
    EXPECT_FALSE(cannot_begin_request(""));
}

} // namespace
} // namespace studio::renderer::http
