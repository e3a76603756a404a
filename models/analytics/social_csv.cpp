// SPDX-License-Identifier: Apache-2.0
#include "models/analytics/social_csv.h"

#include "base/text.h"
#include "models/analytics/network.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <map>
#include <regex>
#include <sstream>
#include <utility>

namespace studio::models {

namespace {

enum Column { Platform, Date, Followers, Engagement, Posts, Reach, ColumnCount };
constexpr std::array<const char *, ColumnCount> column_names{"platform",   "date",  "followers",
                                                             "engagement", "posts", "reach"};
const std::map<std::string, Column, std::less<>> titles{
    {"platform", Platform},
    {"network", Platform},
    {"channel", Platform},
    {"date", Date},
    {"day", Date},
    {"followers", Followers},
    {"followers_count", Followers},
    {"engagement", Engagement},
    {"engagement_rate", Engagement},
    {"posts", Posts},
    {"posts_count", Posts},
    {"reach", Reach},
};
constexpr std::size_t longest_platform = 50, longest_quote = 40, longest_date = 60;

// The normalised title of a column: "Engagement rate (%)" gives "engagement_rate".
std::string title_key(std::string_view title) {
    std::string key;
    for (const char c : base::lower_case(title)) {
        if (std::isalnum(static_cast<unsigned char>(c))) {
            key += c;
        } else if (!key.empty() && key.back() != '_') {
            key += '_';
        }
    }
    while (key.ends_with('_')) {
        key.pop_back();
    }
    return key;
}

// A cell's text for a message: on one line and not too long.
std::string shown(std::string_view cell) {
    std::string text = base::shortened(base::clean_line(cell), longest_quote);
    std::replace_if(
        text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
    return text;
}

// Some spreadsheets begin a file with a line such as "sep=;". Returns that separator and the length of the
// line.
std::optional<std::pair<char, std::size_t>> named_separator(std::string_view text) {
    const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
    std::string line = base::lower_case(text.substr(0, end));
    line.erase(std::remove(line.begin(), line.end(), '"'), line.end());
    if (!line.starts_with("sep=") || line.size() != 5) {
        return std::nullopt;
    }
    const std::size_t next = text.substr(end).starts_with("\r\n") ? end + 2 : end + 1;
    return std::pair(line[4], std::min(next, text.size()));
}

// The character that separates the titles of the header row.
char separator_of(std::string_view text) {
    std::map<char, int> found{{',', 0}, {';', 0}, {'\t', 0}};
    bool quoted = false;
    for (const char c : text) {
        if (c == '"') {
            quoted = !quoted;
        } else if (!quoted && (c == '\n' || c == '\r')) {
            break;
        } else if (!quoted && found.contains(c)) {
            ++found[c];
        }
    }
    return std::max_element(found.begin(), found.end(),
                            [](const auto &a, const auto &b) { return a.second < b.second; })
        ->first;
}

using Cells = std::vector<std::string>;

// All rows of the file; nullopt where a quote is never closed.
std::optional<std::vector<Cells>> rows_of(std::string_view text, char separator) {
    std::vector<Cells> rows;
    Cells row;
    std::string cell;
    bool quoted = false, any = false;
    const auto end_row = [&] {
        row.push_back(std::move(cell));
        rows.push_back(std::exchange(row, {}));
        cell.clear();
        any = false;
    };
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (quoted) {
            if (c != '"') {
                cell += c;
            } else if (at + 1 < text.size() && text[at + 1] == '"') {
                cell += text[++at];
            } else {
                quoted = false;
            }
        } else if (c == '"' && base::is_blank(cell)) {
            quoted = any = true;
            cell.clear();
        } else if (c == separator) {
            row.push_back(std::exchange(cell, {}));
            any = true;
        } else if (c == '\n' || c == '\r') {
            if (c == '\r' && at + 1 < text.size() && text[at + 1] == '\n') {
                ++at;
            }
            end_row();
        } else {
            cell += c;
            any = true;
        }
    }
    if (quoted) {
        return std::nullopt;
    }
    if (any) {
        end_row();
    }
    return rows;
}

bool digits_only(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c); });
}

// Turns "1,234,567" into "1234567". All groups after the first have three digits and the same separator.
std::string without_groups(std::string text) {
    constexpr std::array<std::string_view, 5> signs{",", ".", " ", "'", "’"};
    for (const auto sign : signs) {
        std::vector<std::string> parts;
        std::size_t from = 0;
        for (auto at = text.find(sign); at != std::string::npos; at = text.find(sign, from)) {
            parts.push_back(text.substr(from, at - from));
            from = at + sign.size();
        }
        parts.push_back(text.substr(from));
        const bool grouped = parts.size() > 1 && parts.front().size() <= 3 && digits_only(parts.front()) &&
                             std::all_of(parts.begin() + 1, parts.end(), [](const auto &part) {
                                 return part.size() == 3 && digits_only(part);
                             });
        if (grouped) {
            std::string joined;
            for (const auto &part : parts) {
                joined += part;
            }
            return joined;
        }
    }
    return text;
}

// Removes the zeros behind the decimal sign of whole numbers, which some exports write as "1234.0" or
// "1,234.00".
std::string without_zero_decimals(std::string text) {
    const auto last = text.find_last_not_of('0');
    const std::size_t zeros = last == std::string::npos ? 0 : text.size() - 1 - last;
    if (last != std::string::npos && last > 0 && (zeros == 1 || zeros == 2) &&
        (text[last] == '.' || text[last] == ',')) {
        text.resize(last);
    }
    return text;
}

std::optional<int> whole_number(const std::string &cell) {
    const std::string plain = without_groups(without_zero_decimals(cell));
    int number = 0;
    const auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), number);
    if (!digits_only(plain) || error != std::errc() || end != plain.data() + plain.size()) {
        return std::nullopt;
    }
    return number;
}

std::optional<double> percentage(std::string cell) {
    if (cell.ends_with('%')) {
        cell.pop_back();
        cell = base::clean_line(cell);
    }
    const auto point = cell.find_first_of(",.");
    const bool whole = point == std::string::npos;
    if (!digits_only(cell.substr(0, point)) || (!whole && !digits_only(cell.substr(point + 1)))) {
        return std::nullopt;
    }
    if (!whole) {
        cell[point] = '.';
    }
    double number = 0;
    const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), number);
    if (error != std::errc() || end != cell.data() + cell.size() || number > 100) {
        return std::nullopt;
    }
    return std::round(number * 100) / 100;
}

std::optional<std::chrono::sys_days> sound_day(const std::chrono::year_month_day &date) {
    if (!date.ok() || date.year() < std::chrono::year(2000) || date.year() > std::chrono::year(2100)) {
        return std::nullopt;
    }
    return date;
}

// Reads "Mar 1, 2026" and "1 March 2026".
std::optional<std::chrono::sys_days> day_with_month_name(std::string text) {
    constexpr std::array<std::string_view, 12> months{"january",   "february", "march",    "april",
                                                      "may",       "june",     "july",     "august",
                                                      "september", "october",  "november", "december"};
    text = base::lower_case(text);
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c == ',' || c == '.' || c == '-'; }, ' ');
    std::istringstream words(text);
    std::string first, second, year, more;
    if (!(words >> first >> second >> year) || words >> more || !digits_only(year) || year.size() != 4) {
        return std::nullopt;
    }
    if (!digits_only(first)) {
        std::swap(first, second);
    }
    if (!digits_only(first) || first.size() > 2 || second.size() < 3) {
        return std::nullopt;
    }
    const auto month = std::find_if(months.begin(), months.end(),
                                    [&](std::string_view name) { return name.starts_with(second); });
    if (month == months.end()) {
        return std::nullopt;
    }
    return sound_day(std::chrono::year(std::stoi(year)) /
                     std::chrono::month(static_cast<unsigned>(month - months.begin()) + 1) /
                     std::chrono::day(static_cast<unsigned>(std::stoi(first))));
}

// The date part of a time such as "2026-03-01T23:59:00+10:00", whatever its zone.
std::string without_time(const std::string &cell) {
    static const std::regex time(
        R"([T ]+[0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?( ?[AaPp][Mm])?( ?(Z|UTC|GMT))?( ?[+-][0-9]{2}:?[0-9]{2})?$)");
    return std::regex_replace(cell.substr(0, longest_date), time, "");
}

std::optional<std::chrono::sys_days> day_of(const std::string &written) {
    const std::string cell = without_time(written);
    if (const auto named = day_with_month_name(cell)) {
        return named;
    }
    std::array<int, 3> parts{};
    const char sign = cell.find('-') != std::string::npos   ? '-'
                      : cell.find('.') != std::string::npos ? '.'
                                                            : '/';
    std::size_t from = 0;
    for (std::size_t part = 0; part < parts.size(); ++part) {
        const auto to = part + 1 < parts.size() ? cell.find(sign, from) : cell.size();
        if (to == std::string::npos || !digits_only(std::string_view(cell).substr(from, to - from)) ||
            to - from > 4) {
            return std::nullopt;
        }
        parts[part] = std::stoi(cell.substr(from, to - from));
        from = to + 1;
    }
    const bool year_first = cell.find(sign) == 4;
    if (!year_first && sign != '.') {
        return std::nullopt;
    }
    const auto [first, second, third] = parts;
    if (second > 12 || (year_first ? third : first) > 31) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date =
        std::chrono::year(year_first ? first : third) / std::chrono::month(static_cast<unsigned>(second)) /
        std::chrono::day(static_cast<unsigned>(year_first ? third : first));
    return sound_day(date);
}

class Reader {
public:
    SocialFile read(std::string_view text);

private:
    void read_header(const Cells &header);
    void read_row(int row, Cells cells);
    std::string cell(const Cells &cells, Column column) const;
    void read_count(int row, const Cells &cells, Column column, std::optional<int> &into);
    void read_engagement(int row, const Cells &cells, SocialMetric &metric);
    void wrong(int row, const char *column, std::string sentence);

    SocialFile m_file;
    std::array<std::optional<std::size_t>, ColumnCount> m_places;
    std::size_t m_width = 0;
    char m_separator = ',';
    int m_header_row = 1;                                                // as a spreadsheet counts
    std::map<std::pair<std::string, std::chrono::sys_days>, int> m_rows; // the row in which a day was found
};

void Reader::wrong(int row, const char *column, std::string sentence) {
    if (m_file.issues.size() < max_issues) {
        m_file.issues.push_back({row, column, std::move(sentence)});
    }
}

void Reader::read_header(const Cells &header) {
    m_width = header.size();
    for (std::size_t place = 0; place < header.size(); ++place) {
        const std::string title = base::clean_line(header[place]);
        const auto known = titles.find(title_key(title));
        if (known == titles.end()) {
            if (!title.empty()) {
                m_file.ignored.push_back(title);
            }
        } else if (m_places[known->second]) {
            wrong(m_header_row, column_names[known->second], "this column appears twice.");
        } else {
            m_places[known->second] = place;
        }
    }
    for (const Column column : {Platform, Date}) {
        if (!m_places[column]) {
            wrong(m_header_row, column_names[column],
                  "this column is missing. The first row must name the columns.");
        }
    }
    if (!m_places[Followers] && !m_places[Engagement] && !m_places[Posts] && !m_places[Reach]) {
        wrong(m_header_row, "", "name at least one of followers, engagement, posts and reach.");
    }
}

std::string Reader::cell(const Cells &cells, Column column) const {
    return m_places[column] ? base::clean_line(cells[*m_places[column]]) : std::string();
}

void Reader::read_count(int row, const Cells &cells, Column column, std::optional<int> &into) {
    const std::string text = cell(cells, column);
    if (text.empty()) {
        return;
    }
    into = whole_number(text);
    if (!into) {
        wrong(row, column_names[column],
              fmt::format("use a whole number of 0 or more, not “{}”.", shown(text)));
    }
}

void Reader::read_engagement(int row, const Cells &cells, SocialMetric &metric) {
    const std::string text = cell(cells, Engagement);
    if (text.empty()) {
        return;
    }
    metric.engagement_rate = percentage(text);
    if (!metric.engagement_rate) {
        wrong(row, column_names[Engagement],
              fmt::format("use a percentage from 0 to 100 such as 4.25, not “{}”.", shown(text)));
    }
}

void Reader::read_row(int row, Cells cells) {
    while (cells.size() > m_width && base::is_blank(cells.back())) {
        cells.pop_back();
    }
    if (cells.size() != m_width) {
        wrong(row, "",
              fmt::format("this row has {} cells, the first one has {}.{}", cells.size(), m_width,
                          m_separator == ',' ? " Put a number with a comma in quotes." : ""));
        return;
    }
    SocialMetric metric;
    metric.platform = network_name(cell(cells, Platform));
    if (metric.platform.empty() || base::character_count(metric.platform) > longest_platform) {
        wrong(row, column_names[Platform], "use a platform name of at most 50 characters.");
    }
    const std::string date = cell(cells, Date);
    if (const auto day = day_of(date)) {
        metric.day = *day;
    } else {
        wrong(row, column_names[Date], fmt::format("use a day such as 2026-03-01, not “{}”.", shown(date)));
    }
    read_count(row, cells, Followers, metric.followers);
    read_engagement(row, cells, metric);
    read_count(row, cells, Posts, metric.posts);
    read_count(row, cells, Reach, metric.reach);
    const bool empty = cell(cells, Followers).empty() && cell(cells, Engagement).empty() &&
                       cell(cells, Posts).empty() && cell(cells, Reach).empty();
    if (empty) {
        wrong(row, "", "this row has no figure.");
    }
    if (day_of(date)) {
        const auto [seen, fresh] = m_rows.try_emplace({metric.platform, metric.day}, row);
        if (!fresh) {
            wrong(row, column_names[Date],
                  fmt::format("row {} has the same day and platform.", seen->second));
        }
    }
    m_file.metrics.push_back(std::move(metric));
}

SocialFile Reader::read(std::string_view text) {
    if (text.starts_with("\xef\xbb\xbf")) {
        text.remove_prefix(3);
    }
    if (text.size() > max_social_bytes) {
        wrong(0, "", "The file is larger than 10 MB.");
    } else if (text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff") || !base::is_valid_utf8(text) ||
               text.find('\0') != std::string_view::npos) {
        wrong(0, "", "The file is not in UTF-8. Save it as “CSV UTF-8”.");
    }
    if (!m_file.issues.empty()) {
        return m_file;
    }
    const auto named = named_separator(text);
    if (named) {
        text.remove_prefix(named->second);
    }
    m_header_row = named ? 2 : 1;
    m_separator = named ? named->first : separator_of(text);
    const auto rows = rows_of(text, m_separator);
    if (!rows) {
        wrong(0, "", "A quote in the file is never closed.");
        return m_file;
    }
    const auto blank = [](const Cells &cells) {
        return std::all_of(cells.begin(), cells.end(), [](const auto &cell) { return base::is_blank(cell); });
    };
    if (rows->empty() || blank(rows->front())) {
        wrong(0, "",
              "The first row must name the columns: platform, date, followers, engagement, posts, reach.");
        return m_file;
    }
    if (rows->size() > max_social_rows) {
        wrong(0, "", "The file has more than 100,000 rows.");
        return m_file;
    }
    read_header(rows->front());
    if (!m_file.issues.empty()) {
        return m_file;
    }
    for (std::size_t row = 1; row < rows->size(); ++row) {
        if (!blank((*rows)[row])) {
            read_row(static_cast<int>(row) + m_header_row, (*rows)[row]);
        }
    }
    if (m_file.metrics.empty() && m_file.issues.empty()) {
        wrong(0, "", "The file has no rows of figures.");
    }
    if (!m_file.issues.empty()) {
        m_file.metrics.clear();
    }
    return m_file;
}

} // namespace

std::string to_text(const SocialIssue &issue) {
    if (issue.row == 0) {
        return issue.sentence;
    }
    return issue.column.empty() ? fmt::format("Row {}: {}", issue.row, issue.sentence)
                                : fmt::format("Row {}, {}: {}", issue.row, issue.column, issue.sentence);
}

SocialFile read_social_csv(std::string_view text) {
    return Reader().read(text);
}

} // namespace studio::models
