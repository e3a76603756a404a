// SPDX-License-Identifier: Apache-2.0
// Where the photos lie, at a real S3 server.
#include "tests/app/ctl/companionctl.h"
#include "tests/media/s3/store_fixture.h"
#include "tests/support/http_sink.h"
#include "tests/support/radosgw.h"

#include <gmock/gmock.h>

#include <cstdlib>

namespace studio::ctl_tests {

namespace {

using test_support::Radosgw;
using testing::HasSubstr;

class PhotoStoreCommands : public testing::Test {
protected:
    PhotoStoreCommands() { use_keys(Radosgw::instance().keys()); }
    ~PhotoStoreCommands() override {
        unsetenv("STUDIO_S3_KEY");
        unsetenv("STUDIO_S3_SECRET");
        answer({"store", "set", "--kind", "folder"});
    }
    static void use_keys(const Radosgw::Keys &keys) {
        setenv("STUDIO_S3_KEY", keys.key.c_str(), 1);
        setenv("STUDIO_S3_SECRET", keys.secret.c_str(), 1);
    }
    static models::Json set_bucket(const std::string &bucket, std::vector<std::string> more = {}) {
        std::vector<std::string> words{"store",    "set",        "--kind",
                                       "s3",       "--endpoint", Radosgw::instance().endpoint(),
                                       "--bucket", bucket,       "--path-style"};
        words.insert(words.end(), more.begin(), more.end());
        return answer(words);
    }
    // The outcome of a step of `store test --json`.
    static std::string outcome(const models::Json &test, const std::string &step) {
        const models::Json &steps = test.at("steps");
        for (const models::Json &each : steps) {
            if (each.at("step") == step) {
                return each.at("outcome");
            }
        }
        return "none";
    }
};

} // namespace

TEST_F(PhotoStoreCommands, BeginWithTheFolder) {
    const models::Json shown = answer({"store", "show"});
    EXPECT_EQ(shown.at("kind"), "folder");
    EXPECT_EQ(shown.at("folder"), workspace() + "/media");
    const models::Json tested = answer({"store", "test"});
    EXPECT_EQ(tested.at("passed"), true);
    EXPECT_EQ(outcome(tested, "delete"), "passed");
}

TEST_F(PhotoStoreCommands, KeepTheBucketAndNeverTheKeys) {
    const models::Json set =
        set_bucket("bucket", {"--region", "default", "--public", "https://photos.example.com"});
    EXPECT_EQ(set, answer({"store", "show"}));
    EXPECT_EQ(set.at("kind"), "s3");
    EXPECT_EQ(set.at("endpoint"), Radosgw::instance().endpoint());
    EXPECT_EQ(set.at("region"), "default");
    EXPECT_EQ(set.at("bucket"), "bucket");
    EXPECT_EQ(set.at("public"), "https://photos.example.com");
    EXPECT_EQ(set.at("path_style"), true);
    EXPECT_EQ(set.at("keys"), true);
    const std::string secret = Radosgw::instance().keys().secret;
    EXPECT_EQ(set.dump().find(secret), std::string::npos);
    EXPECT_EQ(ctl({"audit", "list", "--json"}).out.find(secret), std::string::npos);
}

TEST_F(PhotoStoreCommands, TakeTheRegionOfASpaceFromItsEndpoint) {
    EXPECT_EQ(
        answer({"store", "set", "--kind", "s3", "--endpoint", "https://fra1.digitaloceanspaces.com",
                "--bucket", "companion-photos"}),
        models::Json::parse(R"({"kind":"s3","endpoint":"https://fra1.digitaloceanspaces.com","region":"fra1",
                  "bucket":"companion-photos","public":"https://companion-photos.fra1.digitaloceanspaces.com",
                  "path_style":false,"keys":true})"));
}

TEST_F(PhotoStoreCommands, RefuseWordsThatDoNotFitAndNameThem) {
    const auto refused = [](std::vector<std::string> words) {
        words.insert(words.begin(), {"store", "set"});
        const Answer answered = ctl(words);
        EXPECT_EQ(answered.exit_code, 2) << answered.out;
        return answered.err;
    };
    EXPECT_THAT(refused({"--kind", "ftp"}), HasSubstr("--kind"));
    EXPECT_THAT(refused({"--kind", "s3"}), HasSubstr("--endpoint"));
    EXPECT_THAT(refused({"--kind", "folder", "--bucket", "photos"}), HasSubstr("--bucket"));
    EXPECT_THAT(refused({"--kind", "s3", "--endpoint", "https://fra1.example", "--bucket", "No"}),
                HasSubstr("--bucket"));
    EXPECT_THAT(refused({"--kind", "s3", "--endpoint", "http://fra1.example", "--bucket", "photos"}),
                HasSubstr("--endpoint"));
    EXPECT_THAT(refused({"--kind", "s3", "--endpoint", "https://fra1.example", "--bucket", "photos",
                         "--public", "cdn.example"}),
                HasSubstr("--public"));
    EXPECT_EQ(answer({"store", "show"}).at("kind"), "folder");
}

TEST_F(PhotoStoreCommands, TestTheConnectionStepByStep) {
    set_bucket("tested-by-ctl");
    const Answer missing = ctl({"store", "test", "--json"});
    EXPECT_EQ(missing.exit_code, 1);
    EXPECT_EQ(outcome(missing.json(), "put"), "failed");
    EXPECT_EQ(outcome(missing.json(), "delete"), "skipped");
    EXPECT_THAT(missing.json().dump(), HasSubstr("There is no bucket"));

    media::s3::bucket_at_radosgw("tested-by-ctl");
    const models::Json passed = answer({"store", "test"});
    EXPECT_EQ(passed.at("passed"), true);
    for (const char *step : {"put", "head", "public", "delete"}) {
        EXPECT_EQ(outcome(passed, step), "passed") << step;
    }

    test_support::HttpSink cdn;
    cdn.answer_with(403);
    set_bucket("tested-by-ctl", {"--public", cdn.url("")});
    const Answer hidden = ctl({"store", "test", "--json"});
    EXPECT_EQ(hidden.exit_code, 1);
    EXPECT_EQ(outcome(hidden.json(), "put"), "passed");
    EXPECT_EQ(outcome(hidden.json(), "public"), "failed");
    EXPECT_EQ(outcome(hidden.json(), "delete"), "passed");
}

TEST_F(PhotoStoreCommands, TellWrongKeysFromMissingOnes) {
    set_bucket("tested-by-ctl");
    Radosgw::Keys wrong = Radosgw::instance().keys();
    wrong.secret += "wrong";
    use_keys(wrong);
    const Answer refused = ctl({"store", "test"});
    EXPECT_EQ(refused.exit_code, 1);
    EXPECT_THAT(refused.out, HasSubstr("The secret does not belong to the access key"));
    EXPECT_EQ((refused.out + refused.err).find(wrong.secret), std::string::npos);
    EXPECT_EQ((refused.out + refused.err).find(wrong.key), std::string::npos);
    unsetenv("STUDIO_S3_SECRET");
    const Answer missing = ctl({"store", "test"});
    EXPECT_EQ(missing.exit_code, 1);
    EXPECT_THAT(missing.err, HasSubstr("STUDIO_S3_KEY and STUDIO_S3_SECRET"));
    EXPECT_THAT(ctl({"store", "show"}).out, HasSubstr("are not set here"));
}

TEST_F(PhotoStoreCommands, MoveEveryPhotoAndBack) {
    make_tenant("mover");
    const std::string photo =
        answer({"photo", "add", "mover", picture("shown.tif", 10).string(), "--alt", "Shown"}).at("url");
    const std::string hidden =
        answer({"photo", "add", "mover", picture("hidden.tif", 90).string(), "--alt", "Hidden"}).at("url");
    for (const std::string &url : {photo, hidden}) {
        answer({"tenant", "record-release", "mover", url});
    }
    answer({"tenant", "withdraw-release", "mover", hidden});
    const auto address = media::s3::bucket_at_radosgw("moved-to");
    const std::vector<std::string> to_bucket{"store",    "move",       "--to",
                                             "s3",       "--endpoint", address.endpoint,
                                             "--bucket", "moved-to",   "--path-style"};
    const models::Json moved = answer(to_bucket);
    EXPECT_EQ(moved.at("kind"), "s3");
    EXPECT_EQ(answer({"store", "show"}).at("bucket"), "moved-to");
    const int files = moved.at("copied");
    EXPECT_GE(files, 4) << "two sizes of two photos at least";
    EXPECT_EQ(moved.at("present"), 0);

    media::s3::Connection connection(address, media::s3::radosgw_keys(), media::s3::hasty());
    const auto status = [&](const std::string &url) {
        return connection.perform_anonymously(url.substr(std::string("/media/").size())).status;
    };
    EXPECT_EQ(status(photo), 200);
    EXPECT_EQ(status(hidden), 403) << "its release was withdrawn";

    EXPECT_EQ(answer(to_bucket).at("present"), files) << "nothing is copied twice";
    const std::filesystem::path media = std::filesystem::path(workspace()) / "media";
    const std::filesystem::path kept = media.string() + ".kept";
    const std::filesystem::path folder = media / std::filesystem::path(photo).parent_path().filename();
    std::filesystem::rename(folder, kept);
    const models::Json back = answer({"store", "move", "--to", "folder"});
    EXPECT_EQ(back.at("kind"), "folder");
    int copied = 0;
    for (const auto &entry : std::filesystem::directory_iterator(kept)) {
        ++copied;
        EXPECT_EQ(media::s3::content_of(entry.path()),
                  media::s3::content_of(folder / entry.path().filename()));
    }
    EXPECT_EQ(back.at("copied"), copied);
    EXPECT_EQ(back.at("present"), files - copied);
    std::filesystem::remove_all(kept);
}

TEST_F(PhotoStoreCommands, MoveTheRestAfterAFailure) {
    make_tenant("mover");
    answer({"photo", "add", "mover", picture("rest.tif", 50).string(), "--alt", "Rest"});
    const auto address = media::s3::bucket_at_radosgw("moved-later");
    const test_support::Radosgw::Keys stranger = Radosgw::instance().other_keys();
    use_keys(stranger);
    const std::vector<std::string> words{"store",    "move",        "--to",
                                         "s3",       "--endpoint",  address.endpoint,
                                         "--bucket", "moved-later", "--path-style"};
    EXPECT_EQ(ctl(words).exit_code, 1) << "nothing was done";
    EXPECT_EQ(answer({"store", "show"}).at("kind"), "folder");
    use_keys(Radosgw::instance().keys());
    EXPECT_EQ(answer(words).at("kind"), "s3");
    EXPECT_EQ(ctl({"store", "move", "--to", "folder", "--bucket", "x"}).exit_code, 2);
}

} // namespace studio::ctl_tests
