// SPDX-License-Identifier: Apache-2.0
#include "models/values/photo_store.h"

#include <gmock/gmock.h>

namespace studio::models {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

BucketAddress spaces() {
    return {"https://fra1.digitaloceanspaces.com", "fra1", "companion-photos", "https://photos.example.com",
            false};
}

// The one issue that the address has: "/endpoint: …".
std::string issue_of(const BucketAddress &address) {
    const ValidationIssues issues = validate(address);
    return issues.size() == 1 ? issues.front().pointer + ": " + issues.front().message
                              : std::to_string(issues.size());
}

TEST(PhotoStores, AreReadAsTheyAreWritten) {
    for (const PhotoStore &store : {PhotoStore{}, PhotoStore{spaces()}}) {
        EXPECT_EQ(read_photo_store(to_json(store)), store);
    }
    EXPECT_EQ(read_photo_store(Json::parse(R"({"kind":"ftp"})")), std::nullopt);
    EXPECT_EQ(read_photo_store(Json::parse(R"("folder")")), std::nullopt);
    EXPECT_EQ(read_photo_store(Json::parse(R"({"kind":"s3","endpoint":7})")), std::nullopt);
}

TEST(PhotoStores, AreTakenWhereEveryPartFits) {
    EXPECT_THAT(validate(spaces()), IsEmpty());
    BucketAddress local{"http://127.0.0.1:7480", "default", "photos", "", true};
    EXPECT_THAT(validate(local), IsEmpty());
    local.endpoint = "http://s3.localhost:7480";
    EXPECT_THAT(validate(local), IsEmpty());
}

TEST(PhotoStores, NameThePartThatDoesNotFit) {
    const auto with = [](auto change) {
        BucketAddress address = spaces();
        change(address);
        return issue_of(address);
    };
    EXPECT_THAT(with([](auto &a) { a.endpoint = "fra1.digitaloceanspaces.com"; }), HasSubstr("/endpoint: "));
    EXPECT_THAT(with([](auto &a) { a.endpoint = "https://KEY:SECRET@fra1.example"; }),
                HasSubstr("/endpoint: "));
    EXPECT_THAT(with([](auto &a) { a.endpoint = "https://fra1.example/bucket"; }),
                HasSubstr("without a path"));
    EXPECT_THAT(with([](auto &a) { a.endpoint = "http://fra1.example"; }), HasSubstr("https://"));
    EXPECT_THAT(with([](auto &a) { a.endpoint = "https://companion-photos.fra1.digitaloceanspaces.com"; }),
                HasSubstr("leave \"companion-photos.\" out"));
    EXPECT_THAT(with([](auto &a) { a.endpoint = "https://x.fra1.cdn.digitaloceanspaces.com"; }),
                HasSubstr("CDN"));
    EXPECT_THAT(with([](auto &a) { a.bucket = "my.photos"; }), HasSubstr("no dot"));
    EXPECT_THAT(with([](auto &a) { a.bucket = "ab"; }), HasSubstr("/bucket: "));
    EXPECT_THAT(with([](auto &a) { a.bucket = "Photos"; }), HasSubstr("/bucket: "));
    EXPECT_THAT(with([](auto &a) { a.region = ""; }), HasSubstr("/region: "));
    EXPECT_THAT(with([](auto &a) { a.public_url = "https://cdn.example/"; }), HasSubstr("/public: "));
    EXPECT_THAT(with([](auto &a) { a.public_url = "http://cdn.example"; }), HasSubstr("https://"));
    EXPECT_THAT(with([](auto &a) { a.public_url = "javascript:alert(1)"; }), HasSubstr("/public: "));
    BucketAddress dotted = spaces();
    dotted.bucket = "my.photos";
    dotted.path_style = true;
    EXPECT_THAT(validate(dotted), IsEmpty());
}

TEST(PhotoStores, KnowWhereEverybodySeesAPhoto) {
    BucketAddress address = spaces();
    EXPECT_EQ(public_address(address, "4c1f/a.webp"), "https://photos.example.com/4c1f/a.webp");
    EXPECT_TRUE(has_cdn(address));
    BucketAddress own = address;
    own.public_url.clear();
    EXPECT_FALSE(has_cdn(own));
    own.public_url = public_address(own, "");
    own.public_url.pop_back(); // the slash
    EXPECT_FALSE(has_cdn(own)) << "written out, it is the bucket all the same";
    address.public_url.clear();
    EXPECT_EQ(public_address(address, "4c1f/a.webp"),
              "https://companion-photos.fra1.digitaloceanspaces.com/4c1f/a.webp");
    address.path_style = true;
    EXPECT_EQ(public_address(address, "4c1f/a.webp"),
              "https://fra1.digitaloceanspaces.com/companion-photos/4c1f/a.webp");
}

TEST(PhotoStores, AreTheSamePlaceWhateverTheirPublicAddress) {
    BucketAddress other = spaces();
    other.public_url.clear();
    other.region = "nyc3";
    EXPECT_TRUE(is_same_place({spaces()}, {other}));
    EXPECT_TRUE(is_same_place({}, {}));
    EXPECT_FALSE(is_same_place({spaces()}, {}));
    EXPECT_FALSE(is_same_place({}, {spaces()}));
    other.bucket = "another-bucket";
    EXPECT_FALSE(is_same_place({spaces()}, {other}));
}

TEST(PhotoStores, KnowTheRegionOfASpace) {
    EXPECT_EQ(usual_region(spaces()), "fra1");
    EXPECT_EQ(usual_region({"http://127.0.0.1:7480", "", "photos", "", true}), "us-east-1");
}

} // namespace
} // namespace studio::models
