// SPDX-License-Identifier: Apache-2.0
// Rules for templates, without which ctemplate's automatic escaping would have gaps.
#include "site/embedded.h"

#include <gmock/gmock.h>

#include <regex>
#include <set>
#include <string>

namespace studio::site {
namespace {

std::vector<EmbeddedFile> templates() {
    std::vector<EmbeddedFile> found;
    for (const EmbeddedFile &file : embedded_files()) {
        if (file.kind == EmbeddedKind::Template) {
            found.push_back(file);
        }
    }
    return found;
}

std::vector<std::string> violations(const std::string &text) {
    static const std::pair<const char *, const char *> banned[] = {
        {"an event attribute", "\\son[a-z]+\\s*="},
        {"a style attribute", "\\sstyle\\s*="},
        {"formaction", "formaction"},
        {"srcdoc", "srcdoc"},
        {"xlink:href", "xlink:"},
        {"an inline script", "<script(?![^>]* src=)(?! type=\"application/ld\\+json\">)"},
        {"a variable in a tag or attribute name", "<\\{\\{[^#/>]|\\s\\{\\{[A-Z_]+\\}\\}="},
        {"an unquoted variable in an attribute", "=\\{\\{"},
        {"a frame or object", "<(iframe|object|embed|base|applet)\\b"},
    };
    std::vector<std::string> found;
    if (text.rfind("{{%AUTOESCAPE context=\"HTML\"}}", 0) != 0) {
        found.emplace_back("no AUTOESCAPE pragma at its start");
    }
    for (const auto &[name, pattern] : banned) {
        if (std::regex_search(text, std::regex(pattern, std::regex::icase))) {
            found.emplace_back(name);
        }
    }
    return found;
}

TEST(Templates, AllEscapeAndUseNothingThatEscapingCannotProtect) {
    ASSERT_GT(templates().size(), 10u);
    for (const EmbeddedFile &file : templates()) {
        EXPECT_THAT(violations(std::string(file.bytes)), ::testing::IsEmpty()) << file.name;
    }
}

TEST(Templates, LeaveUnescapedOnlyWhatThisLayerMade) {
    static const std::set<std::string> allowed{"STYLE", "JSON", "BODY", "HTML"};
    const std::regex unescaped("\\{\\{([A-Z_]+):([a-z_]+)");
    for (const EmbeddedFile &file : templates()) {
        const std::string text(file.bytes);
        for (std::sregex_iterator it(text.begin(), text.end(), unescaped), end; it != end; ++it) {
            if ((*it)[2] == "pre_escape") { // escapes as HTML does, and keeps line breaks
                continue;
            }
            EXPECT_EQ((*it)[2], "none") << file.name;
            EXPECT_TRUE(allowed.contains((*it)[1])) << file.name << ": " << (*it)[1];
        }
    }
}

TEST(Templates, LintCatchesEachPlantedViolation) {
    const std::string pragma = "{{%AUTOESCAPE context=\"HTML\"}}";
    for (const char *planted : {"<a onclick=\"x\">", "<p style=\"color:red\">", "<button formaction=\"/x\">",
                                "<iframe srcdoc=\"\">", "<use xlink:href=\"#a\">", "<script>{{X}}</script>",
                                "<{{TAG}}>", "<p {{NAME}}=\"x\">", "<a href={{URL}}>"}) {
        EXPECT_THAT(violations(pragma + planted), ::testing::Not(::testing::IsEmpty())) << planted;
    }
    EXPECT_THAT(violations("<p>{{X}}</p>"), ::testing::SizeIs(1));
}

} // namespace
} // namespace studio::site
