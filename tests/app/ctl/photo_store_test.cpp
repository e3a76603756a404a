// SPDX-License-Identifier: Apache-2.0
// A photo's life in the platform's store: added, sent, paused, taken down, compared, at a real S3 server.
#include "db/stores/compliance_store.h"
#include "db/stores/photo_library.h"
#include "db/stores/platform_store.h"
#include "db/stores/tenant_store.h"
#include "tests/app/ctl/companionctl.h"
#include "tests/app/ctl/forget_photos.h"
#include "tests/media/s3/store_fixture.h"
#include "tests/support/eventually.h"
#include "tests/support/radosgw.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>
#include <functional>
#include <future>

namespace studio::ctl_tests {

namespace {

using models::Json;
using test_support::Radosgw;
using testing::HasSubstr;

namespace fs = std::filesystem;

const Json nothing_wrong =
    Json::parse(R"({"missing":[],"orphan":[],"wrong_acl":[],"wrong_caching":[],"damaged":[]})");

std::string key_of(const std::string &url) {
    return url.substr(std::string("/media/").size());
}

std::string folder_of(const std::string &url) {
    return key_of(url).substr(0, key_of(url).find('/'));
}

class PhotoInBucket : public testing::Test {
protected:
    PhotoInBucket() {
        use_keys(Radosgw::instance().keys());
        forget_photos();
        choose("ctl-photos");
    }
    ~PhotoInBucket() override {
        unsetenv("STUDIO_S3_KEY");
        unsetenv("STUDIO_S3_SECRET");
        forget_photos();
    }
    static void use_keys(const Radosgw::Keys &keys) {
        setenv("STUDIO_S3_KEY", keys.key.c_str(), 1);
        setenv("STUDIO_S3_SECRET", keys.secret.c_str(), 1);
    }
    static void choose(const std::string &bucket) {
        answer({"store", "set", "--kind", "s3", "--endpoint", Radosgw::instance().endpoint(), "--bucket",
                bucket, "--path-style", "--anyway"});
    }
    static std::vector<std::string> words_to_add(const std::string &tenant, int shade) {
        make_tenant(tenant);
        return {"photo", "add",   tenant,  picture(tenant + std::to_string(shade) + ".tif", shade).string(),
                "--alt", "Waves", "--json"};
    }
    // The address of a photo that is in the draft and the bucket.
    static std::string add(const std::string &tenant, int shade) {
        const Answer added = ctl(words_to_add(tenant, shade));
        EXPECT_EQ(added.exit_code, 0) << added.err << added.out;
        EXPECT_EQ(added.json().at("stored"), true);
        return added.json().at("url");
    }
    // The answer to a request without credentials for the address in pages.
    int status(const std::string &url) { return m_connection.perform_anonymously(key_of(url)).status; }
    std::vector<std::string> keys(const std::string &folder) {
        std::vector<std::string> found;
        m_bucket.list(folder + "/", [&](const media::s3::ListedObject &object) {
            found.push_back(object.key);
            return true;
        });
        return found;
    }
    static Json listed(const std::string &tenant) { return answer({"photo", "list", tenant}).at(0); }
    static fs::path local(const std::string &key) { return fs::path(workspace()) / "media" / key; }
    // Makes failed steps due again at once.
    static void let_time_pass() {
        db::Sql owner = workspace_owner();
        EXPECT_EQ(owner
                      .done("UPDATE photo_steps SET claimed_until = now() - interval '1 hour'"
                            " WHERE done_at IS NULL")
                      .message,
                  "");
    }

    // What an upload answers during which somebody else does something.
    static Answer sent_while(const std::string &tenant, const std::function<void(db::Session &)> &something) {
        const Json logins = answer({"workspace", "status"})["logins"];
        db::Sql owner(logins["owner"].get<std::string>());
        Radosgw::instance().freeze_gateway();
        auto sending = std::async(std::launch::async, [&] {
            return ctl({"photo", "upload", tenant, "--json"});
        });
        // It has read the library and waits for the bucket.
        const bool has_begun = test_support::eventually(
            [&] {
                return owner.value("SELECT count(*) > 0 FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                                   " AND application_name = 'companion-studio' AND state = 'idle'"
                                   " AND state_change < clock_timestamp() - interval '1 second'") == "t";
            },
            std::chrono::seconds(60));
        db::Session elsewhere(logins["operator"].get<std::string>());
        something(elsewhere);
        Radosgw::instance().thaw_gateway();
        EXPECT_TRUE(has_begun);
        return sending.get();
    }

    models::BucketAddress m_address = media::s3::bucket_at_radosgw("ctl-photos");
    media::s3::Connection m_connection{m_address, media::s3::radosgw_keys(), media::s3::hasty()};
    media::s3::Bucket m_bucket{m_connection};
};

} // namespace

TEST_F(PhotoInBucket, IsShownAtItsAddressOnceItWasAdded) {
    const std::string url = add("bucketed", 10);
    EXPECT_THAT(url, testing::ContainsRegex("^/media/[0-9a-f]+/[0-9a-f]+-[0-9]+\\.jpg$"));
    const auto shown = m_connection.perform_anonymously(key_of(url));
    EXPECT_EQ(shown.status, 200);
    EXPECT_EQ(shown.header("content-type"), "image/jpeg");
    EXPECT_EQ(shown.header("cache-control"), "public, max-age=86400");
    const Json row = listed("bucketed");
    EXPECT_EQ(row.at("url"), url);
    EXPECT_EQ(row.at("alt"), "Waves");
    EXPECT_EQ(row.at("used"), Json::array({"gallery"}));
    EXPECT_EQ(row.at("stored"), true);
    EXPECT_EQ(row.at("released"), false);
    EXPECT_EQ(row.at("paused"), false);
    EXPECT_TRUE(row.at("people").is_null());
    EXPECT_EQ(answer({"photo", "reconcile", "bucketed"}), nothing_wrong);
}

TEST_F(PhotoInBucket, ThatIsAddedTwiceIsStoredOnce) {
    const std::string url = add("twice", 20);
    const auto stored = keys(folder_of(url));
    EXPECT_EQ(add("twice", 20), url);
    EXPECT_EQ(keys(folder_of(url)), stored);
    EXPECT_EQ(status(url), 200);
    EXPECT_EQ(listed("twice").at("used"), Json::array({"gallery", "gallery"}));
    EXPECT_EQ(answer({"photo", "reconcile", "twice"}), nothing_wrong);
}

TEST_F(PhotoInBucket, NeedsAReleaseOfEachOfItsPeople) {
    auto words = words_to_add("couple", 30);
    words.insert(words.end(), {"--people", "2", "--photographer", "Pia", "--licence", "for this site"});
    const std::string url = ctl(words).json().at("url");
    EXPECT_EQ(listed("couple").at("people"), 2);
    answer({"tenant", "record-release", "couple", url, "--person", "Ann", "--until", "2099-12-31"});
    EXPECT_EQ(listed("couple").at("released"), false);
    answer({"tenant", "record-release", "couple", url, "--person", "Bo", "--scope", "website"});
    EXPECT_EQ(listed("couple").at("released"), true);
    answer({"tenant", "withdraw-release", "couple", url, "--person", "Ann"});
    EXPECT_EQ(listed("couple").at("released"), false);
    EXPECT_NE(status(url), 200);

    const auto refused = [&](std::vector<std::string> more, const std::string &field) {
        std::vector<std::string> wrong{"tenant", "record-release", "couple", url};
        wrong.insert(wrong.end(), more.begin(), more.end());
        const Answer answered = ctl(wrong);
        EXPECT_EQ(answered.exit_code, 2) << field;
        EXPECT_THAT(answered.err, HasSubstr(field));
    };
    refused({"--until", "2099-12-31"}, "--person");
    refused({"--person", "Ann", "--until", "soon"}, "--until");
    refused({"--person", "Ann", "--from", "2030-01-02", "--until", "2030-01-01"}, "--until");
    refused({"--person", " "}, "--person");
}

TEST_F(PhotoInBucket, IsHiddenByAPauseAndShownByAResume) {
    const std::string url = add("pausing", 40), other = add("pausing", 41);
    const Json paused = answer({"photo", "pause", "pausing", url});
    EXPECT_EQ(paused.at("left"), 0);
    ASSERT_FALSE(paused.at("steps").empty());
    EXPECT_EQ(paused.at("steps").at(0).at("reason"), "paused");
    EXPECT_EQ(status(url), 403);
    EXPECT_EQ(status(other), 200);
    EXPECT_EQ(listed("pausing").at("paused"), true);
    EXPECT_EQ(answer({"photo", "reconcile", "pausing"}), nothing_wrong);
    answer({"photo", "resume", "pausing", url});
    EXPECT_EQ(status(url), 200);
    EXPECT_EQ(listed("pausing").at("paused"), false);
    const Answer again = ctl({"photo", "resume", "pausing", url});
    EXPECT_EQ(again.exit_code, 0);
    EXPECT_THAT(again.out, HasSubstr("is not paused: nothing was changed"));
}

TEST_F(PhotoInBucket, ThatIsTakenDownIsNowhereAndTheReceiptSaysSo) {
    const std::string url = add("taken", 50);
    const auto files = keys(folder_of(url));
    const std::string link_ends = answer({"share-link", "create", "taken"}).at("expiresAt");
    const Answer unasked = ctl({"photo", "takedown", "taken", url});
    EXPECT_EQ(unasked.exit_code, 2) << "it is for ever";
    EXPECT_EQ(status(url), 200);
    const Json receipt = answer({"photo", "takedown", "taken", url, "--yes"});
    EXPECT_EQ(receipt.at("left"), 0);
    EXPECT_EQ(receipt.at("steps").at(0).at("action"), "draft") << "the draft behind the link showed it";
    EXPECT_EQ(receipt.at("steps").at(0).at("key").get<std::string>().substr(0, 16), link_ends.substr(0, 16));
    std::vector<std::string> removed;
    for (const Json &step : receipt.at("steps")) {
        EXPECT_EQ(step.at("done"), true);
        EXPECT_TRUE(step.at("problem").is_null());
        EXPECT_EQ(step.at("reason"), "deleted");
        if (step.at("action") == "remove") {
            removed.push_back(step.at("key"));
        }
    }
    EXPECT_THAT(removed, testing::UnorderedElementsAreArray(files));
    EXPECT_TRUE(keys(folder_of(url)).empty());
    EXPECT_NE(status(url), 200);
    EXPECT_EQ(listed("taken").at("takenDown"), true) << "the draft still names it";
    EXPECT_FALSE(fs::exists(local(key_of(url))));
    EXPECT_EQ(answer({"photo", "takedown", "taken", url, "--yes"}).at("left"), 0) << "repeating does no harm";
    EXPECT_EQ(ctl({"photo", "takedown", "taken", "/media/never/there.jpg", "--yes"}).exit_code, 1);
}

TEST_F(PhotoInBucket, ThatIsTakenDownWhileTheStoreIsAwayIsRemovedByTheJobOnceItIsBack) {
    const std::string url = add("offline", 60);
    Radosgw::instance().stop_gateway();
    const Answer left = ctl({"photo", "takedown", "offline", url, "--yes", "--json"});
    Radosgw::instance().start_gateway();
    EXPECT_EQ(left.exit_code, 3) << left.err;
    EXPECT_GT(left.json().at("left").get<int>(), 0);
    EXPECT_EQ(left.json().at("steps").at(0).at("done"), false);
    EXPECT_FALSE(left.json().at("steps").at(0).at("problem").is_null());
    EXPECT_EQ(status(url), 200) << "the bucket has it until the job ran";

    let_time_pass();
    const Json ran = answer({"jobs", "run", "media"});
    EXPECT_GE(ran.at("steps").size(), left.json().at("left").get<std::size_t>());
    EXPECT_NE(status(url), 200);
    EXPECT_TRUE(keys(folder_of(url)).empty());
    EXPECT_THAT(ctl({"jobs", "run", "media"}).out, HasSubstr("Nothing is left to do"));
}

TEST_F(PhotoInBucket, LeavesTheBucketWhenItsReleaseIsWithdrawn) {
    const std::string url = add("withdrawing", 65);
    answer({"tenant", "record-release", "withdrawing", url});
    EXPECT_EQ(answer({"tenant", "withdraw-release", "withdrawing", url}).at("left"), 0);
    EXPECT_NE(status(url), 200);
    EXPECT_EQ(answer({"photo", "reconcile", "withdrawing"}), nothing_wrong);
}

TEST_F(PhotoInBucket, StaysAwayWhereItsReleaseIsWithdrawnWhileItIsSent) {
    Radosgw::Keys wrong = Radosgw::instance().keys();
    wrong.secret += "wrong";
    use_keys(wrong);
    const std::string url = ctl(words_to_add("crossing", 66)).json().at("url");
    answer({"tenant", "record-release", "crossing", url});
    use_keys(Radosgw::instance().keys());

    const Answer sent = sent_while("crossing", [&](db::Session &elsewhere) {
        const auto tenant = db::TenantStore(elsewhere).find_by_subdomain("crossing");
        db::ComplianceStore(elsewhere).withdraw_release(tenant->id, url);
        db::PhotoLibrary library(elsewhere);
        for (const db::PhotoStep &step : library.claim_steps(100)) {
            library.step_done(step.id);
        }
    });
    EXPECT_EQ(sent.exit_code, 0) << sent.err;
    EXPECT_TRUE(sent.json().at("stored").empty());
    EXPECT_TRUE(keys(folder_of(url)).empty());
    EXPECT_EQ(listed("crossing").at("stored"), false);
}

TEST_F(PhotoInBucket, IsSeenAtTheNewStoreAloneWhereThatIsChosenWhileItIsSent) {
    Radosgw::Keys wrong = Radosgw::instance().keys();
    wrong.secret += "wrong";
    use_keys(wrong);
    const std::string url = ctl(words_to_add("leaving", 67)).json().at("url");
    use_keys(Radosgw::instance().keys());
    const auto next = media::s3::bucket_at_radosgw("ctl-photos-next");
    const Answer sent = sent_while(
        "leaving", [&](db::Session &elsewhere) { db::PlatformStore(elsewhere).set_photo_store({next}); });
    EXPECT_EQ(sent.exit_code, 3) << sent.err;
    EXPECT_TRUE(sent.json().at("stored").empty());
    EXPECT_THAT(sent.json().at("left").at(0).at("problem").get<std::string>(),
                HasSubstr("Another photo store was chosen"));
    EXPECT_EQ(status(url), 403);
    EXPECT_EQ(listed("leaving").at("stored"), false);
    answer({"photo", "upload", "leaving"});
    EXPECT_EQ(listed("leaving").at("stored"), true);
    EXPECT_EQ(status(url), 403) << "of the former bucket";
}

TEST_F(PhotoInBucket, IsSavedInTheDraftWhereTheUploadFailsAndSentLater) {
    Radosgw::Keys wrong = Radosgw::instance().keys();
    wrong.secret += "wrong";
    use_keys(wrong);
    const Answer refused = ctl(words_to_add("later", 70));
    EXPECT_EQ(refused.exit_code, 3) << refused.err;
    const std::string url = refused.json().at("url");
    EXPECT_EQ(refused.json().at("stored"), false);
    EXPECT_THAT(refused.json().at("problem").get<std::string>(),
                HasSubstr("The secret does not belong to the access key"));
    EXPECT_EQ(refused.out.find(wrong.secret), std::string::npos);
    EXPECT_EQ(listed("later").at("url"), url);
    EXPECT_EQ(listed("later").at("stored"), false);
    EXPECT_TRUE(fs::exists(local(key_of(url))));
    unsetenv("STUDIO_S3_SECRET");
    const Answer no_keys = ctl({"photo", "upload", "later"});
    EXPECT_EQ(no_keys.exit_code, 1);
    EXPECT_THAT(no_keys.err, HasSubstr("STUDIO_S3_KEY and STUDIO_S3_SECRET"));

    use_keys(Radosgw::instance().keys());
    EXPECT_FALSE(answer({"photo", "upload", "later"}).at("stored").empty());
    EXPECT_EQ(status(url), 200);
    EXPECT_EQ(listed("later").at("stored"), true);
    EXPECT_TRUE(answer({"photo", "upload", "later"}).at("stored").empty());

    choose("ctl-no-bucket");
    auto words = words_to_add("later", 71);
    words.pop_back();
    const Answer missing = ctl(words);
    EXPECT_EQ(missing.exit_code, 3);
    EXPECT_THAT(missing.out, HasSubstr("There is no bucket"));
    EXPECT_THAT(missing.out, HasSubstr("photo upload later"));
}

TEST_F(PhotoInBucket, IsComparedWithTheStoreAndRepaired) {
    std::vector<std::string> urls;
    for (int number = 0; number < 4; ++number) {
        urls.push_back(add("compared", 80 + number));
    }
    const std::string missing = key_of(urls[0]), open = key_of(urls[1]), caching = key_of(urls[2]),
                      damaged = key_of(urls[3]);
    const std::string young = folder_of(urls[0]) + "/young.webp";
    m_bucket.remove(missing);
    media::s3::ObjectFacts facts = media::s3::derivative_facts("image/jpeg");
    facts.is_public = false;
    m_bucket.replace_facts(open, facts);
    facts = media::s3::derivative_facts("image/jpeg");
    facts.cache_control = "no-cache";
    m_bucket.replace_facts(caching, facts);
    m_bucket.put(damaged, "half", media::s3::derivative_facts("image/jpeg"));
    m_bucket.put(young, "just sent", media::s3::derivative_facts("image/webp"));
    Json expected = nothing_wrong;
    expected["missing"] = Json::array({missing});
    expected["wrong_acl"] = Json::array({open});
    expected["wrong_caching"] = Json::array({caching});
    expected["damaged"] = Json::array({damaged});

    const Answer found = ctl({"photo", "reconcile", "compared", "--json"});
    EXPECT_EQ(found.exit_code, 1);
    EXPECT_EQ(found.json(), expected);
    EXPECT_EQ(ctl({"photo", "reconcile", "compared", "--json"}).json(), expected) << "nothing was changed";
    EXPECT_EQ(answer({"photo", "reconcile", "compared", "--repair"}), expected);
    EXPECT_EQ(answer({"photo", "reconcile", "compared"}), nothing_wrong);
    for (const std::string &url : urls) {
        EXPECT_EQ(status(url), 200) << url;
    }
    EXPECT_TRUE(m_bucket.head(young));

    m_bucket.remove(missing);
    fs::remove(local(missing));
    const Answer lost = ctl({"photo", "reconcile", "compared", "--repair", "--json"});
    EXPECT_EQ(lost.exit_code, 3);
    EXPECT_EQ(lost.json().at("unrepaired").at(0).at("key"), missing);
    for (const Json &row : answer({"photo", "list", "compared"})) {
        EXPECT_EQ(row.at("stored"), row.at("url") != urls[0]) << "pages leave out what is missing";
    }
    EXPECT_EQ(add("compared", 80), urls[0]) << "adding it again brings it back";
    EXPECT_EQ(status(urls[0]), 200);
    EXPECT_EQ(answer({"photo", "reconcile", "compared"}), nothing_wrong);
}

TEST_F(PhotoInBucket, IsChangedByNobodyUntilTheStoreIsConfirmedAfterARestore) {
    const std::string url = add("restored", 95);
    db::Sql owner = workspace_owner();
    EXPECT_EQ(owner.done("UPDATE platform_settings SET value = 'false' WHERE name = 'photo_store_confirmed'")
                  .message,
              "");
    m_bucket.remove(key_of(url));
    EXPECT_EQ(answer({"store", "show"}).at("confirmed"), false);
    for (const std::vector<std::string> &words : std::vector<std::vector<std::string>>{
             {"photo", "reconcile", "restored", "--repair"}, {"store", "move", "--to", "folder"}}) {
        const Answer refused = ctl(words);
        EXPECT_EQ(refused.exit_code, 1) << words.at(1);
        EXPECT_THAT(refused.err, HasSubstr("store confirm"));
    }
    EXPECT_FALSE(m_bucket.head(key_of(url)));
    EXPECT_EQ(ctl({"photo", "reconcile", "restored"}).exit_code, 1) << "comparing changes nothing";
    const Answer added = ctl(words_to_add("restored", 96));
    EXPECT_EQ(added.exit_code, 3);
    EXPECT_THAT(added.json().at("problem").get<std::string>(), HasSubstr("store confirm"));
    const std::string sent_later = added.json().at("url");
    const Answer upload = ctl({"photo", "upload", "restored"});
    EXPECT_EQ(upload.exit_code, 1);
    EXPECT_THAT(upload.err, HasSubstr("store confirm"));
    EXPECT_FALSE(m_bucket.head(key_of(sent_later)));

    const Answer asked = ctl({"store", "confirm"});
    EXPECT_EQ(asked.exit_code, 2);
    EXPECT_THAT(asked.err, HasSubstr("the bucket ctl-photos"));
    EXPECT_EQ(answer({"store", "show"}).at("confirmed"), false);
    EXPECT_EQ(answer({"store", "confirm", "--yes"}).at("confirmed"), true);
    answer({"photo", "upload", "restored"});
    EXPECT_EQ(status(sent_later), 200);
    answer({"photo", "reconcile", "restored", "--repair"});
    EXPECT_EQ(status(url), 200);
}

TEST_F(PhotoInBucket, IsNamedByABackupThatDoesNotHoldIt) {
    const std::string url = add("backed", 90);
    fs::remove(local(key_of(url)));
    const std::string file = (scratch() / "bucket.backup").string();
    const Json made = answer({"backup", "create", file});
    const auto named = made.at("photosInBucket").get<std::vector<std::string>>();
    EXPECT_THAT(named, testing::Contains(key_of(url)));
}

TEST_F(PhotoInBucket, KeepsItsOriginalToThoseWithKeys) {
    auto words = words_to_add("keeping", 100);
    words.emplace_back("--keep-original");
    const Json added = ctl(words).json();
    const std::string folder = folder_of(added.at("url"));
    std::string original;
    for (const std::string &key : keys(folder)) {
        original = key.starts_with(folder + "/originals/") ? key : original;
    }
    ASSERT_NE(original, "");
    EXPECT_EQ(m_connection.perform_anonymously(original).status, 403);
    EXPECT_EQ(m_bucket.get(original), media::s3::content_of(scratch() / "keeping100.tif"));
    EXPECT_EQ(answer({"photo", "reconcile", "keeping"}), nothing_wrong);
}

TEST_F(PhotoInBucket, IsMovedThereWithItsOriginalAndBack) {
    answer({"store", "set", "--kind", "folder"});
    auto words = words_to_add("moving", 110);
    words.emplace_back("--keep-original");
    const std::string url = ctl(words).json().at("url");
    const std::string paused = ctl(words_to_add("moving", 111)).json().at("url");
    answer({"photo", "pause", "moving", paused});
    EXPECT_EQ(listed("moving").at("stored"), true);
    answer({"store", "move", "--to", "s3", "--endpoint", Radosgw::instance().endpoint(), "--bucket",
            "ctl-photos", "--path-style"});
    EXPECT_EQ(status(url), 200);
    EXPECT_EQ(status(paused), 403);
    EXPECT_EQ(answer({"photo", "reconcile", "moving"}), nothing_wrong);

    const fs::path folder = local(folder_of(url)), kept = folder.string() + ".kept";
    fs::rename(folder, kept);
    answer({"store", "move", "--to", "folder"});
    std::size_t files = 0;
    for (const auto &entry : fs::recursive_directory_iterator(kept)) {
        if (entry.is_regular_file()) {
            ++files;
            EXPECT_EQ(media::s3::content_of(folder / fs::relative(entry.path(), kept)),
                      media::s3::content_of(entry.path()));
        }
    }
    EXPECT_TRUE(fs::is_directory(kept / "originals"));
    EXPECT_GT(files, 4U);
    fs::remove_all(kept);
}

TEST_F(PhotoInBucket, OfAFolderIsComparedWithItsFiles) {
    answer({"store", "set", "--kind", "folder"});
    const std::string kept = add("filed", 120), lost = add("filed", 121);
    const std::string orphan = folder_of(kept) + "/orphan.webp", young = folder_of(kept) + "/young.webp";
    for (const std::string &key : {orphan, young}) {
        std::ofstream(local(key)) << "nobody needs it";
    }
    fs::last_write_time(local(orphan), fs::file_time_type::clock::now() - std::chrono::hours(25));
    fs::remove(local(key_of(lost)));
    fs::resize_file(local(key_of(kept)), 10);
    Json expected = nothing_wrong;
    expected["missing"] = Json::array({key_of(lost)});
    expected["orphan"] = Json::array({orphan});
    expected["damaged"] = Json::array({key_of(kept)});
    const Answer found = ctl({"photo", "reconcile", "filed", "--json"});
    EXPECT_EQ(found.exit_code, 1);
    EXPECT_EQ(found.json(), expected);
    EXPECT_EQ(ctl({"photo", "reconcile", "filed", "--repair"}).exit_code, 3) << "what is lost is added again";
    EXPECT_FALSE(fs::exists(local(orphan)));
    EXPECT_TRUE(fs::exists(local(young)));
}

} // namespace studio::ctl_tests
