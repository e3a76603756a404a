// SPDX-License-Identifier: Apache-2.0
// What people type and paste on the command line is understood where it is unambiguous, and what is lost is
// said.
#include "tests/app/ctl/companionctl.h"

#include <gmock/gmock.h>

using namespace studio::ctl_tests;
using studio::models::Json;
using testing::HasSubstr;
using testing::Not;

namespace {

Json field(const std::string &tenant, const std::string &path) {
    return answer({"tenant", "show", tenant, path});
}

} // namespace

TEST(PastedValues, AmountsAreReadTheEnglishWayOrUnambiguously) {
    make_tenant("amounts");
    const std::pair<const char *, const char *> each[] = {
        {"1500", "1500"},  {"1,500", "1500"}, {"1,500.50", "1500.5"}, {"1.500,50", "1500.5"},
        {"99,50", "99.5"}, {"1 700", "1700"}, {"A$ 1,800", "1800"}};
    for (const auto &[typed, stored] : each) {
        answer({"tenant", "set", "amounts", "content.pricing.hourly", typed});
        EXPECT_EQ(field("amounts", "content.pricing.hourly").dump(), stored) << typed;
    }
    const Json before = answer({"revision", "list", "amounts"});
    for (const auto &[typed, reason] : {std::pair("1.500", "1500 or 1.50"),
                                        {"nan", "not an amount"},
                                        {"inf", "not an amount"},
                                        {"-5", "not an amount"},
                                        {"1e3", "not an amount"},
                                        {"99.999", "two decimals"},
                                        {"20000000", "too large"}}) {
        const Answer refused = ctl({"tenant", "set", "amounts", "content.pricing.hourly", typed});
        EXPECT_EQ(refused.exit_code, 1) << typed;
        EXPECT_THAT(refused.err, HasSubstr("/content/pricing/hourly: ")) << typed;
        EXPECT_THAT(refused.err, HasSubstr(reason)) << typed;
    }
    const Answer within =
        ctl({"tenant", "set", "amounts", "content.pricing",
             R"({"currency":"AUD","customRates":[{"id":"a","price":5.5},{"id":"b","price":1.500}]})"});
    EXPECT_EQ(within.exit_code, 1);
    EXPECT_THAT(within.err, HasSubstr("/content/pricing/customRates/1/price: "));
    EXPECT_THAT(within.err, HasSubstr("1500 or 1.50"));
    EXPECT_EQ(answer({"revision", "list", "amounts"}), before);
    answer({"tenant", "set", "amounts", "content.pricing.customRates.rate-1.price", "2,100"});
    EXPECT_EQ(field("amounts", "content.pricing.customRates.rate-1.price"), 2100) << "rates have ids";
}

TEST(PastedValues, TextsAreStoredWithoutWhatNobodySees) {
    make_tenant("texts");
    answer({"tenant", "set", "texts", "content.tagline", "\u200B Evenings\u2028\uFEFF"});
    EXPECT_EQ(field("texts", "content.tagline"), "Evenings");
    const Answer refused = ctl({"tenant", "set", "texts", "content.name", "\u200B"});
    EXPECT_EQ(refused.exit_code, 1);
    EXPECT_THAT(refused.err, HasSubstr("The name is missing"));
}

TEST(PastedValues, DomainsAreUnderstood) {
    make_tenant("domains");
    for (const char *typed :
         {"Domains-One.Example", "domains-one.example.", " domains-one.example ",
          "https://domains-one.example/about", "HTTPS://DOMAINS-ONE.EXAMPLE", "\u200Bdomains-one.example"}) {
        EXPECT_EQ(answer({"tenant", "domain", "domains", typed})["customDomain"], "domains-one.example")
            << typed;
    }
    for (const char *typed :
         {"domains-one.example:8080", "me@domains-one.example", "domains one", "localhost"}) {
        EXPECT_EQ(ctl({"tenant", "domain", "domains", typed}).exit_code, 1) << typed;
    }
}

TEST(PastedValues, LostCssIsSaidWhereverItIsSaved) {
    make_tenant("css");
    const std::string mixed = "h1{color:red} h2{background:url(https://evil.example/x)} @import 'x';";
    const Json saved = answer({"tenant", "set", "css", "theme.customCss", mixed});
    ASSERT_EQ(saved["cssLeftOut"].size(), 2U) << saved;
    EXPECT_THAT(saved["cssLeftOut"][0].get<std::string>(), HasSubstr("url() is not allowed"));
    EXPECT_THAT(ctl({"tenant", "set", "css", "theme.customCss", mixed + " h3{color:blue}"}).out,
                HasSubstr("Removed from the custom CSS on the page:"));
    const Json fine = answer({"tenant", "set", "css", "theme.customCss",
                              "@media (width <= 600px){h1{transform:translate3d(0,0,0)}}"});
    EXPECT_FALSE(fine.contains("cssLeftOut")) << fine;
    EXPECT_THAT(ctl({"tenant", "set", "css", "content.tagline", "Evenings"}).out,
                Not(HasSubstr("Removed from the custom CSS")));
}
