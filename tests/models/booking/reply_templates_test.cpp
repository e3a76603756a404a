// SPDX-License-Identifier: Apache-2.0
#include "models/booking/booking_emails.h"
#include "models/booking/reply_templates.h"
#include "models/documents/content.h"
#include "models/documents/validate_content.h"
#include "models/documents/write_content.h"
#include "tests/models/fixture.h"
#include "tests/models/issues.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace studio::models {
namespace {

TEST(ReplyTemplates, HoldWhatCanBeFilledInBeforeADecision) {
    const auto for_client = placeholders_for(EmailReader::Client);
    for (const std::string_view name : booking_placeholders()) {
        const auto known = reply_placeholders();
        const bool fits = std::ranges::count(known, name) > 0;
        EXPECT_EQ(placeholder_unknown_in_reply("Hello {{" + std::string(name) + "}}").has_value(), !fits)
            << name;
        EXPECT_TRUE(!fits || std::ranges::count(for_client, name) > 0) << name << " stays empty for clients";
    }
    EXPECT_EQ(placeholder_unknown_in_reply("{{name}} {{nmae}}"), "{{nmae}}");
    EXPECT_EQ(placeholder_unknown_in_reply("Pay by {{ reference }}"), "{{reference}}");
    EXPECT_FALSE(placeholder_unknown_in_reply("{{name}} } } and {{ no end"));
}

TEST(ReplyTemplates, NameTheirLanguage) {
    for (const char *code : {"en", "de", "pt-BR", "zh-Hant-TW", "fil", "de-1996"}) {
        EXPECT_TRUE(is_language_code(code)) << code;
    }
    for (const char *code : {"", "e", "German", "de-", "-de", "de_DE", "d1", "de-a", "de--AT"}) {
        EXPECT_FALSE(is_language_code(code)) << code;
    }
}

TEST(ReplyTemplates, AreReadAndWrittenWithTheKeysThatNobodyKnows) {
    const Json document = Json::parse(
        R"({"name":"n","replyTemplates":[{"id":"a","title":"Kind","text":"Hello","color":"red"},7]})");
    Content content = read_content(document);
    ASSERT_EQ(content.reply_templates.size(), 1U);
    EXPECT_EQ(content.reply_templates[0], (ReplyTemplate{"a", "Kind", "", "Hello"}));
    content.reply_templates[0].language = "de";
    content.reply_templates.push_back({"b", "Later", "en", "Next week"});
    const Json written = write_content(content, document);
    EXPECT_EQ(
        written["replyTemplates"].dump(),
        R"([{"id":"a","title":"Kind","text":"Hello","color":"red","language":"de"},{"id":"b","title":"Later","language":"en","text":"Next week"}])");
    EXPECT_EQ(read_content(written), content);
}

TEST(ReplyTemplates, AreValidatedWithTheContent) {
    Json document = fixture("reference_content.json");
    document["replyTemplates"] = Json::array(
        {{{"id", "a"}, {"title", "Kind"}, {"language", "de"}, {"text", "Hallo {{name}}\n\nBis {{start}}"}},
         {{"id", "b"}, {"title", "Short"}, {"language", ""}, {"text", "No."}}});
    EXPECT_FALSE(has_errors(validate_content(document))) << listed(validate_content(document));
    const Fault faults[] = {
        {"/replyTemplates", "x", "/replyTemplates", "must be a list"},
        {"/replyTemplates/0", 1, "/replyTemplates/0", "must be an object"},
        {"/replyTemplates/0/title", "", "/replyTemplates/0/title", "The title of a saved reply"},
        {"/replyTemplates/0/title", std::string(81, 'x'), "/replyTemplates/0/title",
         "at most 80 are allowed"},
        {"/replyTemplates/0/language", "German", "/replyTemplates/0/language",
         "a code such as en, de or pt-BR"},
        {"/replyTemplates/0/text", "", "/replyTemplates/0/text", "The text of a saved reply"},
        {"/replyTemplates/0/text", "See {{link}}", "/replyTemplates/0/text",
         "{{link}}, which cannot be filled in there: the placeholders are {{name}}"},
        {"/replyTemplates/1/id", "a", "/replyTemplates/1/id", "is used twice"},
    };
    for (const Fault &fault : faults) {
        const auto issues = validate_content(with(document, fault.pointer, fault.value));
        EXPECT_TRUE(has_issue(issues, fault.severity, fault.reported_at, fault.words))
            << fault.pointer << "\n"
            << listed(issues);
    }
}

} // namespace
} // namespace studio::models
