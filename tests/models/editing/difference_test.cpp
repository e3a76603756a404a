// SPDX-License-Identifier: Apache-2.0
#include "models/editing/describe_change.h"
#include "models/editing/difference.h"
#include "tests/models/fixture.h"

#include <gtest/gtest.h>

using namespace studio::models;

namespace {

std::string summary(const Json &before, const Json &after) {
    static constexpr const char *names[] = {"added", "removed", "changed", "moved"};
    std::string text;
    for (const auto &change : difference(before, after)) {
        text += std::string(names[static_cast<int>(change.kind)]) + change.pointer + " " +
                change.before.dump() + ">" + change.after.dump() + "; ";
    }
    return text;
}

std::string summary(const char *before, const char *after) {
    return summary(Json::parse(before), Json::parse(after));
}

Documents documents_with(const char *content) {
    Documents documents;
    documents.content = Json::parse(content);
    return documents;
}

} // namespace

TEST(Difference, IsEmptyForEqualDocumentsWhateverTheOrderOfKeys) {
    EXPECT_EQ(summary(R"({"a":1,"b":{"c":[1,2]}})", R"({"b":{"c":[1,2]},"a":1.0})"), "");
    EXPECT_TRUE(difference(reference_documents(), reference_documents()).empty());
}

TEST(Difference, NamesFieldsThatWereAddedRemovedAndChanged) {
    EXPECT_EQ(summary(R"({"a":1,"b":2,"o":{"x":1}})", R"({"a":3,"c":4,"o":{"x":"1"}})"),
              R"(removed/b 2>null; changed/a 1>3; added/c null>4; changed/o/x 1>"1"; )");
}

TEST(Difference, EscapesKeysInPointers) {
    EXPECT_EQ(summary(R"({"a/b~c":1})", R"({"a/b~c":2})"), "changed/a~1b~0c 1>2; ");
}

TEST(Difference, ComparesListsOfObjectsById) {
    EXPECT_EQ(summary(R"([{"id":"a","n":1},{"id":"b","n":1},{"id":3,"n":1}])",
                      R"([{"id":"b","n":2},{"id":3,"n":1},{"id":"c"}])"),
              R"(removed/0 {"id":"a","n":1}>null; changed/0/n 1>2; added/2 null>{"id":"c"}; )");
}

TEST(Difference, ReportsTheFewestMovedElements) {
    EXPECT_EQ(summary(R"([{"id":1},{"id":2},{"id":3},{"id":4}])", R"([{"id":4},{"id":1},{"id":2},{"id":3}])"),
              "moved/0 3>0; ");
    EXPECT_EQ(summary(R"([{"id":1},{"id":2},{"id":3}])", R"([{"id":2},{"id":1,"x":1},{"id":3}])"),
              "moved/1 0>1; added/1/x null>1; ");
}

TEST(Difference, ComparesOtherListsAsAWhole) {
    EXPECT_EQ(summary(R"({"l":["a","b"]})", R"({"l":["b","a"]})"), R"(changed/l ["a","b"]>["b","a"]; )");
    EXPECT_EQ(summary(R"([{"id":1},{"id":1}])", R"([{"id":1}])"),
              R"(changed [{"id":1},{"id":1}]>[{"id":1}]; )");
    EXPECT_EQ(summary(R"([{"name":"x"}])", R"([{"name":"y"}])"),
              R"(changed [{"name":"x"}]>[{"name":"y"}]; )");
}

TEST(Describe, SpeaksOfFieldsAsAPersonDoes) {
    const Documents before = documents_with(
        R"({"tagline":"Old","services":[{"id":"d","name":"Dinner Date","price":1500},{"id":"t","name":"Travel"}],"ageGate":{"enabled":true},"gone":"x"})");
    const Documents after = documents_with(
        R"({"tagline":"","services":[{"id":"n","name":"New"},{"id":"d","name":"Dinner Date","price":16000.5}],"ageGate":{"enabled":false},"seo":{"ogImage":"/media/a.jpg"}})");
    std::vector<std::string> lines;
    for (const auto &change : difference(before, after)) {
        lines.push_back(describe(change, before, after));
    }
    EXPECT_EQ(lines, (std::vector<std::string>{"Gone: “x” removed", "Tagline: “Old” → nothing",
                                               "Services › Travel removed", "Services › New added",
                                               "Services › Dinner Date › Price: 1,500 → 16,000.5",
                                               "18+ gate › Enabled: yes → no", "Search engines added"}));
}

TEST(Describe, APhotoThatTakesAnothersPlaceIsOneLineWithoutAddressesAndMeasures) {
    const auto photos = [](const char *hash, const char *alt, int width) {
        Documents documents = documents_with("{}");
        const std::string url = std::string("/media/e49101d6c093ace6f44458/") + hash;
        documents.photos = {
            {"hero",
             {{"control",
               {{"url", url + "-1600.jpg"},
                {"alt", alt},
                {"width", width},
                {"placeholder", hash},
                {"luminance", {{"phone", width / 4000.0}, {"desktop", 0.3}}},
                {"derivatives", Json::array({Json{{"url", url + "-480.webp"}, {"width", 480}}})}}}}}};
        return documents;
    };
    const auto old = photos("226a2bbd", "Folds of silk", 1920),
               now = photos("cc7ea0ec", "A white circle", 2560);
    EXPECT_EQ(describe_all(old, now),
              (std::vector<std::string>{"Hero photo: another photo (“A white circle”)"}));
    EXPECT_EQ(describe_all(old, photos("226a2bbd", "Silk", 1920)),
              (std::vector<std::string>{"Hero photo › Alt text: “Folds of silk” → “Silk”"}));
    EXPECT_EQ(describe_all(old, photos("226a2bbd", "Folds of silk", 2560)),
              (std::vector<std::string>{"Hero photo: its files were made again"}));
    auto moved = old;
    moved.photos["hero"]["control"]["focalPoint"] = {{"x", 0.2}, {"y", 0.4}};
    EXPECT_EQ(describe_all(old, moved), (std::vector<std::string>{"Hero photo: another focal point"}));
}

TEST(Describe, AnAddressOfAPhotoIsAPhotoToAPerson) {
    const Documents before = documents_with(R"({"seo":{"ogImage":""}})");
    const Documents one = documents_with(R"({"seo":{"ogImage":"/media/a/1.jpg"}})");
    const Documents other = documents_with(R"({"seo":{"ogImage":"/media/a/2.jpg"}})");
    EXPECT_EQ(describe_all(before, one),
              (std::vector<std::string>{"Search engines › Image for shared links: nothing → a photo"}));
    EXPECT_EQ(describe_all(one, other),
              (std::vector<std::string>{"Search engines › Image for shared links: another photo"}));
}

TEST(Describe, NamesMovesAndColours) {
    Documents before = documents_with(R"({"services":[{"id":"a","name":"A"},{"id":"b","name":"B"}]})");
    Documents after = documents_with(R"({"services":[{"id":"b","name":"B"},{"id":"a","name":"A"}]})");
    before.theme = {{"colors", {{"textLight", "#111111"}}}};
    after.theme = {{"colors", {{"textLight", "#222222"}}}};
    const auto changes = difference(before, after);
    ASSERT_EQ(changes.size(), 2U);
    EXPECT_EQ(describe(changes[0], before, after), "Colours › Light text: #111111 → #222222");
    EXPECT_EQ(describe(changes[1], before, after), "Services › A moved from position 1 to 2");
}
