// SPDX-License-Identifier: Apache-2.0
#include "models/documents/content.h"
#include "models/documents/theme.h"
#include "models/documents/validate_documents.h"
#include "models/tenant/site_template.h"
#include "tests/models/issues.h"

#include <gtest/gtest.h>

#include <set>

using namespace studio::models;

TEST(SiteTemplates, AreThreeWithALayoutEach) {
    std::set<Layout> layouts;
    for (const auto &site_template : site_templates()) {
        layouts.insert(read_theme(site_template.documents.theme).layout);
        EXPECT_FALSE(site_template.title.empty());
        EXPECT_FALSE(site_template.description.empty());
        EXPECT_EQ(find_site_template(site_template.slug), &site_template);
    }
    EXPECT_EQ(layouts.size(), 3U);
    EXPECT_EQ(find_site_template("brutal"), nullptr);
}

TEST(SiteTemplates, HaveNoErrorsAndHintOnlyAtWhatIsStillToFillIn) {
    for (const auto &site_template : site_templates()) {
        for (const auto &issue : validate(start_from(site_template, "Zoë O'Hara"))) {
            EXPECT_EQ(issue.severity, Severity::Warning) << issue.pointer << ": " << issue.message;
            EXPECT_TRUE(issue.pointer == "/content/contact/email" || issue.pointer == "/photos/hero/control")
                << site_template.slug << issue.pointer << ": " << issue.message;
        }
    }
}

TEST(SiteTemplates, TakeThePersonsName) {
    for (const auto &site_template : site_templates()) {
        const Documents documents = start_from(site_template, "{name} {name}");
        EXPECT_EQ(read_content(documents.content).name, "{name} {name}");
        EXPECT_EQ(read_content(start_from(site_template, "Mia").content).name, "Mia");
        EXPECT_EQ(start_from(site_template, "Mia").content.dump().find("{name}"), std::string::npos);
    }
}
