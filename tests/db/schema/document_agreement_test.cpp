// SPDX-License-Identifier: Apache-2.0
#include "models/documents/documents.h"
#include "models/documents/validate_documents.h"
#include "models/editing/edit.h"
#include "tests/db/fixtures/sql.h"
#include "tests/support/sample_site.h"
#include "tests/support/test_database.h"

#include <gtest/gtest.h>

#include <set>

namespace studio::db {

namespace {

using models::Json;
using test_support::TestDatabase;

enum class Refused { ByNobody, ByBoth, ByPrograms };

// One change to documents that are right.
struct Odd {
    const char *pointer; // of all three: "/theme/colors/primary"; "/theme" for the whole document
    Json value;
    Refused refused;
};

Json object_variant(const Json &weight) {
    return {{"id", "b"}, {"url", "https://example.com/b.jpg"}, {"weight", weight}};
}

const std::vector<Odd> &odd_documents() {
    using enum Refused;
    static const std::vector<Odd> table{
        {"/theme", nullptr, ByBoth},
        {"/content", Json::array(), ByBoth},
        {"/photos", "x", ByBoth},
        {"/theme/colors", nullptr, ByBoth},
        {"/theme/colors", "red", ByBoth},
        {"/theme/colors", Json::object(), ByNobody},
        {"/theme/colors/primary", nullptr, ByBoth},
        {"/theme/colors/secondary", "#12345", ByBoth},
        {"/theme/colors/accent", "#1234567", ByBoth},
        {"/theme/colors/background", "#FFFFFF", ByNobody},
        {"/theme/colors/text", "#00000g", ByBoth},
        {"/theme/colors/text", "#000000\n", ByBoth},
        {"/theme/colors/textLight", 7, ByBoth},
        {"/theme/colors/success", "", ByBoth},
        {"/theme/colors/error", Json::object(), ByBoth},
        {"/theme/colors/warning", "red", ByBoth},
        {"/theme/colors/muted", "rgb(1, 2, 3)", ByNobody},
        {"/theme/colors/muted", nullptr, ByNobody},
        {"/theme/colors/muted", {{"light", 1}}, ByNobody},
        {"/theme/fonts", nullptr, ByNobody},
        {"/theme/fonts", Json::array(), ByBoth},
        {"/theme/fonts/heading", "Comic Sans MS", ByPrograms},
        {"/theme/layout", nullptr, ByNobody},
        {"/theme/layout", "brutal", ByBoth},
        {"/theme/layout", 1, ByBoth},
        {"/theme/spacing", "", ByBoth},
        {"/theme/spacing", nullptr, ByNobody},
        {"/theme/shadow", true, ByBoth},
        {"/theme/shadow", nullptr, ByNobody},
        {"/theme/borderRadius", 33, ByPrograms},
        {"/theme/customCss", nullptr, ByNobody},
        {"/theme/customCss", Json::array(), ByBoth},
        {"/theme/mood", {{"evening", nullptr}}, ByNobody},
        {"/content/name", nullptr, ByBoth},
        {"/content/name", " \t", ByBoth},
        {"/content/name", 1, ByBoth},
        {"/content/name", std::string(101, 'n'), ByPrograms},
        {"/content/tagline", nullptr, ByNobody},
        {"/content/tagline", false, ByBoth},
        {"/content/bio", nullptr, ByNobody},
        {"/content/bio", 3, ByBoth},
        {"/content/services", nullptr, ByNobody},
        {"/content/services", Json::object(), ByBoth},
        {"/content/services", {{{"name", nullptr}}}, ByPrograms},
        {"/content/pricing", nullptr, ByNobody},
        {"/content/pricing", 500, ByBoth},
        {"/content/pricing/hourly", nullptr, ByNobody},
        {"/content/contact", nullptr, ByNobody},
        {"/content/contact", Json::array(), ByBoth},
        {"/content/socialMedia", nullptr, ByNobody},
        {"/content/socialMedia", "x", ByBoth},
        {"/content/socialMedia/mastodon", nullptr, ByNobody},
        {"/content/testimonials", nullptr, ByNobody},
        {"/content/testimonials", "x", ByBoth},
        {"/content/location", nullptr, ByNobody},
        {"/content/location", "Sydney", ByBoth},
        {"/content/cta", nullptr, ByNobody},
        {"/content/cta", "Book", ByBoth},
        {"/content/consent", nullptr, ByNobody},
        {"/content/consent", true, ByBoth},
        {"/content/ageGate", nullptr, ByNobody},
        {"/content/ageGate", true, ByBoth},
        {"/content/seo", nullptr, ByNobody},
        {"/content/seo", "x", ByBoth},
        {"/content/unknown", {nullptr, 1, "x"}, ByNobody},
        {"/photos/hero", nullptr, ByNobody},
        {"/photos/hero", "/media/x.jpg", ByBoth},
        {"/photos/hero/control", nullptr, ByNobody},
        {"/photos/hero/variants", nullptr, ByNobody},
        {"/photos/hero/variants", Json::object(), ByBoth},
        {"/photos/hero/variants", {"x"}, ByBoth},
        {"/photos/hero/variants", {nullptr}, ByBoth},
        {"/photos/hero/variants", {{{"id", "b"}, {"url", "https://example.com/b.jpg"}}}, ByBoth},
        {"/photos/hero/variants", {object_variant(nullptr)}, ByBoth},
        {"/photos/hero/variants", {object_variant("0.5")}, ByBoth},
        {"/photos/hero/variants", {object_variant(-0.1)}, ByBoth},
        {"/photos/hero/variants", {object_variant(1.1)}, ByBoth},
        {"/photos/hero/variants", {object_variant(1)}, ByNobody},
        {"/photos/hero/fallback", nullptr, ByNobody},
        {"/photos/gallery", nullptr, ByNobody},
        {"/photos/gallery", "x", ByBoth},
        {"/photos/testimonials", nullptr, ByNobody},
        {"/photos/testimonials", Json::object(), ByBoth},
    };
    return table;
}

models::Documents with(const Odd &odd) {
    Json all;
    const auto right = test_support::valid_documents("Ada");
    all["theme"] = right.theme;
    all["content"] = right.content;
    all["photos"] = right.photos;
    all[Json::json_pointer(odd.pointer)] = odd.value;
    return {all["theme"], all["content"], all["photos"]};
}

class DocumentAgreement : public testing::Test {
protected:
    const TestDatabase database{TestDatabase::Tenants::Two};
    Sql owner{database.owner_url()};

    // "" where nothing is wrong.
    std::string problem_in_database(const models::Documents &documents) {
        const auto json = [this](const Json &document) {
            return owner.connection().quote(document.dump()) + "::jsonb";
        };
        return owner.value("SELECT coalesce(studio_documents_problem(" + json(documents.theme) + ", " +
                           json(documents.content) + ", " + json(documents.photos) + "), '')");
    }

    static std::set<std::string> errors_of_programs(const models::Documents &documents) {
        std::set<std::string> errors;
        for (const auto &issue : models::validate(documents)) {
            if (issue.severity == models::Severity::Error) {
                errors.insert(issue.pointer + ": " + issue.message);
            }
        }
        return errors;
    }
};

TEST_F(DocumentAgreement, NothingThatTheProgramsAcceptIsRefusedAtPublishAndWhatIsRefusedIsSaidAlike) {
    for (const auto &odd : odd_documents()) {
        SCOPED_TRACE(std::string(odd.pointer) + " = " + odd.value.dump());
        const auto documents = with(odd);
        const auto errors = errors_of_programs(documents);
        const auto problem = problem_in_database(documents);
        EXPECT_EQ(!errors.empty(), odd.refused != Refused::ByNobody)
            << (errors.empty() ? "" : *errors.begin());
        EXPECT_EQ(!problem.empty(), odd.refused == Refused::ByBoth) << problem;
        EXPECT_TRUE(problem.empty() || errors.contains(problem)) << problem << "\n"
                                                                 << (errors.empty() ? "" : *errors.begin());
    }
}

TEST_F(DocumentAgreement, TheSumOfTheWeightsIsSaidAlike) {
    for (const double second : {0.5, 0.50000001, 0.505, 0.50500001, 0.5051234567, 0.506, 0.6, 0.9999}) {
        Json variants = {object_variant(0.5), object_variant(second)};
        variants[1]["id"] = "c";
        const auto documents = with({"/photos/hero/variants", variants, Refused::ByNobody});
        const auto errors = errors_of_programs(documents);
        const auto problem = problem_in_database(documents);
        EXPECT_EQ(errors.empty(), second <= 0.505) << second;
        EXPECT_EQ(problem, errors.empty() ? "" : *errors.begin());
    }
}

} // namespace

} // namespace studio::db
