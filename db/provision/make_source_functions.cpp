// SPDX-License-Identifier: Apache-2.0
// Run while building: make_source_functions TEMPLATE OUTPUT
// Writes the definitions that name where a visit came from: TEMPLATE with the lists of
// models/analytics/network.h in the places of
// @ALIASES@, @DOMAINS@, @MEDIA@ (JSON objects) and @COMPANIES@ (alternatives of a regular expression).
#include "models/analytics/network.h"
#include "models/json/json.h"

#include <exception>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <stdexcept>
#include <string>

namespace {

// As a literal of SQL.
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

void run(const char *source, const char *output) {
    std::ifstream in(source);
    std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    std::string companies;
    for (const std::string_view company : studio::models::companies_of_all_countries()) {
        companies.append(companies.empty() ? "" : "|").append(company);
    }
    put(text, "@ALIASES@", literal(studio::models::names_by_alias()));
    put(text, "@DOMAINS@", literal(studio::models::sources_by_domain()));
    put(text, "@MEDIA@", literal(studio::models::media_by_source()));
    put(text, "@COMPANIES@", companies);
    std::ofstream out(output);
    if (!(out << text).flush()) {
        throw std::runtime_error(std::string("cannot write ") + output);
    }
}

} // namespace

int main(int count, char **arguments) {
    if (count != 3) {
        return 2;
    }
    try {
        run(arguments[1], arguments[2]);
        return 0;
    } catch (const std::exception &error) {
        std::cerr << "make_source_functions: " << error.what() << "\n";
        return 1;
    }
}
