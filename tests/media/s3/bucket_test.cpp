// SPDX-License-Identifier: Apache-2.0
// Operations on objects, at a real S3 server.
#include "media/asset_key.h"
#include "media/s3/bucket.h"
#include "media/s3/error.h"
#include "tests/media/s3/store_fixture.h"
#include "tests/support/radosgw.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace studio::media::s3 {

namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

HttpAnswer fetched(const std::string &url) {
    HttpRequest request;
    request.url = url;
    return Http().send(request);
}

std::vector<std::string> keys_below(Bucket &bucket, const std::string &prefix, int page_size = 1000) {
    std::vector<std::string> keys;
    bucket.list(
        prefix,
        [&](const ListedObject &object) {
            keys.push_back(object.key);
            return true;
        },
        page_size);
    return keys;
}

ErrorKind kind_of(const std::function<void()> &work) {
    try {
        work();
    } catch (const Error &error) {
        return error.kind();
    }
    ADD_FAILURE() << "nothing was refused";
    return ErrorKind::Other;
}

std::string said(const std::function<void()> &work) {
    try {
        work();
    } catch (const Error &error) {
        return error.what();
    }
    ADD_FAILURE() << "nothing was refused";
    return {};
}

class Objects : public testing::Test {
protected:
    models::BucketAddress m_address = bucket_at_radosgw("photos");
    Connection m_connection{m_address, radosgw_keys(), hasty()};
    Bucket m_bucket{m_connection};
};

} // namespace

TEST_F(Objects, AreStoredReadAndRemoved) {
    const std::string key = key_of_content(new_folder(), "bytes", "-480.webp");
    m_bucket.put(key, "bytes", derivative_facts("image/webp"));
    const auto stored = m_bucket.head(key);
    ASSERT_TRUE(stored);
    EXPECT_EQ(stored->bytes, 5U);
    EXPECT_EQ(stored->content_type, "image/webp");
    EXPECT_EQ(stored->cache_control, "public, max-age=86400");
    EXPECT_EQ(m_bucket.get(key), "bytes");
    m_bucket.remove(key);
    EXPECT_FALSE(m_bucket.head(key));
    EXPECT_EQ(m_bucket.get(key), std::nullopt);
    m_bucket.remove(key); // removing a missing object is no failure
}

TEST_F(Objects, MayHaveAnyNameAndNoContent) {
    const std::string key = "a b~ü+(1)/é&=?#%25.bin";
    m_bucket.put(key, "", original_facts("application/octet-stream"));
    EXPECT_EQ(m_bucket.get(key), "");
    EXPECT_THAT(keys_below(m_bucket, "a b~"), ElementsAre(key));
    EXPECT_THAT(m_bucket.remove_all({key}), IsEmpty());
    EXPECT_THAT(keys_below(m_bucket, "a b~"), IsEmpty());
}

TEST_F(Objects, AreForEverybodyWhereTheyAreDerivatives) {
    const std::string folder = new_folder();
    m_bucket.put(folder + "/derivative.webp", "shown", derivative_facts("image/webp"));
    m_bucket.put(folder + "/original.jpg", "kept", original_facts("image/jpeg"));
    const HttpAnswer shown = m_connection.perform_anonymously(folder + "/derivative.webp");
    EXPECT_EQ(shown.status, 200);
    EXPECT_EQ(shown.body, "shown");
    EXPECT_EQ(shown.header("content-type"), "image/webp");
    EXPECT_EQ(shown.header("cache-control"), "public, max-age=86400");
    EXPECT_EQ(m_connection.perform_anonymously(folder + "/original.jpg").status, 403);
}

TEST_F(Objects, AreShownByAnAddressThatExpires) {
    const std::string key = new_folder() + "/original.jpg";
    m_bucket.put(key, "kept", original_facts("image/jpeg"));
    const std::string url = m_connection.presigned_url(key, 60s);
    EXPECT_EQ(fetched(url).body, "kept");
    std::string other = url;
    other.replace(other.find("original"), 8, "another1");
    EXPECT_EQ(fetched(other).status, 403);
    ConnectionOptions earlier = hasty();
    earlier.clock = [] { return base::now() - 10min; };
    EXPECT_EQ(fetched(Connection(m_address, radosgw_keys(), earlier).presigned_url(key, 60s)).status, 403);
}

TEST_F(Objects, AreListedPageByPage) {
    const std::string folder = new_folder();
    std::vector<std::string> keys;
    for (int number = 10; number < 17; ++number) {
        keys.push_back(fmt::format("{}/{}.webp", folder, number));
        m_bucket.put(keys.back(), "x", derivative_facts("image/webp"));
    }
    EXPECT_EQ(keys_below(m_bucket, folder + "/", 3), keys);
    int seen = 0;
    m_bucket.list(
        folder, [&](const ListedObject &object) { return object.bytes == 1 && ++seen < 4; }, 3);
    EXPECT_EQ(seen, 4);
}

TEST_F(Objects, AreRemovedManyAtOnce) {
    const std::string folder = new_folder();
    std::vector<std::string> keys;
    for (int number = 0; number < 5; ++number) {
        keys.push_back(fmt::format("{}/{}<&>.webp", folder, number));
        m_bucket.put(keys.back(), "x", derivative_facts("image/webp"));
    }
    keys.push_back(folder + "/never-there");
    EXPECT_THAT(m_bucket.remove_all(keys), IsEmpty());
    EXPECT_THAT(keys_below(m_bucket, folder), IsEmpty());
}

TEST_F(Objects, AreRemovedInSeveralRequestsWhereOneIsTooSmall) {
    const std::string folder = new_folder();
    m_bucket.put(folder + "/last", "x", derivative_facts("image/webp"));
    std::vector<std::string> keys;
    for (int number = 0; number < 1200; ++number) {
        keys.push_back(fmt::format("{}/{}", folder, number));
    }
    keys.push_back(folder + "/last");
    EXPECT_THAT(m_bucket.remove_all(keys), IsEmpty());
    EXPECT_FALSE(m_bucket.head(folder + "/last"));
}

TEST_F(Objects, KeepTheirContentWhenTheirFactsAreReplaced) {
    const std::string key = new_folder() + "/photo.webp";
    m_bucket.put(key, "content", original_facts("application/octet-stream"));
    ASSERT_EQ(m_connection.perform_anonymously(key).status, 403);
    ObjectFacts facts = derivative_facts("image/webp");
    facts.notes["made-by"] = "import";
    m_bucket.replace_facts(key, facts);
    const HttpAnswer answer = m_connection.perform_anonymously(key);
    EXPECT_EQ(answer.status, 200) << "the ACL is set, too";
    EXPECT_EQ(answer.body, "content");
    EXPECT_EQ(answer.header("content-type"), "image/webp");
    EXPECT_EQ(answer.header("cache-control"), "public, max-age=86400");
    EXPECT_EQ(answer.header("x-amz-meta-made-by"), "import");
}

TEST_F(Objects, AreReachedByVirtualHostStyleToo) {
    models::BucketAddress by_host = m_address;
    by_host.endpoint = test_support::Radosgw::instance().named_endpoint();
    by_host.path_style = false;
    Connection connection(by_host, radosgw_keys(), hasty());
    const std::string key = new_folder() + "/host.webp";
    Bucket(connection).put(key, "by host", derivative_facts("image/webp"));
    EXPECT_EQ(m_bucket.get(key), "by host");
    EXPECT_EQ(connection.perform_anonymously(key).body, "by host");
}

TEST_F(Objects, AreRefusedForAWrongSecretAKeyOrABucket) {
    const auto put = [&](const models::BucketAddress &address, const Credentials &keys) {
        return kind_of([&] {
            Connection connection(address, keys, hasty());
            Bucket(connection).put("refused.webp", "x", derivative_facts("image/webp"));
        });
    };
    Credentials wrong_secret = radosgw_keys();
    wrong_secret.secret.back() = '!';
    EXPECT_EQ(put(m_address, wrong_secret), ErrorKind::WrongKeys);
    EXPECT_EQ(put(m_address, {"AKIDNOBODY", "x"}), ErrorKind::WrongKeys);
    const auto stranger = test_support::Radosgw::instance().other_keys();
    EXPECT_EQ(put(m_address, {stranger.key, stranger.secret}), ErrorKind::Forbidden);
    models::BucketAddress no_bucket = m_address;
    no_bucket.bucket = "not-there";
    EXPECT_EQ(put(no_bucket, radosgw_keys()), ErrorKind::NoBucket);
    EXPECT_FALSE(m_bucket.head("refused.webp"));
}

TEST_F(Objects, AreNotMissingWhereTheBucketIs) {
    models::BucketAddress no_bucket = m_address;
    no_bucket.bucket = "not-there";
    Connection connection(no_bucket, radosgw_keys(), hasty());
    EXPECT_EQ(kind_of([&] { Bucket(connection).head("a"); }), ErrorKind::NoBucket);
    EXPECT_EQ(kind_of([&] { Bucket(connection).get("a"); }), ErrorKind::NoBucket);
}

TEST_F(Objects, NeverTellKeysInWhatIsSaid) {
    Credentials wrong = radosgw_keys();
    wrong.secret.back() = '!';
    const std::string words = said([&] {
        Connection connection(m_address, wrong, hasty());
        Bucket(connection).put("refused.webp", "x", derivative_facts("image/webp"));
    });
    EXPECT_EQ(words.find(wrong.secret), std::string::npos);
    EXPECT_EQ(words.find(wrong.key), std::string::npos);
}

TEST_F(Objects, SayInMinutesHowFarTheClockIsOff) {
    const auto by = [&](std::chrono::minutes difference) {
        return said([&] {
            ConnectionOptions options = hasty();
            options.clock = [=] { return base::now() + difference; };
            Connection connection(m_address, radosgw_keys(), options);
            Bucket(connection).put("late.webp", "x", derivative_facts("image/webp"));
        });
    };
    EXPECT_EQ(by(60min),
              "This computer's clock is 60 minutes ahead of the store's. Set it right, then try again.");
    EXPECT_EQ(by(-61min),
              "This computer's clock is 61 minutes behind the store's. Set it right, then try again.");
}

} // namespace studio::media::s3
