// SPDX-License-Identifier: Apache-2.0
#include "renderer/pages/media_files.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace studio::renderer {
namespace {

namespace fs = std::filesystem;

class MediaRoute : public testing::Test {
protected:
    MediaRoute() {
        std::string pattern = (fs::temp_directory_path() / "media-XXXXXX").string();
        m_outer = mkdtemp(pattern.data());
        fs::create_directories(m_outer / "media/claire");
        write("media/claire/hero-1.webp", "0123456789");
        write("media/claire/.secret", "no");
        write("secret.webp", "no");
        fs::create_symlink(m_outer / "secret.webp", m_outer / "media/claire/link.webp");
        fs::create_directory_symlink(m_outer, m_outer / "media/up");
        mkfifo((m_outer / "media/claire/pipe.webp").c_str(), 0600);
        m_files = std::make_unique<MediaFiles>((m_outer / "media").string(), security_fields());
    }
    ~MediaRoute() override { fs::remove_all(m_outer); }

    void write(const std::string &path, const std::string &bytes) { std::ofstream(m_outer / path) << bytes; }

    std::optional<http::Reply> get(std::string_view path, http::Request request = {}) {
        request.method = http::Method::Get;
        return m_files->reply(request, path);
    }

    fs::path m_outer;
    std::unique_ptr<MediaFiles> m_files;
};

TEST_F(MediaRoute, ServesAPictureThatSharedCachesAskForAgainWithinSeconds) {
    const auto reply = get("claire/hero-1.webp");
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 200);
    EXPECT_EQ(reply->file_length, 10u);
    const std::string head(reply->head);
    EXPECT_NE(head.find("Content-Type: image/webp\r\n"), std::string::npos);
    EXPECT_NE(head.find("Cache-Control: public, max-age=86400, s-maxage=5\r\n"), std::string::npos);
    EXPECT_NE(head.find("ETag: \""), std::string::npos) << "to ask with";
    EXPECT_NE(head.find("X-Content-Type-Options: nosniff\r\n"), std::string::npos);
}

TEST_F(MediaRoute, StaysInsideItsFolder) {
    for (const char *path : {"",
                             "claire",
                             "claire/",
                             "/claire/hero-1.webp",
                             "../secret.webp",
                             "claire/../../secret.webp",
                             "%2e%2e/secret.webp",
                             "%2e%2e%2fsecret.webp",
                             "..%2fsecret.webp",
                             "claire/%2e%2e/%2e%2e/secret.webp",
                             "claire//hero-1.webp",
                             "./claire/hero-1.webp",
                             "claire/.secret",
                             "claire/%2esecret",
                             "claire/link.webp",
                             "up/secret.webp",
                             "up/media/claire/hero-1.webp",
                             "claire/pipe.webp",
                             "claire/hero-1.webp%00.png",
                             "claire/hero-1.webp/x",
                             "claire/%zz",
                             "claire/%2",
                             "claire/absent.webp",
                             "..\\secret.webp"}) {
        EXPECT_FALSE(get(path)) << path;
    }
    EXPECT_TRUE(get("claire/hero%2D1.webp"));
    EXPECT_FALSE(get("claire/" + std::string(5000, 'a')));
}

TEST_F(MediaRoute, SendsAPartWhereOneIsAskedFor) {
    http::Request request;
    request.range = "bytes=2-4";
    const auto reply = get("claire/hero-1.webp", request);
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 206);
    EXPECT_EQ(reply->file_offset, 2u);
    EXPECT_EQ(reply->file_length, 3u);
    EXPECT_NE(std::string(reply->head).find("Content-Range: bytes 2-4/10\r\n"), std::string::npos);
}

TEST_F(MediaRoute, RefusesAPartBeyondTheEnd) {
    http::Request request;
    request.range = "bytes=10-";
    const auto reply = get("claire/hero-1.webp", request);
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 416);
    EXPECT_NE(std::string(reply->head).find("Content-Range: bytes */10\r\n"), std::string::npos);
    EXPECT_FALSE(reply->file);
}

TEST_F(MediaRoute, KnowsWhatTheClientHas) {
    const auto etag = [&] {
        const std::string head(get("claire/hero-1.webp")->head);
        const auto from = head.find("ETag: ") + 6;
        return head.substr(from, head.find("\r\n", from) - from);
    };
    const std::string first = etag();
    http::Request request;
    request.if_none_match = first;
    EXPECT_EQ(get("claire/hero-1.webp", request)->status, 304);
    request = {};
    request.range = "bytes=0-0";
    request.if_range = first;
    EXPECT_EQ(get("claire/hero-1.webp", request)->status, 206);
    request.if_range = "\"older\"";
    EXPECT_EQ(get("claire/hero-1.webp", request)->status, 200);
}

} // namespace
} // namespace studio::renderer
