// SPDX-License-Identifier: Apache-2.0
#include "renderer/pages/cached_response.h"
#include "renderer/support/metrics.h"

#include <brotli/decode.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

namespace studio::renderer {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string &long_body() {
    static const std::string body = [] {
        std::string text;
        for (int i = 0; i < 500; ++i) {
            text += "<p>paragraph " + std::to_string(i) + "</p>\n";
        }
        return text;
    }();
    return body;
}

CachedResponse page() {
    return CachedResponse({200, "text/html; charset=utf-8", long_body()});
}

http::Request asking(std::string_view accept_encoding, std::string_view if_none_match = {}) {
    http::Request request;
    request.method = http::Method::Get;
    request.accept_encoding = accept_encoding;
    request.if_none_match = if_none_match;
    return request;
}

std::string etag_of(const http::Reply &reply) {
    const std::string head(reply.head);
    const auto from = head.find("ETag: ") + 6;
    return head.substr(from, head.find("\r\n", from) - from);
}

std::string gunzip(std::string_view bytes) {
    std::string result(1024 * 1024, '\0');
    z_stream stream{};
    inflateInit2(&stream, 15 + 16);
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef *>(result.data());
    stream.avail_out = static_cast<uInt>(result.size());
    EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
    result.resize(stream.total_out);
    inflateEnd(&stream);
    return result;
}

std::string unbrotli(std::string_view bytes) {
    std::string result(1024 * 1024, '\0');
    std::size_t size = result.size();
    EXPECT_EQ(BrotliDecoderDecompress(bytes.size(), reinterpret_cast<const std::uint8_t *>(bytes.data()),
                                      &size, reinterpret_cast<std::uint8_t *>(result.data())),
              BROTLI_DECODER_RESULT_SUCCESS);
    result.resize(size);
    return result;
}

TEST(CachedResponse, DecodesToTheSameBytesInEveryEncoding) {
    const CachedResponse response = page();
    const http::Reply plain = response.reply(asking(""), Route::Page, nullptr),
                      gzipped = response.reply(asking("gzip"), Route::Page, nullptr),
                      brotlied = response.reply(asking("br"), Route::Page, nullptr);
    EXPECT_EQ(plain.body, long_body());
    EXPECT_EQ(gunzip(gzipped.body), long_body());
    EXPECT_EQ(unbrotli(brotlied.body), long_body());
    EXPECT_THAT(std::string(plain.head), Not(HasSubstr("Content-Encoding")));
    EXPECT_THAT(std::string(gzipped.head), HasSubstr("Content-Encoding: gzip\r\n"));
    EXPECT_THAT(std::string(brotlied.head), HasSubstr("Content-Encoding: br\r\n"));
    for (const http::Reply *reply : {&plain, &gzipped, &brotlied}) {
        EXPECT_THAT(std::string(reply->head), HasSubstr("Vary: Accept-Encoding\r\n"));
        EXPECT_THAT(std::string(reply->head),
                    HasSubstr("Content-Length: " + std::to_string(reply->body.size()) + "\r\n"));
    }
}

TEST(CachedResponse, HasAnotherEtagForEachEncodingAndAnswers304ToItsOwn) {
    const CachedResponse response = page();
    const std::string plain = etag_of(response.reply(asking(""), Route::Page, nullptr)),
                      gzipped = etag_of(response.reply(asking("gzip"), Route::Page, nullptr)),
                      brotlied = etag_of(response.reply(asking("br"), Route::Page, nullptr));
    EXPECT_NE(plain, gzipped);
    EXPECT_NE(gzipped, brotlied);
    const http::Reply unchanged = response.reply(asking("gzip", gzipped), Route::Page, nullptr);
    EXPECT_EQ(unchanged.status, 304);
    EXPECT_TRUE(unchanged.body.empty());
    EXPECT_EQ(etag_of(unchanged), gzipped);
    EXPECT_EQ(response.reply(asking("gzip", plain), Route::Page, nullptr).status, 200);
}

TEST(CachedResponse, LeavesTheBodyOutForHead) {
    http::Request request = asking("");
    request.method = http::Method::Head;
    const CachedResponse response = page();
    const http::Reply reply = response.reply(request, Route::Page, nullptr);
    EXPECT_TRUE(reply.body.empty());
    EXPECT_THAT(std::string(reply.head), HasSubstr("Content-Length: " + std::to_string(long_body().size())));
}

TEST(CachedResponse, GivesNoEtagToWhatMayNotBeStored) {
    const CachedResponse response({200, "text/html", long_body(), no_cache});
    EXPECT_THAT(std::string(response.reply(asking(""), Route::Booking, nullptr).head),
                Not(HasSubstr("ETag")));
    EXPECT_EQ(response.reply(asking("", "*"), Route::Booking, nullptr).status, 200);
}

TEST(CachedResponse, DoesNotCompressWhatIsShort) {
    const CachedResponse response({200, "text/plain", "short"});
    EXPECT_EQ(response.reply(asking("gzip, br"), Route::Robots, nullptr).body, "short");
}

TEST(HeadBuilder, LetsNoValueMakeANewField) {
    EXPECT_EQ(http::HeadBuilder(200).field("A", "b\r\nC: d").take(), "HTTP/1.1 200 OK\r\nA: b  C: d\r\n");
}

TEST(Metrics, WritesWhatPrometheusReads) {
    Metrics metrics(2);
    metrics.loop(0).request(Route::Page, 200, 30, 1000);
    metrics.loop(1).request(Route::Page, 200, 30'000'000, 500);
    metrics.loop(1).request(Route::Media, 999, 1, 5);
    Gauges gauges;
    gauges.tenants_loaded = 4;
    const std::string text = metrics.render(gauges);
    EXPECT_THAT(text, HasSubstr("companion_requests_total{route=\"page\",status=\"200\"} 2\n"));
    EXPECT_THAT(text, HasSubstr("companion_requests_total{route=\"media\",status=\"other\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("companion_request_duration_seconds_bucket{le=\"5e-05\"} 2\n"));
    EXPECT_THAT(text, HasSubstr("companion_request_duration_seconds_bucket{le=\"+Inf\"} 3\n"));
    EXPECT_THAT(text, HasSubstr("companion_request_duration_seconds_count 3\n"));
    EXPECT_THAT(text, HasSubstr("companion_sent_bytes_total 1505\n"));
    EXPECT_THAT(text, HasSubstr("companion_tenants_loaded 4\n"));
}

} // namespace
} // namespace studio::renderer
