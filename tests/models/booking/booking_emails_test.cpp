// SPDX-License-Identifier: Apache-2.0
#include "models/booking/standard_emails.h"
#include "models/documents/content.h"
#include "models/documents/validate_content.h"
#include "models/documents/write_content.h"
#include "tests/models/fixture.h"
#include "tests/models/issues.h"

#include <gtest/gtest.h>

#include <algorithm>

using namespace studio::models;

namespace {

const BookingFacts facts{"Robin", "", "Claire", "", "", "", "1", "See {{phone}}"};

std::string filled(std::string_view text) {
    return fill_placeholders(text, [](std::string_view name) { return fact(facts, name); });
}

} // namespace

TEST(PlainName, IsOneThatCanBeNothingElse) {
    for (const char *name :
         {"Robin", "Robin Lee", "Zoë Ångström", "Mary-Ann O'Neil", "ロビン", "Иван Петров", ""}) {
        EXPECT_EQ(plain_name(name), name);
    }
    for (const char *other :
         {"evil.example", "Visit https://evil.example", "Call 0412", "Win a car now please",
          "Robin\nBcc: x@example.com", "a/b", "<b>", "{{message}}", "\xff", "ｅvil。com",
          "abcdefghijklmnopqrstuvwxyzabcdefghijklmnop"}) {
        EXPECT_EQ(plain_name(other), "") << other;
    }
}

TEST(BookingEmails, FillKnownPlaceholdersOnceAndLeaveTheRest) {
    EXPECT_EQ(filled("Hello {{name}}, {{ companion }} here{{service}}."), "Hello Robin, Claire here.");
    EXPECT_EQ(filled("{{message}}"), "See {{phone}}") << "what a visitor writes is no template";
    EXPECT_EQ(filled("{{colour}} {{name"), "{{colour}} {{name");
    EXPECT_EQ(filled(""), "");
}

TEST(BookingEmails, KnowTheirPlaceholders) {
    for (const std::string_view name : booking_placeholders()) {
        EXPECT_FALSE(unknown_placeholder("{{" + std::string(name) + "}}")) << name;
    }
    EXPECT_EQ(unknown_placeholder("{{name}} {{Name}} {{x}}"), "{{Name}}");
    EXPECT_FALSE(unknown_placeholder("} { {{ no end"));
}

TEST(BookingEmails, HaveAWordingOfThePlatformForWhatIsEmpty) {
    BookingEmails emails;
    emails.visitor.subject = "Thank you, {{name}}";
    emails.companion.message = " \n";
    const BookingEmails whole = with_defaults(emails);
    EXPECT_EQ(whole.visitor.subject, "Thank you, {{name}}");
    EXPECT_EQ(whole.visitor.message, default_booking_emails().visitor.message);
    EXPECT_EQ(whole.companion, default_booking_emails().companion);
    for (const BookingEmailKey &email : booking_email_keys()) {
        for (const std::string &text : {(whole.*email.wording).subject, (whole.*email.wording).message}) {
            EXPECT_NE(text, "") << email.key;
            EXPECT_FALSE(unknown_placeholder(text)) << email.key;
            EXPECT_FALSE(placeholder_left_empty(text, email.reader)) << email.key;
        }
    }
}

TEST(BookingEmails, AreReadAndWrittenWithTheKeysThatNobodyKnows) {
    const Json document =
        Json::parse(R"({"name":"n","bookingEmails":{"visitor":{"subject":"a","font":"x"},"later":1}})");
    Content content = read_content(document);
    EXPECT_EQ(content.booking_emails.visitor.subject, "a");
    content.booking_emails.visitor.message = "Hello {{name}}";
    content.booking_emails.companion.subject = "b";
    const Json written = write_content(content, document);
    EXPECT_EQ(
        written["bookingEmails"].dump(),
        R"({"visitor":{"subject":"a","font":"x","message":"Hello {{name}}"},"later":1,"companion":{"subject":"b"}})");
    EXPECT_EQ(read_content(written), content);
    EXPECT_EQ(write_content(read_content(Json{{"name", "n"}}), Json{{"name", "n"}}).dump(),
              R"({"name":"n"})");
}

TEST(BookingEmails, SayWhatStaysEmptyForTheirReaders) {
    const BookingFacts all{"Robin",  "r@example.com", "Claire",    "Dinner",           "today",  "2 hours",
                           "1",      "Hello",         "at eight",  "at ten",           "Room 1", "A$50",
                           "Friday", "CS4K7Q92XM",    "Account 1", "https://x.example"};
    for (const BookingEmailKey &email : booking_email_keys()) {
        for (const std::string_view name : booking_placeholders()) {
            const bool filled_in = std::ranges::count(placeholders_for(email.reader), name) == 1;
            EXPECT_EQ(fact(only_for(email.reader, all), name).empty(), !filled_in) << name;
            Json document = fixture("reference_content.json");
            document["bookingEmails"] = {
                {email.key, {{"subject", "{{name}}"}, {"message", "See {{" + std::string(name) + "}}"}}}};
            const std::string pointer = std::string("/bookingEmails/") + email.key + "/message";
            EXPECT_EQ(has_issue(validate_content(document), Severity::Warning, pointer, "stays empty there"),
                      !filled_in)
                << name << email.key;
        }
    }
    for (const std::string_view name : {"message", "phone", "duration", "place"}) {
        EXPECT_EQ(std::ranges::count(placeholders_for(EmailReader::Visitor), name), 0) << name;
    }
}

TEST(BookingEmails, AreValidatedWithTheContent) {
    Json document = fixture("reference_content.json");
    document["bookingEmails"] = {{"visitor", {{"subject", "Hi {{name}}"}, {"message", "One\n\nTwo"}}},
                                 {"companion", {{"subject", ""}}}};
    EXPECT_FALSE(has_errors(validate_content(document))) << listed(validate_content(document));
    const Fault faults[] = {
        {"/bookingEmails", "x", "/bookingEmails", "must be an object"},
        {"/bookingEmails/visitor", 1, "/bookingEmails/visitor", "must be an object"},
        {"/bookingEmails/visitor/subject", "a\nb", "/bookingEmails/visitor/subject", "single line"},
        {"/bookingEmails/visitor/subject", std::string(151, 'x'), "/bookingEmails/visitor/subject",
         "at most 150 are allowed"},
        {"/bookingEmails/visitor/message", "{{nmae}}", "/bookingEmails/visitor/message",
         "{{nmae}}, which is not a placeholder: the placeholders are {{name}}, {{email}}"},
        {"/bookingEmails/companion/message", std::string(5'001, 'x'), "/bookingEmails/companion/message",
         "at most 5000 are allowed"},
    };
    for (const Fault &fault : faults) {
        const auto issues = validate_content(with(document, fault.pointer, fault.value));
        EXPECT_TRUE(has_issue(issues, fault.severity, fault.reported_at, fault.words))
            << fault.pointer << "\n"
            << listed(issues);
    }
}
