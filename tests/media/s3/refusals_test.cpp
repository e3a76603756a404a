// SPDX-License-Identifier: Apache-2.0
// Answers that radosgw does not give, from a server of the test's own.
#include "media/s3/bucket.h"
#include "media/s3/error.h"
#include "media/s3/multipart.h"
#include "tests/media/s3/store_fixture.h"
#include "tests/support/http_sink.h"
#include "tests/support/line_server.h"

#include <gmock/gmock.h>

#include <atomic>
#include <set>

namespace studio::media::s3 {

namespace {

using test_support::http_answer;
using test_support::HttpSink;
using test_support::ReceivedRequest;
using testing::ElementsAre;
using testing::HasSubstr;

const Credentials keys{"AKIDSTAND", "a-secret-of-the-stand-in"};

std::string error_xml(const std::string &code, const std::string &more = "<Message></Message>") {
    return R"(<?xml version="1.0" encoding="UTF-8"?><Error><Code>)" + code + "</Code>" + more + "</Error>";
}

models::BucketAddress at(std::uint16_t port) {
    return {"http://127.0.0.1:" + std::to_string(port), "fra1", "photos", "", true};
}

models::BucketAddress at(const HttpSink &sink) {
    models::BucketAddress address = at(std::uint16_t(0));
    address.endpoint = sink.url("");
    return address;
}

class Refusals : public testing::Test {
protected:
    // The message about a PUT with this answer.
    std::string said(int status, const std::string &body, const std::string &fields = {}) {
        m_store.answer_by([=](const ReceivedRequest &) { return http_answer(status, body, fields); });
        return said_of_a_put();
    }
    std::string said_of_a_put() {
        try {
            Connection connection(at(m_store), keys, hasty(3));
            Bucket(connection).put("a.webp", "x", derivative_facts("image/webp"));
            return "stored";
        } catch (const Error &error) {
            return error.what();
        }
    }
    std::vector<std::string> methods() const {
        std::vector<std::string> methods;
        for (const ReceivedRequest &request : m_store.requests()) {
            methods.push_back(request.method);
        }
        return methods;
    }
    HttpSink m_store;
};

} // namespace

TEST_F(Refusals, NameTheRegionThatIsRight) {
    EXPECT_EQ(said(400, error_xml("AuthorizationHeaderMalformed", "<Message/><Region>ams3</Region>")),
              "The region is wrong: the bucket “photos” is in “ams3”.");
    EXPECT_EQ(said(301,
                   error_xml("PermanentRedirect", "<Endpoint>photos.ams3.digitaloceanspaces.com</Endpoint>"),
                   "Location: /elsewhere\r\n"),
              "The endpoint is wrong: the bucket “photos” is at photos.ams3.digitaloceanspaces.com.");
    EXPECT_THAT(said(307, "", "Location: /elsewhere\r\n"), HasSubstr("Check both"));
    EXPECT_THAT(methods(), ElementsAre("PUT", "PUT", "PUT")) << "no redirect is followed";
}

TEST_F(Refusals, AreUnderstoodWithoutAMessage) {
    EXPECT_THAT(said(403, error_xml("SignatureDoesNotMatch", "")), HasSubstr("The secret does not belong"));
    EXPECT_THAT(said(403, error_xml("AccessDenied")), HasSubstr("The store refused this"));
    EXPECT_THAT(said(403, ""), HasSubstr("The store refused this"));
    EXPECT_THAT(said(403, "not XML <"), HasSubstr("The store refused this"));
    EXPECT_EQ(said(400, error_xml("Unheard", "<Message>Of that</Message>")),
              "The store answered 400 Unheard. It said: Of that");
}

TEST_F(Refusals, ThatPassAreTriedAgain) {
    for (const std::string &busy :
         {http_answer(503, error_xml("SlowDown")), http_answer(500, error_xml("InternalError")),
          http_answer(429, ""), http_answer(502, "<html>"), http_answer(400, error_xml("RequestTimeout")),
          std::string()}) {
        HttpSink store;
        std::atomic<int> count = 0;
        store.answer_by([&](const ReceivedRequest &) { return ++count <= 2 ? busy : http_answer(200, ""); });
        Connection connection(at(store), keys, hasty(4));
        Bucket(connection).put("a.webp", "x", derivative_facts("image/webp"));
        EXPECT_GE(count, 3) << busy;
    }
}

TEST_F(Refusals, ThatDoNotPassAreNotTriedAgain) {
    said(501, error_xml("NotImplemented"));
    said(403, error_xml("AccessDenied"));
    EXPECT_THAT(methods(), ElementsAre("PUT", "PUT"));
}

TEST_F(Refusals, AreSaidOnceTheAttemptsAreOver) {
    EXPECT_THAT(said(503, error_xml("SlowDown")), HasSubstr("busy"));
    EXPECT_THAT(methods(), ElementsAre("PUT", "PUT", "PUT"));
}

TEST_F(Refusals, WithinAnAnswerOf200AreSeen) {
    m_store.answer_by([](const ReceivedRequest &) { return http_answer(200, error_xml("AccessDenied")); });
    Connection connection(at(m_store), keys, hasty());
    EXPECT_THROW(Multipart(connection).complete("a.webp", "2~id", {{1, "\"e\"", 5}}), Error);
    EXPECT_THROW(Bucket(connection).replace_facts("a.webp", derivative_facts("image/webp")), Error);
    EXPECT_THROW(Bucket(connection).remove_all({"a.webp"}), Error);
    EXPECT_EQ(Bucket(connection).get("a.webp"), error_xml("AccessDenied"))
        << "what is stored is not looked into";
}

TEST_F(Refusals, WithinAnAnswerOf200AreTriedAgainWhereTheyPass) {
    std::atomic<int> count = 0;
    m_store.answer_by([&](const ReceivedRequest &) {
        return http_answer(200, ++count == 1 ? error_xml("InternalError")
                                             : "<CompleteMultipartUploadResult><ETag></ETag>"
                                               "</CompleteMultipartUploadResult>");
    });
    Connection connection(at(m_store), keys, hasty());
    Multipart(connection).complete("a.webp", "2~id", {{1, "", 5}});
    EXPECT_EQ(count, 2);
}

TEST_F(Refusals, OfSingleObjectsAreNamed) {
    m_store.answer_by([](const ReceivedRequest &) {
        return http_answer(200, "<DeleteResult><Error><Key>b</Key><Code>AccessDenied</Code><Message/></Error>"
                                "<Error><Key>c</Key><Code>NoSuchKey</Code></Error></DeleteResult>");
    });
    Connection connection(at(m_store), keys, hasty());
    const auto failed = Bucket(connection).remove_all({"a", "b", "c"});
    ASSERT_EQ(failed.size(), 1U);
    EXPECT_EQ(failed.front().key, "b");
    EXPECT_EQ(failed.front().code, "AccessDenied");
    const auto request = m_store.requests().front();
    EXPECT_EQ(request.body,
              "<Delete><Quiet>true</Quiet><Object><Key>a</Key></Object><Object><Key>b</Key></Object>"
              "<Object><Key>c</Key></Object></Delete>");
    EXPECT_FALSE(request.fields.at("content-md5").empty());
}

TEST_F(Refusals, AnswerThatIsNoS3IsSaid) {
    m_store.answer_by(
        [](const ReceivedRequest &) { return http_answer(200, "<html><body>Welcome</body></html>"); });
    Connection connection(at(m_store), keys, hasty());
    EXPECT_THROW(Bucket(connection).check_access(), Error);
}

// A server may refuse before it has read the body and close the connection; the client can then lose the
// answer.
TEST_F(Refusals, ThatComeBeforeTheBodyAreAskedForWithoutOne) {
    std::atomic<int> asked = 0;
    test_support::LineServer store([&](test_support::SinkConnection &connection) {
        const std::string first = connection.read_line().value_or("");
        for (auto line = connection.read_line(); line && *line != "\r\n"; line = connection.read_line()) {
        }
        asked += first.starts_with("POST /photos/a.webp?uploads=") ? 1 : 0;
        connection.write(http_answer(403, error_xml("AccessDenied")));
    });
    Connection connection(at(store.port()), keys, hasty(4));
    try {
        Bucket(connection).put("a.webp", std::string(40 << 20, 'x'), derivative_facts("image/webp"));
        ADD_FAILURE() << "stored";
    } catch (const Error &error) {
        EXPECT_EQ(error.kind(), ErrorKind::Forbidden) << error.what();
    }
    EXPECT_LE(asked, 1);
}

TEST_F(Refusals, OfASilentServerAreNotAPersonsStop) {
    test_support::LineServer store([](test_support::SinkConnection &connection) {
        while (connection.read_line()) {
        }
    });
    ConnectionOptions options = hasty(2);
    options.longest_silence = std::chrono::milliseconds(300);
    Connection connection(at(store.port()), keys, options);
    try {
        Bucket(connection).put("a.webp", "x", derivative_facts("image/webp"));
        ADD_FAILURE() << "stored";
    } catch (const Error &error) {
        EXPECT_EQ(error.kind(), ErrorKind::Unreachable);
        EXPECT_THAT(error.what(), HasSubstr("did not answer in time"));
    }
}

TEST_F(Refusals, RequestsArePlain) {
    said(200, "");
    const ReceivedRequest request = m_store.requests().front();
    EXPECT_EQ(request.target, "/photos/a.webp");
    EXPECT_EQ(request.fields.at("content-length"), "1");
    EXPECT_EQ(request.fields.count("transfer-encoding"), 0U);
    EXPECT_EQ(request.fields.count("expect"), 0U);
    EXPECT_EQ(request.fields.at("x-amz-content-sha256"),
              "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"); // of "x"
    EXPECT_EQ(request.fields.at("x-amz-acl"), "public-read");
    EXPECT_EQ(request.fields.at("content-type"), "image/webp");
    EXPECT_THAT(
        request.fields.at("authorization"),
        HasSubstr(
            "SignedHeaders=cache-control;content-type;host;x-amz-acl;x-amz-content-sha256;x-amz-date,"));
}

TEST_F(Refusals, OfAnUploadThatWasForgottenAreNoneOnceItIsADayOld) {
    m_store.answer_by([](const ReceivedRequest &request) {
        return http_answer(request.method == "GET" ? 200 : 204,
                           request.method != "GET"
                               ? ""
                               : "<ListMultipartUploadsResult>"
                                 "<Upload><Key>a.jpg</Key><UploadId>2~old</UploadId>"
                                 "<Initiated>2026-01-01T00:00:00.000Z</Initiated></Upload>"
                                 "<Upload><Key>a.jpg</Key><UploadId>2~new</UploadId>"
                                 "<Initiated>2026-03-01T00:00:00.000Z</Initiated></Upload>"
                                 "<Upload><Key>a.jpg2</Key><UploadId>2~other</UploadId>"
                                 "<Initiated>2026-01-01T00:00:00.000Z</Initiated></Upload>"
                                 "</ListMultipartUploadsResult>");
    });
    ConnectionOptions options = hasty();
    options.clock = [] { return base::Time(std::chrono::sys_days(std::chrono::year(2026) / 3 / 1)); };
    Connection connection(at(m_store), keys, options);
    Multipart(connection).abort_forgotten("a.jpg");
    ASSERT_THAT(methods(), ElementsAre("GET", "DELETE"));
    EXPECT_EQ(m_store.requests().back().target, "/photos/a.jpg?uploadId=2~old");
}

TEST(Backoff, GrowsAndIsRandom) {
    const RetryRule rule{6, std::chrono::milliseconds(100), std::chrono::milliseconds(1000)};
    std::set<long> second;
    for (int round = 0; round < 50; ++round) {
        second.insert(pause_before(2, rule).count());
        EXPECT_GE(pause_before(2, rule).count(), 50);
        EXPECT_LE(pause_before(2, rule).count(), 100);
        EXPECT_GE(pause_before(4, rule).count(), 200);
        EXPECT_LE(pause_before(40, rule).count(), 1000);
    }
    EXPECT_GT(second.size(), 5U);
}

} // namespace studio::media::s3
