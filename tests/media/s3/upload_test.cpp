// SPDX-License-Identifier: Apache-2.0
// Files of any size, over a bad network, at a real S3 server.
#include "media/asset_key.h"
#include "media/s3/error.h"
#include "media/s3/multipart.h"
#include "media/s3/upload.h"
#include "media/s3/upload_record.h"
#include "tests/media/s3/store_fixture.h"
#include "tests/support/bad_network.h"
#include "tests/support/eventually.h"
#include "tests/support/radosgw.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <fstream>

namespace studio::media::s3 {

namespace {

namespace fs = std::filesystem;
using test_support::BadNetwork;
using test_support::Radosgw;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::uint64_t megabyte = 1ULL << 20;

class Upload : public testing::Test {
protected:
    Upload() { m_options.records = scratch_folder() / "records"; }

    Uploaded upload(const fs::path &file) {
        return upload_file(m_connection, file, m_key, original_facts("image/jpeg"), m_options);
    }
    void expect_stored(const fs::path &file) {
        const auto stored = m_bucket.get(m_key);
        ASSERT_TRUE(stored);
        EXPECT_TRUE(*stored == content_of(file)) << "other bytes of " << stored->size();
    }
    models::BucketAddress through(const BadNetwork &proxy) const {
        models::BucketAddress address = m_address;
        address.endpoint = "http://127.0.0.1:" + std::to_string(proxy.port());
        return address;
    }
    ErrorKind failure_of(Connection &connection, const fs::path &file) {
        try {
            upload_file(connection, file, m_key, original_facts("image/jpeg"), m_options);
        } catch (const Error &error) {
            return error.kind();
        }
        ADD_FAILURE() << "nothing was refused";
        return ErrorKind::Other;
    }

    models::BucketAddress m_address = bucket_at_radosgw("uploads");
    Connection m_connection{m_address, radosgw_keys(), hasty()};
    Bucket m_bucket{m_connection};
    Multipart m_multipart{m_connection};
    std::string m_key = new_folder() + "/original.jpg";
    UploadOptions m_options;
};

// The program that is killed during an upload; it gets its keys from the environment.
class Uploader final {
public:
    Uploader(const models::BucketAddress &address, const fs::path &file, const std::string &key,
             const fs::path &records) {
        const std::string program = fs::read_symlink("/proc/self/exe").parent_path() / "s3_uploader";
        std::vector<std::string> words{program, address.endpoint, address.bucket, file.string(),
                                       key,     records.string()};
        std::vector<char *> pointers;
        for (std::string &word : words) {
            pointers.push_back(word.data());
        }
        pointers.push_back(nullptr);
        setenv("STUDIO_S3_KEY", radosgw_keys().key.c_str(), 1);
        setenv("STUDIO_S3_SECRET", radosgw_keys().secret.c_str(), 1);
        if (posix_spawn(&m_process, program.c_str(), nullptr, nullptr, pointers.data(), environ) != 0) {
            throw std::runtime_error("no " + program);
        }
        unsetenv("STUDIO_S3_KEY");
        unsetenv("STUDIO_S3_SECRET");
    }
    ~Uploader() { kill_now(); }
    Uploader(const Uploader &) = delete;
    Uploader &operator=(const Uploader &) = delete;

    void kill_now() {
        if (m_process > 0) {
            kill(m_process, SIGKILL);
            waitpid(m_process, nullptr, 0);
            m_process = -1;
        }
    }

private:
    pid_t m_process = -1;
};

} // namespace

TEST_F(Upload, SendsASmallFileInOneRequest) {
    const fs::path file = sample_file("small.jpg", 3 * megabyte);
    std::uint64_t last = 0;
    m_options.progress = [&](std::uint64_t sent, std::uint64_t of) {
        EXPECT_EQ(of, 3 * megabyte);
        EXPECT_GE(sent, last);
        last = sent;
    };
    EXPECT_EQ(upload(file).sent, 3 * megabyte);
    EXPECT_EQ(last, 3 * megabyte);
    expect_stored(file);
    EXPECT_EQ(m_bucket.head(m_key)->etag.find('-'), std::string::npos) << "not in parts";
}

TEST_F(Upload, SendsALargeFileInParts) {
    const fs::path file = sample_file("large.jpg", 70 * megabyte);
    std::uint64_t last = 0;
    m_options.progress = [&](std::uint64_t sent, std::uint64_t) {
        EXPECT_GE(sent, last);
        last = sent;
    };
    EXPECT_EQ(upload(file).sent, 70 * megabyte);
    EXPECT_EQ(last, 70 * megabyte);
    const auto stored = m_bucket.head(m_key);
    ASSERT_TRUE(stored);
    EXPECT_EQ(stored->bytes, 70 * megabyte);
    EXPECT_EQ(stored->content_type, "image/jpeg");
    expect_stored(file);
    EXPECT_EQ(m_connection.perform_anonymously(m_key).status, 403) << "an original is private";
    EXPECT_THAT(m_multipart.unfinished(m_key), IsEmpty());
    EXPECT_TRUE(fs::is_empty(m_options.records));
}

TEST_F(Upload, StoresAnEmptyFile) {
    const fs::path file = sample_file("empty.jpg", 0);
    upload(file);
    EXPECT_EQ(m_bucket.head(m_key)->bytes, 0U);
}

TEST_F(Upload, GoesOnAfterAKill) {
    const fs::path file = sample_file("killed.jpg", 30 * megabyte);
    m_options.largest_single = megabyte;
    m_options.part_size = 5 * megabyte;
    {
        BadNetwork slow(Radosgw::instance().port());
        slow.slow_down(8 * megabyte);
        Uploader uploader(through(slow), file, m_key, m_options.records);
        const UploadRecords records(m_options.records);
        ASSERT_TRUE(test_support::eventually(
            [&] {
                const auto record = records.read(through(slow), m_key);
                return record && record->parts.size() >= 2;
            },
            std::chrono::seconds(60)));
        uploader.kill_now();
        EXPECT_FALSE(m_bucket.head(m_key)) << "half a photo is no photo";
        ASSERT_THAT(m_multipart.unfinished(m_key), SizeIs(1));
        slow.slow_down(0);
        Connection again(through(slow), radosgw_keys(), hasty());
        const std::uint64_t before = slow.sent();
        const Uploaded done = upload_file(again, file, m_key, original_facts("image/jpeg"), m_options);
        EXPECT_LE(done.sent, 20 * megabyte);
        EXPECT_LT(slow.sent() - before, 21 * megabyte) << "two parts were not sent again";
    }
    expect_stored(file);
    EXPECT_THAT(m_multipart.unfinished(m_key), IsEmpty());
}

TEST_F(Upload, BeginsAnewWhereTheStoreForgotIt) {
    const fs::path file = sample_file("forgotten.jpg", 12 * megabyte);
    m_options.largest_single = megabyte;
    m_options.part_size = 5 * megabyte;
    const std::string id = m_multipart.begin(m_key, original_facts("image/jpeg"));
    UploadRecords(m_options.records).write(m_address, m_key, {id, 12 * megabyte, 5 * megabyte, {}});
    m_multipart.abort(m_key, id);
    EXPECT_EQ(upload(file).sent, 12 * megabyte);
    expect_stored(file);
}

TEST_F(Upload, SendsPartsAgainThatAreNotTheFiles) {
    const fs::path file = sample_file("other.jpg", 12 * megabyte);
    m_options.largest_single = megabyte;
    m_options.part_size = 5 * megabyte;
    const std::string id = m_multipart.begin(m_key, original_facts("image/jpeg"));
    const std::string own = content_of(file).substr(0, 5 * megabyte);
    m_multipart.put_part(m_key, id, 1, own, {});
    m_multipart.put_part(m_key, id, 2, std::string(5 * megabyte, 'x'), {});
    UploadRecords(m_options.records).write(m_address, m_key, {id, 12 * megabyte, 5 * megabyte, {}});
    EXPECT_EQ(upload(file).sent, 7 * megabyte) << "the first part is kept, the second is another file's";
    expect_stored(file);
}

TEST_F(Upload, SurvivesADamagedRecord) {
    const fs::path file = sample_file("record.jpg", 6 * megabyte);
    m_options.largest_single = megabyte;
    m_options.part_size = 5 * megabyte;
    UploadRecords(m_options.records).write(m_address, m_key, {"x", 1, 1, {}});
    for (const auto &entry : fs::directory_iterator(m_options.records)) {
        std::ofstream(entry.path()) << "{\"upload\": 7";
    }
    EXPECT_EQ(upload(file).sent, 6 * megabyte);
    expect_stored(file);
}

TEST_F(Upload, SurvivesAConnectionThatBreaks) {
    BadNetwork proxy(Radosgw::instance().port());
    const fs::path file = sample_file("cut.jpg", 4 * megabyte);
    for (const std::uint64_t bytes : {std::uint64_t(1), std::uint64_t(600), megabyte}) {
        m_key = new_folder() + "/cut.jpg";
        Connection connection(through(proxy), radosgw_keys(), hasty(6));
        proxy.cut_after_sent(bytes, 5);
        upload_file(connection, file, m_key, original_facts("image/jpeg"), m_options);
        expect_stored(file);
    }
}

TEST_F(Upload, SurvivesAnAnswerThatIsLost) {
    BadNetwork proxy(Radosgw::instance().port());
    const fs::path file = sample_file("lost.jpg", 12 * megabyte);
    m_options.largest_single = megabyte;
    m_options.part_size = 5 * megabyte;
    for (int cut = 1; cut <= 3; ++cut) {
        m_key = new_folder() + "/lost.jpg";
        Connection connection(through(proxy), radosgw_keys(), hasty(6));
        proxy.cut_after_received(10, cut);
        upload_file(connection, file, m_key, original_facts("image/jpeg"), m_options);
        expect_stored(file);
    }
}

TEST_F(Upload, SaysThatTheConnectionBreaksAgainAndAgain) {
    BadNetwork proxy(Radosgw::instance().port());
    Connection connection(through(proxy), radosgw_keys(), hasty(3));
    proxy.cut_after_sent(600, 1000);
    EXPECT_EQ(failure_of(connection, sample_file("hopeless.jpg", 2 * megabyte)), ErrorKind::Unreachable);
    EXPECT_FALSE(m_bucket.head(m_key));
}

TEST_F(Upload, WaitsForAServerThatIsStartedAgain) {
    const fs::path file = sample_file("restart.jpg", 2 * megabyte);
    Radosgw::instance().stop_gateway();
    Connection hopeless(m_address, radosgw_keys(), hasty(2));
    EXPECT_EQ(failure_of(hopeless, file), ErrorKind::Unreachable);
    ConnectionOptions patient = hasty(600);
    patient.retry.longest = std::chrono::milliseconds(200);
    std::atomic<bool> done = false;
    std::jthread uploading([&] {
        Connection connection(m_address, radosgw_keys(), patient);
        upload_file(connection, file, m_key, original_facts("image/jpeg"), m_options);
        done = true;
    });
    Radosgw::instance().start_gateway();
    EXPECT_TRUE(test_support::eventually([&] { return done.load(); }, std::chrono::seconds(90)));
    uploading.join();
    expect_stored(file);
}

TEST_F(Upload, StopsWhenAPersonSaysSo) {
    BadNetwork slow(Radosgw::instance().port());
    slow.slow_down(megabyte);
    std::stop_source stop;
    ConnectionOptions options = hasty();
    options.stop = stop.get_token();
    const fs::path file = sample_file("stopped.jpg", 40 * megabyte);
    m_options.progress = [&](std::uint64_t sent, std::uint64_t) {
        if (sent > 0) {
            stop.request_stop();
        }
    };
    Connection connection(through(slow), radosgw_keys(), options);
    EXPECT_EQ(failure_of(connection, file), ErrorKind::Canceled);
    EXPECT_FALSE(m_bucket.head(m_key));
}

TEST_F(Upload, RefusesAFileThatChangesMeanwhile) {
    const fs::path file = sample_file("changing.jpg", 12 * megabyte);
    m_options.largest_single = megabyte;
    m_options.part_size = 5 * megabyte;
    m_options.progress = [&](std::uint64_t, std::uint64_t) {
        std::ofstream(file, std::ios::binary | std::ios::in) << "other";
    };
    EXPECT_EQ(failure_of(m_connection, file), ErrorKind::FileChanged);
    EXPECT_FALSE(m_bucket.head(m_key));
    EXPECT_THAT(m_multipart.unfinished(m_key), IsEmpty());
}

TEST_F(Upload, RefusesASmallFileThatShrinksMeanwhile) {
    const fs::path file = sample_file("shrinking.jpg", 6 * megabyte);
    ConnectionOptions options = hasty();
    options.longest_silence = std::chrono::seconds(2);
    Connection connection(m_address, radosgw_keys(), options);
    m_options.progress = [&](std::uint64_t, std::uint64_t) { fs::resize_file(file, 7); };
    EXPECT_EQ(failure_of(connection, file), ErrorKind::FileChanged);
    EXPECT_FALSE(m_bucket.head(m_key));
}

TEST_F(Upload, RefusesAFileThatVanishes) {
    const fs::path file = sample_file("vanishing.jpg", 12 * megabyte);
    m_options.largest_single = megabyte;
    m_options.part_size = 5 * megabyte;
    m_options.progress = [&](std::uint64_t, std::uint64_t) { fs::remove(file); };
    EXPECT_EQ(failure_of(m_connection, file), ErrorKind::FileChanged);
    EXPECT_FALSE(m_bucket.head(m_key));
    EXPECT_EQ(failure_of(m_connection, "/nowhere/at/all.jpg"), ErrorKind::FileChanged);
}

TEST_F(Upload, LeavesUploadsThatMayStillRun) {
    const std::string id = m_multipart.begin(m_key, original_facts("image/jpeg"));
    m_multipart.abort_forgotten(m_key);
    EXPECT_THAT(m_multipart.unfinished(m_key), SizeIs(1));
    m_multipart.abort(m_key, id);
    m_multipart.abort(m_key, id); // aborting twice is no failure
    EXPECT_THAT(m_multipart.unfinished(m_key), IsEmpty());
}

} // namespace studio::media::s3
