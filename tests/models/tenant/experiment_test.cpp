// SPDX-License-Identifier: Apache-2.0
#include "models/tenant/experiment.h"

#include <gmock/gmock.h>

namespace studio::models {

namespace {

Documents documents() {
    Documents documents;
    documents.theme = {{"colors", {{"primary", "#112233"}}}, {"layout", "elegant"}, {"own", 1}};
    documents.content = {{"name", "Ada"}, {"cta", {{"label", "Book"}, {"own", 2}}}};
    documents.photos = {
        {"hero",
         {{"control", "/media/control.jpg"},
          {"variants", {{{"id", "a"}, {"url", "/media/a.jpg"}, {"weight", 0.5}, {"alt", "A view"}}}}}},
        {"gallery",
         {{{"id", "one"}, {"url", "/media/one.jpg"}, {"alt", "1"}, {"own", 3}},
          {{"id", "two"}, {"url", "/media/two.jpg"}, {"alt", "2"}},
          {{"id", "three"}, {"url", "/media/three.jpg"}, {"alt", "3"}}}}};
    return documents;
}

Experiment experiment(ExperimentElement element, const Json &config) {
    Experiment test;
    test.name = "Test";
    test.element = element;
    test.variants = {{"control", "Control", 0.5, Json::object()}, {"v", "Variant", 0.5, config}};
    return test;
}

Documents applied(ExperimentElement element, const Json &config) {
    const Experiment test = experiment(element, config);
    Documents changed = documents();
    apply_variant(test, test.variants[1], changed);
    return changed;
}

TEST(Experiment, TheControlLeavesThePageAsPublishedWithoutVariants) {
    const Experiment test = experiment(ExperimentElement::HeroPhoto, {{"variant", "a"}});
    Documents changed = documents();
    apply_variant(test, test.variants[0], changed);
    EXPECT_EQ(read_photos(changed.photos).hero.control.url, "/media/control.jpg");
    EXPECT_TRUE(read_photos(changed.photos).hero.variants.empty());
    EXPECT_EQ(changed.theme, documents().theme);
    EXPECT_EQ(changed.content, documents().content);
}

std::vector<std::string> weight_problems(std::vector<double> weights) {
    Experiment test = experiment(ExperimentElement::CallToAction, {{"label", "Ask"}});
    test.variants.clear();
    for (std::size_t at = 0; at < weights.size(); ++at) {
        test.variants.push_back(
            {"variant-" + std::to_string(at), "Variant", weights[at], Json{{"label", "Ask"}}});
    }
    std::vector<std::string> problems;
    for (const auto &issue : validate_experiment(test)) {
        problems.push_back(issue.message);
    }
    return problems;
}

TEST(Experiment, SharesThatAreMeantToBeEqualAreTaken) {
    for (const std::vector<double> &weights : {std::vector<double>{0.333333, 0.333333, 0.333333},
                                               {0.333, 0.333, 0.333},
                                               {0.333334, 0.333334, 0.333334},
                                               {0.1667, 0.1667, 0.1667, 0.1667, 0.1667, 0.1667},
                                               {0.143, 0.143, 0.143, 0.143, 0.143, 0.143, 0.143},
                                               {0.5, 0.5}}) {
        EXPECT_THAT(weight_problems(weights), testing::IsEmpty());
    }
}

TEST(Experiment, SharesThatAreNotSaySoInFiguresThatShowIt) {
    for (const auto &[weights, figure] : {std::pair(std::vector<double>{0.33, 0.33, 0.33}, "0.99"),
                                          {{0.5, 0.6}, "1.1"},
                                          {{0.5, 0.494}, "0.994"},
                                          {{0.5, 0.505001}, "1.005"},
                                          {{0.1, 0.1}, "0.2"},
                                          {{1, 1}, "2"}}) {
        const auto problems = weight_problems(weights);
        ASSERT_EQ(problems.size(), 1U);
        EXPECT_THAT(problems[0], testing::HasSubstr(std::string("add up to ") + figure));
        EXPECT_THAT(problems[0], testing::Not(testing::HasSubstr("add up to 1:")));
    }
}

TEST(Experiment, AHeroVariantShowsAVariantOrAPhotoOfItsOwn) {
    EXPECT_EQ(read_photos(applied(ExperimentElement::HeroPhoto, {{"variant", "a"}}).photos).hero.control.url,
              "/media/a.jpg");
    const Json photo = {{"url", "/media/other.jpg"}, {"alt", "Another"}};
    const Photo shown =
        read_photos(applied(ExperimentElement::HeroPhoto, {{"photo", photo}}).photos).hero.control;
    EXPECT_EQ(shown.url, "/media/other.jpg");
    EXPECT_EQ(shown.alt, "Another");
    EXPECT_EQ(
        read_photos(applied(ExperimentElement::HeroPhoto, {{"variant", "gone"}}).photos).hero.control.url,
        "/media/control.jpg");
}

TEST(Experiment, AnOrderPutsItsPhotosFirstAndLosesNone) {
    const Documents changed =
        applied(ExperimentElement::GalleryOrder, {{"order", {"three", "gone", "one", "three"}}});
    std::string ids;
    for (const Json &photo : changed.photos["gallery"]) {
        ids += photo["id"].get<std::string>() + " ";
    }
    EXPECT_EQ(ids, "three one two ");
    EXPECT_EQ(changed.photos["gallery"][1]["own"], 3) << "unknown keys stay";
}

TEST(Experiment, CallToActionAndLayoutChangeOneField) {
    Documents expected = documents();
    expected.content["cta"]["label"] = "Write to me";
    EXPECT_EQ(applied(ExperimentElement::CallToAction, {{"label", "Write to me"}}), expected);
    expected = documents();
    expected.theme["layout"] = "minimal";
    EXPECT_EQ(applied(ExperimentElement::Layout, {{"layout", "minimal"}}), expected);
    EXPECT_EQ(applied(ExperimentElement::Layout, {{"layout", "baroque"}}), documents());
}

TEST(Experiment, VariantsAreReadAsTheyAreWritten) {
    const auto variants = experiment(ExperimentElement::Layout, {{"layout", "modern"}}).variants;
    EXPECT_EQ(read_variants(write_variants(variants)), variants);
    EXPECT_TRUE(read_variants(Json::parse(R"([{"weight":1}, "x", null])")).empty());
    EXPECT_TRUE(read_variants(Json::object()).empty());
}

TEST(Experiment, ValidationNamesThePlace) {
    const auto first = [](const Experiment &test) {
        const ValidationIssues issues = validate_experiment(test, documents());
        return issues.empty() ? std::string("none") : issues[0].pointer;
    };
    Experiment test = experiment(ExperimentElement::HeroPhoto, {{"variant", "a"}});
    EXPECT_EQ(first(test), "none");
    test.variants[1].config = {{"variant", "gone"}};
    EXPECT_EQ(first(test), "/variants/1/config/variant");
    test.variants[1].config = Json::object();
    EXPECT_EQ(first(test), "/variants/1/config/variant");
    test = experiment(ExperimentElement::Layout, {{"layout", "modern"}});
    test.variants[1].weight = 0;
    EXPECT_EQ(first(test), "/variants/1/weight");
    test.variants[1].weight = 0.4;
    EXPECT_EQ(first(test), "/variants");
    test.variants[1] = test.variants[0];
    EXPECT_EQ(first(test), "/variants/1/id");
    test.variants.pop_back();
    EXPECT_EQ(first(test), "/variants");
    test = experiment(ExperimentElement::Layout, {{"layout", "modern"}});
    test.name.clear();
    EXPECT_EQ(first(test), "/name");
    test.name = "Test";
    test.traffic_share = 0;
    EXPECT_EQ(first(test), "/trafficShare");
}

} // namespace

} // namespace studio::models
