// SPDX-License-Identifier: Apache-2.0
#include "models/documents/content.h"
#include "models/editing/merge.h"
#include "models/editing/missing_ids.h"
#include "models/tenant/site_template.h"

#include <gtest/gtest.h>

namespace studio::models {
namespace {

Json rate(const char *duration, int price, const char *id = nullptr) {
    Json json{{"duration", duration}, {"price", price}};
    if (id) {
        json["id"] = id;
    }
    return json;
}

Documents with_rates(Json rates) {
    Documents documents;
    documents.theme = documents.photos = Json::object();
    documents.content = {{"name", "Ada"}, {"pricing", {{"customRates", std::move(rates)}}}};
    return documents;
}

std::vector<std::string> durations(const Documents &documents) {
    std::vector<std::string> list;
    for (const CustomRate &each : read_content(documents.content).pricing.custom_rates) {
        list.push_back(each.duration);
    }
    return list;
}

using Names = std::vector<std::string>;

TEST(MissingIds, AreGivenByPositionPastThoseThatAreTaken) {
    Json content = {{"services", {{{"name", "a"}}, {{"name", "b"}, {"id", "service-1"}}}},
                    {"pricing", {{"customRates", {rate("x", 1), rate("y", 2)}}}}};
    add_missing_ids(content);
    EXPECT_EQ(content["services"][0]["id"], "service-2");
    EXPECT_EQ(content["services"][1]["id"], "service-1");
    EXPECT_EQ(content["pricing"]["customRates"][1]["id"], "rate-2");
    const Json once = content;
    add_missing_ids(content);
    EXPECT_EQ(content, once);
}

TEST(MissingIds, FollowTheEqualElementOfTheCommonRevision) {
    Json like = with_rates({rate("a", 1, "rate-1"), rate("b", 2, "rate-2")}).content;
    Json moved = with_rates({rate("b", 2), rate("new", 3)}).content;
    add_missing_ids(moved, like);
    EXPECT_EQ(moved["pricing"]["customRates"][0]["id"], "rate-2");
    EXPECT_NE(moved["pricing"]["customRates"][1]["id"], "rate-2");
}

TEST(MissingIds, LeaveWhatIsNoListAlone) {
    for (Json content : {Json(), Json("text"), Json{{"services", 3}, {"pricing", "free"}},
                         Json{{"services", {1, "x", nullptr}}}}) {
        const Json before = content;
        add_missing_ids(content);
        EXPECT_EQ(content, before);
    }
}

// Two people change different rates of documents that were written without ids.
TEST(MergeOfRates, KeepsBothPeoplesChanges) {
    const Documents base = with_rates({rate("a", 1), rate("b", 2)});
    const auto result =
        merge(base, with_rates({rate("a", 10), rate("b", 2)}), with_rates({rate("a", 1), rate("b", 20)}));
    EXPECT_TRUE(result.conflicts.empty());
    const auto rates = read_content(result.merged.content).pricing.custom_rates;
    ASSERT_EQ(rates.size(), 2U);
    EXPECT_EQ(rates[0].price, Money{1000});
    EXPECT_EQ(rates[1].price, Money{2000});
}

TEST(MergeOfRates, KeepsTwoNewOnes) {
    const Documents base = with_rates({rate("a", 1)});
    const auto result = merge(base, with_rates({rate("a", 1), rate("mine", 2, "rate-k3f7q2xa")}),
                              with_rates({rate("a", 1), rate("theirs", 3, "rate-9sd0f8g7")}));
    EXPECT_TRUE(result.conflicts.empty());
    EXPECT_EQ(durations(result.merged).size(), 3U);
}

TEST(MergeOfRates, RemovesWhatOneRemovedWhileTheOtherAdds) {
    const Documents base = with_rates({rate("a", 1), rate("b", 2), rate("c", 3)});
    const auto result = merge(base, with_rates({rate("b", 2), rate("c", 3)}),
                              with_rates({rate("a", 1), rate("b", 2), rate("c", 3), rate("d", 4, "rate-x")}));
    EXPECT_TRUE(result.conflicts.empty());
    EXPECT_EQ(durations(result.merged), (Names{"b", "c", "d"}));
}

TEST(MergeOfRates, KeepsAnOrderAndAPrice) {
    const Documents base = with_rates({rate("a", 1), rate("b", 2)});
    const auto result =
        merge(base, with_rates({rate("b", 2), rate("a", 1)}), with_rates({rate("a", 1), rate("b", 20)}));
    EXPECT_EQ(durations(result.merged), (Names{"b", "a"}));
}

TEST(MergeOfRates, ConflictsAtOneRateAndNotOverTheWholeList) {
    const Documents base = with_rates({rate("a", 1), rate("b", 2)});
    const auto result =
        merge(base, with_rates({rate("a", 10), rate("b", 2)}), with_rates({rate("a", 11), rate("b", 2)}));
    ASSERT_EQ(result.conflicts.size(), 1U);
    EXPECT_EQ(result.conflicts[0].pointer, "/content/pricing/customRates/0/price");
}

TEST(SiteTemplates, HaveIdsForEveryServiceAndRate) {
    for (const SiteTemplate &each : site_templates()) {
        Json content = each.documents.content;
        add_missing_ids(content);
        EXPECT_EQ(content, each.documents.content) << each.slug;
    }
}

} // namespace
} // namespace studio::models
