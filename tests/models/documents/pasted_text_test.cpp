// SPDX-License-Identifier: Apache-2.0
// Pasted text is understood: documents and booking requests with the marks and spaces that other programs
// add.
#include "models/booking/booking_request.h"
#include "models/documents/content.h"
#include "models/documents/photos.h"
#include "models/documents/validate_content.h"
#include "models/values/timezone.h"
#include "models/values/zoned_time.h"

#include <gmock/gmock.h>

namespace studio::models {
namespace {

using testing::HasSubstr;

Json content(const char *key, const Json &value) {
    Json document = {{"name", "Ada"},
                     {"contact", {{"email", "ada@example.com"}}},
                     {"location", {{"timezone", "Australia/Sydney"}}}};
    document[Json::json_pointer(key)] = value;
    return document;
}

std::vector<std::string> messages(const Json &document) {
    std::vector<std::string> texts;
    for (const ValidationIssue &issue : validate_content(document)) {
        texts.push_back(issue.pointer + " " + issue.message);
    }
    return texts;
}

TEST(PastedContent, IsReadWithoutWhatNobodySees) {
    EXPECT_EQ(read_content(content("/name", "\u200B Zoe\u0308\u00A0Ash \uFEFF")).name, "Zo\u00EB Ash");
    EXPECT_EQ(read_content(content("/tagline", "One\tline")).tagline, "One line");
    EXPECT_EQ(read_content(content("/bio", "One\r\n\r\ntwo\u200B")).bio, "One\n\ntwo");
    EXPECT_EQ(read_content(content("/contact/email", " ada@example.com\u200B")).contact.email,
              "ada@example.com");
    EXPECT_EQ(read_content(content("/contact/phone", "\u202D+61 412 345 678\u202C")).contact.phone,
              "+61 412 345 678");
    EXPECT_EQ(read_photos({{"gallery", {{{"id", "a"}, {"url", "/media/a.jpg"}, {"alt", " \u200EA view "}}}}})
                  .gallery[0]
                  .alt,
              "A view");
}

TEST(PastedContent, IsCheckedAsItIsRead) {
    EXPECT_THAT(messages(content("/contact/email", " ada@example.com\u200B")), testing::IsEmpty());
    EXPECT_THAT(messages(content("/contact/phone", "\u202D+44 (0)20 7946 0958\u202C")), testing::IsEmpty());
    EXPECT_THAT(messages(content("/contact/phone", "0412 345 678 / 0413 456 789")), testing::IsEmpty());
    EXPECT_THAT(messages(content("/contact/phone", "0412 345 678 0413 456 789")),
                testing::ElementsAre(HasSubstr("cannot be dialled")));
    EXPECT_THAT(messages(content("/contact/phone", "call me")),
                testing::ElementsAre(HasSubstr("cannot be dialled")));
    EXPECT_THAT(messages(content("/socialMedia/instagram", " instagram.com/ada ")), testing::IsEmpty());
}

TEST(PastedContent, ANameThatNobodySeesIsMissing) {
    for (const char *name :
         {"\u200B", "\u200B\u200B", "\u2060\uFEFF", "\u3164", "\u00A0\u3000", "\u202D\u202C", "\u2800"}) {
        EXPECT_THAT(messages(content("/name", name)), testing::ElementsAre(HasSubstr("The name is missing")))
            << name;
    }
}

TEST(PastedContent, LengthsAreThoseThatPeopleCount) {
    std::string name;
    for (int letter = 0; letter < 100; ++letter) {
        name += "e\u0308";
    }
    EXPECT_THAT(messages(content("/name", name)), testing::IsEmpty());
    EXPECT_THAT(messages(content("/name", name + "x")),
                testing::ElementsAre(HasSubstr("it has 101 characters, at most 100 are allowed")));
}

TEST(PastedContent, MoneyThatCouldBeTwoAmountsIsSaidWithBoth) {
    EXPECT_THAT(messages(content("/pricing/hourly", "1.500")),
                testing::ElementsAre(HasSubstr("can mean 1500 or 1.50")));
    EXPECT_THAT(messages(content("/pricing/hourly", "many")),
                testing::ElementsAre(HasSubstr("must be a number")));
}

TEST(MoneyPointers, AreKnown) {
    for (const char *pointer : {"/pricing/hourly", "/pricing/overnight", "/pricing/weekend",
                                "/pricing/customRates/2/price", "/services/0/price"}) {
        EXPECT_TRUE(is_money_pointer(pointer)) << pointer;
    }
    for (const char *pointer :
         {"/pricing/currency", "/services/0/name", "/price", "/testimonials/0/price", ""}) {
        EXPECT_FALSE(is_money_pointer(pointer)) << pointer;
    }
}

TEST(RegionOfTimezone, IsTheCountryThatTheZoneLiesIn) {
    EXPECT_EQ(region_of_timezone("Australia/Sydney"), "AU");
    EXPECT_EQ(region_of_timezone("Europe/London"), "GB");
    EXPECT_EQ(region_of_timezone("America/New_York"), "US");
    EXPECT_EQ(region_of_timezone("Pacific/Auckland"), "NZ");
    EXPECT_EQ(region_of_timezone("UTC"), "");
    EXPECT_EQ(region_of_timezone("Nowhere/Atlantis"), "");
}

CheckedBooking booking(const char *field, const std::string &value,
                       const std::string &zone = "Australia/Sydney") {
    BookingSubmission submission;
    submission.values = {{"client_name", "Robin Lee"}, {"client_email", "robin@example.com"},
                         {"client_phone", ""},         {"preferred_date", "2026-11-23T20:00"},
                         {"message", "Hello."},        {"terms", "yes"}};
    for (auto &[name, old] : submission.values) {
        if (name == field) {
            old = value;
        }
    }
    return check_booking(submission, zone, parse_rfc3339("2026-09-01T00:00:00Z").value());
}

TEST(PastedBooking, PhonesAreTakenAsTypedWithTheirNormalForm) {
    const std::pair<const char *, const char *> each[] = {
        {"\u202D+61 412 345 678\u202C", "+61412345678"}, {"+44 (0)20 7946 0958", "+442079460958"},
        {"0044 20 7946 0958", "+442079460958"},          {"0412 345 678", "+61412345678"},
        {"0412\u2011345\u2011678", "+61412345678"},      {"tel:+61412345678", "+61412345678"},
        {"0412 345 678 / 0413 456 789", "+61412345678"}, {"0412 345 678 ext 3", "+61412345678"}};
    for (const auto &[typed, normal] : each) {
        const CheckedBooking result = booking("client_phone", typed);
        EXPECT_TRUE(result.errors.empty()) << typed;
        EXPECT_EQ(result.request.client_phone_normal, normal) << typed;
    }
    EXPECT_EQ(booking("client_phone", "0412 345 678 / 0413 456 789").request.client_phones,
              (std::vector<std::string>{"+61412345678", "+61413456789"}));
    EXPECT_EQ(booking("client_phone", "\u202D+61 412 345 678\u202C").request.client_phone, "+61 412 345 678");
    EXPECT_EQ(booking("client_phone", "+999 123 456 789").request.client_phone_normal, "")
        << "unknown to the tables, and taken";
    EXPECT_EQ(booking("client_phone", "020 7946 0958", "Europe/London").request.client_phone_normal,
              "+442079460958");
}

TEST(PastedBooking, TwoNumbersInARowAreNotOne) {
    const CheckedBooking result = booking("client_phone", "0412 345 678 0413 456 789");
    ASSERT_EQ(result.errors.size(), 1U);
    EXPECT_THAT(result.errors[0].message, HasSubstr("one phone number"));
}

TEST(PastedBooking, NamesAndAddressesAreCleaned) {
    EXPECT_EQ(booking("client_name", "\u200BZoe\u0308\u00A0Lee ").request.client_name, "Zo\u00EB Lee");
    EXPECT_EQ(booking("client_email", "\uFEFF robin@example.com\u00A0").request.client_email,
              "robin@example.com");
    EXPECT_EQ(booking("client_email", "mailto:robin@example.com").request.client_email, "robin@example.com");
    EXPECT_EQ(booking("preferred_date", "\u200E2026-11-23T20:00\u200E").errors.size(), 0U);
    for (const char *name : {"\u200B", "\u3164", "\u2060 \u2060"}) {
        EXPECT_THAT(booking("client_name", name).errors.at(0).message, HasSubstr("enter your name")) << name;
    }
}

} // namespace
} // namespace studio::models
