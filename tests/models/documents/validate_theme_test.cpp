// SPDX-License-Identifier: Apache-2.0
#include "models/documents/validate_theme.h"
#include "tests/models/fixture.h"
#include "tests/models/issues.h"

#include <gtest/gtest.h>

using namespace studio::models;

TEST(ValidateTheme, AcceptsTheReferenceThemeAndUnknownKeys) {
    EXPECT_EQ(listed(validate_theme(fixture("reference_theme.json"))), "");
    const Json small = {{"colors", Json::object()}, {"icons", {{"set", "line"}}}, {"schemaVersion", 1}};
    EXPECT_EQ(listed(validate_theme(small)), "");
    EXPECT_TRUE(has_issue(validate_theme(Json::object()), Severity::Error, "/colors", "missing"));
}

TEST(ValidateTheme, NamesTheFieldAndWhatWouldBeRight) {
    const Fault faults[] = {
        {"/colors", "red", "/colors", "must be an object"},
        {"/colors/primary", "red", "/colors/primary", "must be a colour such as #8B4789."},
        {"/colors/primary", nullptr, "/colors/primary", "must be a colour such as #8B4789."},
        {"/colors/primary", 7, "/colors/primary", "must be a colour such as #8B4789."},
        {"/colors/textLight", "#12345", "/colors/textLight", "must be a colour such as #8B4789."},
        {"/colors/warning", "#12345g", "/colors/warning", "must be a colour such as #8B4789."},
        {"/fonts/heading", "Comic Sans MS", "/fonts/heading", "Playfair Display, "},
        {"/fonts/body", Json::array(), "/fonts/body", "Montserrat"},
        {"/fonts", Json::array(), "/fonts", "must be an object"},
        {"/layout", "brutal", "/layout", "elegant, modern, minimal"},
        {"/spacing", true, "/spacing", "compact, comfortable, spacious"},
        {"/shadow", "", "/shadow", "light, medium, strong"},
        {"/borderRadius", 33, "/borderRadius", "0 to 32"},
        {"/borderRadius", -1, "/borderRadius", "0 to 32"},
        {"/borderRadius", 1.5, "/borderRadius", "whole number"},
        {"/borderRadius", 1e300, "/borderRadius", "0 to 32"},
        {"/borderRadius", "8px", "/borderRadius", "whole number"},
        {"/customCss", 1, "/customCss", "must be text"},
        {"/customCss", std::string(50'001, 'a'), "/customCss", "50001 characters"},
        {"/customCss", "@IMPORT 'x'", "/customCss", "@import", Severity::Warning},
        {"/customCss", "a{background:URL(x)}", "/customCss", "url(", Severity::Warning},
        {"/schemaVersion", 2, "/schemaVersion", "newer version"},
        {"/schemaVersion", "1", "/schemaVersion", "whole number 1"},
        {"/colors/text", "#bbbbbb", "/colors/text", "contrast of 1.", Severity::Warning},
        {"/colors/primary", "#f4c2c2", "/colors/primary", "needs 4.5", Severity::Warning},
        {"/unknown", std::string("bell\a"), "/unknown", "U+0007"},
        {"/unknown", std::string("c1 \xC2\x85"), "/unknown", "U+0085"},
        {"/unknown", std::string("\xff"), "/unknown", "UTF-8"},
    };
    for (const auto &fault : faults) {
        const auto issues = validate_theme(with(fixture("reference_theme.json"), fault.pointer, fault.value));
        EXPECT_TRUE(has_issue(issues, fault.severity, fault.reported_at, fault.words))
            << fault.pointer << "\n"
            << listed(issues);
        EXPECT_EQ(has_errors(issues), fault.severity == Severity::Error) << listed(issues);
    }
}

TEST(ValidateTheme, RefusesWhatIsNoObject) {
    for (const Json &document : {Json(), Json(1), Json("x"), Json::array()}) {
        EXPECT_TRUE(has_issue(validate_theme(document), Severity::Error, "", "must be an object"));
    }
}
