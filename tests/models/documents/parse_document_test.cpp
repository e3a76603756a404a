// SPDX-License-Identifier: Apache-2.0
#include "models/documents/content.h"
#include "models/documents/parse_document.h"
#include "models/documents/photos.h"
#include "models/documents/theme.h"
#include "models/documents/validate_content.h"
#include "models/documents/validate_documents.h"
#include "models/documents/validate_photos.h"
#include "models/documents/validate_theme.h"
#include "models/documents/write_content.h"
#include "tests/models/fixture.h"
#include "tests/models/issues.h"

#include <gtest/gtest.h>

#include <chrono>
#include <limits>

using namespace studio::models;

namespace {

std::string refusal(const std::string &text) {
    const ParsedDocument parsed = parse_document(text);
    EXPECT_TRUE(parsed.document.is_null());
    if (parsed.issues.size() != 1) {
        return listed(parsed.issues);
    }
    EXPECT_EQ(parsed.issues[0].pointer, "");
    return parsed.issues[0].message;
}

} // namespace

TEST(ParseDocument, KeepsTheOrderOfKeysAndSkipsAByteOrderMark) {
    const ParsedDocument parsed = parse_document("\xEF\xBB\xBF{\"z\":1,\"a\":{\"y\":2,\"b\":3}}");
    EXPECT_TRUE(parsed.issues.empty()) << listed(parsed.issues);
    EXPECT_EQ(parsed.document.dump(), R"({"z":1,"a":{"y":2,"b":3}})");
}

TEST(ParseDocument, NamesLineAndColumnOfWhatIsWrong) {
    EXPECT_NE(refusal("{\n  \"a\": 1,\n  \"b\" 2\n}").find("line 3, column 7"), std::string::npos);
    EXPECT_NE(refusal("").find("line 1, column 1"), std::string::npos);
    EXPECT_NE(refusal("{\"a\":\"\n\xff\"}").find("line 2, column 1"), std::string::npos);
}

TEST(ParseDocument, RefusesWhatIsNoJson) {
    for (const char *text :
         {"{", "[1,]", "{\"a\":NaN}", "{\"a\":Infinity}", "{'a':1}", "{\"a\":1}x", "{\"a\":\"\\ud800\"}",
          "// comment\n{}", "{\"a\":01}", "{\"a\":\"\t\"}", "\x01"}) {
        EXPECT_NE(refusal(text).find("not valid JSON"), std::string::npos) << text;
    }
}

TEST(ParseDocument, RefusesInvalidUtf8) {
    for (const char *bytes :
         {"\x80", "\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xF5", "\xE2\x82"}) {
        EXPECT_NE(refusal(std::string("{\"a\":\"") + bytes + "\"}").find("UTF-8"), std::string::npos);
    }
}

TEST(ParseDocument, RefusesHugeNumbersDuplicateNamesAndDeepNesting) {
    EXPECT_NE(refusal("{\"a\":1e999}").find("too large"), std::string::npos);
    EXPECT_NE(refusal("{\"a\":1,\"a\":2}").find("appears twice"), std::string::npos);
    EXPECT_NE(refusal("{\"x\":[{\"a\":1,\"b\":{\"a\":1},\"a\":2}]}").find("\"a\""), std::string::npos);
    EXPECT_NE(refusal(std::string(33, '[') + std::string(33, ']')).find("deeper than 32"), std::string::npos);
    EXPECT_TRUE(parse_document(std::string(32, '[') + std::string(32, ']')).issues.empty());
    EXPECT_TRUE(parse_document("{\"a\":\"" + std::string(100, '[') + "\"}").issues.empty());
}

TEST(ParseDocument, RefusesTenMegabytesAndNestingBombsAtOnce) {
    const std::string big = "{\"bio\":\"" + std::string(10'000'000, 'x') + "\"}";
    const std::string bomb(1'000'000, '[');
    const auto start = std::chrono::steady_clock::now();
    EXPECT_NE(refusal(big).find("at most 1024 KB"), std::string::npos);
    EXPECT_NE(refusal(bomb).find("deeper than 32"), std::string::npos);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(200));
}

TEST(Validators, RefuseHostileValuesThatNeverWereText) {
    Json big = {{"name", "x"}, {"bio", std::string(10'000'000, 'x')}};
    EXPECT_TRUE(has_issue(validate_content(big), Severity::Error, "", "larger than 1024 KB"));
    Json deep = Json::object();
    for (int level = 0; level < 40; ++level) {
        deep = Json{{"a", std::move(deep)}};
    }
    EXPECT_TRUE(has_errors(validate_photos(deep)));
    const Json not_a_number = {{"borderRadius", std::numeric_limits<double>::quiet_NaN()}};
    EXPECT_TRUE(has_issue(validate_theme(not_a_number), Severity::Error, "/borderRadius", "finite"));
    const Json bad_key = {{"name", "x"}, {"a\x01", 1}};
    EXPECT_TRUE(has_errors(validate_content(bad_key)));
}

TEST(Readers, AcceptAnyShapeAtAnyField) {
    const Json shapes[] = {nullptr,
                           true,
                           1,
                           -1.5,
                           1e308,
                           "",
                           "\xff",
                           Json::array({nullptr, 1, "x", Json::object()}),
                           Json{{"id", Json::array()}, {"url", 1}, {"price", "x"}}};
    const Documents documents = reference_documents();
    const auto pointers = [](const Json &document) {
        std::vector<std::string> all;
        const Json flat = document.flatten();
        for (const auto &[pointer, value] : flat.items()) {
            for (std::string part = pointer; !part.empty(); part = part.substr(0, part.rfind('/'))) {
                all.push_back(part);
            }
        }
        return all;
    };
    for (const auto &shape : shapes) {
        for (const auto &pointer : pointers(documents.theme)) {
            EXPECT_NO_THROW(write_theme(read_theme(with(documents.theme, pointer, shape)), shape)) << pointer;
        }
        for (const auto &pointer : pointers(documents.content)) {
            EXPECT_NO_THROW(write_content(read_content(with(documents.content, pointer, shape)), shape))
                << pointer;
        }
        for (const auto &pointer : pointers(documents.photos)) {
            EXPECT_NO_THROW(write_photos(read_photos(with(documents.photos, pointer, shape)), shape))
                << pointer;
        }
        EXPECT_NO_THROW(validate(Documents{shape, shape, shape}));
    }
}
