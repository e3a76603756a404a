// SPDX-License-Identifier: Apache-2.0
// Tests against a server that gives the answers in DigitalOcean's documentation.
#include "media/s3/cdn.h"
#include "media/s3/error.h"
#include "models/json/json.h"
#include "tests/support/http_sink.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <atomic>

namespace studio::media::s3 {

namespace {

using test_support::http_answer;
using test_support::HttpSink;
using test_support::ReceivedRequest;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

constexpr const char *endpoint = "19f06b6a-3ace-4315-b086-499a0e521b76";
constexpr const char *origin = "companion-photos.fra1.digitaloceanspaces.com";

std::string page(const std::string &of, const std::string &id, bool has_next) {
    const std::string next =
        has_next ? R"("pages":{"next":"https://api.digitalocean.com/v2/cdn/endpoints?page=2"})" : "";
    return R"({"endpoints":[{"id":")" + id + R"(","origin":")" + of +
           R"(","endpoint":"x.cdn.digitaloceanspaces.com",)" +
           R"("created_at":"2018-07-19T15:04:16Z","certificate_id":"","custom_domain":"","ttl":3600}],)" +
           R"("links":{)" + next + R"(},"meta":{"total":2}})";
}

class CdnPurge : public testing::Test {
protected:
    Cdn cdn(int attempts = 3) const {
        return Cdn(
            "dop_v1_token",
            {m_api.url(""), {attempts, std::chrono::milliseconds(10), std::chrono::milliseconds(20)}, {}});
    }
    std::string failure() {
        try {
            cdn().purge(endpoint, {"a"});
            return "purged";
        } catch (const Error &error) {
            return error.what();
        }
    }
    HttpSink m_api;
};

} // namespace

TEST_F(CdnPurge, FindsTheEndpointOfTheBucket) {
    m_api.answer_by([](const ReceivedRequest &request) {
        const bool first = request.target.find("page=1&") != std::string::npos;
        return http_answer(200, first ? page("other.fra1.digitaloceanspaces.com", "other", true)
                                      : page(origin, endpoint, false));
    });
    EXPECT_EQ(cdn().endpoint_of(origin), endpoint);
    EXPECT_EQ(cdn().endpoint_of("nobody.fra1.digitaloceanspaces.com"), std::nullopt);
    EXPECT_EQ(m_api.requests().front().fields.at("authorization"), "Bearer dop_v1_token");
}

TEST_F(CdnPurge, SendsAtMostFiftyFilesInARequest) {
    m_api.answer_with(204);
    std::vector<std::string> keys;
    for (int number = 0; number < 120; ++number) {
        keys.push_back(fmt::format("4c1f/{}.webp", number));
    }
    cdn().purge(endpoint, keys);
    std::vector<std::string> purged;
    ASSERT_THAT(m_api.requests(), SizeIs(3));
    for (const ReceivedRequest &request : m_api.requests()) {
        EXPECT_EQ(request.method, "DELETE");
        EXPECT_EQ(request.target, fmt::format("/v2/cdn/endpoints/{}/cache", endpoint));
        EXPECT_EQ(request.fields.at("content-type"), "application/json");
        const auto files = models::Json::parse(request.body).at("files").get<std::vector<std::string>>();
        EXPECT_LE(files.size(), 50U);
        purged.insert(purged.end(), files.begin(), files.end());
    }
    EXPECT_EQ(purged, keys);
}

TEST_F(CdnPurge, WaitsWhereTheApiAsksForIt) {
    std::atomic<int> count = 0;
    m_api.answer_by([&](const ReceivedRequest &) {
        return ++count == 1
                   ? http_answer(429, R"({"id":"too_many_requests","message":"API rate limit exceeded."})",
                                 "Retry-After: 1\r\n")
                   : http_answer(204, "");
    });
    const auto start = std::chrono::steady_clock::now();
    cdn().purge(endpoint, {"a"});
    EXPECT_GE(std::chrono::steady_clock::now() - start, std::chrono::seconds(1));
    EXPECT_EQ(count, 2);
}

TEST_F(CdnPurge, SaysWhatIsWrong) {
    m_api.answer_by([](const ReceivedRequest &) {
        return http_answer(401, R"({"id":"unauthorized","message":"Unable to authenticate you"})");
    });
    EXPECT_THAT(failure(), HasSubstr("refused the token"));
    EXPECT_EQ(failure().find("dop_v1_token"), std::string::npos);
    m_api.answer_with(404);
    EXPECT_THAT(failure(), HasSubstr("does not know this endpoint"));
    m_api.answer_with(500);
    EXPECT_THAT(failure(), HasSubstr("busy"));
    m_api.answer_by([](const ReceivedRequest &) { return std::string(); });
    EXPECT_THAT(failure(), HasSubstr("did not answer"));
    m_api.answer_by([](const ReceivedRequest &) { return http_answer(200, "<html>"); });
    EXPECT_THROW(cdn().endpoint_of(origin), Error);
}

} // namespace studio::media::s3
