// SPDX-License-Identifier: Apache-2.0
#include "renderer/http/content_negotiation.h"

#include <gtest/gtest.h>

namespace studio::renderer::http {
namespace {

TEST(AcceptEncoding, PicksTheBestThatTheClientAllows) {
    const std::pair<const char *, Encoding> cases[] = {
        {"", Encoding::Identity},
        {"gzip", Encoding::Gzip},
        {"x-gzip", Encoding::Gzip},
        {"GZIP", Encoding::Gzip},
        {"br", Encoding::Brotli},
        {"gzip, deflate, br, zstd", Encoding::Brotli},
        {"gzip;q=1.0, br;q=0.5", Encoding::Gzip},
        {"gzip;q=0.5,br;q=0.5", Encoding::Brotli},
        {"br;q=0, gzip;q=0.001", Encoding::Gzip},
        {"br;q=0, gzip;q=0", Encoding::Identity},
        {"*", Encoding::Brotli},
        {"*;q=0.5, br;q=0", Encoding::Gzip},
        {"*;q=0", Encoding::Identity},
        {"identity", Encoding::Identity},
        {"identity;q=1, gzip;q=0.5", Encoding::Identity},
        {"identity;q=0.5, gzip;q=1", Encoding::Gzip},
        {"identity;q=0", Encoding::Identity},
        {"gzip ; q=0.8 , br ; q=0.9", Encoding::Brotli},
        {"gzip;q=nonsense, br;q=", Encoding::Identity},
        {"gzip;q=2", Encoding::Identity},
        {"deflate, zstd", Encoding::Identity},
        {",,gzip,,", Encoding::Gzip},
        {";;;", Encoding::Identity},
        {"gzipx, brx", Encoding::Identity},
    };
    for (const auto &[field, expected] : cases) {
        EXPECT_EQ(preferred_encoding(field), expected) << field;
    }
}

TEST(IfNoneMatch, ComparesWeaklyInAList) {
    EXPECT_TRUE(matches_etag("\"a\"", "\"a\""));
    EXPECT_TRUE(matches_etag("\"b\" , W/\"a\"", "\"a\""));
    EXPECT_TRUE(matches_etag("*", "\"a\""));
    EXPECT_FALSE(matches_etag("\"b\"", "\"a\""));
    EXPECT_FALSE(matches_etag("a", "\"a\""));
    EXPECT_FALSE(matches_etag("", "\"a\""));
}

TEST(Range, GivesOnePartTheWholeOrNothing) {
    const auto part = [](std::uint64_t first, std::uint64_t length) {
        return RangeChoice{RangeChoice::Kind::Part, {first, length}};
    };
    const RangeChoice whole{}, unsatisfiable{RangeChoice::Kind::Unsatisfiable, {}};
    const std::pair<const char *, RangeChoice> cases[] = {
        {"", whole},
        {"bytes=0-0", part(0, 1)},
        {"bytes=0-", part(0, 100)},
        {"Bytes=10-19", part(10, 10)},
        {"bytes=90-500", part(90, 10)},
        {"bytes=-1", part(99, 1)},
        {"bytes=-500", part(0, 100)},
        {"bytes=99-", part(99, 1)},
        {"bytes=100-", unsatisfiable},
        {"bytes=-0", unsatisfiable},
        {"bytes=5-4", whole},
        {"bytes=0-1,3-4", whole},
        {"bytes=a-b", whole},
        {"bytes=", whole},
        {"bytes=-", whole},
        {"lines=0-1", whole},
        {"bytes=18446744073709551616-", whole},
        {"bytes=0-18446744073709551615", part(0, 100)},
    };
    for (const auto &[field, expected] : cases) {
        EXPECT_EQ(choose_range(field, 100), expected) << field;
    }
    EXPECT_EQ(choose_range("bytes=0-", 0), unsatisfiable);
    EXPECT_EQ(choose_range("bytes=-5", 0), unsatisfiable);
}

} // namespace
} // namespace studio::renderer::http
