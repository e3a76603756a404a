// SPDX-License-Identifier: Apache-2.0
#include "models/booking/booking_request.h"
#include "models/values/zoned_time.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace studio::models;
using testing::ElementsAre;
using testing::HasSubstr;

namespace {

const Time now = parse_rfc3339("2026-09-01T00:00:00Z").value();

BookingSubmission sound() {
    BookingSubmission submission;
    submission.values = {{"client_name", "Robin Lee"},
                         {"client_email", "robin@example.com"},
                         {"client_phone", "+61 (0)412 345-678"},
                         {"service_type", "Dinner"},
                         {"preferred_date", "2026-11-23T20:00"},
                         {"preferred_date_end", "2026-11-23T23:00"},
                         {"duration", "three hours"},
                         {"message", "Hello, dinner by the harbour."},
                         {"terms", "yes"}};
    return submission;
}

BookingSubmission with(std::string_view field, std::string value) {
    BookingSubmission submission = sound();
    for (auto &[name, old] : submission.values) {
        if (name == field) {
            old = std::move(value);
        }
    }
    return submission;
}

CheckedBooking checked(const BookingSubmission &submission, const std::string &zone = "Australia/Sydney") {
    return check_booking(submission, zone, now);
}

} // namespace

TEST(BookingRequest, OfASoundFormIsWhole) {
    const CheckedBooking result = checked(sound());
    EXPECT_TRUE(result.errors.empty());
    BookingRequest expected;
    expected.client_name = "Robin Lee";
    expected.client_email = "robin@example.com";
    expected.client_phone = "+61 (0)412 345-678";
    expected.client_phone_normal = "+61412345678";
    expected.client_phones = {"+61412345678"};
    expected.service_type = "Dinner";
    expected.duration = "three hours";
    expected.message = "Hello, dinner by the harbour.";
    expected.preferred = parse_rfc3339("2026-11-23T09:00:00Z").value();
    expected.preferred_end = parse_rfc3339("2026-11-23T12:00:00Z");
    EXPECT_EQ(result.request, expected);
}

TEST(BookingRequest, NeedsNoMoreThanNameAddressDateMessageAndTerms) {
    BookingSubmission submission;
    submission.values = {{"client_name", "R"},
                         {"client_email", "r@example.com"},
                         {"preferred_date", "2026-11-23T20:00"},
                         {"message", "Hi"},
                         {"terms", "on"}};
    EXPECT_TRUE(checked(submission).errors.empty());
    const CheckedBooking nothing = checked(BookingSubmission{});
    std::vector<std::string> missing;
    for (const FieldMessage &error : nothing.errors) {
        missing.push_back(error.field);
    }
    EXPECT_THAT(missing, ElementsAre("client_name", "client_email", "preferred_date", "message", "terms"));
}

TEST(BookingRequest, SaysForEachFieldWhatWouldBeRight) {
    struct {
        const char *field;
        std::string value;
        const char *words; // "" where the text is accepted
    } const cases[] = {
        {"client_name", "  ", "enter your name"},
        {"client_name", std::string(100, 'x'), ""},
        {"client_name", std::string(101, 'x'), "at most 100 characters, not 101"},
        {"client_name", std::string(10'240, 'x'), "at most 100 characters"},
        {"client_name", "Robin\r\nBcc: all@example.com", "control characters"},
        {"client_name", "Robin\nLee", "control characters"},
        {"client_name", std::string("Rob\0in", 6), "control characters"},
        {"client_name", "Robin\x7f", "control characters"},
        {"client_name", "Rob\xC2\x85in", "control characters"},
        {"client_name", "Robin\xE2\x80\xA8Lee", "control characters"},
        {"client_name",
         "\xE2\x80\xAE"
         "eeL niboR",
         ""},
        {"client_name", "\xE2\x81\xA6Robin", ""},
        {"client_name", "\xFF\xFE", "could not be read"},
        {"client_name", "Zoë O’Brien 🌸", ""},
        {"client_name", "روبن لي", ""},
        {"client_name", "  Robin  ", ""},
        {"client_email", "", "The reply goes there"},
        {"client_email", "robin", "name@example.com"},
        {"client_email", "robin@localhost@example.com", "name@example.com"},
        {"client_email", "robin@example.com\r\nBcc: x@example.com", "control characters"},
        {"client_email", "robin lee@example.com", "name@example.com"},
        {"client_email", "a@b.com, c@d.com", "name@example.com"},
        {"client_email", "<a@b>", "name@example.com"},
        {"client_email", std::string(250, 'a') + "@example.com", "at most 254 characters"},
        {"client_email", "robin.lee+book@mail.example.com", ""},
        {"client_phone", "", ""},
        {"client_phone", "call me", "6 to 15 digits"},
        {"client_phone", "12345", "6 to 15 digits"},
        {"client_phone", "1234567890123456", "6 to 15 digits"},
        {"client_phone", "0412 345 678", ""},
        {"service_type", "", ""},
        {"service_type", std::string(101, 'x'), "at most 100 characters"},
        {"duration", std::string(61, 'x'), "at most 60 characters"},
        {"message", "   \r\n ", "a few words"},
        {"message", std::string(4000, 'x'), ""},
        {"message", std::string(4001, 'x'), "at most 4000 characters"},
        {"message", "one\r\ntwo\tthree", ""},
        {"message", "bell\x07", "control characters"},
        {"terms", "", "18 or older"},
        {"terms", "no", "18 or older"},
        {"preferred_date", "", "choose a day and a time"},
        {"preferred_date", "next Friday", "a day and a time, such as 14 March 2027, 20:00"},
        {"preferred_date", "23/11/2026 20:00", "a day and a time, such as 14 March 2027, 20:00"},
        {"preferred_date", "2026-09-01T09:59", "in Sydney it is Tuesday 1 September 2026, 10:00 AEST now"},
        {"preferred_date", "2026-09-01T10:00", "is in the past"},
        {"preferred_date", "2025-11-23T20:00", "is in the past"},
        {"preferred_date", "2126-11-23T20:00", "more than two years"},
        {"preferred_date", "2028-09-03T20:00", "more than two years"},
        {"preferred_date", "2026-10-04T02:30", "02:30 does not exist on that day: the clocks in Sydney"},
        {"preferred_date", "2026-10-04T02:30", "choose 03:00 or later"},
        {"preferred_date_end", "2026-11-23T20:00", "after the preferred start"},
        {"preferred_date_end", "2026-11-23T19:00", "after the preferred start"},
        {"preferred_date_end", "2026-12-24T20:01", "at most 31 days"},
        {"preferred_date_end", "2026-12-24T20:00", ""},
        {"preferred_date_end", "2027-10-03T02:15", "does not exist"},
        {"preferred_date_end", "late", "a day and a time"},
        {"preferred_date_end", "", ""},
    };
    for (const auto &one : cases) {
        const CheckedBooking result = checked(with(one.field, one.value));
        if (!*one.words) {
            EXPECT_TRUE(result.errors.empty()) << one.field << " = " << one.value;
            continue;
        }
        ASSERT_EQ(result.errors.size(), 1U) << one.field << " = " << one.value;
        EXPECT_EQ(result.errors[0].field, one.field) << one.value;
        EXPECT_THAT(result.errors[0].message, HasSubstr(one.words)) << one.value;
    }
}

TEST(BookingRequest, CountsTheDaysOnTheCompanionsClocks) {
    struct {
        const char *zone, *start, *end, *start_utc, *end_utc;
    } const cases[] = {
        // The night in which Sydney's clocks are put forward is an hour shorter, back an hour longer.
        {"Australia/Sydney", "2026-10-03T22:00", "2026-10-04T04:00", "2026-10-03T12:00:00Z",
         "2026-10-03T17:00:00Z"},
        {"Australia/Sydney", "2027-04-03T22:00", "2027-04-04T04:00", "2027-04-03T11:00:00Z",
         "2027-04-03T18:00:00Z"},
        // A time that comes twice means the first.
        {"Australia/Sydney", "2027-04-04T01:00", "2027-04-04T02:30", "2027-04-03T14:00:00Z",
         "2027-04-03T15:30:00Z"},
        {"America/New_York", "2026-11-01T01:30", "2026-11-01T02:00", "2026-11-01T05:30:00Z",
         "2026-11-01T07:00:00Z"},
        {"America/New_York", "2027-03-13T22:00", "2027-03-14T04:00", "2027-03-14T03:00:00Z",
         "2027-03-14T08:00:00Z"},
    };
    for (const auto &one : cases) {
        BookingSubmission submission = with("preferred_date", one.start);
        submission.values[5].second = one.end;
        const CheckedBooking result = checked(submission, one.zone);
        EXPECT_TRUE(result.errors.empty()) << one.start;
        EXPECT_EQ(result.request.preferred, parse_rfc3339(one.start_utc)) << one.start;
        EXPECT_EQ(result.request.preferred_end, parse_rfc3339(one.end_utc)) << one.end;
    }
    const CheckedBooking gap = checked(with("preferred_date", "2027-03-14T02:30"), "America/New_York");
    EXPECT_THAT(gap.errors.at(0).message, HasSubstr("the clocks in New York are put forward"));
}

TEST(BookingRequest, IsTidiedButNotChanged) {
    EXPECT_EQ(checked(with("client_name", " \tRobin Lee ")).request.client_name, "Robin Lee");
    EXPECT_EQ(checked(with("message", "\r\none\r\n\r\ntwo\rthree\n")).request.message, "one\n\ntwo\nthree");
}

TEST(BookingForm, IsReadFieldByField) {
    const BookingSubmission form = read_booking_form(
        "token=t%2Fx&idempotency_key=k&website=&client_name=Zo%C3%AB+Lee&client_name=Second&colour=red&"
        "message=50%25+%26+more%0D%0Aok&&=x&terms&preferred_date=2026-11-23T20%3A00&duration=100%&client_"
        "phone=%zz");
    EXPECT_EQ(form.token, "t/x");
    EXPECT_EQ(form.idempotency_key, "k");
    EXPECT_EQ(form.website, "");
    EXPECT_EQ(form.value("client_name"), "Zoë Lee");
    EXPECT_EQ(form.value("message"), "50% & more\r\nok");
    EXPECT_EQ(form.value("preferred_date"), "2026-11-23T20:00");
    EXPECT_EQ(form.value("duration"), "100%");
    EXPECT_EQ(form.value("client_phone"), "%zz");
    EXPECT_EQ(form.value("colour"), "");
    EXPECT_TRUE(read_booking_form("").values.empty());
}

TEST(BookingJson, IsOneObjectOfTheFormsFields) {
    const BookingJson result = read_booking_json(
        R"({"token":"t","idempotency_key":"k","client_name":"Zoë","client_phone":null,"terms":true})");
    EXPECT_TRUE(result.errors.empty());
    EXPECT_EQ(result.submission.value("client_name"), "Zoë");
    EXPECT_EQ(result.submission.value("client_phone"), "");
    EXPECT_EQ(result.submission.value("terms"), "yes");
    EXPECT_EQ(result.submission.token, "t");

    struct {
        const char *body, *field, *words;
    } const refused[] = {
        {"", "", "not valid JSON"},
        {"[]", "", "one JSON object"},
        {R"({"client_name":5})", "client_name", "must be text"},
        {R"({"terms":1})", "terms", "true or"},
        {R"({"preferredDate":"2026-11-23T20:00"})", "preferredDate", "no field with this name"},
        {R"({"client_name":"a","client_name":"b"})", "", "appears twice"},
        {"{\"client_name\":\"\xFF\"}", "", "UTF-8"},
    };
    for (const auto &one : refused) {
        const BookingJson answer = read_booking_json(one.body);
        ASSERT_EQ(answer.errors.size(), 1U) << one.body;
        EXPECT_EQ(answer.errors[0].field, one.field) << one.body;
        EXPECT_THAT(answer.errors[0].message, HasSubstr(one.words)) << one.body;
    }
}

TEST(BookingRequest, AsksForPlaceAnswersAndConsentWhereTheCompanionDoes) {
    BookingQuestions questions;
    questions.places = {"incall", "outcall"};
    questions.screening = {{"height", "How tall are you?", "", true},
                           {"work", "Where do you work?", "", false}};
    questions.consent_needed = true;
    BookingSubmission submission = sound();
    const CheckedBooking without = check_booking(submission, "Australia/Sydney", now, questions);
    std::vector<std::string> fields;
    for (const FieldMessage &error : without.errors) {
        fields.push_back(error.field);
    }
    EXPECT_THAT(fields, ElementsAre("place_kind", "screening_height", "consent"));
    submission.values.emplace_back("place_kind", "outcall");
    submission.values.emplace_back("place", " The Rocks ");
    submission.values.emplace_back("screening_height", "180 cm");
    submission.values.emplace_back("consent", "yes");
    const CheckedBooking whole = check_booking(submission, "Australia/Sydney", now, questions);
    EXPECT_TRUE(whole.errors.empty());
    EXPECT_EQ(whole.details, (BookingDetails{"outcall", "The Rocks", {{"height", "180 cm"}}, true}));
    questions.places = {"incall"};
    EXPECT_EQ(check_booking(submission, "Australia/Sydney", now, questions).errors.front().field,
              "place_kind")
        << "where the service is not offered";
    submission.values.erase(submission.values.end() - 4); // the place's kind
    EXPECT_EQ(check_booking(submission, "Australia/Sydney", now, questions).details.place_kind, "incall");
}

TEST(BookingRequest, OfACompanionWhoAsksNothingMoreNeedsNothingMore) {
    EXPECT_TRUE(checked(sound()).errors.empty());
    BookingSubmission submission = sound();
    submission.values.emplace_back("place_kind", "the moon");
    EXPECT_EQ(checked(submission).errors.front().field, "place_kind");
}

TEST(BookingRequest, KeepsTheClientsOwnTimeZoneWhereItIsOne) {
    const auto in_zone = [](const char *zone) {
        BookingSubmission submission = sound();
        submission.values.emplace_back("client_time_zone", zone);
        return checked(submission);
    };
    EXPECT_EQ(in_zone("Europe/London").request.client_time_zone, "Europe/London");
    for (const char *wrong : {"", "Europe/Nowhere", "my time", "Europe/London\x01"}) {
        const CheckedBooking result = in_zone(wrong);
        EXPECT_EQ(result.request.client_time_zone, "") << wrong;
        EXPECT_TRUE(result.errors.empty()) << wrong;
    }
}

TEST(BookingRequest, TakesATimeAsItIsTyped) {
    EXPECT_EQ(checked(with("preferred_date", " 23 November 2026, 8 pm ")).request.preferred,
              parse_rfc3339("2026-11-23T09:00:00Z"));
}

TEST(BookingRequest, TakesATimeAsItIsListed) {
    const CheckedBooking result = checked(with("preferred_date", "2026-11-23T20:00:00+11:00"));
    EXPECT_TRUE(result.errors.empty());
    EXPECT_EQ(result.request.preferred, parse_rfc3339("2026-11-23T09:00:00Z"));
}

TEST(BookingRequest, LeavesATimeToTheCompanionsHoursWhereTheyDecide) {
    BookingQuestions questions;
    questions.hours_decide = true;
    const auto read = [&](const char *start) {
        BookingSubmission submission = with("preferred_date", start);
        std::erase_if(submission.values,
                      [](const auto &value) { return value.first == "preferred_date_end"; });
        return check_booking(submission, "Australia/Sydney", now, questions);
    };
    const CheckedBooking moment =
        read("2026-09-01T01:00:00+01:00"); // past or at night: for check_local_time() to refuse
    EXPECT_TRUE(moment.errors.empty());
    EXPECT_EQ(moment.request.preferred, parse_rfc3339("2026-09-01T00:00:00Z"));
    EXPECT_EQ(moment.details.local_start, std::nullopt);
    for (const char *start : {"2026-09-01T09:00", "2026-10-04T02:30"}) { // past, and skipped, in Sydney
        const CheckedBooking local = read(start);
        EXPECT_TRUE(local.errors.empty()) << start;
        EXPECT_EQ(local.details.local_start, parse_local_date_time(start));
    }
    EXPECT_EQ(read("soon").errors.size(), 1U);
}

TEST(BookingRequest, ReadsAnswersToTheCompanionsOwnQuestions) {
    const BookingSubmission form = read_booking_form("screening_height=180+cm&screening_height=2&colour=red");
    EXPECT_EQ(form.value("screening_height"), "180 cm");
    const BookingJson json = read_booking_json(R"({"screening_height": "180 cm", "consent": true})");
    EXPECT_TRUE(json.errors.empty());
    EXPECT_EQ(json.submission.value("consent"), "yes");
    std::string many = "{";
    for (int at = 0; at < 100; ++at) {
        many += (at ? ",\"screening_" : "\"screening_") + std::to_string(at) + "\":\"x\"";
    }
    EXPECT_FALSE(read_booking_json(many + "}").errors.empty()) << "there are not so many questions";
}
