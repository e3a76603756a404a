// SPDX-License-Identifier: Apache-2.0
// Where the photos lie, at a real S3 server.
#include "tests/app/ctl/companionctl.h"
#include "tests/app/ctl/forget_photos.h"
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
    PhotoStoreCommands() {
        use_keys(Radosgw::instance().keys());
        forget_photos();
    }
    ~PhotoStoreCommands() override {
        unsetenv("STUDIO_S3_KEY");
        unsetenv("STUDIO_S3_SECRET");
        forget_photos();
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
    // A photo in the store; gives its address.
    static std::string add_photo(const std::string &name, int shade) {
        make_tenant("mover");
        return answer({"photo", "add", "mover", picture(name, shade).string(), "--alt", name}).at("url");
    }
    static std::string key_of(const std::string &url) { return url.substr(std::string("/media/").size()); }
    static std::vector<std::string> words_to_move(const std::string &bucket) {
        return {"store",    "move", "--to",        "s3", "--endpoint", Radosgw::instance().endpoint(),
                "--bucket", bucket, "--path-style"};
    }
    // As everybody sees it in that bucket.
    static int status(const std::string &bucket, const std::string &url) {
        media::s3::Connection connection(media::s3::bucket_at_radosgw(bucket), media::s3::radosgw_keys(),
                                         media::s3::hasty());
        return connection.perform_anonymously(key_of(url)).status;
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
                  "path_style":false,"keys":true,"confirmed":true})"));
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

    answer({"store", "set", "--kind", "folder"});
    EXPECT_EQ(answer({"store", "test", "--endpoint", Radosgw::instance().endpoint(), "--bucket",
                      "tested-by-ctl", "--path-style"})
                  .at("kind"),
              "s3")
        << "before anything is set";
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
    const std::string photo = add_photo("shown.tif", 10), hidden = add_photo("hidden.tif", 90);
    for (const std::string &url : {photo, hidden}) {
        answer({"tenant", "record-release", "mover", url});
    }
    answer({"tenant", "withdraw-release", "mover", hidden});
    answer({"jobs", "run", "media"}); // a move waits for takedowns
    media::s3::bucket_at_radosgw("moved-to");
    const std::vector<std::string> to_bucket = words_to_move("moved-to");
    const models::Json moved = answer(to_bucket);
    EXPECT_EQ(moved.at("kind"), "s3");
    EXPECT_EQ(answer({"store", "show"}).at("bucket"), "moved-to");
    const int files = moved.at("copied");
    EXPECT_GE(files, 2) << "two sizes at least";
    EXPECT_EQ(moved.at("present"), 0);
    EXPECT_EQ(status("moved-to", photo), 200);
    EXPECT_EQ(status("moved-to", hidden), 403) << "its release was withdrawn";

    EXPECT_EQ(answer(to_bucket).at("present"), files) << "nothing is copied twice";
    const std::filesystem::path media = std::filesystem::path(workspace()) / "media";
    const std::filesystem::path kept = media.string() + ".kept";
    const std::filesystem::path folder = media / std::filesystem::path(photo).parent_path().filename();
    std::filesystem::rename(folder, kept);
    const models::Json back = answer({"store", "move", "--to", "folder"});
    EXPECT_EQ(back.at("kind"), "folder");
    EXPECT_EQ(back.at("closed"), files);
    EXPECT_EQ(status("moved-to", photo), 403) << "the former bucket shows nothing";
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
    add_photo("rest.tif", 50);
    media::s3::bucket_at_radosgw("moved-later");
    use_keys(Radosgw::instance().other_keys());
    const std::vector<std::string> words = words_to_move("moved-later");
    EXPECT_EQ(ctl(words).exit_code, 1) << "nothing was done";
    EXPECT_EQ(answer({"store", "show"}).at("kind"), "folder");
    use_keys(Radosgw::instance().keys());
    EXPECT_EQ(answer(words).at("kind"), "s3");
    EXPECT_EQ(ctl({"store", "move", "--to", "folder", "--bucket", "x"}).exit_code, 2);
}

TEST_F(PhotoStoreCommands, MoveNothingWhileAStoredPhotoIsOnlyElsewhere) {
    add_photo("here.tif", 20);
    const std::string gone = add_photo("gone.tif", 21);
    const std::filesystem::path file = std::filesystem::path(workspace()) / "media" / key_of(gone);
    std::filesystem::rename(file, file.string() + ".kept");
    media::s3::bucket_at_radosgw("moved-whole");
    const Answer refused = ctl(words_to_move("moved-whole"));
    EXPECT_EQ(refused.exit_code, 3);
    EXPECT_THAT(refused.err, HasSubstr("1 file could not be brought there"));
    EXPECT_THAT(refused.err, HasSubstr(key_of(gone)));
    EXPECT_EQ(answer({"store", "show"}).at("kind"), "folder");
    std::filesystem::rename(file.string() + ".kept", file);
    answer(words_to_move("moved-whole"));
    EXPECT_EQ(status("moved-whole", gone), 200);
}

TEST_F(PhotoStoreCommands, MoveFromOneBucketToAnotherAndCloseTheFirst) {
    const std::string photo = add_photo("twice.tif", 30);
    media::s3::bucket_at_radosgw("first-of-two");
    media::s3::bucket_at_radosgw("second-of-two");
    answer(words_to_move("first-of-two"));
    std::filesystem::remove_all(std::filesystem::path(workspace()) / "media" /
                                std::filesystem::path(photo).parent_path().filename());
    const models::Json moved = answer(words_to_move("second-of-two"));
    EXPECT_GT(moved.at("copied"), 0);
    EXPECT_EQ(moved.at("closed"), moved.at("copied"));
    EXPECT_EQ(status("second-of-two", photo), 200);
    EXPECT_EQ(status("first-of-two", photo), 403);

    const std::vector<std::string> close{
        "store",    "close",        "--endpoint",  Radosgw::instance().endpoint(),
        "--bucket", "first-of-two", "--path-style"};
    EXPECT_EQ(answer(close).at("closed"), moved.at("closed")) << "repeating does no harm";
    auto in_use = close;
    in_use[5] = "second-of-two";
    const Answer refused = ctl(in_use);
    EXPECT_EQ(refused.exit_code, 2);
    EXPECT_EQ(status("second-of-two", photo), 200);
}

TEST_F(PhotoStoreCommands, MoveNothingWhileStepsOfATakedownAreNotDone) {
    const std::string photo = add_photo("open.tif", 40);
    db::Sql owner = workspace_owner();
    EXPECT_EQ(owner
                  .done("INSERT INTO photo_steps (tenant_id, picture, key, action, reason) SELECT tenant_id, "
                        "picture, key, 'hide', 'paused' FROM photo_files WHERE key = '" +
                        key_of(photo) + "'")
                  .message,
              "");
    media::s3::bucket_at_radosgw("moved-after-steps");
    const Answer refused = ctl(words_to_move("moved-after-steps"));
    EXPECT_EQ(refused.exit_code, 1);
    EXPECT_THAT(refused.err, HasSubstr("1 step of takedowns"));
    EXPECT_THAT(refused.err, HasSubstr("jobs run media"));
    EXPECT_EQ(answer({"store", "show"}).at("kind"), "folder");
    answer({"jobs", "run", "media"});
    EXPECT_EQ(answer(words_to_move("moved-after-steps")).at("kind"), "s3");
}

TEST_F(PhotoStoreCommands, SetNoOtherPlaceWhilePhotosLieAtThePresentOne) {
    add_photo("stays.tif", 60);
    const std::vector<std::string> words{"store",       "set",
                                         "--kind",      "s3",
                                         "--endpoint",  Radosgw::instance().endpoint(),
                                         "--bucket",    "another-bucket",
                                         "--path-style"};
    const Answer refused = ctl(words);
    EXPECT_EQ(refused.exit_code, 1);
    EXPECT_THAT(refused.err, testing::ContainsRegex("[0-9]+ files of photos lie at the present store"));
    EXPECT_THAT(refused.err, HasSubstr("store move"));
    EXPECT_EQ(answer({"store", "show"}).at("kind"), "folder");
    auto anyway = words;
    anyway.emplace_back("--anyway");
    EXPECT_EQ(answer(anyway).at("bucket"), "another-bucket");
    EXPECT_EQ(set_bucket("another-bucket", {"--public", "https://photos.example.com"}).at("public"),
              "https://photos.example.com")
        << "the same bucket may be seen at another address";
}

} // namespace studio::ctl_tests
