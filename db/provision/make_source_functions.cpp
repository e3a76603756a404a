// SPDX-License-Identifier: Apache-2.0
// Run while building: make_source_functions TEMPLATE OUTPUT
// Writes the SQL functions that give the source of a visit and the default time zone: the text of TEMPLATE,
// in which @ALIASES@, @DOMAINS@, @MEDIA@ (JSON objects) and @COMPANIES@ (alternatives of a regular
// expression) are replaced by the lists of models/analytics/network.h, and @DEFAULT_ZONE@ by that of
// models/values/timezone.h.
#include "base/generate_file.h"
#include "models/analytics/network.h"
#include "models/json/json.h"
#include "models/values/timezone.h"

#include <map>
#include <stdexcept>
#include <string>
#include <string_view>

namespace {

// The values as an SQL literal of a JSON object.
std::string literal(const std::map<std::string, std::string> &values) {
    std::string text = studio::models::Json(values).dump();
    for (std::size_t at = text.find('\''); at != std::string::npos; at = text.find('\'', at + 2)) {
        text.insert(at, 1, '\'');
    }
    return '\'' + text + '\'';
}

void put(std::string &text, const std::string &mark, const std::string &value) {
    const std::size_t at = text.find(mark);
    if (at == std::string::npos) {
        throw std::runtime_error("the template has no " + mark);
    }
    text.replace(at, mark.size(), value);
}

std::string with_lists(std::string text) {
    std::string companies;
    for (const std::string_view company : studio::models::companies_of_all_countries()) {
        companies.append(companies.empty() ? "" : "|").append(company);
    }
    put(text, "@ALIASES@", literal(studio::models::names_by_alias()));
    put(text, "@DOMAINS@", literal(studio::models::sources_by_domain()));
    put(text, "@MEDIA@", literal(studio::models::media_by_source()));
    put(text, "@COMPANIES@", companies);
    put(text, "@DEFAULT_ZONE@", std::string("'") + studio::models::default_timezone + "'");
    return text;
}

} // namespace

int main(int count, char **arguments) {
    return studio::base::generate_file(count, arguments, with_lists);
}
