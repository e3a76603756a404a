// SPDX-License-Identifier: Apache-2.0
#include "models/editing/difference.h"
#include "models/editing/merge.h"
#include "models/json/json_pointer.h"
#include "tests/models/fixture.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

using namespace studio::models;

namespace {

Documents content(const char *text) {
    Documents documents;
    documents.content = Json::parse(text);
    return documents;
}

std::string merged_text(const char *base, const char *mine, const char *theirs) {
    const MergeResult result = merge(content(base), content(mine), content(theirs));
    std::string text = result.merged.content.dump();
    for (const auto &conflict : result.conflicts) {
        text += " !" + conflict.pointer;
    }
    return text;
}

// A content document after some random changes.
Documents changed(Documents documents, std::mt19937 &random) {
    for (int count = static_cast<int>(random() % 5); count > 0; --count) {
        Json &services = documents.content["services"]; // read again: removing a key moves the later ones
        const std::size_t at = services.empty() ? 0 : random() % services.size();
        switch (random() % 7) {
        case 0:
            documents.content["name"] = random() % 3;
            break;
        case 1:
            documents.theme["colors"]["primary"] = random() % 3;
            break;
        case 2:
            services.push_back({{"id", 100 + random() % 5}, {"price", random() % 3}});
            break;
        case 3:
            if (!services.empty()) {
                services[at]["price"] = random() % 3;
            }
            break;
        case 4:
            if (!services.empty()) {
                services.erase(at);
            }
            break;
        case 5:
            if (!services.empty()) {
                std::rotate(services.begin(), services.begin() + static_cast<long>(at), services.end());
            }
            break;
        default:
            documents.content.erase("tagline");
            break;
        }
    }
    return documents;
}

Documents start() {
    Documents documents = content(
        R"({"name":"n","tagline":"t","services":[{"id":1,"price":9},{"id":2,"price":9},{"id":"three","price":9},{"id":4}]})");
    documents.theme = {{"colors", {{"primary", 9}}}};
    return documents;
}

std::set<std::string> places(const MergeResult &result) {
    std::set<std::string> all;
    for (const auto &conflict : result.conflicts) {
        all.insert(Json(conflict.path).dump());
    }
    return all;
}

// Ignores order of keys and of lists.
std::string canonical(const Json &value) {
    if (!value.is_structured()) {
        return value.dump();
    }
    std::multiset<std::string> parts;
    for (const auto &[key, child] : value.items()) {
        parts.insert(value.is_object() ? key + ":" + canonical(child) : canonical(child));
    }
    std::string text = "(";
    for (const auto &part : parts) {
        text += part + ",";
    }
    return text + ")";
}

std::string canonical(const Documents &documents) {
    return canonical(documents.theme) + canonical(documents.content) + canonical(documents.photos);
}

} // namespace

TEST(Merge, KeepsTheChangesOfBothSides) {
    EXPECT_EQ(merged_text(R"({"a":1,"b":1,"c":1})", R"({"a":2,"b":1,"c":1,"m":1})", R"({"a":1,"b":3,"t":1})"),
              R"({"a":2,"b":3,"m":1,"t":1})");
}

TEST(Merge, ReportsWhatBothChangedAndHoldsMineThere) {
    const MergeResult result =
        merge(content(R"({"a":{"x":1}})"), content(R"({"a":{"x":2}})"), content(R"({"a":{"x":3}})"));
    ASSERT_EQ(result.conflicts.size(), 1U);
    EXPECT_EQ(result.conflicts[0].pointer, "/content/a/x");
    EXPECT_EQ(result.conflicts[0].base, 1);
    EXPECT_EQ(result.conflicts[0].mine, 2);
    EXPECT_EQ(result.conflicts[0].theirs, 3);
    EXPECT_EQ(result.merged.content, Json::parse(R"({"a":{"x":2}})"));
}

TEST(Merge, TheSameChangeOnBothSidesIsNoConflict) {
    EXPECT_EQ(merged_text(R"({"a":1})", R"({"a":2})", R"({"a":2})"), R"({"a":2})");
    EXPECT_EQ(merged_text(R"({"a":1})", R"({})", R"({})"), R"({})");
}

TEST(Merge, AChangedFieldThatTheOtherRemovedIsAConflict) {
    EXPECT_EQ(merged_text(R"({"a":1})", R"({})", R"({"a":2})"), R"({} !/content/a)");
    EXPECT_EQ(merged_text(R"({"a":1})", R"({"a":2})", R"({})"), R"({"a":2} !/content/a)");
}

TEST(Merge, ListsAreMergedById) {
    EXPECT_EQ(merged_text(R"({"l":[{"id":1,"x":1},{"id":2,"x":1}]})",
                          R"({"l":[{"id":1,"x":2},{"id":2,"x":1},{"id":"m"}]})",
                          R"({"l":[{"id":"t"},{"id":1,"x":1},{"id":2,"x":3}]})"),
              R"({"l":[{"id":"t"},{"id":1,"x":2},{"id":2,"x":3},{"id":"m"}]})");
    EXPECT_EQ(merged_text(R"({"l":[{"id":1},{"id":2}]})", R"({"l":[{"id":2}]})",
                          R"({"l":[{"id":1},{"id":2,"x":1}]})"),
              R"({"l":[{"id":2,"x":1}]})");
}

TEST(Merge, AMoveAndAnEditOfOneElementBothStay) {
    EXPECT_EQ(merged_text(R"({"l":[{"id":1},{"id":2},{"id":3}]})", R"({"l":[{"id":3},{"id":1},{"id":2}]})",
                          R"({"l":[{"id":1},{"id":2},{"id":3,"x":1}]})"),
              R"({"l":[{"id":3,"x":1},{"id":1},{"id":2}]})");
}

TEST(Merge, TwoOrdersOfOneListAreAConflictThatReordersWhenResolved) {
    MergeResult result = merge(content(R"({"l":[{"id":1},{"id":2},{"id":3,"x":1}]})"),
                               content(R"({"l":[{"id":3,"x":2},{"id":1},{"id":2}]})"),
                               content(R"({"l":[{"id":2},{"id":1},{"id":3,"x":1}]})"));
    ASSERT_EQ(result.conflicts.size(), 1U);
    EXPECT_EQ(result.conflicts[0].pointer, "/content/l");
    EXPECT_EQ(result.merged.content.dump(), R"({"l":[{"id":3,"x":2},{"id":1},{"id":2}]})");
    resolve(result.merged, result.conflicts[0], MergeSide::Theirs);
    EXPECT_EQ(result.merged.content.dump(), R"({"l":[{"id":2},{"id":1},{"id":3,"x":2}]})");
}

TEST(Merge, TheirsIsTakenWholeWhereTheBaseHasADoubledOrMissingId) {
    for (const char *base : {R"({"l":[{"id":1},{"id":1}]})", R"({"l":[{"id":1},{"x":2}]})"}) {
        MergeResult result = merge(content(base), content(R"({"l":[{"id":1},{"id":2,"x":1}]})"),
                                   content(R"({"l":[{"id":1},{"id":2,"x":5},{"id":3}]})"));
        ASSERT_EQ(result.conflicts.size(), 1U);
        resolve(result.merged, result.conflicts[0], MergeSide::Theirs);
        EXPECT_EQ(result.merged.content.dump(), R"({"l":[{"id":1},{"id":2,"x":5},{"id":3}]})");
    }
}

TEST(Merge, ListsWithoutIdsConflictAsAWhole) {
    EXPECT_EQ(merged_text(R"({"l":["a"]})", R"({"l":["a","m"]})", R"({"l":["a","t"]})"),
              R"({"l":["a","m"]} !/content/l)");
}

TEST(Merge, ConflictsInOneListAreResolvedInAnyOrder) {
    const auto conflict_of = [] {
        return merge(content(R"({"l":[{"id":1,"x":1},{"id":2,"x":1},{"id":3,"x":1}]})"),
                     content(R"({"l":[{"id":3,"x":2}]})"),
                     content(R"({"l":[{"id":1,"x":5},{"id":2,"x":6},{"id":3,"x":7}]})"));
    };
    MergeResult forward = conflict_of();
    ASSERT_EQ(forward.conflicts.size(), 3U);
    MergeResult backward = forward;
    for (const auto &conflict : forward.conflicts) {
        resolve(forward.merged, conflict, MergeSide::Theirs);
    }
    std::reverse(backward.conflicts.begin(), backward.conflicts.end());
    for (const auto &conflict : backward.conflicts) {
        resolve(backward.merged, conflict, MergeSide::Theirs);
    }
    EXPECT_EQ(canonical(forward.merged), canonical(backward.merged));
    EXPECT_EQ(canonical(forward.merged),
              canonical(content(R"({"l":[{"id":1,"x":5},{"id":2,"x":6},{"id":3,"x":7}]})")));
}

TEST(Merge, WithOneSideUnchangedGivesTheOther) {
    std::mt19937 random(3);
    for (int round = 0; round < 500; ++round) {
        const Documents base = changed(start(), random);
        const Documents other = changed(base, random);
        const MergeResult mine = merge(base, other, base);
        const MergeResult theirs = merge(base, base, other);
        EXPECT_EQ(mine.merged, other);
        EXPECT_EQ(theirs.merged, other);
        EXPECT_TRUE(mine.conflicts.empty());
        EXPECT_TRUE(theirs.conflicts.empty());
        EXPECT_EQ(difference(base, other).empty(), difference(other, base).empty());
    }
}

TEST(Merge, ConflictsAreTheSameFromEitherSideAndEverySideCanBeTaken) {
    std::mt19937 random(5);
    int conflicts = 0;
    for (int round = 0; round < 2000; ++round) {
        const Documents base = start();
        const Documents one = changed(base, random);
        const Documents two = changed(base, random);
        MergeResult forward = merge(base, one, two);
        const MergeResult backward = merge(base, two, one);
        ASSERT_EQ(places(forward), places(backward));
        conflicts += static_cast<int>(forward.conflicts.size());
        for (const auto &conflict : forward.conflicts) {
            resolve(forward.merged, conflict, MergeSide::Theirs);
        }
        ASSERT_EQ(canonical(forward.merged), canonical(backward.merged));
    }
    EXPECT_GT(conflicts, 200);
}
