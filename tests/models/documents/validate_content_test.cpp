// SPDX-License-Identifier: Apache-2.0
#include "models/documents/validate_content.h"
#include "models/documents/validate_documents.h"
#include "tests/models/fixture.h"
#include "tests/models/issues.h"

#include <gtest/gtest.h>

using namespace studio::models;

namespace {

Json full_content() {
    Json document = fixture("reference_content.json");
    document["services"][0]["id"] = "dinner";
    document["services"].push_back({{"id", 2}, {"name", "Travel"}});
    document["pricing"]["customRates"] = Json::array({{{"duration", "2 hours"}, {"price", 99.5}}});
    document["testimonials"] =
        Json::array({{{"id", "t1"}, {"quote", "Lovely."}}, {{"id", "t2"}, {"quote", "Kind."}}});
    document["location"] = {
        {"city", "Sydney"}, {"travelCities", {"Perth"}}, {"timezone", "Australia/Sydney"}};
    document["ageGate"] = {{"enabled", false}};
    return document;
}

} // namespace

TEST(ValidateContent, AcceptsTheReferenceContentAndSaysThatItsPhoneNumberIsNoNumber) {
    const auto issues = validate_content(fixture("reference_content.json"));
    EXPECT_FALSE(has_errors(issues)) << listed(issues);
    ASSERT_EQ(issues.size(), 1U) << listed(issues);
    EXPECT_EQ(issues[0].pointer, "/contact/phone");
}

TEST(ValidateContent, NullStandsForAMissingField) {
    EXPECT_FALSE(has_errors(validate_content(with(full_content(), "/pricing/hourly", nullptr))));
    EXPECT_TRUE(has_errors(validate_content(with(full_content(), "/name", nullptr))));
}

TEST(ValidateContent, NamesTheFieldAndWhatWouldBeRight) {
    const Fault faults[] = {
        {"/name", "", "/name", "enter 1 to 100 characters"},
        {"/name", " \t", "/name", "missing"},
        {"/name", 5, "/name", "must be text"},
        {"/name", "Claire\nHamilton", "/name", "single line"},
        {"/name", std::string(101, 'x'), "/name", "at most 100 are allowed"},
        {"/tagline", std::string(161, 'x'), "/tagline", "at most 160 are allowed"},
        {"/bio", std::string("a\0b", 3), "/bio", "U+0000"},
        {"/bio", std::string(20'001, 'x'), "/bio", "at most 20000 are allowed"},
        {"/services", "x", "/services", "must be a list"},
        {"/services/0", "x", "/services/0", "must be an object"},
        {"/services/0/name", "", "/services/0/name", "missing"},
        {"/services/0/price", "1500", "/services/0/price", "0 to 10000000"},
        {"/services/0/price", -1, "/services/0/price", "0 to 10000000"},
        {"/services/0/price", 1.234, "/services/0/price", "two decimals"},
        {"/services/0/price", 1e18, "/services/0/price", "0 to 10000000"},
        {"/services/0/featured", "yes", "/services/0/featured", "true or false"},
        {"/services/0/id", "2", "/services/1/id", "used twice"},
        {"/services/0/id", Json::array(), "/services/0/id", "1 to 64 characters"},
        {"/pricing/currency", "JPY", "/pricing/currency", "AUD"},
        {"/pricing/currency", "aud", "/pricing/currency", "capital letters"},
        {"/pricing/weekend", Json::object(), "/pricing/weekend", "number"},
        {"/pricing/customRates/0/duration", "", "/pricing/customRates/0/duration", "missing"},
        {"/contact/email", "claire@", "/contact/email", "name@example.com"},
        {"/contact/email", "a b@c.de", "/contact/email", "name@example.com"},
        {"/contact/email", "", "/contact/email", "no email address", Severity::Warning},
        {"/contact/phone", "call me", "/contact/phone", "+61", Severity::Warning},
        {"/socialMedia/instagram", "claire hamilton", "/socialMedia/instagram", "Instagram"},
        {"/socialMedia/instagram", "javascript:alert(1)", "/socialMedia/instagram", "https://"},
        {"/socialMedia/myspace", "claire", "/socialMedia/myspace", "https://"},
        {"/socialMedia/website", "http://user:pw@evil.example", "/socialMedia/website", "https://"},
        {"/testimonials/1/id", "t1", "/testimonials/1/id", "used twice"},
        {"/testimonials/0/quote", "", "/testimonials/0/quote", "missing"},
        {"/testimonials/0", Json{{"quote", "x"}}, "/testimonials/0/id", "needs a unique id"},
        {"/location/timezone", "Sydney", "/location/timezone", "Australia/Sydney"},
        {"/location/timezone", "../../etc/passwd", "/location/timezone", "IANA"},
        {"/location/travelCities", "Perth", "/location/travelCities", "must be a list"},
        {"/location/travelCities/0", 3, "/location/travelCities/0", "must be text"},
        {"/ageGate/enabled", 1, "/ageGate/enabled", "true or false"},
        {"/cta/label", std::string(61, 'x'), "/cta/label", "at most 60 are allowed"},
        {"/consent/acceptLabel", "a\nb", "/consent/acceptLabel", "single line"},
        {"/seo/keywords", Json::array({1}), "/seo/keywords/0", "must be text"},
        {"/seo/ogImage", "data:image/png;base64,AAAA", "/seo/ogImage", "https://"},
        {"/seo/ogImage", "//evil.example/x.png", "/seo/ogImage", "https://"},
        {"/privacyPolicy", 1, "/privacyPolicy", "must be text"},
        {"/bookingTerms", std::string(20'001, 'x'), "/bookingTerms", "at most 20000 are allowed"},
    };
    for (const auto &fault : faults) {
        const auto issues = validate_content(with(full_content(), fault.pointer, fault.value));
        EXPECT_TRUE(has_issue(issues, fault.severity, fault.reported_at, fault.words))
            << fault.pointer << "\n"
            << listed(issues);
        EXPECT_EQ(has_errors(issues), fault.severity == Severity::Error) << listed(issues);
    }
}

TEST(ValidateContent, CountsCharactersAndNotBytes) {
    std::string name;
    for (int count = 0; count < 100; ++count) {
        name += "é";
    }
    EXPECT_FALSE(has_errors(validate_content(with(full_content(), "/name", name))));
}

TEST(ValidateContent, OneDocumentOfTenThousandMistakesIsReportedBriefly) {
    Json document = full_content();
    for (int at = 0; at < 100; ++at) {
        document["services"].insert(document["services"].begin(),
                                    Json{{"price", "x"}, {"featured", 1}, {"duration", 2}});
    }
    document["services"].erase(100);
    document["services"].erase(100);
    const auto issues = validate_content(document);
    EXPECT_EQ(issues.size(), 201U);
    EXPECT_NE(issues.back().message.find("more problems"), std::string::npos);
}

TEST(ValidateDocuments, ATestimonialsPhotoMustExist) {
    Documents documents = reference_documents();
    documents.content["testimonials"] = Json::array(
        {{{"id", 1}, {"quote", "q"}, {"photoId", 1}}, {{"id", 2}, {"quote", "q"}, {"photoId", "nine"}}});
    const auto issues = validate(documents);
    EXPECT_TRUE(has_issue(issues, Severity::Error, "/content/testimonials/1/photoId", "no photo \"nine\""))
        << listed(issues);
    EXPECT_EQ(std::count_if(issues.begin(), issues.end(),
                            [](const auto &issue) { return issue.severity == Severity::Error; }),
              1);
}

TEST(ValidateDocuments, TheReferenceDocumentsHaveNoErrors) {
    const auto issues = validate(reference_documents());
    EXPECT_FALSE(has_errors(issues)) << listed(issues);
    EXPECT_TRUE(has_issue(issues, Severity::Warning, "/photos/hero/variants", "no baseline"))
        << listed(issues);
    EXPECT_TRUE(has_issue(issues, Severity::Warning, "/photos/gallery/0/url", "relative")) << listed(issues);
}
