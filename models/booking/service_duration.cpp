// SPDX-License-Identifier: Apache-2.0
#include "models/booking/service_duration.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

namespace studio::models {

namespace {

struct Token {
    enum class Kind { Number, Word, Range, Sum, Other };
    Kind kind = Kind::Other;
    double number = 0;
    std::string word;
};
using Tokens = std::vector<Token>;

constexpr std::array<std::pair<std::string_view, double>, 14> number_words{{{"one", 1},
                                                                            {"two", 2},
                                                                            {"three", 3},
                                                                            {"four", 4},
                                                                            {"five", 5},
                                                                            {"six", 6},
                                                                            {"seven", 7},
                                                                            {"eight", 8},
                                                                            {"nine", 9},
                                                                            {"ten", 10},
                                                                            {"eleven", 11},
                                                                            {"twelve", 12},
                                                                            {"half", 0.5},
                                                                            {"½", 0.5}}};

constexpr std::array<std::pair<std::string_view, double>, 15> unit_words{{{"m", 1},
                                                                          {"min", 1},
                                                                          {"mins", 1},
                                                                          {"minute", 1},
                                                                          {"minutes", 1},
                                                                          {"h", 60},
                                                                          {"hr", 60},
                                                                          {"hrs", 60},
                                                                          {"hour", 60},
                                                                          {"hours", 60},
                                                                          {"day", 1'440},
                                                                          {"days", 1'440},
                                                                          {"week", 10'080},
                                                                          {"weeks", 10'080},
                                                                          {"d", 1'440}}};

template <class Table> double value_of(const Table &table, std::string_view word) {
    const auto found =
        std::find_if(table.begin(), table.end(), [&](const auto &entry) { return entry.first == word; });
    return found == table.end() ? 0 : found->second;
}

double unit_of(const Token &token) {
    return token.kind == Token::Kind::Word ? value_of(unit_words, token.word) : 0;
}

void replace_all(std::string &text, std::string_view what, std::string_view with) {
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
        text.replace(at, what.size(), with);
    }
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) {
    return c >= 'a' && c <= 'z';
}

// Reads "1.5" or "1,5". At most six digits before the point are read, so that a double holds the number
// exactly.
Token take_number(std::string_view &rest) {
    Token token{Token::Kind::Number, 0, {}};
    std::size_t at = 0;
    for (; at < rest.size() && is_digit(rest[at]); ++at) {
        token.number = std::min(token.number * 10 + (rest[at] - '0'), 1e6);
    }
    if (at + 1 < rest.size() && (rest[at] == '.' || rest[at] == ',') && is_digit(rest[at + 1])) {
        double place = 0.1;
        for (++at; at < rest.size() && is_digit(rest[at]); ++at, place /= 10) {
            token.number += place * (rest[at] - '0');
        }
    }
    rest.remove_prefix(at);
    return token;
}

Token take_word(std::string_view &rest) {
    std::size_t at = 0;
    while (at < rest.size() && is_letter(rest[at])) {
        ++at;
    }
    Token token{Token::Kind::Word, 0, std::string(rest.substr(0, at))};
    rest.remove_prefix(at);
    if (const double number = value_of(number_words, token.word); number > 0) {
        return {Token::Kind::Number, number, {}};
    }
    if (token.word == "and") {
        token.kind = Token::Kind::Sum;
    } else if (token.word == "to") {
        token.kind = Token::Kind::Range;
    }
    return token;
}

Tokens tokens_of(std::string_view text) {
    std::string plain = base::lower_case(text);
    for (const std::string_view dash : {"–", "—", "‑", "−"}) {
        replace_all(plain, dash, "-");
    }
    replace_all(plain, "½", " half ");
    Tokens tokens;
    for (std::string_view rest = plain; !rest.empty();) {
        if (is_digit(rest.front())) {
            tokens.push_back(take_number(rest));
        } else if (is_letter(rest.front())) {
            tokens.push_back(take_word(rest));
        } else {
            const char c = rest.front();
            rest.remove_prefix(1);
            if (c == '-') {
                tokens.push_back({Token::Kind::Range, 0, {}});
            } else if (c == '+' || c == '&') {
                tokens.push_back({Token::Kind::Sum, 0, {}});
            } else if (c != ' ' && c != '\t' && c != ',' && c != '.') {
                tokens.push_back({Token::Kind::Other, 0, {}});
            }
        }
    }
    return tokens;
}

class Reader final {
public:
    explicit Reader(const Tokens &tokens) : m_tokens(tokens) {}

    // The longest of all durations in the text; 0 where there is none.
    double longest() {
        double longest = 0;
        while (m_at < m_tokens.size()) {
            const double length = is(m_at, Token::Kind::Number) || is_an_hour() ? take_length() : 0;
            if (length > 0) {
                longest = std::max(longest, length);
            } else {
                ++m_at;
            }
        }
        return longest;
    }

private:
    bool is(std::size_t at, Token::Kind kind) const {
        return at < m_tokens.size() && m_tokens[at].kind == kind;
    }
    bool is_word(std::size_t at, std::string_view word) const {
        return is(at, Token::Kind::Word) && m_tokens[at].word == word;
    }
    double unit(std::size_t at) const { return at < m_tokens.size() ? unit_of(m_tokens[at]) : 0; }
    // whether the text continues with "an hour" or "a day"
    bool is_an_hour() const { return (is_word(m_at, "a") || is_word(m_at, "an")) && unit(m_at + 1) > 0; }

    // Reads a number with a half after it: "1½", "two and a half".
    double take_number() {
        double number = is(m_at, Token::Kind::Number) ? m_tokens[m_at].number : 1;
        ++m_at;
        std::size_t half = m_at;
        while (is(half, Token::Kind::Sum) || is_word(half, "a")) {
            ++half;
        }
        if (number >= 1 && is(half, Token::Kind::Number) && m_tokens[half].number == 0.5) {
            number += 0.5;
            m_at = half + 1;
        }
        return number;
    }

    // Reads a duration that begins with a number. Without a unit after it only the number is read and the
    // result is 0. Of "2 to 3 hours" it returns the lower bound.
    double take_length() {
        double number = take_number();
        while (is(m_at, Token::Kind::Range) && is(m_at + 1, Token::Kind::Number)) {
            ++m_at;
            number = std::min(number, take_number());
        }
        skip_joint();
        const double factor = unit(m_at);
        if (factor == 0 || (number == 0.5 && factor > 60)) { // "half day" is not a definite duration
            return 0;
        }
        ++m_at;
        double length = number * factor;
        if (is(m_at, Token::Kind::Range) && is(m_at + 1, Token::Kind::Number)) {
            return std::min(length, take_upper_bound(length));
        }
        return length + take_smaller_part(factor);
    }

    // Skips what joins a number and its unit, as in "2-hour" and "half an hour".
    void skip_joint() {
        const bool joint = is(m_at, Token::Kind::Range) || is_word(m_at, "a") || is_word(m_at, "an");
        if (joint && unit(m_at + 1) > 0) {
            ++m_at;
        }
    }

    double take_upper_bound(double otherwise) {
        ++m_at;
        const double upper = take_length();
        return upper > 0 ? upper : otherwise;
    }

    // Reads the smaller part of a duration: "30 minutes" after hours, "and a half" after a unit, or a number
    // of minutes without a unit at the end, as in "1 h 30".
    double take_smaller_part(double factor) {
        std::size_t next = m_at;
        while (is(next, Token::Kind::Sum) || is_word(next, "a")) {
            ++next;
        }
        if (!is(next, Token::Kind::Number)) {
            return 0;
        }
        const double number = m_tokens[next].number;
        const double smaller = unit(next + 1);
        if (smaller > 0 && smaller < factor) {
            m_at = next + 2;
            return number * smaller + take_smaller_part(smaller);
        }
        if (number == 0.5 && smaller == 0) {
            m_at = next + 1;
            return factor / 2;
        }
        if (factor == 60 && next == m_at && number < 60 && !is(next + 1, Token::Kind::Word) &&
            !is(next + 1, Token::Kind::Range)) {
            m_at = next + 1;
            return number;
        }
        return 0;
    }

    const Tokens &m_tokens;
    std::size_t m_at = 0;
};

double named_length(const Tokens &tokens) {
    double length = 0;
    for (std::size_t at = 0; at < tokens.size(); ++at) {
        const std::string &word = tokens[at].word;
        const bool over_night = word == "over" && at + 1 < tokens.size() && tokens[at + 1].word == "night";
        if (word == "weekend") {
            length = std::max(length, 48.0 * 60);
        } else if (word == "overnight" || over_night) {
            length = std::max(length, 12.0 * 60);
        }
    }
    return length;
}

} // namespace

std::optional<std::chrono::minutes> parse_duration(std::string_view text) {
    const Tokens tokens = tokens_of(text);
    double length = Reader(tokens).longest();
    if (length == 0) {
        length = named_length(tokens);
    }
    const auto minutes = std::chrono::minutes(static_cast<long>(std::min(length + 0.5, 1e6)));
    if (minutes < std::chrono::minutes(1) || minutes > std::chrono::days(31)) {
        return std::nullopt;
    }
    return minutes;
}

std::optional<std::chrono::minutes> duration_of_service(const Content &content, std::string_view service) {
    const auto find = [&](auto matches) {
        return std::find_if(content.services.begin(), content.services.end(), matches);
    };
    auto found = find([&](const Service &one) { return one.id == service; });
    if (found == content.services.end()) {
        found = find([&](const Service &one) {
            return base::equal_ignoring_case(one.name, base::clean_line(service));
        });
    }
    if (found == content.services.end()) {
        return std::nullopt;
    }
    return parse_duration(base::is_blank(found->duration) ? found->name : found->duration);
}

} // namespace studio::models
