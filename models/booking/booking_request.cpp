// SPDX-License-Identifier: Apache-2.0
#include "models/booking/booking_request.h"

#include "base/telephone.h"
#include "base/text.h"
#include "models/booking/booking_time_text.h"
#include "models/documents/parse_document.h"
#include "models/values/timezone.h"
#include "models/values/web_address.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace studio::models {

namespace {

constexpr std::array<std::string_view, 13> fields{
    "client_name",     "client_email", "client_phone", "service_type", "preferred_date", "preferred_date_end",
    "duration",        "place_kind",   "place",        "message",      "terms",          "consent",
    "client_time_zone"};
constexpr std::size_t max_screening_answers = 12;

int hex_digit(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// Decodes a form's value. Text that is no valid escape stays as it is.
std::string form_decoded(std::string_view text) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool escape = text[at] == '%' && at + 2 < text.size() && hex_digit(text[at + 1]) >= 0 &&
                            hex_digit(text[at + 2]) >= 0;
        if (escape) {
            decoded.push_back(static_cast<char>(hex_digit(text[at + 1]) * 16 + hex_digit(text[at + 2])));
            at += 2;
        } else {
            decoded.push_back(text[at] == '+' ? ' ' : text[at]);
        }
    }
    return decoded;
}

// The member that holds a field's value; nullptr for a name that is not in the form.
std::string *place_of(BookingSubmission &submission, std::string_view name) {
    if (name == "token") {
        return &submission.token;
    }
    if (name == "idempotency_key") {
        return &submission.idempotency_key;
    }
    if (name == "website") {
        return &submission.website;
    }
    const bool screening = name.starts_with(screening_prefix) && name.size() <= 120 &&
                           submission.values.size() < fields.size() + max_screening_answers;
    if (!screening && std::find(fields.begin(), fields.end(), name) == fields.end()) {
        return nullptr;
    }
    submission.values.emplace_back(name, "");
    return &submission.values.back().second;
}

// Whether the text has control characters; line ends and tabs are allowed where it may have several lines.
bool has_control(std::string_view text, bool several_lines) {
    for (std::size_t at = 0; at < text.size(); ++at) {
        const unsigned char byte = static_cast<unsigned char>(text[at]);
        if (byte == 0x7F || (byte < 0x20 && !(several_lines && (byte == '\n' || byte == '\t')))) {
            return true;
        }
        if (byte == 0xC2 && at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) < 0xA0) {
            return true;
        }
    }
    return false;
}

bool is_accepted(std::string_view value) {
    return value == "yes" || value == "on" || value == "true" || value == "1";
}

struct TextRule {
    std::string_view field;
    const char *label;   // the beginning of messages: "Your name"
    const char *missing; // the message for an empty field; nullptr where it may be empty
    std::size_t max_characters;
    bool several_lines = false;
};

class Check final {
public:
    Check(const BookingSubmission &submission, const std::string &zone, Time now,
          const BookingQuestions &questions)
        : m_submission(submission), m_zone(zone), m_now(now), m_questions(questions) {}

    CheckedBooking run();

private:
    void refuse(std::string_view field, std::string message) {
        m_result.errors.push_back({std::string(field), std::move(message)});
    }
    std::string text(const TextRule &rule);
    void email();
    void phone();
    void dates();
    void place();
    void screening();
    void consents();
    std::optional<Time> date(std::string_view field, const char *label, bool required);

    const BookingSubmission &m_submission;
    const std::string &m_zone;
    const Time m_now;
    const BookingQuestions &m_questions;
    CheckedBooking m_result;
};

// The field's text; "" also where it was refused.
std::string Check::text(const TextRule &rule) {
    const std::string &sent = m_submission.value(rule.field);
    const std::string value = rule.several_lines ? base::clean_prose(sent) : base::clean_line(sent);
    std::string problem;
    if (!base::is_valid_utf8(value)) {
        problem =
            fmt::format("{} contains characters that could not be read: please type it again.", rule.label);
    } else if (has_control(value, rule.several_lines)) {
        problem = fmt::format("{} contains characters that cannot be shown: please type it on one line, "
                              "without control characters.",
                              rule.label);
    } else if (base::character_count(value) > rule.max_characters) {
        problem = fmt::format("{} is too long: at most {} characters, not {}.", rule.label,
                              rule.max_characters, base::character_count(value));
    } else if (value.empty() && rule.missing) {
        problem = rule.missing;
    }
    if (problem.empty()) {
        return value;
    }
    refuse(rule.field, std::move(problem));
    return {};
}

void Check::email() {
    const std::size_t before = m_result.errors.size();
    const std::string typed = text(
        {"client_email", "The email address", "Please enter your email address. The reply goes there.", 254});
    const auto address = email_in(typed);
    if (address) {
        m_result.request.client_email = *address;
    } else if (m_result.errors.size() == before) {
        refuse("client_email", "Please enter an email address like name@example.com.");
    }
}

void Check::phone() {
    const std::string value = text({"client_phone", "The phone number", nullptr, 40});
    if (value.empty()) {
        return;
    }
    const auto region = region_of_timezone(m_zone);
    const auto numbers = base::separate_telephones(value, region);
    if (!base::telephone_to_dial(numbers.front(), region)) {
        refuse(
            "client_phone",
            "Please enter one phone number with 6 to 15 digits, such as +61 412 345 678, or leave it empty.");
        return;
    }
    m_result.request.client_phone = value;
    m_result.request.client_phone_normal = base::normal_telephone(numbers.front(), region).value_or("");
    m_result.request.client_phones = base::normal_telephones(value, region);
}

std::optional<Time> Check::date(std::string_view field, const char *label, bool required) {
    const std::string value = base::clean_line(m_submission.value(field));
    if (value.empty()) {
        if (required) {
            refuse(field, fmt::format("Please choose a day and a time for the {}.", label));
        }
        return std::nullopt;
    }
    const auto local = read_typed_time(value);
    const auto instant =
        local ? std::nullopt : parse_rfc3339(value); // the form in which /api/times gives times
    if (!local && !instant) {
        refuse(field,
               fmt::format("Please enter the {} as a day and a time, such as 14 March 2027, 20:00.", label));
        return std::nullopt;
    }
    const ResolvedTime time = local ? resolve_local_time(*local, m_zone) : ResolvedTime{*instant};
    if (m_questions.hours_decide) {
        if (field == "preferred_date") {
            m_result.details.local_start = local;
        }
        return time.at;
    }
    if (time.kind == LocalTimeKind::Skipped) {
        const LocalDateTime next = local_time(time.at, m_zone);
        refuse(field, fmt::format("{:02}:{:02} does not exist on that day: the clocks in {} are put forward "
                                  "then. Please choose {:02}:{:02} or later.",
                                  local->hour, local->minute, place_of_zone(m_zone), next.hour, next.minute));
        return std::nullopt;
    }
    if (time.at <= m_now) {
        refuse(field, fmt::format("The {} is in the past: in {} it is {} now. Please choose a later time.",
                                  label, place_of_zone(m_zone), format_local_time(m_now, m_zone)));
        return std::nullopt;
    }
    if (time.at > m_now + max_days_ahead) {
        refuse(field,
               fmt::format("The {} is more than two years away: please choose an earlier day.", label));
        return std::nullopt;
    }
    return time.at;
}

void Check::dates() {
    const auto start = date("preferred_date", "preferred start", true);
    const auto end = date("preferred_date_end", "preferred end", false);
    m_result.request.preferred = start.value_or(Time());
    m_result.request.preferred_end = end;
    if (start && end && *end <= *start) {
        refuse("preferred_date_end", "The preferred end must come after the preferred start.");
    } else if (start && end && *end > *start + longest_booking) {
        refuse("preferred_date_end", "The preferred end must be at most 31 days after the preferred start.");
    }
}

void Check::place() {
    const std::string kind = base::clean_line(m_submission.value("place_kind"));
    static const std::vector<std::string> all{"incall", "outcall", "travel"};
    const std::vector<std::string> &places = m_questions.places.empty() ? all : m_questions.places;
    if (std::find(places.begin(), places.end(), kind) != places.end()) {
        m_result.details.place_kind = kind;
    } else if (!kind.empty() || m_questions.places.size() > 1) {
        refuse("place_kind", "Please choose where you would like to meet.");
    } else if (m_questions.places.size() == 1) {
        m_result.details.place_kind = places.front();
    }
    m_result.details.place = text({"place", "The place", nullptr, 200});
}

void Check::screening() {
    for (const ScreeningField &field : m_questions.screening) {
        const std::string name = std::string(screening_prefix) + field.id;
        const std::string missing = "Please answer: " + field.label;
        const std::string label = "Your answer";
        const std::string answer =
            text({name, label.c_str(), field.required ? missing.c_str() : nullptr, 1000, true});
        if (!answer.empty()) {
            m_result.details.screening.emplace_back(field.id, answer);
        }
    }
}

void Check::consents() {
    if (!is_accepted(base::clean_line(m_submission.value("terms")))) {
        refuse("terms", "Please confirm that you are 18 or older and accept the booking terms.");
    }
    m_result.details.consent = is_accepted(base::clean_line(m_submission.value("consent")));
    if (m_questions.consent_needed && !m_result.details.consent) {
        refuse("consent", "Please agree to what is kept for your booking: it cannot be made without.");
    }
}

CheckedBooking Check::run() {
    BookingRequest &request = m_result.request;
    request.client_name = text({"client_name", "Your name", "Please enter your name.", 100});
    email();
    phone();
    request.service_type = text({"service_type", "What you have in mind", nullptr, 100});
    dates();
    request.duration = text({"duration", "The duration", nullptr, 60});
    place();
    request.message = text({"message", "Your message",
                            "Please write a few words about you, the place and the occasion.", 4000, true});
    screening();
    consents();
    if (const std::string zone = base::clean_line(m_submission.value("client_time_zone"));
        is_timezone(zone)) {
        request.client_time_zone = zone; // no person typed it, so a wrong one is dropped without a message
    }
    return std::move(m_result);
}

} // namespace

std::span<const std::string_view> booking_fields() {
    return fields;
}

std::string_view booking_consent_text() {
    return "I agree that what I enter here is kept for this booking: my name and how to reach me, the time "
           "and the "
           "place, and my answers. What I wrote is deleted 90 days after the date, or 90 days after a "
           "request that "
           "came to nothing.";
}

const std::string &BookingSubmission::value(std::string_view field) const {
    static const std::string none;
    const auto found =
        std::find_if(values.begin(), values.end(), [&](const auto &pair) { return pair.first == field; });
    return found == values.end() ? none : found->second;
}

std::vector<std::pair<std::string, std::string>> read_form(std::string_view body) {
    std::vector<std::pair<std::string, std::string>> fields_read;
    while (!body.empty()) {
        const std::size_t end = std::min(body.find('&'), body.size());
        const std::string_view pair = body.substr(0, end);
        body.remove_prefix(std::min(end + 1, body.size()));
        const std::size_t equals = std::min(pair.find('='), pair.size());
        fields_read.emplace_back(form_decoded(pair.substr(0, equals)),
                                 form_decoded(pair.substr(std::min(equals + 1, pair.size()))));
    }
    return fields_read;
}

BookingSubmission read_booking_form(std::string_view body) {
    BookingSubmission submission;
    std::vector<std::string> seen;
    for (auto &[name, value] : read_form(body)) {
        if (std::find(seen.begin(), seen.end(), name) != seen.end()) {
            continue;
        }
        if (std::string *place = place_of(submission, name)) {
            *place = std::move(value);
            seen.push_back(name);
        }
    }
    return submission;
}

BookingJson read_booking_json(std::string_view body) {
    BookingJson result;
    const ParsedDocument parsed = parse_document(body);
    if (has_errors(parsed.issues) || !parsed.document.is_object()) {
        result.errors.push_back({"", parsed.issues.empty() ? "The body must be one JSON object."
                                                           : parsed.issues.front().message});
        return result;
    }
    for (const auto &[name, value] : parsed.document.items()) {
        std::string *place = place_of(result.submission, name);
        if (!place) {
            result.errors.push_back({name, "There is no field with this name."});
        } else if (value.is_string()) {
            *place = value.get<std::string>();
        } else if (value.is_boolean() && (name == "terms" || name == "consent")) {
            *place = value.get<bool>() ? "yes" : "";
        } else if (!value.is_null()) {
            result.errors.push_back({name, name == "terms" || name == "consent"
                                               ? "The field must be true or \"yes\"."
                                               : "The field must be text."});
        }
    }
    return result;
}

CheckedBooking check_booking(const BookingSubmission &submission, const std::string &zone, Time now,
                             const BookingQuestions &questions) {
    return Check(submission, zone, now, questions).run();
}

} // namespace studio::models
