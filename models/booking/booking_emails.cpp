// SPDX-License-Identifier: Apache-2.0
#include "models/booking/booking_emails.h"

#include "base/text.h"
#include "models/json/json_read.h"

#include <algorithm>
#include <array>
#include <vector>

namespace studio::models {

namespace {

struct Placeholder {
    std::string_view name;
    std::string BookingFacts::*value;
    bool for_visitor, for_client, for_companion;

    bool is_for(EmailReader reader) const {
        return reader == EmailReader::Visitor  ? for_visitor
               : reader == EmailReader::Client ? for_client
                                               : for_companion;
    }
};

constexpr std::array<Placeholder, 16> placeholders{
    {{"name", &BookingFacts::name, true, true, true},
     {"email", &BookingFacts::email, true, true, true},
     {"companion", &BookingFacts::companion, true, true, true},
     {"service", &BookingFacts::service, true, true, true},
     {"date", &BookingFacts::date, true, true, true},
     {"duration", &BookingFacts::duration, false, false, true},
     {"phone", &BookingFacts::phone, false, false, true},
     {"message", &BookingFacts::message, false, true, true},
     {"start", &BookingFacts::start, true, true, true},
     {"end", &BookingFacts::end, true, true, true},
     {"place", &BookingFacts::place, false, true, true},
     {"deposit", &BookingFacts::deposit, false, true, false},
     {"due", &BookingFacts::due, false, true, false},
     {"reference", &BookingFacts::reference, false, true, false},
     {"payment", &BookingFacts::payment, false, true, false},
     {"link", &BookingFacts::link, true, true, true}}};

using Reader = EmailReader;
using Emails = BookingEmails;
constexpr std::array<BookingEmailKey, 14> email_keys{
    {{"visitor", &Emails::visitor, Reader::Visitor, "The email to the visitor"},
     {"companion", &Emails::companion, Reader::Companion, "The email to the companion"},
     {"accepted", &Emails::accepted, Reader::Client, "The email about an acceptance"},
     {"declined", &Emails::declined, Reader::Client, "The email about a refusal"},
     {"proposed", &Emails::proposed, Reader::Client, "The email about another time"},
     {"question", &Emails::question, Reader::Client, "The email with a question"},
     {"moved", &Emails::moved, Reader::Client, "The email about a move"},
     {"kept", &Emails::kept, Reader::Client, "The email about a time that stays"},
     {"cancelled", &Emails::cancelled, Reader::Client, "The email about a cancellation"},
     {"confirmed", &Emails::confirmed, Reader::Client, "The email about a deposit that arrived"},
     {"released", &Emails::released, Reader::Client, "The email about a time that was given back"},
     {"expired", &Emails::expired, Reader::Client, "The email about a request that nobody answered"},
     {"reminder", &Emails::reminder, Reader::Client, "The reminder of a booking"},
     {"depositReminder", &Emails::deposit_reminder, Reader::Client, "The reminder of a deposit"}}};

const Placeholder *find_placeholder(std::string_view name) {
    const auto found = std::find_if(placeholders.begin(), placeholders.end(),
                                    [&](const Placeholder &known) { return known.name == name; });
    return found == placeholders.end() ? nullptr : &*found;
}

// Calls `text` for the text between placeholders and `placeholder` for each name in {{ }}, without
// surrounding blanks.
template <class OnText, class OnPlaceholder>
void walk(std::string_view template_text, OnText on_text, OnPlaceholder on_placeholder) {
    while (!template_text.empty()) {
        const std::size_t open = template_text.find("{{");
        const std::size_t close = open == std::string_view::npos ? open : template_text.find("}}", open + 2);
        if (close == std::string_view::npos) {
            return on_text(template_text);
        }
        on_text(template_text.substr(0, open));
        const std::string_view whole = template_text.substr(open, close + 2 - open);
        std::string_view name = whole.substr(2, whole.size() - 4);
        while (name.starts_with(' ')) {
            name.remove_prefix(1);
        }
        while (name.ends_with(' ')) {
            name.remove_suffix(1);
        }
        on_placeholder(name, whole);
        template_text.remove_prefix(close + 2);
    }
}

// The first {{…}} for which `wanted` returns true. `wanted` gets nullptr for a name that is no placeholder.
template <class Wanted> std::optional<std::string> first_placeholder(std::string_view text, Wanted wanted) {
    std::optional<std::string> first;
    walk(
        text, [](std::string_view) {},
        [&](std::string_view name, std::string_view whole) {
            if (!first && wanted(find_placeholder(name))) {
                first = whole;
            }
        });
    return first;
}

// Removes the first code point from the text, which must be valid UTF-8 and not empty.
char32_t take_code_point(std::string_view &text) {
    const auto first = static_cast<unsigned char>(text.front());
    const std::size_t length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    char32_t code = length == 1 ? first : first & (0xffU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        code = code << 6 | (static_cast<unsigned char>(text[i]) & 0x3fU);
    }
    text.remove_prefix(length);
    return code;
}

// Whether it is a letter of a script in which people's names are written; not a digit, dot or slash.
bool is_letter(char32_t code) {
    struct Range {
        char32_t first, last;
    };
    constexpr Range letters[] = {{'A', 'Z'},       {'a', 'z'},       {0xc0, 0xd6},     {0xd8, 0xf6},
                                 {0xf8, 0x24f},    {0x386, 0x386},   {0x388, 0x3ff},   {0x400, 0x481},
                                 {0x48a, 0x52f},   {0x531, 0x556},   {0x561, 0x587},   {0x5d0, 0x5ea},
                                 {0x620, 0x64a},   {0x904, 0x939},   {0xe01, 0xe2e},   {0x10d0, 0x10fa},
                                 {0x1e00, 0x1eff}, {0x3041, 0x3096}, {0x30a1, 0x30fa}, {0x4e00, 0x9fff},
                                 {0xac00, 0xd7a3}};
    return std::any_of(std::begin(letters), std::end(letters),
                       [code](const Range &range) { return code >= range.first && code <= range.last; });
}

EmailWording read_wording(const Json &object) {
    return {line_member(object, "subject"), prose_member(object, "message")};
}

EmailWording or_else(EmailWording wording, const EmailWording &otherwise) {
    if (base::is_blank(wording.subject)) {
        wording.subject = otherwise.subject;
    }
    if (base::is_blank(wording.message)) {
        wording.message = otherwise.message;
    }
    return wording;
}

} // namespace

std::string plain_name(std::string_view name) {
    constexpr int max_characters = 40, max_words = 3;
    if (!base::is_valid_utf8(name)) {
        return {};
    }
    int characters = 0, words = 0;
    bool in_word = false;
    for (std::string_view rest = name; !rest.empty();) {
        const char32_t code = take_code_point(rest);
        const bool letter = is_letter(code);
        const bool joins = code == '-' || code == '\'' || code == 0x2019;
        if ((!letter && !joins && code != ' ') || ++characters > max_characters) {
            return {};
        }
        words += letter && !in_word ? 1 : 0;
        in_word = letter || joins;
    }
    return words <= max_words ? std::string(name) : std::string();
}

std::span<const std::string_view> booking_placeholders() {
    static const auto names = [] {
        std::array<std::string_view, placeholders.size()> list;
        std::transform(placeholders.begin(), placeholders.end(), list.begin(),
                       [](const Placeholder &placeholder) { return placeholder.name; });
        return list;
    }();
    return names;
}

std::span<const std::string_view> placeholders_for(EmailReader reader) {
    static const auto names = [] {
        std::array<std::vector<std::string_view>, 3> lists;
        for (const EmailReader each : {EmailReader::Visitor, EmailReader::Client, EmailReader::Companion}) {
            for (const Placeholder &placeholder : placeholders) {
                if (placeholder.is_for(each)) {
                    lists[static_cast<std::size_t>(each)].push_back(placeholder.name);
                }
            }
        }
        return lists;
    }();
    return names[static_cast<std::size_t>(reader)];
}

BookingFacts only_for(EmailReader reader, BookingFacts facts) {
    for (const Placeholder &placeholder : placeholders) {
        if (!placeholder.is_for(reader)) {
            (facts.*placeholder.value).clear();
        }
    }
    return facts;
}

std::optional<std::string> placeholder_left_empty(std::string_view text, EmailReader reader) {
    return first_placeholder(
        text, [reader](const Placeholder *known) { return known != nullptr && !known->is_for(reader); });
}

std::optional<std::string> unknown_placeholder(std::string_view text) {
    return first_placeholder(text, [](const Placeholder *known) { return known == nullptr; });
}

const std::string &fact(const BookingFacts &facts, std::string_view placeholder) {
    static const std::string none;
    const Placeholder *known = find_placeholder(placeholder);
    return known ? facts.*(known->value) : none;
}

std::string fill_placeholders(std::string_view text,
                              const std::function<std::string(std::string_view)> &value) {
    std::string filled;
    walk(
        text, [&](std::string_view plain) { filled += plain; },
        [&](std::string_view name, std::string_view whole) {
            if (find_placeholder(name)) {
                filled += value(name);
            } else {
                filled += whole;
            }
        });
    return filled;
}

std::span<const BookingEmailKey> booking_email_keys() {
    return email_keys;
}

BookingEmails read_booking_emails(const Json &object) {
    BookingEmails emails;
    for (const BookingEmailKey &each : email_keys) {
        emails.*each.wording = read_wording(object_member(object, each.key));
    }
    return emails;
}

BookingEmails with_defaults(BookingEmails emails, const BookingEmails &defaults) {
    for (const BookingEmailKey &each : email_keys) {
        emails.*each.wording = or_else(std::move(emails.*each.wording), defaults.*each.wording);
    }
    return emails;
}

} // namespace studio::models
