// SPDX-License-Identifier: Apache-2.0
// What takedowns, pauses and resumes do at a folder, and at a real S3 server.
#include "media/asset_key.h"
#include "media/local_asset_store.h"
#include "media/s3/store_steps.h"
#include "models/json/json.h"
#include "tests/media/s3/store_fixture.h"
#include "tests/support/http_sink.h"
#include "tests/support/radosgw.h"

#include <gmock/gmock.h>

namespace studio::media::s3 {

namespace {

using test_support::http_answer;
using test_support::HttpSink;
using test_support::Radosgw;
using test_support::ReceivedRequest;
using testing::HasSubstr;

class PhotoSteps : public testing::Test {
protected:
    CopyTarget target(const std::string &public_url = {}) const {
        models::BucketAddress address = m_address;
        address.public_url = public_url;
        return {address, radosgw_keys(), hasty(2)};
    }
    void put(const std::string &key, const ObjectFacts &facts) {
        m_local.put(key, "content", facts.content_type);
        m_bucket.put(key, "content", facts);
    }
    int status(const std::string &key) { return m_connection.perform_anonymously(key).status; }
    std::string carry_out(const std::string &action, const std::string &key) {
        StoreSteps steps(m_local, target(), "");
        return steps.carry_out({action, key});
    }

    models::BucketAddress m_address = bucket_at_radosgw("steps");
    Connection m_connection{m_address, radosgw_keys(), hasty()};
    Bucket m_bucket{m_connection};
    LocalAssetStore m_local{scratch_folder() / "steps"};
    std::string m_folder = new_folder();
    std::string m_key = key_of_content(m_folder, "content", "-640.webp");
};

} // namespace

TEST_F(PhotoSteps, RemoveTheObjectAndTheLocalCopyAndMayBeRepeated) {
    put(m_key, derivative_facts("image/webp"));
    EXPECT_EQ(carry_out("remove", m_key), "");
    EXPECT_NE(status(m_key), 200);
    EXPECT_FALSE(m_bucket.head(m_key));
    EXPECT_FALSE(m_local.read(m_key));
    EXPECT_EQ(carry_out("remove", m_key), "");
}

TEST_F(PhotoSteps, HideAndShowAnObjectWithoutChangingIt) {
    put(m_key, derivative_facts("image/webp"));
    EXPECT_EQ(carry_out("hide", m_key), "");
    EXPECT_EQ(status(m_key), 403);
    EXPECT_EQ(m_bucket.get(m_key), "content");
    EXPECT_TRUE(m_local.read(m_key)) << "it comes back";
    EXPECT_EQ(carry_out("hide", m_key), "");
    EXPECT_EQ(carry_out("show", m_key), "");
    EXPECT_EQ(carry_out("show", m_key), "");
    const HttpAnswer shown = m_connection.perform_anonymously(m_key);
    EXPECT_EQ(shown.status, 200);
    EXPECT_EQ(shown.header("content-type"), "image/webp");
    EXPECT_EQ(shown.header("cache-control"), derivative_facts("").cache_control);
}

TEST_F(PhotoSteps, NeverShowAnOriginal) {
    const std::string original = m_folder + "/originals/photo.heic";
    put(original, original_facts("image/heic"));
    EXPECT_EQ(carry_out("show", original), "");
    EXPECT_EQ(status(original), 403);
    EXPECT_EQ(m_bucket.head(original)->cache_control, original_facts("").cache_control);
}

TEST_F(PhotoSteps, AreDoneWhereThereIsNothingToHideAndAProblemWhereThereIsNothingToShow) {
    EXPECT_EQ(carry_out("hide", m_key), "");
    EXPECT_THAT(carry_out("show", m_key), HasSubstr("is not in the bucket"));
    EXPECT_THAT(carry_out("polish", m_key), HasSubstr("does not know the step"));
}

TEST_F(PhotoSteps, SayWhatIsWrongWhileTheStoreIsAwayAndAreDoneAfterwards) {
    put(m_key, derivative_facts("image/webp"));
    StoreSteps steps(m_local, target(), "");
    Radosgw::instance().stop_gateway();
    const std::string problem = steps.carry_out({"remove", m_key});
    Radosgw::instance().start_gateway();
    EXPECT_NE(problem, "");
    EXPECT_FALSE(m_local.read(m_key)) << "what can go is gone";
    EXPECT_TRUE(m_bucket.head(m_key));
    EXPECT_EQ(steps.carry_out({"remove", m_key}), "");
    EXPECT_FALSE(m_bucket.head(m_key));
}

TEST_F(PhotoSteps, NeedNoPurgeWhereVisitorsSeeTheBucketItself) {
    EXPECT_EQ(carry_out("purge", m_key), "");
    StoreSteps own(m_local,
                   target(models::public_address(m_address, "")
                              .substr(0, models::public_address(m_address, "").size() - 1)),
                   "");
    EXPECT_EQ(own.carry_out({"purge", m_key}), "");
}

TEST_F(PhotoSteps, PurgeTheCdnByTheTokenAndSayWhereThereIsNone) {
    StoreSteps without(m_local, target("https://photos.example.com"), "");
    EXPECT_THAT(without.carry_out({"purge", m_key}), HasSubstr("STUDIO_CDN_TOKEN"));

    HttpSink api;
    std::string origin = "steps.127.0.0.1";
    api.answer_by([&](const ReceivedRequest &request) {
        return request.method == "DELETE"
                   ? http_answer(204, "")
                   : http_answer(200, R"({"endpoints":[{"id":"the-cdn","origin":")" + origin +
                                          R"("}],"links":{},"meta":{"total":1}})");
    });
    CdnOptions options;
    options.api = api.url("");
    StoreSteps steps(m_local, target("https://photos.example.com"), "token", options);
    EXPECT_EQ(steps.carry_out({"purge", m_key}), "");
    const ReceivedRequest purge = api.requests().back();
    EXPECT_EQ(purge.method, "DELETE");
    EXPECT_EQ(purge.target, "/v2/cdn/endpoints/the-cdn/cache");
    EXPECT_EQ(models::Json::parse(purge.body).at("files"), models::Json::array({m_key}));

    origin = "somebody-else.127.0.0.1";
    StoreSteps stranger(m_local, target("https://photos.example.com"), "token", options);
    EXPECT_THAT(stranger.carry_out({"purge", m_key}), HasSubstr("has no CDN for steps.127.0.0.1"));
}

TEST_F(PhotoSteps, TakeAwayFirstAndPurgeFiftyAtOnce) {
    HttpSink api;
    api.answer_by([](const ReceivedRequest &request) {
        return request.method == "DELETE"
                   ? http_answer(204, "")
                   : http_answer(200, R"({"endpoints":[{"id":"the-cdn","origin":"steps.127.0.0.1"}],)"
                                      R"("links":{},"meta":{"total":1}})");
    });
    CdnOptions options;
    options.api = api.url("");
    StoreSteps store(m_local, target("https://photos.example.com"), "token", options);
    put(m_key, derivative_facts("image/webp"));
    const std::string shown = m_folder + "/shown-640.webp", gone = m_folder + "/gone-640.webp";
    put(shown, derivative_facts("image/webp"));
    put(gone, derivative_facts("image/webp"));
    std::vector<StoreStep> steps{{"purge", gone}, {"show", shown}, {"hide", m_key}, {"remove", gone}};
    for (int number = 0; number < 60; ++number) {
        steps.push_back({"purge", m_folder + "/" + std::to_string(number) + "-640.webp"});
    }
    std::vector<std::size_t> done;
    store.carry_out_all(
        steps, [](std::size_t) { return true; },
        [&](std::size_t at, const std::string &problem) {
            EXPECT_EQ(problem, "") << at;
            done.push_back(at);
        });
    ASSERT_EQ(done.size(), steps.size());
    EXPECT_THAT(std::vector(done.begin(), done.begin() + 4), testing::ElementsAre(2U, 3U, 1U, 0U));
    std::vector<std::size_t> purged;
    for (const ReceivedRequest &request : api.requests()) {
        if (request.method == "DELETE") {
            purged.push_back(models::Json::parse(request.body).at("files").size());
        }
    }
    EXPECT_THAT(purged, testing::ElementsAre(50U, 11U));
    EXPECT_EQ(status(m_key), 403);
    EXPECT_FALSE(m_bucket.head(gone));
}

TEST_F(PhotoSteps, ThatAreSomebodyElsesByNowAreLeft) {
    put(m_key, derivative_facts("image/webp"));
    const std::string other = m_folder + "/other-640.webp";
    put(other, derivative_facts("image/webp"));
    StoreSteps store(m_local, target(), "");
    std::vector<std::size_t> done;
    store.carry_out_all(
        {{"hide", m_key}, {"remove", other}, {"purge", m_key}}, [&](std::size_t at) { return at == 1; },
        [&](std::size_t at, const std::string &) { done.push_back(at); });
    EXPECT_THAT(done, testing::ElementsAre(1U));
    EXPECT_EQ(status(m_key), 200);
    EXPECT_FALSE(m_bucket.head(other));
    EXPECT_EQ(store.place().bucket, m_address);
}

TEST_F(PhotoSteps, OfAFolderRemoveTheFileAndHaveNothingElseToDo) {
    m_local.put(m_key, "content", "image/webp");
    StoreSteps steps(m_local);
    for (const char *action : {"hide", "show", "purge"}) {
        EXPECT_EQ(steps.carry_out({action, m_key}), "") << action;
        EXPECT_TRUE(m_local.read(m_key)) << action;
    }
    EXPECT_EQ(steps.carry_out({"remove", m_key}), "");
    EXPECT_FALSE(m_local.read(m_key));
    EXPECT_EQ(steps.carry_out({"remove", m_key}), "");
}

} // namespace studio::media::s3
