// SPDX-License-Identifier: Apache-2.0
// The move of all photos to another store, at a folder and at a real S3 server.
#include "media/asset_key.h"
#include "media/local_asset_store.h"
#include "media/s3/error.h"
#include "media/s3/store_move.h"
#include "tests/media/s3/store_fixture.h"
#include "tests/support/radosgw.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace studio::media::s3 {

namespace {

using models::StoreFile;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class PhotosOnTheMove : public testing::Test {
protected:
    StoreFile &want(const std::string &name, const std::string &content) {
        StoreFile file;
        file.key = m_companion + "/" + name;
        file.content_type = "image/webp";
        file.bytes = content.size();
        file.original = is_private_key(file.key);
        file.stored = true;
        m_contents.files.push_back(file);
        return m_contents.files.back();
    }
    std::string key(const std::string &name) const { return m_companion + "/" + name; }
    // Wanted, and in the folder.
    std::string keep(const std::string &name, const std::string &content) {
        const std::string key = want(name, content).key;
        m_folder.put(key, content, "image/webp");
        return key;
    }
    StoreFile &file(const std::string &key) {
        return *std::ranges::find(m_contents.files, key, &StoreFile::key);
    }
    void forget(const std::string &key) {
        std::erase_if(m_contents.files, [&](const StoreFile &each) { return each.key == key; });
    }
    MoveResult move(bool from_bucket, bool to_bucket) {
        StoreMove plan{m_folder,
                       {},
                       {},
                       [this] {
                           ++m_asked;
                           if (m_when_asked) {
                               m_when_asked();
                           }
                           return m_contents;
                       },
                       [this] {
                           m_chosen = true;
                           if (m_when_chosen) {
                               m_when_chosen();
                           }
                       },
                       {},
                       m_stop.get_token()};
        if (from_bucket) {
            plan.from = CopyTarget{m_old.address(), radosgw_keys(), hasty()};
        }
        if (to_bucket) {
            plan.to = CopyTarget{m_new.address(), radosgw_keys(), hasty()};
        }
        return move_store(plan);
    }
    static int status(Connection &connection, const std::string &key) {
        return connection.perform_anonymously(key).status;
    }
    bool is_there(const std::string &key) { return Bucket(m_new).head(key).has_value(); }

    std::string m_companion = new_folder();
    models::StoreContents m_contents{{}, {m_companion}};
    LocalAssetStore m_folder{scratch_folder() / m_companion};
    Connection m_old{bucket_at_radosgw("move-from"), radosgw_keys(), hasty()};
    Connection m_new{bucket_at_radosgw("move-to"), radosgw_keys(), hasty()};
    std::function<void()> m_when_asked, m_when_chosen;
    std::stop_source m_stop;
    int m_asked = 0;
    bool m_chosen = false;
};

} // namespace

TEST_F(PhotosOnTheMove, AreThoseThatAreWantedAndNoOthers) {
    const std::string shown = keep("a-640.webp", "shown"), original = keep("originals/a.heic", "original");
    const std::string paused = keep("b-640.webp", "paused");
    file(paused).withheld = true;
    m_folder.put(key("taken-640.webp"), "taken down", "image/webp");
    const MoveResult there = move(false, true);
    EXPECT_TRUE(there.chosen);
    EXPECT_EQ(there.copied, 3U);
    EXPECT_EQ(status(m_new, shown), 200);
    EXPECT_EQ(status(m_new, original), 403);
    EXPECT_EQ(status(m_new, paused), 403);
    EXPECT_TRUE(is_there(paused)) << "it comes back";
    EXPECT_FALSE(is_there(key("taken-640.webp"))) << "nobody needs it";
    EXPECT_EQ(move(false, true).present, 3U) << "nothing is sent twice";
}

TEST_F(PhotosOnTheMove, BackToTheFolderLeaveObjectsOfOthersInTheBucket) {
    const std::string shown = want("a-640.webp", "shown").key;
    Bucket bucket(m_old);
    bucket.put(shown, "shown", derivative_facts("image/webp"));
    bucket.put("backups/x.tar", "everything", {"application/x-tar", "", false, {}});
    bucket.put(key("stray-640.webp"), "stray", derivative_facts("image/webp"));
    EXPECT_TRUE(move(true, false).chosen);
    EXPECT_EQ(m_folder.read(shown), "shown");
    EXPECT_THAT(m_folder.list(""), SizeIs(1)) << "no backup, no stray photo";
    EXPECT_EQ(bucket.get("backups/x.tar"), "everything");
}

TEST_F(PhotosOnTheMove, StayWhereTheyAreWhileOneIsMissing) {
    const std::string here = keep("a-640.webp", "here"), gone = want("b-640.webp", "gone").key;
    const std::string cut = want("c-640.webp", "whole").key;
    m_folder.put(cut, "cut", "image/webp");
    const MoveResult result = move(false, true);
    EXPECT_FALSE(m_chosen);
    EXPECT_FALSE(result.chosen);
    ASSERT_THAT(result.failed, SizeIs(2));
    EXPECT_EQ(result.failed.front().key, std::min(gone, cut));
    EXPECT_THAT(result.failed.front().message, HasSubstr("media folder of this machine"));
    m_folder.put(gone, "gone", "image/webp");
    m_folder.put(cut, "whole", "image/webp");
    EXPECT_TRUE(move(false, true).chosen) << "goes on with the rest";
    EXPECT_EQ(status(m_new, here), 200);
}

TEST_F(PhotosOnTheMove, OfWhichNoPageKnowsMayBeMissing) {
    StoreFile &draft = want("draft-640.webp", "draft");
    draft.library = draft.stored = false;
    EXPECT_TRUE(move(false, true).chosen);
}

TEST_F(PhotosOnTheMove, ThatComeDuringTheMoveAreTakenAlong) {
    keep("a-640.webp", "a");
    m_when_asked = [this] {
        if (m_asked == 3) { // after the first copy
            keep("meanwhile-640.webp", "meanwhile");
        }
    };
    m_when_chosen = [this] {
        EXPECT_EQ(status(m_new, key("meanwhile-640.webp")), 200) << "before pages look there";
        keep("late-640.webp", "late");
    };
    EXPECT_TRUE(move(false, true).chosen);
    EXPECT_EQ(status(m_new, key("late-640.webp")), 200);
}

TEST_F(PhotosOnTheMove, ThatAreWithdrawnDuringTheMoveAreSeenByNobody) {
    const std::string paused = keep("a-640.webp", "a"), taken = keep("b-640.webp", "b"),
                      shown = keep("c-640.webp", "c");
    m_when_chosen = [&] {
        EXPECT_EQ(status(m_new, paused), 200);
        file(paused).withheld = true;
        forget(taken);
    };
    const MoveResult result = move(false, true);
    EXPECT_THAT(result.left, IsEmpty());
    EXPECT_EQ(status(m_new, paused), 403);
    EXPECT_TRUE(is_there(paused));
    EXPECT_FALSE(is_there(taken));
    EXPECT_EQ(status(m_new, shown), 200);
}

TEST_F(PhotosOnTheMove, OfAnEarlierMoveThatWasBrokenOffAreHiddenWhereTheyWereTakenDownSince) {
    keep("a-640.webp", "a");
    const std::string taken = key("taken-640.webp"), coming = want("coming-640.webp", "coming").key;
    file(coming).stored = false;
    Bucket(m_new).put(taken, "taken", derivative_facts("image/webp"));
    Bucket(m_new).put(coming, "coming", derivative_facts("image/webp"));
    EXPECT_TRUE(move(false, true).chosen);
    EXPECT_EQ(status(m_new, taken), 403);
    EXPECT_EQ(status(m_new, coming), 200) << "it was sent by an upload";
}

TEST_F(PhotosOnTheMove, FromABucketAreFoundThereAndNobodySeesThemThereAfterwards) {
    const std::string local = keep("a-640.webp", "a"), only_there = want("b-640.webp", "b").key;
    const std::string stray = key("stray-640.webp");
    Bucket old(m_old);
    for (const auto &[name, content] :
         {std::pair(local, "a"), std::pair(only_there, "b"), std::pair(stray, "stray")}) {
        old.put(name, content, derivative_facts("image/webp"));
    }
    m_when_chosen = [&] { EXPECT_EQ(status(m_old, local), 200) << "pages may still show it from there"; };
    const MoveResult result = move(true, true);
    EXPECT_TRUE(result.chosen);
    EXPECT_EQ(result.copied, 2U);
    EXPECT_EQ(result.closed, 3U);
    EXPECT_EQ(status(m_new, only_there), 200);
    for (const std::string &name : {local, only_there, stray}) {
        EXPECT_EQ(status(m_old, name), 403) << name;
        EXPECT_TRUE(old.head(name)) << "it stays for those with keys";
    }
}

TEST_F(PhotosOnTheMove, AreNotMovedByAStopBeforeTheSettingChanged) {
    keep("a-640.webp", "a");
    m_when_asked = [this] { m_stop.request_stop(); };
    EXPECT_THROW(move(false, true), Error);
    EXPECT_FALSE(m_chosen);
}

TEST_F(PhotosOnTheMove, AreAllAtTheNewPlaceAfterAStopThatCameTooLate) {
    const std::string shown = keep("a-640.webp", "a");
    Bucket(m_old).put(shown, "a", derivative_facts("image/webp"));
    m_when_chosen = [&] {
        m_stop.request_stop();
        keep("late-640.webp", "late");
    };
    const MoveResult result = move(true, true);
    EXPECT_TRUE(result.chosen);
    EXPECT_THAT(result.left, IsEmpty());
    EXPECT_EQ(status(m_new, key("late-640.webp")), 200);
    ASSERT_FALSE(result.open.empty()) << "the former bucket was not closed, and that is said";
    EXPECT_EQ(status(m_old, shown), 200);
    EXPECT_EQ(close_bucket({m_old.address(), radosgw_keys(), hasty()}, {m_companion}).closed, 1U);
    EXPECT_EQ(status(m_old, shown), 403);
}

} // namespace studio::media::s3
