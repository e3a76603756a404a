// SPDX-License-Identifier: Apache-2.0
// What should be in the store compared with what is, at a folder and at a real S3 server.
#include "media/asset_key.h"
#include "media/s3/error.h"
#include "media/s3/reconcile.h"
#include "tests/media/s3/store_fixture.h"
#include "tests/support/radosgw.h"

#include <gmock/gmock.h>

#include <functional>

namespace studio::media::s3 {

namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class StoredPhotos : public testing::Test {
protected:
    // Stores a file correctly and expects it there.
    std::string expect_stored(const std::string &name, const std::string &content, bool is_public = true) {
        const std::string key = m_folder + "/" + name;
        ObjectFacts facts = facts_of(key, content_type_of_key(key));
        facts.is_public = is_public;
        m_local.put(key, content, facts.content_type);
        m_bucket.put(key, content, facts);
        m_expected.push_back({key, facts.content_type, content.size(), is_public, false});
        return key;
    }
    Reconciliation reconcile(bool repair = false, base::Time now = base::now()) {
        m_asked = 0;
        return reconcile_bucket({m_address, radosgw_keys(), hasty()}, m_local, m_folder, asked(),
                                {repair, now});
    }
    Expected asked() {
        return [this] {
            ++m_asked;
            if (m_when_asked) {
                m_when_asked();
            }
            return m_expected;
        };
    }
    int status(const std::string &key) { return m_connection.perform_anonymously(key).status; }

    models::BucketAddress m_address = bucket_at_radosgw("reconciled");
    Connection m_connection{m_address, radosgw_keys(), hasty()};
    Bucket m_bucket{m_connection};
    LocalAssetStore m_local{scratch_folder() / "reconciled"};
    std::string m_folder = new_folder();
    std::vector<ExpectedObject> m_expected;
    std::function<void()>
        m_when_asked; // the comparison asks first, then before and after each batch of repairs
    int m_asked = 0;
};

} // namespace

TEST_F(StoredPhotos, AreAllRightWhereTheStoreHasThemAsTheyShouldBe) {
    expect_stored("a-640.webp", "a");
    expect_stored("hidden-640.webp", "hidden", false);
    expect_stored("originals/a.heic", "original", false);
    const Reconciliation found = reconcile();
    EXPECT_TRUE(found.all_right());
}

TEST_F(StoredPhotos, ThatAreMissingAreFoundAndSentAgain) {
    const std::string kept = expect_stored("kept-640.webp", "kept");
    const std::string lost = expect_stored("lost-640.webp", "lost");
    m_bucket.remove(kept);
    m_bucket.remove(lost);
    m_local.remove(lost);
    EXPECT_THAT(reconcile().missing, ElementsAre(kept, lost));
    EXPECT_FALSE(m_bucket.head(kept)) << "without repair nothing is changed";

    const Reconciliation repaired = reconcile(true);
    EXPECT_THAT(repaired.stored, ElementsAre(kept));
    EXPECT_THAT(repaired.lost, ElementsAre(lost));
    EXPECT_EQ(status(kept), 200);
    ASSERT_EQ(repaired.unrepaired.size(), 1U);
    EXPECT_EQ(repaired.unrepaired.front().key, lost);
    EXPECT_THAT(repaired.unrepaired.front().reason, HasSubstr("add the photo again"));
    EXPECT_THAT(reconcile().missing, ElementsAre(lost));
}

TEST_F(StoredPhotos, ThatWereTakenDownMayBeMissingButNotSeen) {
    const std::string key = expect_stored("taken-640.webp", "taken");
    m_expected.front().is_public = false;
    m_expected.front().may_be_missing = true;
    EXPECT_THAT(reconcile().wrong_acl, ElementsAre(key));
    m_bucket.remove(key);
    EXPECT_TRUE(reconcile().all_right());
}

TEST_F(StoredPhotos, ThatNothingNeedsAreRemovedOnceTheyAreADayOld) {
    expect_stored("a-640.webp", "a");
    const std::string orphan = m_folder + "/orphan-640.webp", other = new_folder() + "/other-640.webp";
    m_bucket.put(orphan, "x", derivative_facts("image/webp"));
    m_bucket.put(other, "x", derivative_facts("image/webp"));
    EXPECT_TRUE(reconcile(true).all_right()) << "its photo may be about to be saved";
    EXPECT_TRUE(m_bucket.head(orphan));
    EXPECT_THAT(reconcile(false, base::now() + 25h).orphan, ElementsAre(orphan));
    EXPECT_TRUE(m_bucket.head(orphan));
    EXPECT_THAT(reconcile(true, base::now() + 25h).unrepaired, IsEmpty());
    EXPECT_FALSE(m_bucket.head(orphan));
    EXPECT_TRUE(m_bucket.head(other)) << "of another companion";
}

TEST_F(StoredPhotos, ThatTheWrongPeopleSeeAreFoundAndSetRight) {
    const std::string closed = expect_stored("closed-640.webp", "closed");
    const std::string open = expect_stored("open-640.webp", "open", false);
    const std::string original = expect_stored("originals/a.heic", "original", false);
    ObjectFacts facts = derivative_facts("image/webp");
    m_bucket.put(open, "open", facts);
    facts.is_public = false;
    m_bucket.put(closed, "closed", facts);
    facts = original_facts("image/heic");
    facts.is_public = true;
    m_bucket.put(original, "original", facts);

    const Reconciliation found = reconcile();
    EXPECT_THAT(found.wrong_acl, ElementsAre(closed, open, original));
    EXPECT_THAT(found.wrong_caching, IsEmpty());
    EXPECT_EQ(status(open), 200) << "without repair nothing is changed";
    reconcile(true);
    EXPECT_EQ(status(closed), 200);
    EXPECT_EQ(status(open), 403);
    EXPECT_EQ(status(original), 403);
    EXPECT_TRUE(reconcile().all_right());
}

TEST_F(StoredPhotos, WithAnotherTypeOrCachingAreFoundAndSetRight) {
    const std::string type = expect_stored("type-640.webp", "type");
    const std::string caching = expect_stored("caching-640.webp", "caching");
    m_bucket.put(type, "type", derivative_facts("application/octet-stream"));
    ObjectFacts facts = derivative_facts("image/webp");
    facts.cache_control = "no-cache";
    m_bucket.put(caching, "caching", facts);
    EXPECT_THAT(reconcile().wrong_caching, ElementsAre(caching, type));
    reconcile(true);
    EXPECT_TRUE(reconcile().all_right());
    EXPECT_EQ(m_bucket.head(type)->content_type, "image/webp");
    EXPECT_EQ(status(caching), 200);
}

TEST_F(StoredPhotos, ThatAreDamagedAreFoundByLengthAndContentAndSentAgain) {
    const std::string cut = expect_stored("cut-640.webp", "whole content");
    const std::string other = expect_stored("other-640.webp", "right");
    const std::string lost = expect_stored("lost-640.webp", "no copy of it");
    m_bucket.put(cut, "whole", derivative_facts("image/webp"));
    m_bucket.put(other, "wrong", derivative_facts("image/webp"));
    m_bucket.put(lost, "cut", derivative_facts("image/webp"));
    m_local.remove(lost);
    EXPECT_THAT(reconcile().damaged, ElementsAre(cut, lost, other));
    const Reconciliation repaired = reconcile(true);
    ASSERT_EQ(repaired.unrepaired.size(), 1U);
    EXPECT_EQ(repaired.unrepaired.front().key, lost);
    EXPECT_EQ(m_bucket.get(cut), "whole content");
    EXPECT_EQ(m_bucket.get(other), "right");
    EXPECT_EQ(m_bucket.get(lost), "cut") << "a half photo is no reason to remove it";
    EXPECT_THAT(repaired.lost, IsEmpty());
}

TEST_F(StoredPhotos, ThatAreTakenDownDuringTheComparisonAreNotPutBack) {
    const std::string key = expect_stored("a-640.webp", "a");
    m_bucket.remove(key);
    m_when_asked = [this] {
        if (m_asked == 2) {
            m_expected.clear();
        }
    };
    const Reconciliation repaired = reconcile(true);
    EXPECT_THAT(repaired.stored, IsEmpty());
    EXPECT_FALSE(m_bucket.head(key));
}

TEST_F(StoredPhotos, ThatArePausedDuringTheComparisonAreStoredForNobodyToSee) {
    const std::string key = expect_stored("a-640.webp", "a");
    m_bucket.remove(key);
    m_when_asked = [this] { m_expected.front().is_public = m_asked < 2; };
    EXPECT_THAT(reconcile(true).stored, ElementsAre(key));
    EXPECT_EQ(status(key), 403);
}

TEST_F(StoredPhotos, ThatAreWithheldWhileTheyAreRepairedAreSeenByNobody) {
    const std::string paused = expect_stored("a-640.webp", "a");
    m_bucket.remove(paused);
    m_when_asked = [this] { m_expected.front().is_public = m_asked < 3; };
    reconcile(true);
    EXPECT_EQ(status(paused), 403);
    EXPECT_TRUE(m_bucket.head(paused));

    m_bucket.remove(paused);
    m_when_asked = [this] {
        if (m_asked == 3) {
            m_expected.clear();
        }
    };
    EXPECT_THAT(reconcile(true).stored, IsEmpty()) << "its takedown came before the object was back";
    EXPECT_FALSE(m_bucket.head(paused));
}

TEST_F(StoredPhotos, OfManyFilesAreRepairedWithoutAskingForEach) {
    for (int number = 0; number < 60; ++number) {
        m_bucket.remove(expect_stored(std::to_string(number) + "-640.webp", "a"));
    }
    EXPECT_EQ(reconcile(true).stored.size(), 60U);
    EXPECT_EQ(m_asked, 5) << "at the beginning, and before and after each batch";
    EXPECT_EQ(status(m_expected.front().key), 200);
    EXPECT_THAT(reconcile(false).missing, IsEmpty());
}

TEST_F(StoredPhotos, ThatAreAddedAgainDuringTheComparisonAreNoOrphans) {
    const std::string key = m_folder + "/back-640.webp";
    m_bucket.put(key, "x", derivative_facts("image/webp"));
    m_when_asked = [&] {
        if (m_asked == 2) {
            m_expected.push_back({key, "image/webp", 1, true, false});
        }
    };
    EXPECT_THAT(reconcile(true, base::now() + 25h).orphan, ElementsAre(key));
    EXPECT_TRUE(m_bucket.head(key));

    m_expected.clear();
    m_local.put(key, "x", "image/webp");
    std::filesystem::last_write_time(m_local.root() / key,
                                     std::filesystem::file_time_type::clock::now() - 25h);
    m_asked = 0;
    EXPECT_THAT(reconcile_folder(m_local, m_folder, asked(), {true}).orphan, ElementsAre(key));
    EXPECT_TRUE(m_local.read(key));
}

TEST_F(StoredPhotos, AreNotCalledRightWhereTheBucketCannotBeAsked) {
    expect_stored("a-640.webp", "a");
    m_address.bucket = "not-there";
    EXPECT_THROW(reconcile(), Error);
    m_address = bucket_at_radosgw("reconciled");
    m_address.public_url = "http://127.0.0.1:1";
    EXPECT_THROW(reconcile(true), Error);
}

TEST_F(StoredPhotos, OfAFolderAreComparedByLengthAndOldOrphansGo) {
    const auto file = [&](const std::string &name) { return m_local.root() / m_folder / name; };
    for (const char *name : {"missing.webp", "cut.webp", "right.webp", "young.webp", "old.webp"}) {
        m_local.put(m_folder + "/" + name, "content", "image/webp");
    }
    std::filesystem::remove(file("missing.webp"));
    std::filesystem::resize_file(file("cut.webp"), 3);
    std::filesystem::last_write_time(file("old.webp"), std::filesystem::file_time_type::clock::now() - 25h);
    for (const char *name : {"missing.webp", "cut.webp", "right.webp"}) {
        m_expected.push_back({m_folder + "/" + name, "image/webp", 7, true, false});
    }
    const Reconciliation found = reconcile_folder(m_local, m_folder, asked());
    EXPECT_THAT(found.missing, ElementsAre(m_folder + "/missing.webp"));
    EXPECT_THAT(found.damaged, ElementsAre(m_folder + "/cut.webp"));
    EXPECT_THAT(found.orphan, ElementsAre(m_folder + "/old.webp"));
    EXPECT_TRUE(std::filesystem::exists(file("old.webp")));
    const Reconciliation repaired = reconcile_folder(m_local, m_folder, asked(), {true});
    EXPECT_EQ(repaired.unrepaired.size(), 2U);
    EXPECT_THAT(repaired.lost, ElementsAre(m_folder + "/missing.webp"));
    EXPECT_FALSE(std::filesystem::exists(file("old.webp")));
    EXPECT_TRUE(std::filesystem::exists(file("young.webp")));
}

} // namespace studio::media::s3
