// SPDX-License-Identifier: Apache-2.0
#include "base/telephone.h"

#include "base/text.h"

#include <phonenumbers/phonenumberutil.h>

#include <algorithm>
#include <regex>

namespace studio::base {

namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

constexpr std::size_t max_bytes = 200;

// Full-width digits and signs as the ASCII that they stand for, every dash as "-".
std::string with_plain_signs(const std::string &text) {
    std::string plain;
    for (std::size_t at = 0; at < text.size();) {
        const auto byte = [&](std::size_t offset) {
            return at + offset < text.size() ? static_cast<unsigned char>(text[at + offset]) : 0U;
        };
        const bool full_width = byte(0) == 0xEF && byte(1) == 0xBC;
        const bool dash = byte(0) == 0xE2 && byte(1) == 0x80 && byte(2) >= 0x90 && byte(2) <= 0x95;
        if (full_width || dash) {
            plain.push_back(dash ? '-' : static_cast<char>(byte(2) - 0x81 + '!'));
            at += 3;
        } else {
            plain.push_back(text[at++]);
        }
    }
    return plain;
}

struct Written {
    std::string digits; // with the signs between them
    std::string extension;
};

// Apart from a label before it ("Tel.:") and an extension behind it, a number has no letters.
std::optional<Written> read(std::string_view text) {
    static const std::regex shape(R"(^(?:[A-Za-z][A-Za-z -]{0,15}[:.]+ *)*([+(]?[0-9+()./ -]*?))"
                                  R"((?:[ ,;]*(?:ext(?:ension|n)?\.?|x|#|;ext=)[ :.]*([0-9]{1,7}))?$)",
                                  std::regex::ECMAScript | std::regex::icase);
    if (text.size() > max_bytes) {
        return std::nullopt;
    }
    const std::string plain = with_plain_signs(clean_line(text));
    std::smatch parts;
    if (!std::regex_match(plain, parts, shape)) {
        return std::nullopt;
    }
    return Written{parts[1], parts[2]};
}

std::optional<PhoneNumber> valid_number(const std::string &digits, std::string_view region) {
    const PhoneNumberUtil &numbers = *PhoneNumberUtil::GetInstance();
    PhoneNumber number;
    const std::string country = region.empty() ? "ZZ" : std::string(region);
    if (numbers.Parse(digits, country, &number) == PhoneNumberUtil::NO_PARSING_ERROR &&
        numbers.IsValidNumber(number)) {
        return number;
    }
    return std::nullopt;
}

std::string digits_of(std::string_view text) {
    std::string digits;
    std::copy_if(text.begin(), text.end(), std::back_inserter(digits),
                 [](char c) { return c >= '0' && c <= '9'; });
    return digits;
}

// "(0)" behind a country code is in most countries dialled only inside the country; in Italy it is a part of
// the number.
std::vector<std::string> with_and_without_home_zero(const std::string &digits) {
    const std::size_t zero = digits.find("(0)");
    if (zero == std::string::npos || zero == 0) {
        return {digits};
    }
    std::string without = digits, with = digits;
    return {without.erase(zero, 3), with.replace(zero, 3, "0")};
}

std::optional<PhoneNumber> valid_in_any_way(const std::string &digits, std::string_view region) {
    auto number = valid_number(digits, region);
    // "00" before the country code is how most countries dial abroad, and people of every country write it.
    if (const std::string plain = digits_of(digits); !number && plain.starts_with("00")) {
        number = valid_number("+" + plain.substr(2), region);
    }
    return number;
}

} // namespace

std::optional<Telephone> parse_telephone(std::string_view text, std::string_view region) {
    const auto written = read(text);
    if (!written) {
        return std::nullopt;
    }
    std::optional<PhoneNumber> number;
    for (const std::string &digits : with_and_without_home_zero(written->digits)) {
        number = number ? number : valid_in_any_way(digits, region);
    }
    if (!number) {
        return std::nullopt;
    }
    Telephone result;
    PhoneNumberUtil::GetInstance()->Format(*number, PhoneNumberUtil::E164, &result.number);
    result.extension = written->extension;
    return result;
}

std::vector<std::string> separate_telephones(std::string_view text, std::string_view region) {
    static const std::regex separator(R"( *(?:[/,;\n]| or | and ) *)", std::regex::icase);
    const std::string line = clean_line(text);
    if (line.size() > max_bytes || parse_telephone(line, region)) {
        return {line};
    }
    std::vector<std::string> pieces;
    for (std::sregex_token_iterator piece(line.begin(), line.end(), separator, -1), end; piece != end;
         ++piece) {
        if (!parse_telephone(piece->str(), region)) {
            return {line};
        }
        pieces.push_back(piece->str());
    }
    return pieces;
}

std::optional<std::string> normal_telephone(std::string_view text, std::string_view region) {
    const auto telephone = parse_telephone(text, region);
    return telephone ? std::optional(telephone->number) : std::nullopt;
}

std::vector<std::string> normal_telephones(std::string_view text, std::string_view region) {
    std::vector<std::string> numbers;
    for (const std::string &each : separate_telephones(text, region)) {
        const auto number = normal_telephone(each, region);
        if (number && std::find(numbers.begin(), numbers.end(), *number) == numbers.end()) {
            numbers.push_back(*number);
        }
    }
    return numbers;
}

std::optional<std::string> telephone_to_dial(std::string_view text, std::string_view region) {
    if (const auto known = parse_telephone(text, region)) {
        return known->extension.empty() ? known->number : known->number + ";ext=" + known->extension;
    }
    const auto written = read(text);
    if (!written ||
        with_and_without_home_zero(written->digits).size() > 1) { // unknown whether the zero belongs
        return std::nullopt;
    }
    const std::string digits = digits_of(written->digits);
    const bool international = written->digits.starts_with('+');
    if (digits.size() < 6 || digits.size() > 15) {
        return std::nullopt;
    }
    return (international ? "+" : "") + digits;
}

} // namespace studio::base
