// SPDX-License-Identifier: Apache-2.0
#include "models/editing/edit.h"
#include "models/editing/field_path.h"
#include "tests/models/fixture.h"

#include <gtest/gtest.h>

#include <random>

using namespace studio::models;

namespace {

using Kind = Edit::Kind;

Documents sample() {
    Documents documents;
    documents.content = Json::parse(
        R"({"name":"Claire","services":[{"id":"dinner","price":1},{"id":7,"price":2},{"id":"travel"}],"seo":{"title":"t"},"gone":null})");
    return documents;
}

Edit edit(Kind kind, const std::string &pointer, Json value = nullptr, std::size_t to = 0) {
    return {kind, DocumentKind::Content, pointer, std::move(value), to};
}

} // namespace

TEST(Edit, SetReplacesAndMakesMissingObjects) {
    Documents documents = sample();
    apply(documents, edit(Kind::Set, "/services/1/price", 9));
    apply(documents, edit(Kind::Set, "/location/geo/city", "Sydney"));
    EXPECT_EQ(documents.content["services"][1]["price"], 9);
    EXPECT_EQ(documents.content["location"]["geo"]["city"], "Sydney");
}

TEST(Edit, EachKindIsUndoneToTheVeryOrderOfKeys) {
    const Edit edits[] = {edit(Kind::Set, "/name", "Sophie"),
                          edit(Kind::Set, "/a/b/c", 1),
                          edit(Kind::Set, "/gone/deep", 1),
                          edit(Kind::Set, "/services/0/new", true),
                          edit(Kind::Set, "", Json::object()),
                          edit(Kind::Remove, "/name"),
                          edit(Kind::Remove, "/gone"),
                          edit(Kind::Remove, "/services/0"),
                          edit(Kind::Remove, "/services/1/id"),
                          edit(Kind::Insert, "/services/1", Json{{"id", "x"}}),
                          edit(Kind::Insert, "/services/-", "last"),
                          edit(Kind::Move, "/services/0", nullptr, 2),
                          edit(Kind::Move, "/services/2", nullptr, 0)};
    for (const auto &step : edits) {
        Documents documents = sample();
        const Edit undo = apply(documents, step);
        const std::string changed = documents.content.dump();
        EXPECT_NE(changed, sample().content.dump()) << step.pointer;
        const Edit redo = apply(documents, undo);
        EXPECT_EQ(documents.content.dump(), sample().content.dump()) << step.pointer;
        apply(documents, redo);
        EXPECT_EQ(documents.content.dump(), changed) << step.pointer;
    }
}

TEST(Edit, RefusesWhatLeadsNowhereAndLeavesTheDocumentsAlone) {
    const Edit edits[] = {edit(Kind::Set, "name", 1),
                          edit(Kind::Set, "/name/first", 1),
                          edit(Kind::Set, "/services/3", 1),
                          edit(Kind::Set, "/services/dinner/price", 1),
                          edit(Kind::Set, "/services/01/price", 1),
                          edit(Kind::Set, "/a~2b", 1),
                          edit(Kind::Remove, ""),
                          edit(Kind::Remove, "/none"),
                          edit(Kind::Remove, "/services/3"),
                          edit(Kind::Insert, "/services/4", 1),
                          edit(Kind::Insert, "/seo/x", 1),
                          edit(Kind::Insert, "/none/0", 1),
                          edit(Kind::Move, "/services/0", nullptr, 3),
                          edit(Kind::Move, "/services/3", nullptr, 0),
                          edit(Kind::Move, "/name", nullptr, 0)};
    for (const auto &step : edits) {
        Documents documents = sample();
        EXPECT_THROW(apply(documents, step), EditError) << step.pointer;
        EXPECT_EQ(documents, sample()) << step.pointer;
    }
}

TEST(Edit, AThousandRandomEditsAreUndoneInReverse) {
    std::mt19937 random(11);
    const std::vector<std::string> pointers = {"/name",       "/services/0", "/services/1/price",
                                               "/services/-", "/services/2", "/seo/title",
                                               "/seo",        "/x/y",        "/services/0/id"};
    Documents documents = sample();
    std::vector<Edit> undo;
    for (int round = 0; round < 1000; ++round) {
        const Edit step = edit(static_cast<Kind>(random() % 4), pointers[random() % pointers.size()],
                               Json{{"n", random() % 100}}, random() % 4);
        const Documents before = documents;
        try {
            undo.push_back(apply(documents, step));
        } catch (const EditError &) {
            ASSERT_EQ(documents, before);
        }
    }
    EXPECT_GT(undo.size(), 100U);
    for (auto step = undo.rbegin(); step != undo.rend(); ++step) {
        apply(documents, *step);
    }
    EXPECT_EQ(documents.content.dump(), sample().content.dump());
}

TEST(FieldPath, FindsFieldsByNameIndexAndId) {
    const Documents documents = sample();
    const auto pointer = [&](const std::string &path) {
        const auto found = parse_field_path(documents, path);
        return found ? std::string(to_string(found->document)) + ":" + found->pointer : std::string("none");
    };
    EXPECT_EQ(pointer("theme.colors.primary"), "theme:/colors/primary");
    EXPECT_EQ(pointer("content.services[1].price"), "content:/services/1/price");
    EXPECT_EQ(pointer("content.services.dinner.price"), "content:/services/0/price");
    EXPECT_EQ(pointer("content.services.7.price"), "content:/services/1/price");
    EXPECT_EQ(pointer("content.services.2"), "content:/services/2");
    EXPECT_EQ(pointer("photos"), "photos:");
    EXPECT_EQ(pointer("content.a/b"), "content:/a~1b");
}

TEST(FieldPath, RefusesOtherDocumentsAndMalformedPaths) {
    for (const char *path : {"", "colors.primary", "theme..x", "theme.", ".theme", "content.services[",
                             "content.services[x]", "content.services[0]price", "theme[0]x"}) {
        EXPECT_FALSE(parse_field_path(sample(), path)) << path;
    }
}
